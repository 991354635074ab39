import { brokenOn, clearBroken } from "../store/broken-parts.ts";
import { setMeta } from "../store/meta.ts";
import { raiseProblem } from "../store/problems.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";

/**
 * Names the properties of a page that are missing or of another type in /status, and ends the naming of mended ones. True
 * where something was mended: what draws on the page was not decided since.
 */
export const raiseBroken = (
  context: SyncContext,
  bound: BoundDatabase,
  pageId: string,
  broken: readonly string[],
): boolean => {
  const mended = brokenOn(context.database, pageId).filter((property) => !broken.includes(property));
  for (const property of mended) clearBroken(context.database, pageId, property);
  const known = new Set(brokenOn(context.database, pageId));
  // The schema itself says what is to be mended, and for which pages.
  if (broken.some((property) => !known.has(property)))
    setMeta(context.database, "schema_due", String(context.clock.now()));
  for (const property of broken) {
    const name = bound.template.properties[property]?.name ?? property;
    const detail = `property "${name}" of ${bound.template.title} is missing or has another type on this page`;
    raiseProblem(
      context.database,
      { code: "schema_broken", pageId, database: bound.key, property, detail },
      context.clock.now(),
    );
    context.log.warn("sync.property_broken", { page_id: pageId, database: bound.key, property });
  }
  return mended.length > 0;
};
