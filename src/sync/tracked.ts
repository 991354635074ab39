import { addTransition } from "../store/history.ts";
import type { MirrorPage } from "../store/pages.ts";
import type { Actor, Transition } from "../types/loop.ts";
import type { PropertyTemplate } from "../types/schema.ts";
import type { DateValue, Value } from "../types/values.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";
import { toDomain } from "./row.ts";

/** Workflow columns and the columns whose template says so keep their changes as transitions. */
const isTracked = (property: PropertyTemplate): boolean =>
  property.owner === "gate" || ("tracked" in property && property.tracked !== undefined);

/** How a page comes into the mirror: made before the process began, or made since by somebody. */
export type Origin = { readonly kind: "old" } | { readonly kind: "new"; readonly by: Actor };

/**
 * Records what the tracked columns of a page hold when it is first seen. What was there before Milepost looked are facts,
 * and causes of nothing (design §6). What somebody set since is a change; in a workflow column only if it was Milepost
 * itself, because a person's is judged.
 */
export const addFirst = (
  context: SyncContext,
  bound: BoundDatabase,
  page: MirrorPage,
  origin: Origin,
): void => {
  for (const [key, property] of Object.entries(bound.template.properties)) {
    if (!isTracked(property)) continue;
    if (origin.kind === "old") keep(context, bound, page, key, null, { kind: "unknown" }, "baseline");
    else if (property.owner !== "gate" || origin.by.kind === "service") {
      keep(context, bound, page, key, null, origin.by, "accepted");
    }
  }
};

/** Records a change of a tracked column that no gate judges. */
export const trackChange = (
  context: SyncContext,
  bound: BoundDatabase,
  page: MirrorPage,
  key: string,
  from: Value,
  actor: Actor,
): void => {
  const property = bound.template.properties[key];
  if (!property || property.owner === "gate" || !isTracked(property)) return;
  keep(context, bound, page, key, from, actor, "accepted");
};

/** Records a change of Milepost's own; only in a column whose template asks for that. */
export const trackOwnChange = (
  context: SyncContext,
  bound: BoundDatabase,
  page: MirrorPage,
  key: string,
  from: Value,
): void => {
  const property = bound.template.properties[key];
  if (!property || !("tracked" in property) || property.tracked !== "always") return;
  keep(context, bound, page, key, from, { kind: "service" }, "accepted");
};

const keep = (
  context: SyncContext,
  bound: BoundDatabase,
  page: MirrorPage,
  property: string,
  before: Value,
  by: Actor,
  outcome: Transition["outcome"],
): void => {
  const name = (value: Value): string | null => {
    const named = toDomain(bound.template, bound.binding, property, value) as string | DateValue | null;
    return named !== null && typeof named === "object" ? named.start : named;
  };
  const [from, to] = [name(before), name(page.local[property] ?? null)];
  if (from === to) return;
  const at = context.clock.now();
  const rest = { evidence: { kind: "none" }, covers: null, findings: [] } as const;
  addTransition(context.database, { pageId: page.pageId, property, outcome, from, to, at, by, ...rest });
};
