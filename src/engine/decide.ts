import { decide } from "../rules/decide.ts";
import { addAction, cancelUnwanted } from "../store/actions.ts";
import { findComment, wantComment } from "../store/comments.ts";
import { findPage } from "../store/pages.ts";
import { clearPageProblems, raiseProblem } from "../store/problems.ts";
import { dropRecord, markRecord, parkRecord, settleRecord } from "../store/records.ts";
import { boundDatabase } from "../sync/context.ts";
import { quarantineOf } from "../sync/quarantine.ts";
import { toCanonical } from "../sync/row.ts";
import type { Decision, WantedValue } from "../types/loop.ts";
import { sameValue } from "../types/values.ts";
import { firstState } from "./arming.ts";
import type { EngineContext } from "./context.ts";
import { loadOffice, loadRecord } from "./load.ts";
import { storeLocal } from "./store-local.ts";

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
    const wanted = new Set(decision.actions.map((action) => action.key));
    const { waiting } = decision;
    const freed = loaded.record.complete && cancelUnwanted(database, projectId, { wanted, waiting }, now);
    clearPageProblems(database, projectId, "rule_failed");
    settleRecord(database, projectId, dirty, decision.wakeAt && Math.max(decision.wakeAt, now + soonestMs));
    // A workflow column that a rule moved and a letter that was stopped are facts that the rules read.
    if (moved.length > 0 || freed) markRecord(database, projectId);
  });
};

/** A project that was trashed wants nothing any more. */
const forget = (context: EngineContext, projectId: string): void =>
  context.database.transaction(() => {
    cancelUnwanted(context.database, projectId, { wanted: new Set(), waiting: [] }, context.clock.now());
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

/** True where a workflow column moved. */
const setLocal = (context: EngineContext, { pageId, property, value, rule }: WantedProperty): boolean => {
  const page = findPage(context.database, pageId);
  const bound = page && boundDatabase(context, page.database);
  if (!page || !bound || page.state !== "live" || !bound.binding.properties[property]) return false;
  if (quarantineOf(context.database).properties(page.database).has(property)) return false;
  const to = toCanonical(bound.template, bound.binding, property, value);
  if (sameValue(page.local[property] ?? null, to)) return false;
  const by = { kind: "service" } as const;
  const reason = { kind: "decided", by, rule, evidence: { kind: "none" } } as const;
  return storeLocal(context, bound, page, { property, to, at: context.clock.now(), ...reason });
};
