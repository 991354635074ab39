import type { LinkPurpose } from "../types/action.ts";
import { cleanLine, cleanText } from "./clean-text.ts";
import { mailHtml, paletteOf } from "./mail-layout.ts";
import { markdown } from "./markdown.ts";
import { toCommonMark } from "./notion-markdown.ts";
import { toPlainText } from "./plain-text.ts";

/**
 * Stands in a stored letter where the client's link belongs; the link's token is derived when the letter is sent and is
 * stored nowhere (design §9). It leads nowhere: `.invalid` has no hosts. The id is newer than the text, so that nobody can
 * have written it there to have the token put into an address of theirs.
 */
const placeholder = (linkId: string): string => `https://client-link.invalid/${linkId}`;

/** What a client link asks, in words; they stand in a letter only together with the link (process/000 "At milestone"). */
const buttons = {
  "sign-off": {
    question: "Are we good to go on?",
    label: "Review and sign off",
    note: "This link is for you alone and works for seven days. You can approve, or ask for changes with a comment.",
  },
} as const satisfies Record<LinkPurpose, { question: string; label: string; note: string }>;

export type MailBodyParts = {
  readonly subject: string;
  /** The page body as Notion gives it. */
  readonly markdown: string;
  readonly office: { readonly name: string; readonly colour: string };
  /** Null where nothing is asked. */
  readonly link: { readonly purpose: LinkPurpose; readonly linkId: string } | null;
  /** Why the reader gets this letter. */
  readonly footer: string;
};

export type MailBody = { readonly text: string; readonly html: string };

/** A letter's plain text and HTML out of one Markdown text, the same for the same parts. What people wrote stays text. */
export const mailBody = (parts: MailBodyParts): MailBody => {
  const line = (text: string): string => cleanLine(text, 200);
  const body = markdown.parse(toCommonMark(cleanText(parts.markdown)), {});
  const button = parts.link && {
    ...buttons[parts.link.purpose],
    address: placeholder(parts.link.linkId),
  };
  const [subject, officeName, footer] = [
    line(parts.subject),
    line(parts.office.name),
    cleanText(parts.footer),
  ];
  const asked = button ? `${button.question}\n\n${button.label}:\n${button.address}\n${button.note}\n` : "";
  return {
    text: [toPlainText(body), asked, `--\n${officeName}\n${footer}\n`]
      .filter((part) => part !== "")
      .join("\n"),
    html: mailHtml({ subject, officeName, body, button, footer, palette: paletteOf(parts.office.colour) }),
  };
};

/** The letter with the client's link in its place. */
export const withLink = ({ text, html }: MailBody, linkId: string, address: string): MailBody => ({
  text: text.replaceAll(placeholder(linkId), () => address),
  html: html.replaceAll(placeholder(linkId), () => markdown.utils.escapeHtml(address)),
});
