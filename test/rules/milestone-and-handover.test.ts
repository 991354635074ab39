import { describe, expect, it } from "vitest";
import type { Milestone, Project } from "../../src/domain/record.ts";
import type { Transition } from "../../src/types/loop.ts";
import { actionsOf, decideAt, happened, march } from "../support/client-side.ts";
import { aContact, aMilestone, aRecord, day } from "../support/records.ts";

const live = { clientLetters: "Review first", liveSince: day("2026-03-09") } as const;
const done: Partial<Transition> = {
  ...{ pageId: "m", property: "status", version: 3, from: "In review", to: "Done", at: march(10, 11) },
};
const entered: Partial<Transition> = { version: 6, from: "Deployment", to: "Handover", at: march(10, 11) };

const updates = (
  project: Partial<Project>,
  milestone: Partial<Milestone>,
  ...transitions: Partial<Transition>[]
) => {
  const milestones = [
    aMilestone("Plan milestone", { pageId: "m", clientVisible: true, status: "Done", ...milestone }),
  ];
  const contacts = [
    aContact({ pageId: "all", role: ["Primary"] }),
    aContact({ pageId: "milestones", role: [], receives: ["Milestones"] }),
    aContact({ pageId: "handover", role: [], receives: ["Handover"] }),
  ];
  const record = aRecord({ project: { ...live, ...project }, milestones, contacts });
  return actionsOf(decideAt(record, happened(transitions), march(10, 12)), "update");
};
const keys = (...of: Parameters<typeof updates>) => updates(...of).map(({ key }) => key);

describe("the milestone letter", () => {
  it("is drafted when a milestone that the client sees is Done", () => {
    expect(updates({}, {}, done)).toMatchObject([
      {
        ...{ key: "update|m|status#3", rule: "milestone-letter", subject: "m", causedAt: march(10, 11) },
        cause: { kind: "transition", property: "status", version: 3 },
        window: null,
        payload: {
          ...{ updateKind: "Milestone complete", milestoneId: "m", projectId: "project", period: "" },
          ...{ contactIds: ["all", "milestones"], state: "Draft" },
        },
      },
    ]);
    expect(updates({ clientLetters: "Automatic" }, {}, done)[0]?.payload.state).toBe("Draft");
  });

  it("is not written for what the client does not see, or was done before letters were switched on", () => {
    expect(keys({}, { clientVisible: false }, done)).toEqual([]);
    expect(keys({ clientLetters: "Off" }, {}, done)).toEqual([]);
    expect(keys({ liveSince: day("2026-03-10T10:01:00.000Z") }, {}, done)).toEqual([]);
    expect(keys({ liveSince: null }, {}, done)).toEqual([]);
  });

  it("never takes a state that was there before Milepost looked for news", () => {
    expect(keys({}, {}, { ...done, outcome: "baseline" })).toEqual([]);
    expect(keys({}, {})).toEqual([]);
  });

  it("is not written for a row that was Done from the start, as a duplicated one is", () => {
    const duplicated = { ...done, version: 1, from: null };
    expect(keys({}, {}, duplicated)).toEqual([]);
    const reopened = { ...done, version: 2, from: "Done", to: "In progress" };
    expect(keys({}, {}, duplicated, reopened, done)).toEqual(["update|m|status#3"]);
  });

  it("is taken back when the milestone is reopened, and written anew when it is Done again", () => {
    const reopened = { ...done, version: 4, from: "Done", to: "In progress" };
    expect(keys({}, { status: "In progress" }, done, reopened)).toEqual([]);
    const again = { ...done, version: 5, from: "In progress" };
    expect(keys({}, {}, done, reopened, again)).toEqual(["update|m|status#5"]);
  });
});

describe("the handover page", () => {
  it("is drafted when the project comes into Handover", () => {
    expect(updates({ stage: "Handover" }, { clientVisible: false }, entered)).toMatchObject([
      {
        ...{ key: "update|project|stage#6", rule: "handover-page", causedAt: march(10, 11) },
        payload: {
          updateKind: "Handover",
          milestoneId: null,
          contactIds: ["all", "handover"],
          state: "Draft",
        },
      },
    ]);
  });

  it("is not written for a refused, an old or a baseline move, nor without letters", () => {
    const stage = { stage: "Handover" } as const;
    const hidden = { clientVisible: false };
    expect(keys({ stage: "Deployment" }, hidden, { ...entered, outcome: "refused" })).toEqual([]);
    expect(keys(stage, hidden, { ...entered, outcome: "baseline" })).toEqual([]);
    expect(keys(stage, hidden, { ...entered, at: march(8, 11) })).toEqual([]);
    expect(keys({ ...stage, clientLetters: "Off" }, hidden, entered)).toEqual([]);
  });

  it("is not written anew after a pause, but is after the work went back", () => {
    const hold = { ...entered, version: 7, from: "Handover", to: "On hold" };
    const resume = { ...entered, version: 8, from: "On hold" };
    const hidden = { clientVisible: false };
    expect(keys({ stage: "Handover" }, hidden, entered, hold, resume)).toEqual(["update|project|stage#6"]);
    const back = { ...entered, version: 7, from: "Handover", to: "Deployment" };
    expect(keys({ stage: "Handover" }, hidden, entered, back, { ...entered, version: 8 })).toEqual([
      "update|project|stage#8",
    ]);
  });
});
