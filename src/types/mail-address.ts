/** RFC 5321 §4.5.3.1: a path of 256 characters with its two brackets; a local part of 64. */
const longest = { address: 254, local: 64 } as const;

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * Whether a text is exactly one plain mail address, such as `cleo@acme.example`. No names, lists, groups, comments, quoted
 * local parts or address literals; a domain of other letters stands in its ASCII form (`xn--…`), so that look-alikes show.
 */
export const isMailAddress = (text: string): boolean => {
  if (text.length > longest.address) return false;
  const [name = "", domain = "", ...more] = text.split("@");
  if (more.length > 0 || name.length > longest.local || !local.test(name)) return false;
  const labels = domain.split(".");
  return labels.length > 1 && labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? "");
};
