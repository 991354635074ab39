import { addTransition } from "../store/history.ts";
import { findPage, savePage } from "../store/pages.ts";
import type { BoundDatabase } from "../sync/context.ts";
import { tellOfOldStore } from "../sync/import-own.ts";
import type { GateRequest } from "../sync/merge-page.ts";
import { relationsOf, toDomain } from "../sync/row.ts";
import type { PageObservation } from "../types/notion.ts";
import type { EngineContext } from "./context.ts";

/**
 * An update that the connection itself has set to Sent, unknown to this store, was sent by another copy of it: a fact, not a
 * request, and the outbox is held. Returns the requests that are left to be judged; runs inside a transaction.
 */
export const withoutOwn = (
  context: EngineContext,
  bound: BoundDatabase,
  seen: PageObservation,
  asked: readonly GateRequest[],
): readonly GateRequest[] => {
  const isOwn = (request: GateRequest): boolean =>
    bound.key === "updates" &&
    request.property === "state" &&
    seen.lastEditedBy === context.botId() &&
    toDomain(bound.template, bound.binding, "state", request.to) === "Sent";
  for (const request of asked.filter(isOwn)) takeAsFact(context, bound, seen.pageId, request);
  return asked.filter((request) => !isOwn(request));
};

const takeAsFact = (
  context: EngineContext,
  bound: BoundDatabase,
  pageId: string,
  { property, from, to }: GateRequest,
): void => {
  const { database, clock } = context;
  const page = findPage(database, pageId);
  if (!page) return;
  const local = { ...page.local, [property]: to };
  const after = { ...page, local, base: { ...page.base, [property]: to } };
  savePage(database, after, relationsOf(bound.template, local));
  const name = (value: GateRequest["to"]) =>
    toDomain(bound.template, bound.binding, property, value) as string | null;
  addTransition(database, {
    ...{ pageId, property, outcome: "baseline", from: name(from), to: name(to), at: clock.now() },
    ...{ by: { kind: "service" }, evidence: { kind: "none" }, covers: null, findings: [] },
  });
  tellOfOldStore(context);
};
