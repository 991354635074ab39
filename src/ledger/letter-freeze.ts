import { cleanLine } from "../content/clean-text.ts";
import { mailBody } from "../content/mail-body.ts";
import { nextOfficeMoment } from "../domain/office-hours.ts";
import { dropLetter, findLetter, freezeLetter, type StoredLetter } from "../store/letters.ts";
import { revokeLink } from "../store/links.ts";
import { sha256Hex } from "../types/sha256-hex.ts";
import type { ActionContext, MailChannel } from "./context.ts";
import { endings, type LetterAction } from "./letter-endings.ts";
import type { Recipient } from "./letter-recipient.ts";
import type { Outcome } from "./outcome.ts";

/**
 * The letter with its text fixed: the one that is stored, or a new one from the update's text as it reads now. A letter that
 * no attempt was made with follows a changed address and a changed question; one that may be on its way does not, and its
 * link ends, because the old address may be somebody else's.
 * @throws NotionError
 */
export const freeze = async (
  context: ActionContext,
  letter: LetterAction,
  recipient: Recipient,
  mail: MailChannel,
): Promise<StoredLetter | Outcome> => {
  const { database, clock } = context;
  const { action } = letter;
  const stored = findLetter(database, action.key);
  if (stored && action.attempted)
    return stored.to === recipient.address ? stored : addressChanged(context, letter, stored);
  if (stored?.to === recipient.address && (stored.linkId !== null) === (letter.payload.link !== null))
    return stored;
  const body = await context.notion.verdict.retrieveMarkdown(letter.payload.updateId);
  if (body.trim() === "") return { kind: "dead", ending: endings.empty(letter) };
  const frozen = await partsOf(context, letter, recipient, mail, body);
  database.transaction(() => {
    dropLetter(database, action.key);
    freezeLetter(database, frozen, clock.now());
  });
  return { ...frozen, sending: false, unclear: 0 };
};

const addressChanged = (
  { database, clock }: ActionContext,
  letter: LetterAction,
  { linkId }: StoredLetter,
): Outcome => ({
  kind: "dead",
  ending: endings.addressChanged(letter),
  alongside: () => {
    if (linkId !== null) revokeLink(database, linkId, clock.now());
  },
});

/** Everything of a letter but its link's address. Its date is the first moment at which it may leave. */
const partsOf = async (
  { clock, newId, office, publicUrl }: ActionContext,
  { action, payload }: LetterAction,
  { address, zone, project, update }: Recipient,
  mail: MailChannel,
  markdown: string,
) => {
  const { name, sender, colour } = office();
  const host = new URL(publicUrl).hostname.replace(/[^\w.-]/g, "");
  const subject = cleanLine(update.title, 150) || update.kind || "Update";
  const projectName = cleanLine(project.name, 100) || "your project";
  const agency = cleanLine(name || sender, 100);
  const footer = `You get this mail because ${agency || "we"} ${agency ? "works" : "work"} with you on ${projectName}.`;
  const linkId = payload.link && newId();
  const link = payload.link && linkId ? { purpose: payload.link.purpose, linkId } : null;
  return {
    actionKey: action.key,
    linkId,
    messageId: `<${await shortHash(action.key)}@${host}>`,
    references: `<${await shortHash(action.projectId)}@${host}>`,
    mailDate: payload.atOnce ? clock.now() : nextOfficeMoment(clock.now(), zone, office()),
    from: fromAddress(sender || name, mail.from),
    to: address,
    subject,
    ...mailBody({ subject, markdown, office: { name: agency, colour }, link, footer }),
  };
};

/** The office's sender in front of MAIL_FROM's address; the setting as it is where the office names nobody. */
const fromAddress = (sender: string, mailFrom: string): string => {
  const name = cleanLine(sender.replace(/[<>"\\]/g, ""), 80);
  const address = /<([^<>]*)>/.exec(mailFrom)?.[1] ?? mailFrom;
  return name === "" ? mailFrom : `${name} <${address}>`;
};

const shortHash = async (text: string): Promise<string> => (await sha256Hex(text)).slice(0, 32);
