import { databases } from "../../notion-templates/databases.ts";
import { coverOf } from "../domain/workflow.ts";
import type { StoredLetter } from "../store/letters.ts";
import { findLink, putLink } from "../store/links.ts";
import type { LinkPurpose } from "../types/action.ts";
import type { ActionContext } from "./context.ts";
import { endings, type LetterAction } from "./letter-endings.ts";
import type { Outcome } from "./outcome.ts";

/** What a link of each purpose asks about: a column whose template names the content that an answer covers. */
const askedBy = {
  "sign-off": { database: "milestones", property: "signOff" },
} as const satisfies Record<LinkPurpose, { database: keyof typeof databases; property: string }>;

/**
 * The client's link that leaves with a letter; null where it asks nothing. It is made before the first attempt, about the
 * content as it reads then and good from then on, and is the same on every later one.
 * @throws NotionError
 */
export const linkOf = async (
  context: ActionContext,
  letter: LetterAction,
  { linkId }: StoredLetter,
): Promise<{ readonly linkId: string; readonly address: string } | Outcome | null> => {
  if (linkId === null) return null;
  if (!letter.action.attempted && !(await make(context, letter, linkId))) return { kind: "cancelled" };
  const link = findLink(context.database, linkId);
  const isGood = link !== null && link.revokedAt === null && link.expiresAt > context.clock.now();
  const address = isGood ? await context.linkFor(linkId) : null;
  return address === null ? { kind: "dead", ending: endings.linkOver(letter) } : { linkId, address };
};

/** False where the page that it asks about is gone. */
const make = async (
  { database, clock, rows }: ActionContext,
  { action, payload }: LetterAction,
  linkId: string,
): Promise<boolean> => {
  if (payload.link === null) return false;
  const { purpose, pageId } = payload.link;
  const asked = askedBy[purpose];
  const row = await rows.read(asked.database, pageId);
  if (row === null) return false;
  putLink(database, {
    ...{ linkId, purpose, pageId, contactId: payload.contactId, projectId: action.projectId },
    covers: coverOf(databases[asked.database], asked.property, row) ?? "",
    now: clock.now(),
  });
  return true;
};
