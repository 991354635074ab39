import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, RuleFailure } from "../../src/rules/decide.ts";
import { nothing, type Rule } from "../../src/rules/rule.ts";
import { rules } from "../../src/rules/rules.ts";
import type { Decision } from "../../src/types/loop.ts";
import { applyDecision, leftToDo, rowsOf } from "../support/apply-decision.ts";
import {
  aFinishedRecord,
  aHistory,
  anOffice,
  anyHistory,
  anyRecord,
  aRecord,
  tuesdayAtTen,
} from "../support/records.ts";

const undecided = { values: [], actions: [], wakeAt: null, waiting: [] };
const dayMs = 86_400_000;

describe("deciding", () => {
  it("once and applying it leaves nothing to do", () => {
    fc.assert(
      fc.property(anyRecord, anyHistory, fc.integer({ min: 0, max: 40 }), (record, history, days) => {
        const now = tuesdayAtTen + days * dayMs;
        const first = decide(record, history, anOffice(), now);
        const after = applyDecision({ record, history }, first, now);
        const second = decide(after.record, after.history, anOffice(), now + 61_000);
        const { values, actions } = leftToDo(after, second);
        // Updates go their own way, from step to step: `client-side.test.ts`.
        const isUpdate = (one: object) => "database" in one && one.database === "updates";
        const made = first.actions.some(({ payload }) => payload.kind === "row");
        // New rows are new facts: what the gate says of them it can say only once they are there.
        const isOfNewRow = (one: object) => made && "property" in one && one.property === "gate";
        const there = values.filter((value) => !isUpdate(value) && !isOfNewRow(value));
        expect({
          values: there,
          actions: actions.filter(({ payload }) => payload.kind !== "letter"),
        }).toEqual({ values: [], actions: [] });
        const comments = ({ values }: Decision) => values.filter(({ target }) => target === "comment");
        // A column that Milepost itself has put right settles what the comment asked for.
        if (after.history.transitions.length > history.transitions.length) return;
        // A comment links to rows once they are there.
        if (rowsOf(after).length > rowsOf({ record, history }).length) return;
        for (const comment of comments(second)) expect(comments(first)).toContainEqual(comment);
      }),
      { numRuns: 1_000 },
    );
  });

  it("wakes in the future, and changes nothing before it wakes", () => {
    fc.assert(
      fc.property(anyRecord, anyHistory, fc.integer({ min: 0, max: 9 }), (record, history, days) => {
        const now = tuesdayAtTen + days * dayMs;
        const first = decide(record, history, anOffice(), now);
        const { record: applied } = applyDecision({ record, history }, first, now);
        if (first.wakeAt !== null) expect(first.wakeAt).toBeGreaterThan(now);
        // A new row may bring a moment of its own.
        const next = decide(applied, history, anOffice(), now);
        const beforeWaking = next.wakeAt === null ? now + dayMs : next.wakeAt - 1;
        expect(decide(applied, history, anOffice(), beforeWaking)).toEqual(next);
      }),
    );
  });

  it("wants no property twice", () => {
    fc.assert(
      fc.property(anyRecord, anyHistory, (record, history) => {
        const targets = decide(record, history, anOffice(), tuesdayAtTen).values.map((value) =>
          value.target === "property"
            ? `${value.pageId}.${value.property}`
            : `${value.pageId}#${value.comment}`,
        );
        expect(new Set(targets).size).toBe(targets.length);
      }),
    );
  });

  it("stamps every want with its rule", () => {
    const { values } = decide(aFinishedRecord(), aHistory(), anOffice(), tuesdayAtTen);
    expect(new Set(values.map(({ rule }) => rule))).toEqual(
      new Set(["gate-text", "live-since", "risk-score", "baseline", "forecast", "change-control"]),
    );
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it("wants nothing on a record that is not complete", () => {
    const record = aRecord({ gaps: ["Milestones is not loaded"] });
    expect(decide(record, aHistory({ outcome: "refused" }), anOffice(), tuesdayAtTen)).toEqual(undecided);
  });

  it("ends 30 days after Complete", () => {
    const record = aFinishedRecord({ stage: "Complete" });
    const history = aHistory({ from: "Review", to: "Complete" });
    const at = (days: number) =>
      decide(record, history, anOffice(), tuesdayAtTen + days * dayMs).values.length > 0;
    expect([at(30), at(31)]).toEqual([true, false]);
  });

  it("wakes for the earliest of its rules", () => {
    const waking = (id: string, wakeAt: number | null): Rule => ({
      ...{ id, since: "0.1.0", decide: () => ({ ...nothing, wakeAt }) },
    });
    const table = [waking("a", 300), waking("b", null), waking("c", 200)];
    expect(decide(aRecord({}), aHistory(), anOffice(), 100, table).wakeAt).toBe(200);
  });

  it("names the rule and the project when a rule fails", () => {
    const cause = new Error("a bug");
    const broken: Rule = {
      id: "broken",
      since: "0.1.0",
      decide: () => {
        throw cause;
      },
    };
    const fail = () => decide(aRecord({}), aHistory(), anOffice(), tuesdayAtTen, [broken]);
    expect(fail).toThrow(RuleFailure);
    expect(fail).toThrow(
      expect.objectContaining({ code: "rule_failed", ruleId: "broken", projectId: "project", cause }),
    );
  });
});
