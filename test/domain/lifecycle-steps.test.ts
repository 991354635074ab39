import { describe, expect, it } from "vitest";
import { withSteps } from "../../src/domain/lifecycle-steps.ts";
import type { Project } from "../../src/domain/record.ts";
import type { Transition } from "../../src/types/loop.ts";
import { aHistory, anOffice, aRecord, day, tuesdayAtTen } from "../support/records.ts";

const office = anOffice();
const march = (date: number, hour = 9): number => Date.UTC(2026, 2, date, hour);
const handover = { from: "Deployment", to: "Handover", at: tuesdayAtTen };
const back = { from: "Handover", to: "Deployment", at: march(12) };
const again = { from: "Deployment", to: "Handover", at: march(17) };

/** Delivered as the last move leaves it: its day, null, or what it was. */
const deliveredAfter = (
  delivered: Project["delivered"],
  ...transitions: readonly Partial<Transition>[]
): string | null => {
  const record = aRecord({ project: { delivered } });
  const history = aHistory(...transitions);
  const { situation } = withSteps({ record, history, office, now: march(20) });
  return situation.record.project.delivered?.start ?? null;
};

describe("Delivered", () => {
  it("is the day of the handover in the office's zone", () => {
    // 23:30 UTC on the 10th is the 11th in Paris.
    expect(deliveredAfter(null, { ...handover, at: Date.UTC(2026, 2, 10, 23, 30) })).toBe("2026-03-11");
  });

  it("is taken away when the handover is taken back, and set anew by the next one", () => {
    expect(deliveredAfter(day("2026-03-10"), handover, back)).toBeNull();
    expect(deliveredAfter(null, handover, back, again)).toBe("2026-03-17");
    // Both moves came before Milepost looked again.
    expect(deliveredAfter(day("2026-03-10"), handover, back, again)).toBe("2026-03-17");
  });

  it("stays as people wrote it", () => {
    expect(deliveredAfter(day("2026-03-06"), handover)).toBe("2026-03-06");
    expect(deliveredAfter(day("2026-03-06"), handover, back)).toBe("2026-03-06");
    expect(deliveredAfter(day("2026-03-06"), handover, back, again)).toBe("2026-03-06");
  });

  it("is not touched by the review that begins, a hold or a way back to Handover", () => {
    const review = { from: "Handover", to: "Review" };
    for (const moves of [
      [review],
      [review, { from: "Review", to: "Handover" }],
      [{ from: "Handover", to: "On hold" }],
      [
        { from: "Handover", to: "On hold" },
        { from: "On hold", to: "Handover" },
      ],
    ])
      expect(deliveredAfter(day("2026-03-10"), handover, ...moves)).toBe("2026-03-10");
  });
});
