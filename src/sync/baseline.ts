import { addTransition } from "../store/history.ts";
import type { MirrorPage } from "../store/pages.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";
import { toDomain } from "./row.ts";

/** Records what the gate columns of a page held before Milepost looked: facts, and causes of nothing (design §6). */
export const addBaselines = (context: SyncContext, bound: BoundDatabase, page: MirrorPage): void => {
  for (const [property, template] of Object.entries(bound.template.properties)) {
    if (template.owner !== "gate") continue;
    const to = toDomain(bound.template, bound.binding, property, page.local[property] ?? null) as
      | string
      | null;
    if (to === null) continue;
    addTransition(context.database, {
      ...{ pageId: page.pageId, property, outcome: "baseline", from: null, to, at: context.clock.now() },
      ...{ by: { kind: "unknown" }, evidence: { kind: "none" }, covers: null, findings: [] },
    });
  }
};
