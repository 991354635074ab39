import { decide } from "../rules/decide.ts";
import { addAction, cancelUnwanted } from "../store/actions.ts";
import { findComment, wantComment } from "../store/comments.ts";
import { dropRecord, markRecord, parkRecord, settleRecord } from "../store/dirty.ts";
import { addJournal, addTransition } from "../store/history.ts";
import { findPage, savePage } from "../store/pages.ts";
import { clearPageProblems, raiseProblem } from "../store/problems.ts";
import { type BoundDatabase, boundDatabase } from "../sync/context.ts";
import { outgoingLevel, pendingWrites } from "../sync/merge-page.ts";
import { relationsOf, toCanonical, toDomain } from "../sync/row.ts";
import type { Decision, WantedValue } from "../types/loop.ts";
import { sameValue, type Value } from "../types/values.ts";
import { firstState } from "./arming.ts";
import type { EngineContext } from "./context.ts";
import { loadOffice, loadRecord } from "./load.ts";

/** A wake time that has passed already would decide the same record for ever. */
const soonestMs = 1_000;

/**
 * Decides one project and stores what its rules want. A rule that throws parks this project, names it in /status and
 * leaves every other project alone (design §1).
 */
export const decideRecord = (context: EngineContext, projectId: string, dirty: number): void => {
  const { database } = context;
  const now = context.clock.now();
  const loaded = loadRecord(context, projectId);
  if (!loaded) {
    forget(context, projectId);
    return;
  }
  let decision: Decision;
  try {
    decision = decide(loaded.record, loaded.history, loadOffice(context), now);
  } catch (error) {
    park(context, projectId, error);
    return;
  }
  database.transaction(() => {
    const moved = decision.values.filter((value) => applyValue(context, value));
    for (const action of decision.actions)
      addAction(database, projectId, action, firstState(context, action), now);
    if (loaded.record.complete)
      cancelUnwanted(database, projectId, new Set(decision.actions.map((action) => action.key)), now);
    clearPageProblems(database, projectId, "rule_failed");
    settleRecord(database, projectId, dirty, decision.wakeAt && Math.max(decision.wakeAt, now + soonestMs));
    // A workflow column that a rule moved is a fact that the rules read.
    if (moved.length > 0) markRecord(database, projectId);
  });
};

/** A project that was trashed wants nothing any more. */
const forget = (context: EngineContext, projectId: string): void =>
  context.database.transaction(() => {
    cancelUnwanted(context.database, projectId, new Set(), context.clock.now());
    dropRecord(context.database, projectId);
  });

const park = (context: EngineContext, projectId: string, error: unknown): void => {
  const traceId = context.newId();
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  context.log.error("rules.failed", { project_id: projectId, trace_id: traceId, stack });
  context.database.transaction(() => {
    parkRecord(context.database, projectId, traceId);
    raiseProblem(
      context.database,
      {
        code: "rule_failed",
        pageId: projectId,
        database: "projects",
        property: null,
        detail: `trace ${traceId}`,
      },
      context.clock.now(),
    );
  });
};

/** True where a workflow column moved. */
const applyValue = (context: EngineContext, wanted: WantedValue & { readonly rule: string }): boolean => {
  if (wanted.target === "property") return setLocal(context, wanted);
  const known = findComment(context.database, wanted.pageId, wanted.comment);
  if (JSON.stringify(known?.wanted) !== JSON.stringify(wanted.text)) {
    wantComment(context.database, wanted.pageId, wanted.comment, wanted.text);
  }
  return false;
};

type WantedProperty = Extract<WantedValue, { target: "property" }> & { readonly rule: string };

/** Sets the local value of a property; the merge and the write protocol alone carry it to Notion. */
const setLocal = (context: EngineContext, wanted: WantedProperty): boolean => {
  const { pageId, property } = wanted;
  const page = findPage(context.database, pageId);
  const bound = page && boundDatabase(context, page.database);
  if (!page || !bound || page.state !== "live" || !bound.binding.properties[property]) return false;
  const from = page.local[property] ?? null;
  const to = toCanonical(bound.template, bound.binding, property, wanted.value);
  if (sameValue(from, to)) return false;
  const now = context.clock.now();
  const local = { ...page.local, [property]: to };
  const pending = pendingWrites(bound.template, { ...page, local }, page.remote ?? page.base);
  const level = outgoingLevel(bound.template, pending);
  const isVerdict = bound.template.properties[property]?.owner === "gate";
  const writeAfter = isVerdict ? now : Math.max(page.writeAfter, now);
  savePage(
    context.database,
    { ...page, local, outgoing: level, writeAfter },
    relationsOf(bound.template, local),
  );
  const actor = { kind: "service" } as const;
  addJournal(
    context.database,
    { pageId, property, kind: "decided", from, to, actor, rule: wanted.rule },
    now,
  );
  if (!isVerdict) return false;
  keepTransition(context, bound, wanted, from);
  return true;
};

/** A rule's own change of a workflow column is a transition like any other. */
const keepTransition = (
  context: EngineContext,
  bound: BoundDatabase,
  { pageId, property, value }: WantedProperty,
  from: Value,
): void => {
  addTransition(context.database, {
    ...{ pageId, property, outcome: "accepted", at: context.clock.now(), by: { kind: "service" } },
    from: toDomain(bound.template, bound.binding, property, from) as string | null,
    to: value as string | null,
    ...{ evidence: { kind: "none" }, covers: null, findings: [] },
  });
};
