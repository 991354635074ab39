import { coverOf } from "../domain/workflow.ts";
import { addJournal, addTransition } from "../store/history.ts";
import { findPage, type MirrorPage, savePage } from "../store/pages.ts";
import { type BoundDatabase, boundDatabase } from "../sync/context.ts";
import { outgoingLevel, pendingWrites } from "../sync/merge-page.ts";
import { quarantineOf } from "../sync/quarantine.ts";
import { relationsOf, toCanonical, toDomain, toRow } from "../sync/row.ts";
import { trackOwnChange } from "../sync/tracked.ts";
import type { Actor, Evidence, WantedValue } from "../types/loop.ts";
import { sameValue, type Value } from "../types/values.ts";
import type { EngineContext } from "./context.ts";

/** A value that a rule or a client sets; `at` is UTC ms. */
export type LocalChange = {
  readonly property: string;
  readonly to: Value;
  readonly at: number;
  readonly kind: "decided" | "accepted";
  readonly by: Actor;
  readonly rule: string | null;
  readonly evidence: Evidence;
};

/**
 * Sets the local value of a property; the merge and the write protocol alone carry it to Notion. A workflow column that
 * moves is a transition like any other, and true is returned. Runs inside a transaction.
 */
export const storeLocal = (
  context: EngineContext,
  bound: BoundDatabase,
  page: MirrorPage,
  { property, to, at, kind, by, rule, evidence }: LocalChange,
): boolean => {
  const { database } = context;
  const { template, binding } = bound;
  const { pageId } = page;
  const from = page.local[property] ?? null;
  // What Notion shows already is agreed on: no write will come that could say so.
  const base = sameValue(page.remote?.[property] ?? null, to) ? { ...page.base, [property]: to } : page.base;
  const after = { ...page, base, local: { ...page.local, [property]: to } };
  const level = outgoingLevel(template, pendingWrites(template, after, page.remote ?? page.base));
  const isVerdict = template.properties[property]?.owner === "gate";
  const writeAfter = isVerdict ? at : Math.max(page.writeAfter, at);
  savePage(database, { ...after, outgoing: level, writeAfter }, relationsOf(template, after.local));
  addJournal(database, { pageId, property, kind, from, to, actor: by, rule }, at);
  if (!isVerdict) {
    if (by.kind === "service") trackOwnChange(context, bound, after, property, from);
    return false;
  }
  addTransition(database, {
    ...{ pageId, property, outcome: "accepted", at, by, evidence, findings: [] },
    from: toDomain(template, binding, property, from) as string | null,
    to: toDomain(template, binding, property, to) as string | null,
    covers: coverOf(template, property, toRow(template, binding, after)),
  });
  return true;
};

type WantedProperty = Extract<WantedValue, { target: "property" }> & { readonly rule: string | null };

/**
 * Sets what Milepost itself wants, where the page is there, the property readable and its value another; true where a workflow
 * column moved. Runs inside a transaction.
 */
export const storeDecided = (
  context: EngineContext,
  { pageId, property, value, rule }: WantedProperty,
): boolean => {
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
