import type { History } from "../types/loop.ts";
import { effectiveOf } from "./history.ts";
import type { Ask, DeliveryRecord } from "./record.ts";

/** From when an ask stood open to when it did not any more (UTC ms); null while it does. */
export type ClientWait = { readonly askedAt: number; readonly answeredAt: number | null };

/** An empty State counts as Open. */
const isOpen = (state: string | null): boolean => state === null || state === "Open";

/** Every time that the client was waited for: from an ask, made or reopened, to its answer or its end. */
export const clientWaits = ({ asks }: DeliveryRecord, history: History): readonly ClientWait[] =>
  asks.flatMap((ask) => waitsFor(ask, history));

/** When an ask was answered that was so before Milepost looked nobody knows: it is left out. */
const waitsFor = ({ pageId, createdTime }: Ask, history: History): readonly ClientWait[] => {
  const changes = effectiveOf(history, pageId, "state");
  const [first] = changes;
  const waits: ClientWait[] = [];
  let askedAt: number | null = first?.outcome === "baseline" && !isOpen(first.to) ? null : createdTime;
  for (const { to, at } of changes) {
    if (isOpen(to)) askedAt ??= at;
    else if (askedAt !== null) {
      waits.push({ askedAt, answeredAt: Math.max(at, askedAt) });
      askedAt = null;
    }
  }
  return askedAt === null ? waits : [...waits, { askedAt, answeredAt: null }];
};
