import type { Milestone } from "../domain/record.ts";
import { coverOf, judgeWorkflow } from "../domain/workflow.ts";
import { addAnswer } from "../store/answers.ts";
import { markRecord } from "../store/dirty.ts";
import { addJournal, addTransition, answersOf, transitionsOf } from "../store/history.ts";
import { findLink, type StoredLink } from "../store/links.ts";
import { findPage, type MirrorPage, outgoing, savePage } from "../store/pages.ts";
import { type BoundDatabase, boundDatabase } from "../sync/context.ts";
import { relationsOf, toCanonical, toRow } from "../sync/row.ts";
import type { Answer } from "../types/loop.ts";
import type { Value } from "../types/values.ts";
import type { EngineContext } from "./context.ts";
import { loadOffice, loadRecord } from "./load.ts";

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
  | { readonly kind: "answered"; readonly shown: Shown; readonly answer: Answer; readonly own: boolean }
  | { readonly kind: "open"; readonly shown: Shown };

/** All that a client sees of a project on its sign-off page: the covered content and whose it is. */
export type Shown = {
  readonly agency: string;
  readonly project: string;
  readonly milestone: string;
  readonly deliverable: string;
  readonly whatWorksNow: string;
  readonly demo: string | null;
};

/** What a link shows now; changes nothing. Reads the link again: it may have been revoked since it was found. */
export const openLink = (context: EngineContext, { linkId }: StoredLink): LinkState => {
  const link = findLink(context.database, linkId);
  const found = link && covered(context, link);
  if (!found || link.revokedAt !== null || context.clock.now() >= link.expiresAt) return { kind: "gone" };
  const answers = answersOf(context.database, link.pageId).filter(({ purpose }) => purpose === link.purpose);
  const own = answers.find(({ id }) => id === linkId);
  if (own) return { kind: "answered", shown: found.shown, answer: own, own: true };
  if (found.covers !== link.covers) return { kind: "newer" };
  const since = askedSince(context, link.pageId);
  const first = answers.find(({ covers, at }) => covers === link.covers && at >= since);
  if (first) return { kind: "answered", shown: found.shown, answer: first, own: false };
  if (Object.values(found.values).includes(null)) return { kind: "unavailable" };
  return choices.some((choice) => mayChoose(found, link, choice))
    ? { kind: "open", shown: found.shown }
    : { kind: "withdrawn" };
};

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
    const found = covered(context, link);
    if (state.kind !== "open" || !found) return state;
    if (!mayChoose(found, link, decision.choice)) return { kind: "withdrawn" };
    const { linkId: id, pageId, purpose, covers, contactId } = link;
    const answer: Answer = { id, pageId, purpose, covers, contactId, at: context.clock.now(), ...decision };
    addAnswer(context.database, answer);
    if (found.row.signOff !== options[decision.choice]) setSignOff(context, found, answer, decision.choice);
    markRecord(context.database, link.projectId);
    return { kind: "answered", shown: state.shown, answer, own: true };
  });

type Covered = {
  readonly bound: BoundDatabase;
  readonly page: MirrorPage;
  readonly row: Milestone;
  readonly covers: string | null;
  readonly shown: Shown;
  /** The stored value of each choice; null while Notion lacks it. */
  readonly values: Readonly<Record<ClientDecision["choice"], Value>>;
};

/** The milestone behind a link, as mirrored; null where it, its project or its contact is not there any more. */
const covered = (context: EngineContext, link: StoredLink): Covered | null => {
  const page = findPage(context.database, link.pageId);
  const bound = boundDatabase(context, "milestones");
  const loaded = loadRecord(context, link.projectId);
  if (page?.state !== "live" || page.database !== "milestones" || !bound || !loaded) return null;
  if (findPage(context.database, link.contactId)?.state !== "live") return null;
  const row = loaded.record.milestones.find((milestone) => milestone.pageId === link.pageId);
  if (!row) return null;
  const shown = {
    agency: loadOffice(context).name,
    project: loaded.record.project.name,
    milestone: row.name,
    ...{ deliverable: row.deliverable, whatWorksNow: row.whatWorksNow, demo: row.demo },
  };
  const value = (choice: ClientDecision["choice"]): Value =>
    toCanonical(bound.template, bound.binding, "signOff", options[choice]);
  return {
    bound,
    page,
    row,
    values: { approve: value("approve"), changes: value("changes") },
    covers: coverOf(bound.template, "signOff", toRow(bound.template, bound.binding, page)),
    shown,
  };
};

const setSignOff = (
  context: EngineContext,
  { bound, page, row, values }: Covered,
  answer: Answer,
  choice: ClientDecision["choice"],
): void => {
  const { database } = context;
  const { pageId } = page;
  const by = { kind: "client", id: answer.contactId } as const;
  const [value, to] = [values[choice], options[choice]];
  const local = { ...page.local, signOff: value };
  const after: MirrorPage = { ...page, local, outgoing: outgoing.verdict, writeAfter: answer.at };
  savePage(database, after, relationsOf(bound.template, local));
  addTransition(database, {
    ...{ pageId, property: "signOff", outcome: "accepted", from: row.signOff, to, at: answer.at, by },
    ...{ evidence: { kind: "link", answerId: answer.id }, covers: answer.covers, findings: [] },
  });
  const entry = {
    pageId,
    property: "signOff",
    kind: "accepted",
    from: page.local.signOff ?? null,
    to: value,
  } as const;
  addJournal(database, { ...entry, actor: by, rule: null }, answer.at);
};
