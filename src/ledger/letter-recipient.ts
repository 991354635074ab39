import { lettersOf } from "../domain/letters.ts";
import type { Project, Update } from "../domain/record.ts";
import { markDirty } from "../store/dirty.ts";
import { isMailAddress } from "../types/mail-address.ts";
import { isTimeZone } from "../types/time-zone.ts";
import type { ActionContext } from "./context.ts";
import { endings, type LetterAction } from "./letter-endings.ts";
import type { Outcome } from "./outcome.ts";

/** Who gets a letter, and the pages that it is made of, all read just now. */
export type Recipient = {
  readonly address: string;
  /** IANA name; the office's where the contact names none. */
  readonly zone: string;
  readonly project: Project;
  readonly update: Update;
};

/**
 * Checks by direct reads that the letter may still go (reliability O6): the project is live, the update not withdrawn nor
 * moved, the contact still meant, there, and with an address that can be used. Otherwise what becomes of the letter.
 * @throws NotionError
 */
export const recipientOf = async (
  context: ActionContext,
  letter: LetterAction,
): Promise<Recipient | Outcome> => {
  const { rows, office } = context;
  const { updateId, contactId } = letter.payload;
  const update = await rows.read("updates", updateId);
  const project = update && (await rows.read("projects", letter.action.projectId));
  // Sent without this ledger's doing: another copy of the store has sent it.
  const sent = update?.state === "Sent" && !letter.action.attempted;
  if (
    sent ||
    !update ||
    !project ||
    !isMeant(letter, update, project) ||
    lettersOf(project, office()) === "Off"
  )
    return { kind: "cancelled", alongside: () => lookAgain(context, letter) };
  const contact = await rows.read("contacts", contactId);
  if (contact === null) return { kind: "dead", ending: endings.gone(letter) };
  const address = contact.email?.trim() ?? "";
  if (address === "") return { kind: "dead", ending: endings.addressMissing(letter) };
  if (!isMailAddress(address)) return { kind: "dead", ending: endings.addressWrong(letter) };
  const zone = contact.timeZone.trim();
  return { address, zone: isTimeZone(zone) ? zone : office().timeZone, project, update };
};

/** Whether the update is still let go, still about the project, and still to a contact of the project's. */
const isMeant = ({ payload }: LetterAction, update: Update, project: Project): boolean =>
  update.state !== "Draft" &&
  update.state !== "Cancelled" &&
  update.project.includes(project.pageId) &&
  update.to.includes(payload.contactId) &&
  project.contacts.includes(payload.contactId);

/** The mirror has to learn what the direct reads showed. */
const lookAgain = ({ database, clock }: ActionContext, { action, payload }: LetterAction): void => {
  for (const pageId of [payload.updateId, action.projectId])
    markDirty(database, { pageId, urgent: true, author: null }, clock.now());
};
