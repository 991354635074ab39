import type { Actor, JsonObject } from "../model.ts";
import type { Core } from "../scope.ts";
import { ApiError, internalError, invalidRequestUrl, unauthorized } from "./errors.ts";
import { answerFault, type Fault, type FaultHook, faultStatus } from "./faults.ts";
import type { Limiter } from "./limiter.ts";
import { findOperation, type Route } from "./operations.ts";
import { type RawRequest, readInput } from "./read-request.ts";
import type { RequestEntry, RequestLog } from "./request-log.ts";
import { downgradeAnswer, isAtLeast, versionOf } from "./versions.ts";

export type Api = {
  core: Core;
  limiter: Limiter;
  requests: RequestLog;
  actorOf(token: string): Actor | undefined;
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

const run = (api: Api, route: Route, request: RawRequest, actor: Actor): Answer => {
  const version = versionOf(request.headers.get("notion-version"));
  const { operation } = route;
  if (operation.since && !isAtLeast(version, operation.since)) throw invalidRequestUrl();
  const now = api.core.clock.now();
  const result = api.core.objects.transaction(() => {
    const input = readInput(operation, route.params, request, version);
    return operation.handle({ ...api.core, actor, now }, input);
  });
  api.onCommit();
  return { status: 200, body: JSON.stringify(downgradeAnswer(version, result)), headers: {} };
};

const refusal = (api: Api, error: unknown, entry: RequestEntry, requestId: string): Answer => {
  if (error instanceof ApiError) return errorAnswer(error, requestId);
  api.core.log.error("workspace.crashed", {
    operation: entry.operation,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
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
  const { status: _status, at: _at, cost: _cost, ...about } = entry;
  const before = api.hook()?.before?.(about);
  if (before) return { answer: noAnswer, fault: before };
  return { answer: run(api, route, request, actor), fault: api.hook()?.after?.(about) };
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
