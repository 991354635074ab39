import { type AnswerView, answerViewOf, type SignOffView, signOffViewOf } from "../content/client-view.ts";
import type { Office } from "../domain/office.ts";
import type { DeliveryRecord, Milestone } from "../domain/record.ts";
import { coverOf, judgeWorkflow } from "../domain/workflow.ts";
import { addAnswer } from "../store/answers.ts";
import { answersOf, transitionsOf } from "../store/history.ts";
import { linkSentTo } from "../store/letters.ts";
import { findLink, type StoredLink } from "../store/links.ts";
import { findPage, type MirrorPage } from "../store/pages.ts";
import { markRecord } from "../store/records.ts";
import { type BoundDatabase, boundDatabase } from "../sync/context.ts";
import { toCanonical } from "../sync/row.ts";
import type { Answer } from "../types/loop.ts";
import { Quarantined } from "../types/quarantined.ts";
import type { Value } from "../types/values.ts";
import type { EngineContext } from "./context.ts";
import { loadOffice, loadRecord } from "./load.ts";
import { storeLocal } from "./store-local.ts";

/** What a client decides on a page. */
export type ClientDecision = {
  readonly choice: "approve" | "changes";
  readonly name: string;
  readonly comment: string;
};

/** The column that each choice of a sign-off leads to. */
const options = { approve: "Approved", changes: "Changes requested" } as const;

/**
 * What stands behind a link now. `newer`: the content has changed since the link was made. `withdrawn`: nothing is asked
 * any more. `unavailable`: an answer could not be stored now, because the column or an option is missing in Notion.
 * `own`: the answer was given by this very link.
 */
export type LinkState =
  | { readonly kind: "gone" | "newer" | "withdrawn" | "unavailable" }
  | {
      readonly kind: "answered";
      readonly shown: SignOffView;
      readonly answer: AnswerView;
      readonly own: boolean;
    }
  | { readonly kind: "open"; readonly shown: SignOffView };

/** What a link shows now; changes nothing. Reads the link again: it may have been revoked since it was found. */
export const openLink = (context: EngineContext, stored: StoredLink): LinkState => {
  try {
    return stateOf(context, stored);
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    return { kind: "unavailable" };
  }
};

const stateOf = (context: EngineContext, { linkId }: StoredLink): LinkState => {
  const link = findLink(context.database, linkId);
  const found = link && covered(context, link);
  if (!found || link.revokedAt !== null || context.clock.now() >= link.expiresAt) return { kind: "gone" };
  if (!found.row.clientVisible) return { kind: "withdrawn" };
  const answers = answersOf(context.database, link.pageId).filter(({ purpose }) => purpose === link.purpose);
  const own = answers.find(({ id }) => id === linkId);
  if (own) return answered(found, own, true);
  if (found.covers !== link.covers) return { kind: "newer" };
  const since = askedSince(context, link.pageId);
  const first = answers.find(({ covers, at }) => covers === link.covers && at >= since);
  if (first) return answered(found, first, false);
  if (Object.values(found.values).includes(null)) return { kind: "unavailable" };
  return choices.some((choice) => mayChoose(found, link, choice))
    ? { kind: "open", shown: found.shown }
    : { kind: "withdrawn" };
};

const answered = ({ record, office, shown }: Covered, answer: Answer, own: boolean): LinkState => ({
  ...{ kind: "answered", shown, own },
  answer: answerViewOf(record, answer, office, own),
});

const choices = Object.keys(options) as ClientDecision["choice"][];

/** When the question that is open now was put: answers from before it belong to an earlier round of the same words. */
const askedSince = (context: EngineContext, pageId: string): number =>
  transitionsOf(context.database, pageId).findLast(
    ({ property, outcome, to }) =>
      property === "signOff" && outcome !== "refused" && !Object.values<string | null>(options).includes(to),
  )?.at ?? 0;

/** By the column's table; what the team has recorded by hand may be confirmed too. */
const mayChoose = (
  { bound, row }: Covered,
  { linkId, pageId }: StoredLink,
  choice: ClientDecision["choice"],
): boolean => {
  const [from, to] = [row.signOff, options[choice]];
  const evidence = { kind: "link", answerId: linkId } as const;
  const request = { template: bound.template, property: "signOff", pageId, from, to, evidence };
  return from === to || judgeWorkflow({ ...request, asker: "client" }).allowed;
};

/**
 * Takes a client's decision in one transaction: the first on a version stands, every later one is shown it. Sets the
 * column with the answer as evidence; the loop carries it to Notion. A link answers once, so its id is the answer's.
 */
export const answerLink = (context: EngineContext, link: StoredLink, decision: ClientDecision): LinkState =>
  context.database.transaction(() => {
    const state = openLink(context, link);
    if (state.kind !== "open") return state;
    const found = covered(context, link);
    if (!found) return { kind: "gone" };
    if (!mayChoose(found, link, decision.choice)) return { kind: "withdrawn" };
    const { linkId: id, pageId, purpose, covers, contactId } = link;
    const answer: Answer = { id, pageId, purpose, covers, contactId, at: context.clock.now(), ...decision };
    addAnswer(context.database, answer);
    if (found.row.signOff !== options[decision.choice])
      storeLocal(context, found.bound, found.page, {
        ...{ property: "signOff", to: found.values[decision.choice], at: answer.at, kind: "accepted" },
        ...{ by: { kind: "client", id: contactId }, rule: null, evidence: { kind: "link", answerId: id } },
      });
    markRecord(context.database, link.projectId);
    return answered(found, answer, true);
  });

type Covered = {
  readonly bound: BoundDatabase;
  readonly page: MirrorPage;
  readonly record: DeliveryRecord;
  readonly office: Office;
  readonly row: Milestone;
  readonly covers: string | null;
  readonly shown: SignOffView;
  /** The stored value of each choice; null while Notion lacks it. */
  readonly values: Readonly<Record<ClientDecision["choice"], Value>>;
};

/**
 * The milestone behind a link, as mirrored; null where it or its project is not there any more, or the link's reader is
 * not the project's contact at that address any more.
 */
const covered = (context: EngineContext, link: StoredLink): Covered | null => {
  const page = findPage(context.database, link.pageId);
  const bound = boundDatabase(context, "milestones");
  const loaded = loadRecord(context, link.projectId);
  if (page?.state !== "live" || page.database !== "milestones" || !bound || !loaded) return null;
  const { record } = loaded;
  const contact = record.contacts.find(({ pageId }) => pageId === link.contactId);
  const row = record.milestones.find(({ pageId }) => pageId === link.pageId);
  const sentTo = linkSentTo(context.database, link.linkId);
  if (!contact || !row || (sentTo !== null && sentTo !== contact.email?.trim())) return null;
  const office = loadOffice(context);
  const value = (choice: ClientDecision["choice"]): Value =>
    toCanonical(bound.template, bound.binding, "signOff", options[choice]);
  return {
    ...{ bound, page, record, office, row },
    values: { approve: value("approve"), changes: value("changes") },
    covers: coverOf(bound.template, "signOff", row),
    shown: signOffViewOf(record, row, office),
  };
};
