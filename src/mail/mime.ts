import MailComposer from "nodemailer/lib/mail-composer";
import type { Mail } from "../ports.ts";
import { isMailAddress } from "../types/mail-address.ts";
import { sha256Hex } from "../types/sha256-hex.ts";

/** A sender or a recipient; `name` is empty where only the address shows. */
export type Mailbox = { readonly name: string; readonly address: string };

/** Everything that a header could be broken out of with: line ends and the other control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const messageId = /^<[\w.+=-]{1,128}@[\w.-]{1,128}>$/;
const namedAddress = /^([^<>]*)<([^<>]*)>$/;

/** `Name <address>` or a plain address; null where it is not exactly one (reliability A31). */
export const mailboxOf = (text: string): Mailbox | null => {
  const [, name = "", address = text] = namedAddress.exec(text) ?? [];
  return control.test(text) || !isMailAddress(address) ? null : { name: name.trim(), address };
};

/** What is wrong with a mail that must not leave; null where nothing is (reliability A30, A31). */
export const faultOf = (mail: Mail): "sender" | "recipient" | "header" | null => {
  if (mailboxOf(mail.from) === null) return "sender";
  if (!isMailAddress(mail.to)) return "recipient";
  const ids = mail.references === null ? [mail.messageId] : [mail.messageId, mail.references];
  const sound = !control.test(mail.subject) && ids.every((id) => messageId.test(id));
  return sound && Number.isFinite(mail.date) ? null : "header";
};

/**
 * The message as it goes over the wire. The same mail gives the same bytes in every process: nothing in it comes from the
 * clock or from chance (reliability O3).
 */
export const composeMessage = async (mail: Mail, from: Mailbox) =>
  new MailComposer({
    messageId: mail.messageId,
    date: new Date(mail.date),
    from: { ...from },
    to: { name: "", address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    ...(mail.references === null ? {} : { references: mail.references }),
    headers: { "Auto-Submitted": "auto-generated" },
    baseBoundary: (await sha256Hex(mail.messageId)).slice(0, 24),
    // A text that reads like a path or an address is a text.
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
