import { describe, expect, it } from "vitest";
import { type Figure, isMissed, median, quantile, readGoal } from "../../scripts/bench/measure.ts";

const figure = (value: number, goal: Figure["goal"]): Figure => ({
  name: "a",
  value,
  unit: "ms",
  goal,
  how: "",
});

describe("a figure of the bench", () => {
  it.each<[number, Figure["goal"], boolean]>([
    [4, "<= 4", false],
    [4.1, "<= 4", true],
    [0.5, ">= 0.5", false],
    [0.49, ">= 0.5", true],
    [1e9, "", false],
  ])("of %d with the goal %j is missed: %s", (value, goal, missed) => {
    expect(isMissed(figure(value, goal))).toBe(missed);
  });

  it.each(["4", "< 4", "<=4", "<= four", "<= 4 ms", "about 4"])("has no goal such as %j", (goal) => {
    expect(() => readGoal(goal)).toThrow(RangeError);
  });
});

describe("a quantile", () => {
  it("is a value that was measured, below which the part lies", () => {
    const values = Array.from({ length: 100 }, (_none, index) => 100 - index);
    expect([median(values), quantile(values, 0.99), quantile([7], 0.99)]).toEqual([50, 99, 7]);
  });

  it("of nothing is refused", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
