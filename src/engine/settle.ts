import type { Verdict } from "../domain/verdict.ts";
import { coverOf } from "../domain/workflow.ts";
import { addJournal, addTransition, refusalsSince } from "../store/history.ts";
import { findPage, outgoing, savePage } from "../store/pages.ts";
import { clearPageProblems, raiseProblem } from "../store/problems.ts";
import type { BoundDatabase } from "../sync/context.ts";
import { type GateRequest, outgoingLevel, pendingWrites } from "../sync/merge-page.ts";
import { markRecordsOf } from "../sync/records.ts";
import { relationsOf, toRow } from "../sync/row.ts";
import type { Actor, Evidence, Finding } from "../types/loop.ts";
import type { EngineContext } from "./context.ts";

/** More refusals than this on one page within a minute stop its put-backs for a minute (design §8). */
const brake = { refusals: 5, withinMs: 60_000 } as const;

/** A request in a gate column with all that its judgement needs. */
export type Asked = {
  readonly bound: BoundDatabase;
  readonly pageId: string;
  readonly request: GateRequest;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: Actor;
  readonly evidence: Evidence;
};

/** Stores a verdict: accepted and kept with its person and time, or refused and put back; runs inside a transaction. */
export const settle = (context: EngineContext, asked: Asked, verdict: Verdict): void => {
  const { pageId, request, from, to } = asked;
  clearPageProblems(context.database, pageId, "record_incomplete");
  if (verdict.allowed) accept(context, asked, verdict.overridden);
  else refuse(context, asked, verdict.findings);
  const outcome = verdict.allowed ? "gate.accepted" : "gate.refused";
  const states = { from_state: loggable(from), to_state: loggable(to) };
  context.log.info(outcome, { page_id: pageId, property: request.property, ...states });
};

/** An option's name as one word: the log lets no text with spaces through. */
const loggable = (option: string | null): string => (option ?? "empty").replaceAll(" ", "_");

const accept = (context: EngineContext, asked: Asked, overridden: readonly Finding[]): void => {
  const { bound, pageId, request } = asked;
  const page = findPage(context.database, pageId);
  if (!page) return;
  const now = context.clock.now();
  const local = { ...page.local, [request.property]: request.to };
  const judged = Object.fromEntries(Object.entries(page.judged).filter(([key]) => key !== request.property));
  const after = { ...page, local, judged, base: { ...page.base, [request.property]: request.to } };
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
  if (braked) tellOfBrake(context, bound, pageId, request.property);
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

const tellOfBrake = (
  context: EngineContext,
  bound: BoundDatabase,
  pageId: string,
  property: string,
): void => {
  context.log.warn("gate.braked", { page_id: pageId, property });
  const detail = `${bound.template.properties[property]?.name ?? property} of ${bound.template.title}`;
  const problem = { code: "gate_braked", pageId, database: bound.key, property, detail } as const;
  raiseProblem(context.database, problem, context.clock.now());
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
