import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { milestoneKinds } from "../../notion-templates/milestone-kinds.ts";
import { agendas } from "../../notion-templates/plans/agendas.ts";
import { checkpoints } from "../../notion-templates/plans/checkpoints.ts";
import { checks } from "../../notion-templates/plans/checks.ts";
import { commonRisks } from "../../notion-templates/plans/common-risks.ts";
import type { Plan, ServiceType } from "../../notion-templates/plans/plan.ts";
import { plans } from "../../notion-templates/plans/plans.ts";
import { serviceTypes } from "../../notion-templates/service-types.ts";

/**
 * The documents' numbers, a week as five business days: each phase's shortest and longest duration, then the business days
 * on which the plan's own milestones lie. process/000 "Delivery Timeline by Service Type", process/004 "Standardized
 * Project Lifecycle".
 */
const numbers: Record<ServiceType, { phases: [number, number][]; days: number[] }> = {
  "Single-purpose agent": {
    phases: [
      [2, 2],
      [3, 4],
      [2, 3],
      [2, 2],
    ],
    days: [3, 5, 8, 10, 10],
  },
  "Multi-agent system": {
    phases: [
      [5, 5],
      [10, 10],
      [5, 5],
      [5, 5],
    ],
    days: [5, 15, 20, 25],
  },
  "Simple automation": {
    phases: [
      [1, 1],
      [2, 3],
      [1, 1],
    ],
    days: [1, 4, 5],
  },
  "Complex automation": {
    phases: [
      [2, 3],
      [5, 7],
      [3, 4],
      [2, 3],
    ],
    days: [3, 10, 14, 17],
  },
  "Standard integration": {
    phases: [
      [2, 2],
      [2, 2],
      [2, 2],
      [1, 1],
    ],
    days: [2, 4, 6, 7],
  },
  "Complex integration": {
    phases: [
      [5, 5],
      [5, 10],
      [5, 5],
      [2, 3],
    ],
    days: [5, 15, 20, 23],
  },
  "Basic dashboard": {
    phases: [
      [1, 1],
      [3, 3],
      [2, 2],
      [1, 1],
    ],
    days: [1, 4, 6, 7],
  },
  "Advanced analytics dashboard": {
    phases: [
      [5, 5],
      [5, 10],
      [5, 5],
      [3, 5],
    ],
    days: [5, 15, 20, 25],
  },
  "AI intelligence platform": thirteenWeeks(),
  "Operations suite": thirteenWeeks(),
  "Governance framework": thirteenWeeks(),
};

function thirteenWeeks() {
  const phases: [number, number][] = [
    [10, 10],
    [10, 10],
    [30, 30],
    [10, 10],
    [5, 5],
  ];
  return { phases, days: [10, 20, 30, 40, 50, 60, 65] };
}

const everyPlan = Object.entries(plans) as [ServiceType, Plan][];
const inDays = (unit: "day" | "week", count: number) => (unit === "week" ? 5 * count : count);

const documents = new URL("../../../shared/process/", import.meta.url);
const read = (start: string) => {
  const name = readdirSync(documents).find((file) => file.startsWith(start)) ?? start;
  return readFileSync(new URL(name, documents), "utf8");
};

describe("plans", () => {
  it("are there for every service type, under its own name", () => {
    expect(Object.keys(plans)).toEqual(serviceTypes.map(({ name }) => name));
    expect(everyPlan.filter(([name, plan]) => plan.serviceType !== name)).toEqual([]);
  });

  describe.each(everyPlan)("of a %s", (name, plan) => {
    const own = plan.milestones.filter(({ kind }) => kind === "Plan milestone");

    it("last as long as the document says", () => {
      expect(plan.phases.map(({ unit, least, most }) => [inDays(unit, least), inDays(unit, most)])).toEqual(
        numbers[name].phases,
      );
      expect(own.map(({ day }) => day)).toEqual(numbers[name].days);
      expect(plan.days).toBe(numbers[name].days.at(-1));
    });

    it("end each phase's milestone with the upper end of its phase, but for the document's own example", () => {
      if (name === "Single-purpose agent") return;
      let end = 0;
      const ends = plan.phases.map(({ unit, most }) => {
        end += inDays(unit, most);
        return end;
      });
      expect(own.map(({ day }) => day)).toEqual(expect.arrayContaining(ends));
    });

    it("stand in an order in which no milestone waits for a later one, days never falling", () => {
      const seen = new Map<string, number>();
      for (const { key, day, dependsOn } of plan.milestones) {
        for (const before of dependsOn) expect(seen.get(before), `${before} before ${key}`).toBeDefined();
        for (const before of dependsOn)
          expect(seen.get(before), `${before} before ${key}`).toBeLessThanOrEqual(day);
        expect(seen.has(key), key).toBe(false);
        seen.set(key, day);
      }
      const days = plan.milestones.map(({ day }) => day);
      expect(days).toEqual(days.toSorted((one, other) => one - other));
      expect(Math.min(...days)).toBe(1);
    });

    it("have the nine steps of the delivery record once each, in its order", () => {
      const kinds = milestoneKinds.map(({ name: kind }) => kind);
      expect(plan.milestones.filter(({ kind }) => !kinds.includes(kind))).toEqual([]);
      const steps = plan.milestones.filter(({ kind }) => kind !== "Plan milestone");
      expect(steps.map(({ kind }) => kind)).toEqual(kinds.slice(0, 9));
      // process/002 §7: five business days after handover
      expect(steps.at(-1)?.day).toBe(plan.days + 5);
      expect(steps.at(-2)?.day).toBe(plan.days);
    });

    it("leave no milestone out of the way to handover", () => {
      const needed = new Set(["handover", "review"]);
      for (const { key, dependsOn } of plan.milestones.toReversed())
        if (needed.has(key)) for (const before of dependsOn) needed.add(before);
      expect(plan.milestones.filter(({ key }) => !needed.has(key)).map(({ key }) => key)).toEqual([]);
    });

    it("show the client their milestones, and say what each delivers and where that is written", () => {
      expect(own.filter(({ clientVisible, deliverable }) => !clientVisible || deliverable === "")).toEqual(
        [],
      );
      expect(plan.milestones.filter(({ source }) => !/^process\/00[024]/.test(source))).toEqual([]);
    });
  });

  it.skipIf(!existsSync(documents))("quote the documents (skipped where they are not at hand)", () => {
    const [sop, framework] = [read("000"), read("004")];
    for (const [name, plan] of everyPlan) {
      const text = plan.source.startsWith("process/000") ? sop : framework;
      for (const phase of plan.phases) expect(text, name).toContain(phase.name);
      if (text === sop) expect(text, name).toContain(`**Timeline:** ${plan.timeline}`);
    }
    for (const { title, mitigation, contingency } of commonRisks)
      for (const words of [`Risk: ${title}`, mitigation, contingency]) expect(sop).toContain(words);
  });
});

describe("checks", () => {
  it("are 6 on entering Planning, 36 on entering In production and 21 for the handover", () => {
    expect(Object.groupBy(checks, ({ on }) => on).Planning).toHaveLength(6);
    expect(Object.groupBy(checks, ({ on }) => on)["In production"]).toHaveLength(36);
    expect(Object.groupBy(checks, ({ on }) => on).Handover).toHaveLength(21);
  });

  it("are each there once, and fill every checkpoint", () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(new Set(checks.map(({ check }) => check)).size).toBe(checks.length);
    expect(new Set(checks.map(({ checkpoint }) => checkpoint))).toEqual(
      new Set(checkpoints.map(({ name }) => name)),
    );
  });

  it.each([
    ["Simple automation", 28],
    ["Standard integration", 32],
    ["Basic dashboard", 31],
    ["Multi-agent system", 36],
  ] as const)("of a %s in production are %i", (name, count) => {
    const { leavesOut }: Plan = plans[name];
    const left = checks.filter(({ id, on }) => on === "In production" && !leavesOut.includes(id));
    expect(left).toHaveLength(count);
  });

  it.skipIf(!existsSync(documents))("quote the documents (skipped where they are not at hand)", () => {
    const [sop, guide] = [read("000"), read("001")];
    for (const { check, source } of checks)
      expect(source.startsWith("process/000") ? sop : guide).toContain(check);
    for (const { item } of agendas.flatMap(({ items }) => items)) expect(sop).toContain(item);
  });
});

describe("agendas", () => {
  it("have points that fit into the call and can fill it", () => {
    for (const { minutes, items } of agendas) {
      const sum = (side: "least" | "most") => items.reduce((total, item) => total + item[side], 0);
      expect(sum("least")).toBeLessThanOrEqual(minutes.most);
      expect(sum("most")).toBeGreaterThanOrEqual(minutes.least);
    }
  });
});

it("five common risks start every project, each with what to do before and after", () => {
  expect(commonRisks).toHaveLength(5);
  expect(new Set(commonRisks.map(({ key }) => key)).size).toBe(5);
});
