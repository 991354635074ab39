/** The id of a page: itself, at the end of its address, or in that of the database beside which it is opened. */
export const pageIdIn = (text: string): string | null => {
  const beside = /[?&]p=([0-9a-f]{32})\b/i.exec(text)?.[1];
  if (beside !== undefined) return beside;
  const [path = ""] = text.split(/[?#]/);
  return /([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(path)?.[0] ?? null;
};
