import { databases } from "../../notion-templates/databases.ts";
import { changeFindings } from "../domain/changes.ts";
import { databasesBehind, databasesNamed, judge } from "../domain/gates.ts";
import type { Verdict } from "../domain/verdict.ts";
import { judgeWorkflow } from "../domain/workflow.ts";
import { findPage } from "../store/pages.ts";
import { raiseProblem } from "../store/problems.ts";
import type { BoundDatabase } from "../sync/context.ts";
import type { GateRequest } from "../sync/merge-page.ts";
import { toDomain, toRow } from "../sync/row.ts";
import type { Actor } from "../types/loop.ts";
import type { Lane } from "../types/notion-gateway.ts";
import { Quarantined } from "../types/quarantined.ts";
import { sameValue } from "../types/values.ts";
import type { EngineContext } from "./context.ts";
import { evidenceOf } from "./evidence.ts";
import { loadOffice, loadRecord } from "./load.ts";
import { readNamedDatabases } from "./reread.ts";
import { type Asked, settle } from "./settle.ts";
import { storeDecided } from "./store-local.ts";

/** Who is named for a change, and whose rights it has: of two people that it may come from, neither's. */
export type PageAsker = { readonly by: Actor; readonly authority: Actor };

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
  { by, authority }: PageAsker,
  lane: Lane,
): Promise<Answered> => {
  const to = optionOf(bound, request.property, request.to);
  const place = { pageId, property: request.property };
  const evidence = await evidenceOf(context, place, by, wantsNote(bound, request.property, to), lane);
  const asked = {
    bound,
    pageId,
    request,
    from: optionOf(bound, request.property, request.from),
    to,
    by,
    evidence,
  };
  const verdict =
    request.property === "stage"
      ? await judgeStage(context, asked, authority, lane)
      : judgeColumn(context, asked);
  if (verdict === "wait" || verdict === "again") return verdict;
  return context.database.transaction(() => settleCurrent(context, asked, verdict));
};

/** A client's link may have answered while the request was judged: then it is judged anew on top of that answer. */
const settleCurrent = (context: EngineContext, asked: Asked, verdict: Verdict): "settled" | "again" => {
  const { pageId, request } = asked;
  const page = findPage(context.database, pageId);
  if (page && !sameValue(page.local[request.property] ?? null, request.from)) return "again";
  settle(context, asked, verdict);
  return "settled";
};

/**
 * Judges what a page holds in its workflow columns when it is first seen; runs inside a transaction. A new page never
 * inherits an approval (design §7): it may be a copy, so that nothing shows who decided. Stage is left for `answerRequest`.
 */
export const answerClaims = (
  context: EngineContext,
  bound: BoundDatabase,
  pageId: string,
  claims: readonly GateRequest[],
  by: Actor,
): readonly GateRequest[] => {
  for (const request of claims.filter(({ property }) => property !== "stage")) {
    const name = (value: GateRequest["to"]) => optionOf(bound, request.property, value);
    const [from, to] = [name(request.from), name(request.to)];
    const asked: Asked = { bound, pageId, request, from, to, by, evidence: { kind: "none" } };
    settle(context, asked, judgeColumn(context, asked));
  }
  const moves = claims.filter(({ property }) => property === "stage");
  if (moves.length > 0) forgetReason(context, bound.key, pageId);
  return moves;
};

/** The Override reason of a page that comes with a Stage may be a copied one: it counts for nothing until it is written here. */
const forgetReason = (context: EngineContext, database: BoundDatabase["key"], pageId: string): void => {
  const place = { target: "property", database, pageId, property: "overrideReason" } as const;
  storeDecided(context, { ...place, value: "", rule: null });
};

const optionOf = (bound: BoundDatabase, key: string, value: GateRequest["to"]): string | null =>
  toDomain(bound.template, bound.binding, key, value) as string | null;

const wantsNote = (bound: BoundDatabase, key: string, to: string | null): boolean => {
  const property = bound.template.properties[key];
  const rows = property && "workflow" in property ? (property.workflow?.rows ?? []) : [];
  return rows.some((row) => row.to === to && row.evidence === "note");
};

/**
 * Before a verdict, the databases that it rests on are read again for this project and it is judged once more: those that
 * the findings name, or those that the crossed gates draw on (design §5, §8).
 */
const judgeStage = async (
  context: EngineContext,
  asked: Asked,
  authority: Actor,
  lane: Lane,
): Promise<Verdict | "wait" | "again"> => {
  const first = judgeNow(context, asked, authority);
  if (first === "wait") return first;
  const keys = first.allowed ? databasesBehind(asked.from, asked.to) : databasesNamed(first.findings);
  const marked = await readNamedDatabases(context, keys, asked.pageId, lane);
  return marked ? "again" : judgeNow(context, asked, authority);
};

const judgeNow = (context: EngineContext, asked: Asked, authority: Actor): Verdict | "wait" => {
  const loaded = loadRecord(context, asked.pageId);
  if (!loaded) return "wait";
  const { record, history } = loaded;
  if (!record.complete) return waitFor(context, asked, record.gaps.join("; "));
  const [office, now] = [loadOffice(context), context.clock.now()];
  const { from, to } = asked;
  try {
    return judge({ record, history, office, now, from, to, by: authority });
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    return waitFor(context, asked, error.detail);
  }
};

/** A request waits for what its judgement needs, and /status says so (design §8). */
const waitFor = ({ database, clock }: EngineContext, { pageId }: Asked, detail: string): "wait" => {
  const place = { pageId, database: "projects", property: "stage" } as const;
  database.transaction(() =>
    raiseProblem(database, { code: "record_incomplete", ...place, detail }, clock.now()),
  );
  return "wait";
};

const judgeColumn = (context: EngineContext, asked: Asked): Verdict => {
  const { bound, pageId, request, to } = asked;
  const { template, binding } = bound;
  const verdict = judgeWorkflow({ ...asked, template, property: request.property, asker: "team" });
  if (!verdict.allowed || bound.key !== "changeRequests" || request.property !== "status") return verdict;
  const page = findPage(context.database, pageId);
  const findings = page ? changeFindings(toRow(databases.changeRequests, binding, page), to) : [];
  return findings.length === 0 ? verdict : { allowed: false, findings, changesAt: null };
};
