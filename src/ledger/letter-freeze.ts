import { databases } from "../../notion-templates/databases.ts";
import { cleanLine } from "../content/clean-text.ts";
import { mailBody } from "../content/mail-body.ts";
import { nextOfficeMoment } from "../domain/office-hours.ts";
import { coverOf } from "../domain/workflow.ts";
import { dropLetter, findLetter, freezeLetter, type StoredLetter } from "../store/letters.ts";
import { createLink, revokeLink } from "../store/links.ts";
import type { LinkPurpose } from "../types/loop.ts";
import type { ActionContext, MailChannel } from "./context.ts";
import { endings, type LetterAction } from "./letter-endings.ts";
import type { Recipient } from "./letter-recipient.ts";
import type { Outcome } from "./outcome.ts";

/** What a link of each purpose asks about: a column whose template names the content that an answer covers. */
const askedBy = {
  "sign-off": { database: "milestones", property: "signOff" },
} as const satisfies Record<LinkPurpose, { database: keyof typeof databases; property: string }>;

/**
 * The letter with its bytes fixed: the one that is stored, or a new one from the update's text as it reads now, with its
 * link, stored in one transaction. A letter that no attempt was made with follows a changed address; one that may be on its
 * way does not.
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
  if (stored?.to === recipient.address) return stored;
  if (stored && action.attempted) return { kind: "dead", ending: endings.addressChanged(letter) };
  const body = await context.notion.verdict.retrieveMarkdown(letter.payload.updateId);
  if (body.trim() === "") return { kind: "dead", ending: endings.empty(letter) };
  const asked = await askedOf(context, letter);
  if (asked && "kind" in asked) return asked;
  const parts = await partsOf(context, letter, recipient, mail, body);
  return database.transaction(() => {
    if (stored) dropLetter(database, action.key);
    if (stored?.linkId) revokeLink(database, stored.linkId, clock.now());
    const linkId =
      asked &&
      createLink(database, {
        ...asked,
        ...{ contactId: letter.payload.contactId, projectId: action.projectId },
        ...{ now: parts.mailDate, newId: context.newId },
      });
    const frozen = { actionKey: action.key, ...parts, linkId };
    freezeLetter(database, frozen, clock.now());
    return { ...frozen, sending: false, unclear: 0 };
  });
};

type Asked = { readonly purpose: LinkPurpose; readonly pageId: string; readonly covers: string };

/** What the letter's link asks and about which exact content; null where it asks nothing. */
const askedOf = async (
  { rows }: ActionContext,
  { payload }: LetterAction,
): Promise<Asked | Outcome | null> => {
  if (payload.link === null) return null;
  const { purpose, pageId } = payload.link;
  const { database, property } = askedBy[purpose];
  const row = await rows.read(database, pageId);
  if (row === null) return { kind: "cancelled" };
  return { purpose, pageId, covers: coverOf(databases[database], property, row) ?? "" };
};

/** Everything of a letter but its link. Its date is the first moment at which it may leave. */
const partsOf = async (
  { clock, office, publicUrl }: ActionContext,
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
  const body = {
    subject,
    markdown,
    office: { name: agency, colour },
    link: payload.link?.purpose ?? null,
    footer,
  };
  return {
    messageId: `<${await shortHash(action.key)}@${host}>`,
    references: `<${await shortHash(action.projectId)}@${host}>`,
    mailDate: payload.atOnce ? clock.now() : nextOfficeMoment(clock.now(), zone, office()),
    from: fromAddress(sender || name, mail.from),
    to: address,
    subject,
    ...mailBody(body),
  };
};

/** The office's sender in front of MAIL_FROM's address; the setting as it is where the office names nobody. */
const fromAddress = (sender: string, mailFrom: string): string => {
  const name = cleanLine(sender.replace(/[<>"\\]/g, ""), 80);
  const address = /<([^<>]*)>/.exec(mailFrom)?.[1] ?? mailFrom;
  return name === "" ? mailFrom : `${name} <${address}>`;
};

const shortHash = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest).subarray(0, 16)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
};
