import { findAction } from "../store/actions.ts";
import { setHold } from "../store/holds.ts";
import { getMeta } from "../store/meta.ts";
import type { Values } from "../store/pages.ts";
import { importAction } from "../store/past-actions.ts";
import type { PageObservation } from "../types/notion.ts";
import type { SyncContext } from "./context.ts";

/** Keys of the actions that make rows; the Office row, which setup makes, has another. */
const rowKey = /^(update|row)\|/;

/**
 * Takes in a row that Milepost made without this store's doing, so that it is not made again; runs inside a transaction.
 * One that is younger than the store proves that the store is an older copy: the outbox is held until a person has looked
 * (design §6). On a store that is new, everything older is the past already.
 */
export const importOwn = (
  context: SyncContext,
  seen: Pick<PageObservation, "pageId" | "createdTime" | "createdBy">,
  values: Values,
): void => {
  const { database, clock } = context;
  const key = values.milepostKey;
  if (seen.createdBy !== context.botId() || typeof key !== "string" || !rowKey.test(key)) return;
  const known = findAction(database, key);
  const isOther = known === null || (!known.attempted && /^(pending|cancelled)$/.test(known.state));
  if (!isOther) return;
  const projectId = String((values.project as readonly string[] | null | undefined)?.[0] ?? "");
  const { pageId, createdTime: causedAt } = seen;
  importAction(database, { key, projectId, pageId, causedAt }, clock.now());
  if (causedAt > Number(getMeta(database, "birth"))) tellOfOldStore(context);
};

/** Says that this store is an older copy, and holds the outbox. */
export const tellOfOldStore = ({ database, clock, log }: SyncContext): void => {
  log.error("store.restored");
  setHold(database, "store_restored", "", clock.now());
};
