import type { Actor, Json, JsonObject } from "../model.ts";
import type { History } from "../query/read-index.ts";
import type { Core, Scope } from "../scope.ts";
import { withinBlockLimit } from "../write/block-limit.ts";
import { assertCapable, limitAnswer } from "./capabilities.ts";
import { committedBy, cursorOf } from "./committed.ts";
import { ApiError, internalError, invalidBeta, invalidRequestUrl, unauthorized } from "./errors.ts";
import type { FaultRules } from "./fault-rules.ts";
import { answerFault, type Fault, type FaultHook, faultStatus } from "./faults.ts";
import { firstVersion, legacyAnswer, onlyDataSource } from "./legacy.ts";
import type { Limiter } from "./limiter.ts";
import type { Operation } from "./operation.ts";
import { findOperation, type Route } from "./operations.ts";
import { type RawRequest, readInput } from "./read-request.ts";
import type { RequestEntry, RequestLog } from "./request-log.ts";
import { downgradeAnswer, isAtLeast, type Version, versionOf } from "./versions.ts";

export type Api = {
  core: Core;
  history: History;
  limiter: Limiter;
  requests: RequestLog;
  actorOf(token: string): Actor | undefined;
  faults: FaultRules;
  hook(): FaultHook | null;
  /** Called after a commit, when webhooks may have become due. */
  onCommit(): void;
};

type Answer = { status: number; body: string; headers: Record<string, string> };
/** What was done and what spoils its answer, if anything does. */
type Outcome = { answer: Answer; fault?: Fault | undefined };

const noAnswer: Answer = { status: 200, body: '{"object":"list","results":[]}', headers: {} };

const authenticated = (api: Api, headers: Headers): Actor => {
  const [, token = ""] = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
  const actor = api.actorOf(token);
  if (!actor) throw unauthorized();
  return actor;
};

const errorAnswer = (error: ApiError, requestId: string): Answer => {
  const envelope: JsonObject = {
    object: "error",
    status: error.status,
    code: error.code,
    message: error.message,
    ...(error.additionalData ? { additional_data: error.additionalData } : {}),
    request_id: requestId,
  };
  return { status: error.status, body: JSON.stringify(envelope), headers: { ...error.headers } };
};

/** Work that was only accepted is answered with its task and 202. Documented: SDK types. */
const statusOf = ({ operation: { name } }: Route, result: Json): number =>
  name !== "async_tasks.retrieve" && (result as JsonObject).object === "async_task" ? 202 : 200;

type Input = ReturnType<typeof readInput>;

const handled = (scope: Scope, operation: Operation, input: Input, version: Version): Json => {
  if (version !== firstVersion) return operation.handle(scope, input);
  if (input.params.database_id !== undefined) onlyDataSource(scope, input.params.database_id);
  return legacyAnswer(scope, operation, operation.handle(scope, input));
};

const run = (api: Api, route: Route, request: RawRequest, actor: Actor, lagMs: number): Answer => {
  const version = versionOf(request.headers.get("notion-version"));
  const beta = request.headers.get("notion-beta");
  if (beta !== null) throw invalidBeta(beta);
  const { operation } = route;
  const isTooOld = operation.since !== undefined && !isAtLeast(version, operation.since);
  const isTooNew = operation.until !== undefined && version !== operation.until;
  if (isTooOld || isTooNew) throw invalidRequestUrl();
  const now = api.core.clock.now();
  const index = api.history.index(lagMs);
  const { capabilities } = api.core.settings.get();
  assertCapable(actor, operation, capabilities);
  const result = api.core.objects.transaction(() => {
    const input = readInput(operation, route.params, request, version);
    return withinBlockLimit(api.core, actor, () =>
      handled({ ...api.core, index, actor, now }, operation, input, version),
    );
  });
  api.onCommit();
  return {
    status: statusOf(route, result),
    body: JSON.stringify(downgradeAnswer(version, limitAnswer(actor, result, capabilities))),
    headers: {},
  };
};

const refusal = (api: Api, error: unknown, entry: RequestEntry, requestId: string): Answer => {
  if (error instanceof ApiError) return errorAnswer(error, requestId);
  api.core.log.error("workspace.crashed", {
    operation: entry.operation,
    kind: error instanceof Error ? error.name : typeof error,
    stack: error instanceof Error ? error.stack : undefined,
  });
  return errorAnswer(internalError(), requestId);
};

const judge = (api: Api, route: Route | null, request: RawRequest, entry: RequestEntry): Outcome => {
  if (!route) {
    api.core.log.warn("workspace.unknown_operation", { method: request.method, path: request.url.pathname });
    throw invalidRequestUrl();
  }
  const actor = authenticated(api, request.headers);
  entry.actorId = actor.id;
  api.limiter.take(actor.id, route.operation.cost, api.core.clock.now());
  const { status: _status, at: _at, cost: _cost, fault: _fault, ...about } = entry;
  const rule = api.faults.apply({ ...about, actor, cursor: cursorOf(request) });
  entry.fault = rule?.name ?? null;
  const before = api.hook()?.before?.(about) ?? rule?.before();
  if (before) return { answer: noAnswer, fault: before };
  const given = run(api, route, request, actor, rule?.lagMs ?? 0);
  const after = api.hook()?.after?.(about) ?? rule?.after(() => committedBy(route, given.body));
  return { answer: given, fault: after ?? undefined };
};

const attempt = (
  api: Api,
  route: Route | null,
  request: RawRequest,
  entry: RequestEntry,
  requestId: string,
): Outcome => {
  try {
    return judge(api, route, request, entry);
  } catch (error) {
    return { answer: refusal(api, error, entry, requestId) };
  }
};

const standardHeaders = (api: Api, requestId: string): Record<string, string> => ({
  "content-type": "application/json; charset=utf-8",
  date: new Date(api.core.clock.now()).toUTCString(),
  "x-notion-request-id": requestId,
  "cf-ray": requestId.replaceAll("-", "").slice(0, 16),
});

/** Answers one request to `/v1`. Throws only for a fault that breaks the connection. */
export const answer = async (api: Api, request: RawRequest): Promise<Response> => {
  const route = findOperation(request.method, request.url.pathname);
  const requestId = api.core.newId();
  const entry = api.requests.open({
    at: api.core.clock.now(),
    method: request.method,
    path: request.url.pathname,
    operation: route?.operation.name ?? null,
    actorId: null,
    cost: route?.operation.cost ?? 0,
  });
  const headers = standardHeaders(api, requestId);
  const { answer: given, fault } = attempt(api, route, request, entry, requestId);
  if (fault) {
    entry.status = faultStatus(fault);
    return answerFault(fault, given.body, headers, request.signal);
  }
  entry.status = given.status;
  return new Response(given.body, { status: given.status, headers: { ...headers, ...given.headers } });
};
