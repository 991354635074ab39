import type { History } from "../types/loop.ts";
import type { DateValue } from "../types/values.ts";
import { dateIn, dayOf } from "./calendar.ts";
import { addsToThisPhase, asApplied, changeLabel, impactOf } from "./changes.ts";
import { effectiveOf } from "./history.ts";
import type { ChangeRequest, DeliveryRecord, Milestone } from "./record.ts";

type Acknowledged = Pick<DeliveryRecord["project"], "timelineAcknowledged">;

/** What Baseline of a milestone should be: its Target when the timeline was acknowledged, or when it was added later. Kept from then on. */
export const baselineOf = (
  { baseline, target, status }: Milestone,
  { timelineAcknowledged }: Acknowledged,
): DateValue | null => baseline ?? (timelineAcknowledged && status !== "Skipped" ? target : null);

/** What Baseline delivery should be: Agreed delivery when the timeline was acknowledged. */
export const baselineDeliveryOf = ({
  baselineDelivery,
  agreedDelivery,
  timelineAcknowledged,
}: DeliveryRecord["project"]): DateValue | null =>
  baselineDelivery ?? (timelineAcknowledged ? agreedDelivery : null);

const money = (amount: number): string => `$${amount.toLocaleString("en-US")}`;

const businessDays = (days: number): string => `+${days} business ${days === 1 ? "day" : "days"}`;

/** `delivery` is null while New delivery date shows what nobody has approved. */
type Counted = {
  readonly change: ChangeRequest;
  readonly days: number;
  readonly day: string;
  readonly delivery: string | null;
};

/**
 * What Change orders of the project should be: a dated line for each change that was applied, oldest first, and their total.
 * The baseline stays; these lines say what was agreed on top of it (design §8).
 */
export const changeOrdersOf = (
  { changeRequests }: DeliveryRecord,
  history: History,
  zone: string,
): string => {
  const applied = changeRequests
    .flatMap((now): Counted[] => {
      const moves = effectiveOf(history, now.pageId, "status");
      const when = moves.findLast(({ to }) => to === "Applied" || to === "Deferred" || to === "Cancelled");
      const change = when ? asApplied(now, when) : now;
      if ((when?.to ?? now.status) !== "Applied" || !addsToThisPhase(change)) return [];
      const days = impactOf(change);
      const decided = change.decidedAt === null ? null : dayOf(change.decidedAt, zone);
      const day = decided ?? (when ? dateIn(when.at, zone) : "");
      const shown = now.status === "Applied" ? now.newDeliveryDate : null;
      return days === null ? [] : [{ change, days, day, delivery: shown && dayOf(shown, zone) }];
    })
    .toSorted((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  if (applied.length === 0) return "";
  const days = applied.reduce((sum, one) => sum + one.days, 0);
  const cost = applied.reduce((sum, { change }) => sum + Math.max(0, change.cost ?? 0), 0);
  return [...applied.map(lineOf), `Total: ${businessDays(days)}, ${money(cost)}`].join("\n");
};

const lineOf = ({ change, days, day, delivery }: Counted): string => {
  const parts = [
    businessDays(days),
    ...(delivery === null ? [] : [`delivery ${delivery}`]),
    (change.cost ?? 0) > 0 ? money(change.cost ?? 0) : "included",
  ];
  return `${day} ${changeLabel(change)}: ${parts.join(", ")}`.trim();
};
