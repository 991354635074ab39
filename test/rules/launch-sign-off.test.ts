import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import type { Project } from "../../src/domain/record.ts";
import { coverOf } from "../../src/domain/workflow.ts";
import type { PastAction } from "../../src/types/action.ts";
import type { Transition } from "../../src/types/loop.ts";
import { actionsOf, decideAt, happened, march, valuesOf } from "../support/client-side.ts";
import { aProject, aRecord } from "../support/records.ts";

const agreed = { acceptanceCriteria: "36 of 40 test leads", qaCertification: "PASS" } as const;
const covers = coverOf(databases.projects, "launchSignOff", aProject(agreed));
const approved: Partial<Transition> = {
  ...{ pageId: "project", property: "launchSignOff", version: 2, from: "To request", to: "Approved" },
  ...{ at: march(11, 16), covers, evidence: { kind: "none" } },
};
const outdated: Partial<Transition> = {
  ...{ pageId: "project", property: "launchSignOff", version: 3, from: "Approved", to: "Outdated" },
  ...{ at: march(12, 11), covers: null, by: { kind: "service" } },
};

const decided = (
  project: Partial<Project>,
  transitions: readonly Partial<Transition>[] = [approved],
  done: readonly PastAction[] = [],
) => {
  const record = aRecord({ project: { ...agreed, launchSignOff: "Approved", ...project } });
  const decision = decideAt(record, happened(transitions, done), march(12, 12));
  const notes = actionsOf(decision, "note").filter(({ rule }) => rule === "launch-sign-off");
  return { values: valuesOf(decision, "project", "launch-sign-off"), notes };
};
const saidIn = ({ notes }: ReturnType<typeof decided>): string =>
  notes.flatMap(({ payload }) => payload.text.map((part) => ("text" in part ? part.text : ""))).join("");

describe("an approved launch", () => {
  it("stands while the acceptance criteria and the certification are as they were approved", () => {
    expect(decided({ inScope: "More", healthNote: "Fine" })).toEqual({ values: {}, notes: [] });
  });

  it.each([
    [{ acceptanceCriteria: "30 of 40" }, "Acceptance criteria changed after the launch was approved"],
    [{ qaCertification: "FAIL" }, "QA certification changed after the launch was approved"],
  ] as const)("is Outdated and says so with %j", (change, words) => {
    const decision = decided(change);
    expect(decision.values).toEqual({ launchSignOff: "Outdated" });
    expect(saidIn(decision)).toContain(`${words}, so Launch sign-off is Outdated. Ask the client anew.`);
  });

  it("is Outdated at once when the work goes back from QA", () => {
    const back: Partial<Transition> = {
      version: 1,
      from: "Deployment",
      to: "In production",
      at: march(12, 9),
    };
    const decision = decided({ stage: "In production" }, [approved, back]);
    expect(decision.values).toEqual({ launchSignOff: "Outdated" });
    expect(saidIn(decision)).toContain("QA certification changed");
  });

  it("is said to be Outdated once, by the same note before and after the column shows it", () => {
    const change = { acceptanceCriteria: "30 of 40" };
    const [before] = decided(change).notes;
    const shown = { ...change, launchSignOff: "Outdated" } as const;
    const after = decided(shown, [approved, outdated]);
    expect(after.values).toEqual({});
    expect(after.notes.map(({ key }) => key)).toEqual([before?.key]);
    const said = { key: before?.key ?? "", state: "done", at: march(12, 11) } as const;
    expect(decided(shown, [approved, outdated], [said]).notes).toEqual([]);
  });

  it("stands where Milepost does not know what was approved", () => {
    const baseline = { ...approved, outcome: "baseline", covers: null } as const;
    expect(decided({ acceptanceCriteria: "30 of 40" }, [baseline])).toEqual({ values: {}, notes: [] });
  });
});

it("a launch that the client was asked about is Outdated too, and one that nobody was asked about is not", () => {
  const change = { acceptanceCriteria: "30 of 40", launchSignOff: "Requested" } as const;
  const decision = decided(change, [{ ...approved, to: "Requested" }]);
  expect(decision.values).toEqual({ launchSignOff: "Outdated" });
  expect(saidIn(decision)).toContain("Acceptance criteria changed after the client was asked");
  const refused = decided({ ...change, launchSignOff: "Changes requested" }, [
    { ...approved, to: "Changes requested" },
  ]);
  expect(refused).toEqual({ values: {}, notes: [] });
});
