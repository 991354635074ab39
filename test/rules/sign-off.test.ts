import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import type { Milestone, Project, Update } from "../../src/domain/record.ts";
import { coverOf } from "../../src/domain/workflow.ts";
import type { PastAction } from "../../src/types/action.ts";
import type { Answer, Transition } from "../../src/types/loop.ts";
import { actionsOf, decideAt, happened, march, valuesOf } from "../support/client-side.ts";
import { aContact, aMilestone, anUpdate, aRecord, day } from "../support/records.ts";

const live = { clientLetters: "Review first", liveSince: day("2026-03-09") } as const;
const design = aMilestone("Plan milestone", {
  ...{ pageId: "m", name: "Design", deliverable: "Diagram", signOff: "To request" },
});
const cover = coverOf(databases.milestones, "signOff", design);

const signOff = (changes: Partial<Transition>): Partial<Transition> => ({
  ...{ pageId: "m", property: "signOff", version: 1, from: "Not needed", to: "To request" },
  ...{ at: march(9, 12), ...changes },
});
const approved = signOff({
  ...{ version: 3, from: "Requested", to: "Approved", at: march(11, 16), covers: cover },
  ...{ by: { kind: "client", id: "contact" }, evidence: { kind: "link", answerId: "a1" } },
});
const answer: Answer = {
  ...{
    id: "a1",
    pageId: "m",
    purpose: "sign-off",
    choice: "approve",
    name: "Cleo Martin",
    comment: "Lovely",
  },
  ...{ at: march(11, 16), covers: cover ?? "", contactId: "contact" },
};
const ready: Partial<Transition> = {
  ...{ pageId: "update", property: "state", version: 1, from: "Draft", to: "Ready", at: march(10, 10) },
};
const sent: PastAction = { key: "letter|update:contact|state#1", state: "done", at: march(10, 10, 5) };

type Given = {
  readonly project?: Partial<Project>;
  readonly milestone?: Partial<Milestone>;
  readonly update?: Partial<Update>;
  readonly transitions?: readonly Partial<Transition>[];
  readonly answers?: readonly Answer[];
  readonly actions?: readonly PastAction[];
};
const decided = ({ project, milestone, update, transitions = [], answers = [], actions = [] }: Given) => {
  const record = aRecord({
    ...{
      project: { ...live, ...project },
      milestones: [{ ...design, ...milestone }],
      contacts: [aContact()],
    },
    updates: [anUpdate({ kind: "Milestone complete", milestone: ["m"], state: "Sent", ...update })],
  });
  const decision = decideAt(record, { ...happened(transitions, actions), answers }, march(12, 12));
  const updates = actionsOf(decision, "update");
  return { values: valuesOf(decision, "m", "sign-off"), updates };
};

describe("a sign-off is Requested", () => {
  const asked = { transitions: [signOff({}), ready], actions: [sent] };

  it("once the letter with its link is out", () => {
    expect(decided(asked).values).toEqual({ signOff: "Requested" });
  });

  it("not before, nor by another letter", () => {
    expect(decided({ ...asked, actions: [{ ...sent, state: "running" }] }).values).toEqual({});
    expect(decided({ ...asked, update: { kind: "Weekly summary" } }).values).toEqual({});
    expect(decided({ ...asked, update: { milestone: ["other"] } }).values).toEqual({});
    expect(decided({ ...asked, update: { milepostKey: "" } }).values).toEqual({});
  });

  it("not by a letter that left before it was to be requested, so that the team can take it back", () => {
    const back = signOff({ version: 3, from: "Requested", to: "To request", at: march(10, 15) });
    expect(decided({ ...asked, transitions: [signOff({}), ready, back] }).values).toEqual({});
  });

  it("not when it has gone on meanwhile", () => {
    expect(decided({ ...asked, milestone: { signOff: "Not needed" } }).values).toEqual({});
  });
});

describe("an answer", () => {
  const given = {
    milestone: { signOff: "Approved" },
    transitions: [signOff({}), approved],
    answers: [answer],
  } as const;

  it("stands on the milestone: who, how, when and what", () => {
    expect(decided(given).values).toEqual({
      ...{ signedBy: "Cleo Martin, by link", feedback: "Lovely" },
      signedAt: day("2026-03-11T15:00:00.000Z"),
    });
  });

  it("stays there when the sign-off is asked for again", () => {
    const again = signOff({ version: 4, from: "Approved", to: "To request", at: march(11, 17) });
    const milestone = { signOff: "To request" } as const;
    const { values } = decided({ ...given, milestone, transitions: [...given.transitions, again] });
    expect(values.signedBy).toBe("Cleo Martin, by link");
  });

  it("that the team recorded shows as recorded by hand, with its note", () => {
    const evidence = { kind: "note", by: "ana", commentId: "c", text: "Said yes on the phone" } as const;
    const { values, updates } = decided({
      ...{ milestone: { signOff: "Approved" }, transitions: [{ ...approved, evidence }] },
    });
    expect(values).toMatchObject({ signedBy: "Recorded by hand", feedback: "Said yes on the phone" });
    expect(updates).toEqual([]);
  });

  it("is not invented for an approval from before Milepost looked", () => {
    const baseline = { ...approved, outcome: "baseline", evidence: { kind: "none" } } as const;
    expect(decided({ ...given, answers: [], transitions: [baseline] }).values).toEqual({});
  });

  it("is confirmed to the one who gave it, at once", () => {
    expect(decided(given).updates).toMatchObject([
      {
        ...{ key: "update|m|a1", rule: "sign-off", subject: "m", causedAt: march(11, 16), window: null },
        cause: { kind: "answer", answerId: "a1" },
        payload: { updateKind: "Confirmation", milestoneId: "m", contactIds: ["contact"], state: "Ready" },
      },
    ]);
  });

  it("is not confirmed when it came before letters were switched on, or they are off", () => {
    expect(decided({ ...given, project: { liveSince: day("2026-03-12") } }).updates).toEqual([]);
    expect(decided({ ...given, project: { clientLetters: "Off" } }).updates).toEqual([]);
  });
});

describe("a question is Outdated, so that the team asks again instead of waiting for ever", () => {
  const requested = signOff({ version: 2, from: "To request", to: "Requested", covers: cover });
  const values = (milestone: Partial<Milestone>, transition = requested) =>
    decided({ milestone: { signOff: "Requested", ...milestone }, transitions: [transition] }).values;

  it("when what was asked about has changed: the client's link does not work any more", () => {
    expect(values({ deliverable: "Another diagram" })).toEqual({ signOff: "Outdated" });
    expect(values({ name: "Renamed" })).toEqual({});
  });

  it("only where it is known what was asked about", () => {
    expect(values({ deliverable: "Another diagram" }, { ...requested, covers: null })).toEqual({});
  });
});

describe("an approval is Outdated", () => {
  const given = { transitions: [approved], answers: [answer] };

  it.each([
    { deliverable: "Another diagram" },
    { whatWorksNow: "More" },
    { demo: "https://demo.acme.example/2" },
  ])("when what was approved has changed: %j", (change) => {
    expect(decided({ ...given, milestone: { signOff: "Approved", ...change } }).values.signOff).toBe(
      "Outdated",
    );
  });

  it("by nothing else, and never twice", () => {
    const values = (milestone: Partial<Milestone>) => decided({ ...given, milestone }).values;
    expect(values({ signOff: "Approved", name: "Renamed", target: day("2026-04-01") })).not.toHaveProperty(
      "signOff",
    );
    expect(values({ signOff: "Outdated", deliverable: "Other" })).not.toHaveProperty("signOff");
  });

  it("only where it is known what was approved", () => {
    const milestone = { signOff: "Approved", deliverable: "Other" } as const;
    const baseline = { ...approved, outcome: "baseline", covers: null } as const;
    expect(decided({ milestone, transitions: [baseline] }).values).toEqual({});
  });
});
