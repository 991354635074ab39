import type { AdjustableClock } from "./clock.ts";

/**
 * The clock for people: its next step leads to the earliest of what they wait for (UTC ms; null where nothing is planned),
 * not to a timer that only looks for news. Stays where nothing is planned.
 */
export const peopleClock = (
  clock: AdjustableClock,
  planned: readonly (() => number | null)[],
): AdjustableClock => {
  const nextDue = (): number | null => {
    const times = planned.map((next) => next()).filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  };
  return {
    ...clock,
    nextDue,
    advanceToNext: () => clock.advance(Math.max(0, Math.ceil((nextDue() ?? clock.now()) - clock.now()))),
  };
};
