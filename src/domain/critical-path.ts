import { addBusinessDays, businessDaysBetween, type PlainDate } from "./calendar.ts";
import type { Network, Setting } from "./network.ts";

/**
 * By how many business days each open step could be later without moving the last of the steps that a delivery waits for.
 * 0 is critical. Steps that are done, or come after the delivery, have none.
 */
export const slackOf = (
  { order, before }: Network,
  setting: Setting,
  dates: ReadonlyMap<string, PlainDate>,
  end: PlainDate,
): ReadonlyMap<string, number> => {
  const latest = new Map<string, PlainDate>();
  const slack = new Map<string, number>();
  for (const { id, actual, afterDelivery } of order.toReversed()) {
    const date = dates.get(id);
    if (actual !== null || afterDelivery || date === undefined) continue;
    const limit = latest.get(id) ?? end;
    slack.set(id, businessDaysBetween(date, limit, setting.calendar));
    const start = addBusinessDays(limit, -(setting.spans.get(id) ?? 0), setting.calendar);
    for (const earlier of before.get(id) ?? []) {
      const known = latest.get(earlier);
      latest.set(earlier, known !== undefined && known < start ? known : start);
    }
  }
  return slack;
};
