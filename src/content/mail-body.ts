import type { LinkPurpose } from "../types/loop.ts";
import { cleanLine, cleanText } from "./clean-text.ts";
import { mailHtml, paletteOf } from "./mail-layout.ts";
import { markdown } from "./markdown.ts";
import { toCommonMark } from "./notion-markdown.ts";
import { toPlainText } from "./plain-text.ts";

/**
 * Stands in a stored letter where the client's link belongs; the link's token is derived when the letter is sent and is
 * stored nowhere (design §9). It leads nowhere: `.invalid` has no hosts.
 */
export const linkPlaceholder = "https://client-link.invalid/";

/** What a client link asks, in words. */
const buttons = {
  "sign-off": {
    label: "Review and sign off",
    note: "This link is for you alone and works for seven days. You can approve, or ask for changes with a comment.",
  },
} as const satisfies Record<LinkPurpose, { label: string; note: string }>;

export type MailBodyParts = {
  readonly subject: string;
  /** The page body as Notion gives it. */
  readonly markdown: string;
  readonly office: { readonly name: string; readonly colour: string };
  readonly link: LinkPurpose | null;
  /** Why the reader gets this letter. */
  readonly footer: string;
};

export type MailBody = { readonly text: string; readonly html: string };

/** A letter's plain text and HTML out of one Markdown text, the same for the same parts. What people wrote stays text. */
export const mailBody = (parts: MailBodyParts): MailBody => {
  const safe = (text: string): string => cleanText(text).replaceAll(linkPlaceholder, "");
  const line = (text: string): string => cleanLine(safe(text), 200);
  const body = markdown.parse(toCommonMark(safe(parts.markdown)), {});
  const button = parts.link && { ...buttons[parts.link], address: linkPlaceholder };
  const [subject, officeName, footer] = [line(parts.subject), line(parts.office.name), safe(parts.footer)];
  const asked = button ? `${button.label}:\n${button.address}\n${button.note}\n` : "";
  return {
    text: [toPlainText(body), asked, `--\n${officeName}\n${footer}\n`]
      .filter((part) => part !== "")
      .join("\n"),
    html: mailHtml({ subject, officeName, body, button, footer, palette: paletteOf(parts.office.colour) }),
  };
};

/** The letter with the client's link in its place. */
export const withLink = ({ text, html }: MailBody, address: string): MailBody => ({
  text: text.replaceAll(linkPlaceholder, () => address),
  html: html.replaceAll(linkPlaceholder, () => markdown.utils.escapeHtml(address)),
});
