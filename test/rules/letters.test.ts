import { describe, expect, it } from "vitest";
import type { Contact, Milestone, Project, Update } from "../../src/domain/record.ts";
import type { ActionState, PastAction } from "../../src/types/action.ts";
import type { Transition } from "../../src/types/loop.ts";
import { actionsOf, decideAt, happened, march, valuesOf } from "../support/client-side.ts";
import { aContact, aMilestone, anUpdate, aRecord, day } from "../support/records.ts";

const live = { clientLetters: "Review first", liveSince: day("2026-03-09") } as const;
const ready: Partial<Transition> = {
  ...{ pageId: "update", property: "state", version: 2, from: "Draft", to: "Ready", at: march(13, 10) },
};
const letterKey = (contactId: string, version = 2) => `letter|update:${contactId}|state#${version}`;
const past = (contactId: string, state: ActionState, more: Partial<PastAction> = {}): PastAction => ({
  ...{ key: letterKey(contactId), state, at: march(13, 10, 5) },
  ...more,
});

type Given = {
  readonly project?: Partial<Project>;
  readonly update?: Partial<Update>;
  readonly contacts?: readonly Contact[];
  readonly milestones?: readonly Milestone[];
  readonly transitions?: readonly Partial<Transition>[];
  readonly actions?: readonly PastAction[];
};
const both = [aContact({ pageId: "a" }), aContact({ pageId: "b", name: "Max", role: [] })];
const decided = ({ project, update, contacts = both, milestones = [], transitions, actions }: Given) => {
  const updates = [anUpdate({ state: "Ready", to: ["a", "b"], ...update })];
  const record = aRecord({ project: { ...live, ...project }, updates, contacts, milestones });
  const decision = decideAt(record, happened(transitions ?? [ready], actions ?? []), march(13, 10, 30));
  return { letters: actionsOf(decision, "letter"), values: valuesOf(decision, "update") };
};
const keysOf = (given: Given) => decided(given).letters.map(({ key }) => key);

describe("an update that is Ready", () => {
  it("becomes one letter for each contact under To", () => {
    const { letters, values } = decided({});
    expect(letters.map(({ key }) => key)).toEqual([letterKey("a"), letterKey("b")]);
    expect(letters[0]).toMatchObject({
      ...{ rule: "letters", causedAt: march(13, 10), window: null, subject: "update" },
      cause: { kind: "transition", property: "state", version: 2 },
      payload: { kind: "letter", updateId: "update", contactId: "a", link: null, atOnce: false },
    });
    expect(values).toEqual({});
  });

  it.each(["Draft", "Sent", "Held", "Cancelled", null] as const)("and no other: %s", (state) => {
    expect(decided({ update: { state } })).toEqual({ letters: [], values: {} });
  });

  it("leaves only if Milepost wrote it", () => {
    for (const milepostKey of ["", "reply|x"]) {
      const { letters, values } = decided({ update: { milepostKey } });
      expect(letters).toEqual([]);
      expect(values.state).toBe("Held");
      expect(values.heldBecause).toContain("Milepost did not write this page");
    }
    const given = { update: { milepostKey: "" } };
    expect(decided({ ...given, project: { clientLetters: "Off" } }).values).toEqual({});
    expect(decided({ ...given, transitions: [] }).values).toEqual({});
  });

  it("waits while its State is not yet known as a change", () => {
    expect(decided({ transitions: [] })).toEqual({ letters: [], values: {} });
  });

  it("leaves at once if it answers the client's click", () => {
    expect(decided({ update: { kind: "Confirmation" } }).letters[0]?.payload.atOnce).toBe(true);
  });

  it("carries the sign-off link for the primary contact alone, for everyone where none of its readers is", () => {
    const linked = (contacts: readonly Contact[]) =>
      decided({
        ...{ contacts, update: { kind: "Milestone complete", milestone: ["m"] } },
        milestones: [
          aMilestone("Plan milestone", { pageId: "m", signOff: "To request", clientVisible: true }),
        ],
      }).letters.flatMap(({ payload }) => (payload.link === null ? [] : [payload.contactId]));
    expect(linked(both)).toEqual(["a"]);
    expect(linked(both.map((contact) => ({ ...contact, role: ["Technical"] })))).toEqual(["a", "b"]);
  });

  it("carries the sign-off link if its milestone asks for one", () => {
    const linkWith = (signOff: Milestone["signOff"], kind: Update["kind"] = "Milestone complete") =>
      decided({
        update: { kind, milestone: ["m"] },
        milestones: [aMilestone("Plan milestone", { pageId: "m", signOff, clientVisible: true })],
      }).letters[0]?.payload.link;
    const link = { purpose: "sign-off", pageId: "m" };
    expect([linkWith("To request"), linkWith("Requested")]).toEqual([link, link]);
    expect([linkWith("Not needed"), linkWith("Approved"), linkWith("Outdated")]).toEqual([null, null, null]);
    expect(linkWith("To request", "Weekly summary")).toBeNull();
    expect(
      decided({ update: { kind: "Milestone complete", milestone: [] } }).letters[0]?.payload.link,
    ).toBeNull();
  });

  it("is Sent when all its letters are out, with the time of the last", () => {
    const actions = [past("a", "done"), past("b", "done", { at: march(13, 10, 7) + 1_234 })];
    expect(decided({ actions })).toEqual({
      letters: [],
      values: { state: "Sent", sentAt: day("2026-03-13T09:07:00.000Z"), heldBecause: "" },
    });
    expect(decided({ actions: actions.slice(1) }).values).toEqual({});
  });

  it("goes to nobody twice when it is set to Ready again", () => {
    const again = { ...ready, version: 4, at: march(13, 10, 20) };
    const transitions = [
      ready,
      { ...ready, version: 3, from: "Ready", to: "Held" },
      { ...again, from: "Held" },
    ];
    expect(keysOf({ transitions, actions: [past("a", "done"), past("b", "dead")] })).toEqual([
      letterKey("b", 4),
    ]);
    expect(keysOf({ transitions, actions: [past("a", "done"), past("b", "running")] })).toEqual([]);
    expect(keysOf({ transitions, actions: [past("a", "done"), past("b", "unknown")] })).toEqual([
      letterKey("b", 4),
    ]);
  });
});

describe("an update that cannot leave is held and says why", () => {
  const reason = (given: Given) => {
    const { letters, values } = decided(given);
    expect(letters).toEqual([]);
    expect(values.state).toBe("Held");
    return values.heldBecause;
  };

  it.each<[string, Given, string]>([
    [
      "nobody is in To",
      { update: { to: [] } },
      "Nobody is in To. Choose who gets it. Then choose Ready again.",
    ],
    [
      "To names somebody else",
      { update: { to: ["a", "other"] } },
      "Somebody in To is not among the project's Contacts. Add them there or take them out of To. Then choose Ready again.",
    ],
    [
      "a contact has no address",
      { contacts: [aContact({ pageId: "a" }), aContact({ pageId: "b", name: "Max", email: null })] },
      "Max has no mail address. Fill in Email on the contact's page. Then choose Ready again.",
    ],
    [
      "an address is wrong",
      { contacts: [aContact({ pageId: "a", email: "cleo@acme" }), aContact({ pageId: "b" })] },
      "The mail address of Cleo cannot be used. Correct Email on the contact's page (one plain address, such as cleo@acme.example). Then choose Ready again.",
    ],
    [
      "letters are off",
      { project: { clientLetters: "Off" } },
      "Client letters are Off for this project. Choose Review first or Automatic there. Then choose Ready again.",
    ],
    [
      "it was Ready before letters were switched on",
      { project: { liveSince: day("2026-03-13T09:01:00.000Z") } },
      "It was set to Ready before letters to this client were switched on here. If it should still leave, choose Ready again.",
    ],
    [
      "it was Ready before Milepost looked",
      { transitions: [{ ...ready, outcome: "baseline" }] },
      "It was set to Ready before letters to this client were switched on here. If it should still leave, choose Ready again.",
    ],
    [
      "a letter ended with a sentence",
      {
        actions: [
          past("a", "done"),
          past("b", "dead", { result: "The server refused it. Then choose Ready again." }),
        ],
      },
      "The server refused it. Then choose Ready again.",
    ],
    [
      "a letter ended without one",
      { actions: [past("a", "unknown"), past("b", "cancelled")] },
      "Nobody can say whether the letter to Cleo arrived. Ask Cleo; if it did not, choose Ready again. The letter to Max was stopped before it left. Choose Ready again to send it.",
    ],
  ])("%s", (_why, given, because) => {
    expect(reason(given)).toBe(because);
  });

  it("but not before its other letters are through", () => {
    const actions = [past("a", "dead"), past("b", "pending")];
    expect(decided({ actions }).values).toEqual({});
    expect(keysOf({ actions })).toEqual([letterKey("a"), letterKey("b")]);
  });

  it("forgets the reason when it is Ready again, and is Sent when all got it after all", () => {
    expect(decided({ update: { heldBecause: "No address" } }).values).toEqual({ heldBecause: "" });
    const actions = [past("a", "done"), past("b", "done")];
    expect(decided({ update: { state: "Held" }, actions }).values.state).toBe("Sent");
    expect(decided({ update: { state: "Held" }, actions: [past("a", "done")] }).values).toEqual({});
  });
});

describe("what is not so any more is not told", () => {
  const visible = { pageId: "m", clientVisible: true } as const;
  const reopened = aMilestone("Plan milestone", { ...visible, status: "In progress" });
  const again = aMilestone("Plan milestone", { ...visible, status: "Done" });
  const change = (to: string, at: number): Partial<Transition> => ({
    ...{ pageId: "m", property: "status", version: 2, from: "Done", to, at },
  });
  const stage = (to: string, at: number): Partial<Transition> => ({
    ...{ pageId: "project", property: "stage", version: 2, to, at },
  });
  const complete = { kind: "Milestone complete", milestone: ["m"] } as const;
  const [before, after] = [march(13, 9, 30), march(13, 10, 10)];

  it.each<[string, Given]>([
    [
      "a milestone that was reopened in the evening, before its letter left",
      { update: complete, milestones: [reopened], transitions: [ready, change("In progress", after)] },
    ],
    [
      "a milestone that was reopened and done anew, which gets a letter of its own",
      { update: complete, milestones: [again], transitions: [ready, change("Done", after)] },
    ],
    ["a milestone that was put into the trash", { update: complete, milestones: [] }],
    [
      "a handover whose project went back to Deployment",
      {
        ...{ update: { kind: "Handover" }, project: { stage: "Deployment" } },
        transitions: [ready, stage("Deployment", after)],
      },
    ],
    [
      "the week of a project that was cancelled over night",
      { project: { stage: "Cancelled" }, transitions: [ready, stage("Cancelled", after)] },
    ],
  ])("%s", (_what, given) => {
    const { letters, values } = decided(given);
    expect(letters).toEqual([]);
    expect(values).toMatchObject({
      ...{ state: "Held", heldBecause: expect.stringContaining("not so any more") },
    });
  });

  it("a milestone that the client is not to see never leaves, whenever it was hidden", () => {
    const hidden = { ...again, clientVisible: false };
    const { letters, values } = decided({ update: complete, milestones: [hidden] });
    expect(letters).toEqual([]);
    expect(values.heldBecause).toContain("not Client visible");
  });

  it("but what the team knew when it chose Ready leaves", () => {
    const given = { update: complete, milestones: [reopened] };
    expect(keysOf({ ...given, transitions: [ready, change("In progress", before)] })).toHaveLength(2);
    const cancelled = { stage: "Cancelled" } as const;
    expect(keysOf({ project: cancelled, transitions: [ready, stage("Cancelled", before)] })).toHaveLength(2);
  });

  it("a letter that was reopened while it was a draft does not start by itself", () => {
    const written: PastAction = { key: "update|m|status#1", state: "done", at: march(13, 10) };
    const given = {
      ...{ update: { ...complete, state: "Draft", milepostKey: written.key } as const },
      ...{ project: { ...live, clientLetters: "Automatic" } as const, actions: [written] },
    };
    const values = (milestone: Milestone, ...transitions: Partial<Transition>[]) =>
      decided({ ...given, milestones: [milestone], transitions }).values;
    expect(values(again)).toEqual({ state: "Ready" });
    expect(values(reopened, change("In progress", after))).toEqual({});
    expect(values(again, change("Done", after))).toEqual({});
  });
});

describe("while the record cannot be read whole", () => {
  const incomplete = (project: Partial<Project>, heldBecause = "") => {
    const updates = [anUpdate({ state: "Ready", to: ["a"], heldBecause })];
    const whole = aRecord({ project: { ...live, ...project }, updates, contacts: both });
    const record = { ...whole, complete: false, gaps: ["Risks is not loaded"] };
    return decideAt(record, happened([ready]), march(13, 10, 30));
  };

  it("an update that is Ready says why it waits, stays Ready, and nothing leaves", () => {
    const decision = incomplete({});
    expect(decision.actions).toEqual([]);
    expect(valuesOf(decision, "update")).toEqual({
      heldBecause:
        "It waits and leaves by itself once Milepost can read the whole project again: Risks is not loaded.",
    });
    expect(incomplete({ clientLetters: "Off" }).values).toEqual([]);
  });
});

describe("a draft", () => {
  const draft = { state: "Draft", milepostKey: "update|m|status#1" } as const;
  const automatic = { ...live, clientLetters: "Automatic" } as const;
  const written: PastAction = { key: draft.milepostKey, state: "done", at: march(13, 9, 1) };

  it("becomes Ready by itself only where letters are Automatic", () => {
    const given = { update: draft, transitions: [], actions: [written] };
    expect(decided({ ...given, project: automatic }).values).toEqual({ state: "Ready" });
    expect(decided(given).values).toEqual({});
    expect(decided({ ...given, project: { clientLetters: "Off" } }).values).toEqual({});
  });

  it("stays when the team took it back, or when it was there before Milepost looked", () => {
    const back = { ...ready, version: 3, from: "Ready", to: "Draft" };
    const given = { update: draft, project: automatic, actions: [written] };
    expect(decided({ ...given, transitions: [ready, back] }).values).toEqual({});
    const baseline = { ...ready, version: 1, from: null, to: "Draft", outcome: "baseline" } as const;
    expect(decided({ ...given, transitions: [baseline] }).values).toEqual({});
    expect(decided({ ...given, transitions: [{ ...baseline, outcome: "accepted" }] }).values).toEqual({
      state: "Ready",
    });
  });

  it("that was written for review stays with the team when letters become Automatic", () => {
    const switched = {
      property: "clientLetters",
      from: "Review first",
      to: "Automatic",
      at: march(13, 9, 30),
    };
    const given = { update: draft, project: automatic, transitions: [switched] };
    expect(decided({ ...given, actions: [written] }).values).toEqual({});
    expect(decided({ ...given, actions: [{ ...written, at: march(13, 9, 31) }] }).values).toEqual({
      state: "Ready",
    });
  });
});
