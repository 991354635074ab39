import { databasesNamed, judge, type Verdict } from "../domain/gates.ts";
import { coverOf, judgeWorkflow } from "../domain/workflow.ts";
import { addJournal, addTransition, refusalsSince } from "../store/history.ts";
import { findPage, outgoing, savePage } from "../store/pages.ts";
import { clearPageProblems, raiseProblem } from "../store/problems.ts";
import type { BoundDatabase } from "../sync/context.ts";
import { type GateRequest, outgoingLevel, pendingWrites } from "../sync/merge-page.ts";
import { markRecordsOf } from "../sync/records.ts";
import { relationsOf, toDomain, toRow } from "../sync/row.ts";
import type { Actor, Evidence, Finding } from "../types/loop.ts";
import type { Lane } from "../types/notion.ts";
import type { EngineContext } from "./context.ts";
import { evidenceOf } from "./evidence.ts";
import { loadOffice, loadRecord } from "./load.ts";
import { readNamedDatabases } from "./reread.ts";

/** More refusals than this on one page within a minute stop its put-backs for a minute (design §8). */
const brake = { refusals: 5, withinMs: 60_000 } as const;

type Asked = {
  readonly bound: BoundDatabase;
  readonly pageId: string;
  readonly request: GateRequest;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: Actor;
  readonly evidence: Evidence;
};

/** `wait`: the record is not complete and /status says why (design §8). `again`: pages that matter were marked to be read first. */
export type Answered = "settled" | "wait" | "again";

/**
 * Judges what a person asked for in a gate column and stores the verdict: accepted and kept with its person and time, or
 * refused and put back.
 * @throws NotionError
 */
export const answerRequest = async (
  context: EngineContext,
  bound: BoundDatabase,
  pageId: string,
  request: GateRequest,
  by: Actor,
  lane: Lane,
): Promise<Answered> => {
  const name = (value: GateRequest["to"]): string | null =>
    toDomain(bound.template, bound.binding, request.property, value) as string | null;
  const [from, to] = [name(request.from), name(request.to)];
  const evidence = await evidenceOf(context, pageId, by, wantsNote(bound, request.property, to), lane);
  const asked = { bound, pageId, request, from, to, by, evidence };
  const verdict = request.property === "stage" ? await judgeStage(context, asked, lane) : judgeColumn(asked);
  if (verdict === "wait" || verdict === "again") return verdict;
  context.database.transaction(() => {
    clearPageProblems(context.database, pageId, "record_incomplete");
    if (verdict.allowed) accept(context, asked, verdict.overridden);
    else refuse(context, asked, verdict.findings);
  });
  const outcome = verdict.allowed ? "gate.accepted" : "gate.refused";
  context.log.info(outcome, { page_id: pageId, property: request.property, from: asked.from, to: asked.to });
  return "settled";
};

const wantsNote = (bound: BoundDatabase, key: string, to: string | null): boolean => {
  const property = bound.template.properties[key];
  const rows = property && "workflow" in property ? (property.workflow?.rows ?? []) : [];
  return rows.some((row) => row.to === to && row.evidence === "note");
};

/** Before refusing, the databases that the findings name are read again for this project and it is judged once more. */
const judgeStage = async (
  context: EngineContext,
  asked: Asked,
  lane: Lane,
): Promise<Verdict | "wait" | "again"> => {
  const first = judgeNow(context, asked);
  if (first === "wait" || first.allowed) return first;
  const marked = await readNamedDatabases(context, databasesNamed(first.findings), asked.pageId, lane);
  return marked ? "again" : judgeNow(context, asked);
};

const judgeNow = (context: EngineContext, asked: Asked): Verdict | "wait" => {
  const loaded = loadRecord(context, asked.pageId);
  if (!loaded) return "wait";
  const { record, history } = loaded;
  if (!record.complete) {
    const problem = {
      code: "record_incomplete",
      pageId: asked.pageId,
      database: "projects",
      property: "stage",
    } as const;
    context.database.transaction(() =>
      raiseProblem(context.database, { ...problem, detail: record.gaps.join("; ") }, context.clock.now()),
    );
    return "wait";
  }
  return judge({
    record,
    history,
    office: loadOffice(context),
    now: context.clock.now(),
    from: asked.from,
    to: asked.to,
    by: asked.by,
  });
};

const judgeColumn = (asked: Asked): Verdict =>
  judgeWorkflow({
    ...asked,
    template: asked.bound.template,
    property: asked.request.property,
    asker: "team",
  });

const accept = (context: EngineContext, asked: Asked, overridden: readonly Finding[]): void => {
  const { bound, pageId, request } = asked;
  const page = findPage(context.database, pageId);
  if (!page) return;
  const now = context.clock.now();
  const local = { ...page.local, [request.property]: request.to };
  const after = { ...page, local, base: { ...page.base, [request.property]: request.to } };
  const level = outgoingLevel(bound.template, pendingWrites(bound.template, after, page.remote ?? {}));
  savePage(context.database, { ...after, outgoing: level }, relationsOf(bound.template, local));
  const row = toRow(bound.template, bound.binding, after);
  addTransition(context.database, {
    ...transitionOf(asked),
    outcome: "accepted",
    at: now,
    covers: coverOf(bound.template, request.property, row),
    findings: overridden,
  });
  journal(context, asked, "accepted");
  markRecordsOf(context, bound.key, pageId, [local]);
};

/** Puts the change back, once per edit: the refused value is remembered until Notion shows ours again. */
const refuse = (context: EngineContext, asked: Asked, findings: readonly Finding[]): void => {
  const { bound, pageId, request } = asked;
  const page = findPage(context.database, pageId);
  if (!page) return;
  const now = context.clock.now();
  const braked = refusalsSince(context.database, pageId, now - brake.withinMs) >= brake.refusals;
  if (braked) context.log.warn("gate.braked", { page_id: pageId, property: request.property });
  const judged = { ...page.judged, [request.property]: request.to };
  savePage(
    context.database,
    { ...page, judged, outgoing: outgoing.verdict, writeAfter: braked ? now + brake.withinMs : now },
    relationsOf(bound.template, page.local),
  );
  addTransition(context.database, {
    ...transitionOf(asked),
    outcome: "refused",
    at: now,
    covers: null,
    findings,
  });
  journal(context, asked, "refused");
  markRecordsOf(context, bound.key, pageId, [page.local]);
};

const transitionOf = (asked: Asked) => ({
  pageId: asked.pageId,
  property: asked.request.property,
  from: asked.from,
  to: asked.to,
  by: asked.by,
  evidence: asked.evidence,
});

const journal = (context: EngineContext, asked: Asked, kind: "accepted" | "refused"): void => {
  const { pageId, request, by } = asked;
  addJournal(
    context.database,
    { pageId, property: request.property, kind, from: request.from, to: request.to, actor: by, rule: null },
    context.clock.now(),
  );
};
