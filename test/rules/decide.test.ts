import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import { decide, RuleFailure } from "../../src/rules/decide.ts";
import { nothing, type Rule } from "../../src/rules/rule.ts";
import { rules } from "../../src/rules/rules.ts";
import type { Decision, History } from "../../src/types/loop.ts";
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

type Row = { readonly pageId: string };

/** The record after its wanted values were written. */
const written = (record: DeliveryRecord, { values }: Decision): DeliveryRecord => {
  const write = <T extends Row>(row: T): T => {
    const cells = values.flatMap((value) =>
      value.target === "property" && value.pageId === row.pageId ? [[value.property, value.value]] : [],
    );
    return { ...row, ...Object.fromEntries(cells) };
  };
  return {
    ...{ ...record, project: write(record.project), milestones: record.milestones.map(write) },
    ...{ changeRequests: record.changeRequests.map(write), risks: record.risks.map(write) },
    ...{ updates: record.updates.map(write), contacts: record.contacts.map(write) },
  };
};

const rowsOf = ({ project, milestones, changeRequests, risks, updates, contacts }: DeliveryRecord): Row[] => [
  ...[project, ...milestones, ...changeRequests, ...risks, ...updates, ...contacts],
];

const cellOf = (record: DeliveryRecord, pageId: string, property: string): unknown =>
  Object.entries(rowsOf(record).find((row) => row.pageId === pageId) ?? {}).find(
    ([key]) => key === property,
  )?.[1];

/** The record after its wanted values were written, and the history after its actions were done. */
const apply = (record: DeliveryRecord, history: History, decision: Decision) => {
  const done = decision.actions.map(({ key }) => ({ key, state: "done" as const, at: tuesdayAtTen }));
  return {
    record: written(record, decision),
    history: { ...history, actions: [...history.actions, ...done] },
  };
};

/** What a decision would still do to a record: values that differ, comments with another text than before, new actions. */
const leftToDo = (record: DeliveryRecord, history: History, before: Decision, decision: Decision) => ({
  values: decision.values.filter((value) =>
    value.target === "property"
      ? JSON.stringify(cellOf(record, value.pageId, value.property)) !== JSON.stringify(value.value)
      : !before.values.some((old) => JSON.stringify(old) === JSON.stringify(value)),
  ),
  actions: decision.actions.filter(({ key }) => !history.actions.some((done) => done.key === key)),
});

describe("deciding", () => {
  it("once and applying it leaves nothing to do", () => {
    fc.assert(
      fc.property(anyRecord, anyHistory, fc.integer({ min: 0, max: 40 }), (record, history, days) => {
        const now = tuesdayAtTen + days * dayMs;
        const first = decide(record, history, anOffice(), now);
        const after = apply(record, history, first);
        const second = decide(after.record, after.history, anOffice(), now + 61_000);
        expect(leftToDo(after.record, after.history, first, second)).toEqual({ values: [], actions: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it("wakes in the future, and changes nothing before it wakes", () => {
    fc.assert(
      fc.property(anyRecord, anyHistory, fc.integer({ min: 0, max: 9 }), (record, history, days) => {
        const now = tuesdayAtTen + days * dayMs;
        const first = decide(record, history, anOffice(), now);
        const { record: applied } = apply(record, history, first);
        if (first.wakeAt !== null) expect(first.wakeAt).toBeGreaterThan(now);
        const beforeWaking = first.wakeAt === null ? now + dayMs : first.wakeAt - 1;
        expect(decide(applied, history, anOffice(), beforeWaking)).toEqual(
          decide(applied, history, anOffice(), now),
        );
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
    expect(values.map(({ rule }) => rule)).toEqual(["gate-text", "live-since", "risk-score"]);
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
      decide(record, history, anOffice(), tuesdayAtTen + days * dayMs).values.length;
    expect([at(30), at(31)]).toEqual([3, 0]);
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
