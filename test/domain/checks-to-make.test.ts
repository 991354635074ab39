import { describe, expect, it } from "vitest";
import { checkpoints } from "../../notion-templates/plans/checkpoints.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import { checksToMake } from "../../src/domain/checks-to-make.ts";
import { criteria } from "../../src/domain/criteria.ts";
import { aFinishedRecord, aHistory, anOffice, passedChecks, tuesdayAtTen } from "../support/records.ts";

const madeOn = (from: Stage, to: Stage): readonly string[] => {
  const record = aFinishedRecord({ stage: to });
  const situation = { record, history: aHistory({ from, to }), office: anOffice(), now: tuesdayAtTen };
  return [...new Set(checksToMake(situation).map(({ check }) => check.checkpoint))];
};

/** The first gate that does not let a record pass without the checks of a checkpoint. */
const gateOf = (checkpoint: string): Stage | undefined => {
  const checks = passedChecks().filter((check) => check.checkpoint !== checkpoint);
  const record = { ...aFinishedRecord(), checks };
  const situation = { record, history: aHistory(), office: anOffice(), now: tuesdayAtTen };
  return criteria.find(({ judge }) => !judge(situation).met)?.gates[0];
};

describe("the checks of a plan", () => {
  it("come with the stage in which they begin", () => {
    expect(madeOn("Intake", "Planning")).toEqual(["Onboarding"]);
    expect(madeOn("Planning", "In production")).toHaveLength(7);
    expect(madeOn("Deployment", "Handover")).toEqual(["Handover", "Done: client", "Done: business"]);
  });

  it("begin before the first gate that asks for them", () => {
    expect(Object.fromEntries(checkpoints.map(({ name }) => [name, gateOf(name)]))).toEqual({
      Onboarding: "Planning",
      ...{ "Functional testing": "QA", "Integration testing": "QA", "User experience": "QA" },
      ...{ Documentation: "QA", "Security and compliance": "QA", "Monitoring and alerts": "QA" },
      "Client readiness": "Deployment",
      ...{ Handover: "Review", "Done: client": "Review", "Done: business": "Review" },
    });
  });

  it("do not come after a jump over the gate that asks for them: the project had its own", () => {
    expect(madeOn("Intake", "In production")).not.toContain("Onboarding");
    expect(madeOn("Intake", "QA")).toHaveLength(7);
    expect(madeOn("Intake", "Deployment")).toEqual(["Client readiness"]);
    expect(madeOn("Intake", "Complete")).toEqual([]);
  });
});
