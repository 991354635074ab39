import type { Office } from "../domain/office.ts";
import type { Database } from "../ports.ts";
import { decide } from "../rules/decide.ts";
import { addAction, findAction, setActionState } from "../store/actions.ts";
import { cancelUnwanted } from "../store/cancel-unwanted.ts";
import { findComment, wantComment } from "../store/comments.ts";
import { endFailures } from "../store/dead-letters.ts";
import { databaseOf, findPage, type MirrorPage } from "../store/pages.ts";
import { clearPageProblems, clearStepProblem, raiseProblem } from "../store/problems.ts";
import { type DueRecord, dropRecord, markRecord, parkRecord, settleRecord } from "../store/records.ts";
import { boundDatabase } from "../sync/context.ts";
import { toCanonical } from "../sync/row.ts";
import type { Action } from "../types/action.ts";
import { isStoreFailure } from "../types/errors.ts";
import type { Decision, WantedValue } from "../types/loop.ts";
import { sameValue } from "../types/values.ts";
import { firstState } from "./arming.ts";
import type { EngineContext } from "./context.ts";
import { decideOfficeRow } from "./decide-office.ts";
import { holdBurst } from "./letters-burst.ts";
import { loadOffice, loadRecord } from "./load.ts";
import { scheduleTrouble } from "./schedule-trouble.ts";
import { storeDecided } from "./store-local.ts";

/** A wake time that has passed already would decide the same record for ever. */
const soonestMs = 1_000;

/**
 * Decides projects and stores what their rules want, all in one transaction. A rule that throws parks its project, names it
 * in /status and leaves every other project alone (design §1).
 */
export const decideRecords = (context: EngineContext, records: readonly DueRecord[]): void => {
  const office = loadOffice(context);
  const decided = records.map((record) => decideOne(context, record, office));
  context.database.transaction(() => {
    for (const keep of decided) keep();
  });
};

/** Decides one project; what it answers stores the result. */
const decideOne = (context: EngineContext, { projectId, dirty }: DueRecord, office: Office): (() => void) => {
  const now = context.clock.now();
  const loaded = loadRecord(context, projectId);
  if (!loaded) return decideElse(context, { projectId, dirty }, office);
  try {
    const decision = decide(loaded.record, loaded.history, office, now);
    const trouble = scheduleTrouble(context, loaded, office);
    return () => {
      keepDecision(context, { projectId, dirty }, decision, loaded.record.complete, now);
      trouble();
    };
  } catch (error) {
    if (isStoreFailure(error)) throw error;
    return () => park(context, projectId, error);
  }
};

/** What is no live project is the office, or wants nothing any more. */
const decideElse = (context: EngineContext, record: DueRecord, office: Office): (() => void) => {
  try {
    const decision = decideOfficeRow(context, record.projectId, office);
    if (decision === null) return () => forget(context, record.projectId);
    return () => keepDecision(context, record, decision, true, context.clock.now());
  } catch (error) {
    if (isStoreFailure(error)) throw error;
    return () => park(context, record.projectId, error);
  }
};

const keepDecision = (
  context: EngineContext,
  { projectId, dirty }: DueRecord,
  { values, actions, waiting, wakeAt }: Decision,
  complete: boolean,
  now: number,
): void => {
  const { database } = context;
  const moved = newsAmong(context, values).filter((value) => applyValue(context, value));
  const proposed = actions.filter((action) => keepAction(context, projectId, action, now));
  holdBurst(context, actions);
  const wanted = new Set(actions.map((action) => action.key));
  const freed = complete && cancelUnwanted(database, projectId, { wanted, waiting }, now);
  clearPageProblems(database, projectId, "rule_failed");
  clearStepProblem(database, "decide", projectId);
  endFailures(database, "decide", projectId);
  settleRecord(database, projectId, dirty, wakeAt && Math.max(wakeAt, now + soonestMs));
  // A workflow column that a rule moved, a proposal and a letter that was stopped are facts that the rules read.
  if (moved.length + proposed.length > 0 || freed) markRecord(database, projectId);
};

/** Keeps an action; true where it was a proposal, which is made here and now, once. */
const keepAction = (
  context: EngineContext,
  projectId: string,
  action: Action & { readonly rule: string },
  now: number,
): boolean => {
  const { database } = context;
  const { key, rule, payload } = action;
  const isNew = findAction(database, key) === null;
  if (payload.kind === "propose" && !isNew) return false;
  const state = firstState(context, action);
  addAction(database, projectId, action, state, now);
  if (isNew && state === "missed") tellOfMissed(database, projectId, action, now);
  if (payload.kind !== "propose" || state !== "pending") return false;
  for (const change of payload.changes) storeDecided(context, { target: "property", ...change, rule });
  setActionState(database, key, "done", now, payload.summary);
  return true;
};

const tellOfMissed = (
  database: Database,
  projectId: string,
  { rule, window }: Action & { readonly rule: string },
  now: number,
): void => {
  const detail = `rule ${rule}, until ${new Date(window?.closes ?? now).toISOString()}`;
  const place = { pageId: projectId, database: databaseOf(database, projectId), property: null };
  raiseProblem(database, { code: "action_missed", ...place, detail }, now);
};

/** A project that was trashed wants nothing any more. */
const forget = (context: EngineContext, projectId: string): void => {
  cancelUnwanted(context.database, projectId, { wanted: new Set(), waiting: [] }, context.clock.now());
  dropRecord(context.database, projectId);
};

const park = (context: EngineContext, projectId: string, error: unknown): void => {
  const traceId = context.newId();
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  context.log.error("rules.failed", { project_id: projectId, trace_id: traceId, stack });
  parkRecord(context.database, projectId, traceId);
  const place = { pageId: projectId, database: databaseOf(context.database, projectId), property: null };
  const problem = { ...place, code: "rule_failed", detail: `trace ${traceId}` } as const;
  raiseProblem(context.database, problem, context.clock.now());
};

type DecidedValue = WantedValue & { readonly rule: string };

/** Without the values that stand already, which most do; each page is looked up once for all of its values. */
const newsAmong = (context: EngineContext, values: readonly DecidedValue[]): readonly DecidedValue[] => {
  const pages = new Map<string, MirrorPage | null>();
  const pageOf = (pageId: string): MirrorPage | null => {
    const known = pages.get(pageId);
    if (known !== undefined) return known;
    const found = findPage(context.database, pageId);
    pages.set(pageId, found);
    return found;
  };
  return values.filter((value) => {
    if (value.target !== "property") return true;
    const page = pageOf(value.pageId);
    const bound = page && boundDatabase(context, page.database);
    if (!page || !bound) return false;
    const to = toCanonical(bound.template, bound.binding, value.property, value.value);
    return !sameValue(page.local[value.property] ?? null, to);
  });
};

/** True where a workflow column moved. */
const applyValue = (context: EngineContext, wanted: WantedValue & { readonly rule: string }): boolean => {
  if (wanted.target === "property") return storeDecided(context, wanted);
  const known = findComment(context.database, wanted.pageId, wanted.comment);
  if (JSON.stringify(known?.wanted) !== JSON.stringify(wanted.text)) {
    wantComment(context.database, wanted.pageId, wanted.comment, wanted.text);
  }
  return false;
};
