import { describe, expect, it } from "vitest";
import type { Project } from "../../src/domain/record.ts";
import { cadence } from "../../src/rules/cadence.ts";
import type { PastAction } from "../../src/types/action.ts";
import type { Transition } from "../../src/types/loop.ts";
import { actionsOf, decideAt, fridayMorning, happened, march } from "../support/client-side.ts";
import {
  aChangeRequest,
  aContact,
  aMilestone,
  anOffice,
  anUpdate,
  aRecord,
  day,
} from "../support/records.ts";

const live = { clientLetters: "Review first", liveSince: day("2026-03-02") } as const;
const summaries = (project: Partial<Project>, now: number, ...transitions: Partial<Transition>[]) =>
  actionsOf(decideAt(aRecord({ project: { ...live, ...project } }), happened(transitions), now), "update");

describe("the weekly summary", () => {
  it("is wanted from Friday 09:00 of the office on, once for its ISO week", () => {
    expect(summaries({}, march(13, 8, 59)).map(({ key }) => key)).toEqual(["update|project|2026-W10"]);
    const [friday] = summaries({}, march(13, 9));
    expect(friday).toMatchObject({
      ...{ key: "update|project|2026-W11", rule: "weekly-summary", causedAt: march(13, 9) },
      ...{ subject: "project", cause: { kind: "date", date: "2026-W11" } },
      window: { opens: march(13, 9), closes: march(16, 9) },
      payload: { kind: "update", updateKind: "Weekly summary", period: "2026-W11", state: "Draft" },
    });
    expect(summaries({}, march(19, 12)).map(({ key }) => key)).toEqual(["update|project|2026-W11"]);
  });

  it("is found too late from Monday 09:00 on: its window says so", () => {
    const [action] = summaries({}, march(16, 9));
    expect(action?.window?.closes).toBe(march(16, 9));
  });

  it("F35: keeps the office's time when clocks change", () => {
    // Friday 3 April is summer time in Paris, and so is the Monday after Friday 27 March
    const [april] = summaries({}, Date.UTC(2026, 3, 3, 12));
    expect(april?.causedAt).toBe(Date.UTC(2026, 3, 3, 7));
    const [over] = summaries({}, Date.UTC(2026, 2, 28));
    expect(over?.window).toEqual({ opens: Date.UTC(2026, 2, 27, 8), closes: Date.UTC(2026, 2, 30, 7) });
  });

  it("wakes at the next opening", () => {
    const wakeAt = (now: number) => decideAt(aRecord({ project: live }), happened([]), now).wakeAt;
    expect([wakeAt(march(12, 9)), wakeAt(march(13, 9))]).toEqual([march(13, 9), march(20, 9)]);
  });

  it("is not written about the time before letters were switched on", () => {
    expect(summaries({ liveSince: day("2026-03-13T08:01:00.000Z") }, fridayMorning)).toEqual([]);
    const switched = { property: "clientLetters", from: "Off", to: "Automatic", at: march(13, 9) + 30_000 };
    const project = { clientLetters: "Automatic", liveSince: day("2026-03-13T08:00:00.000Z") } as const;
    expect(summaries(project, fridayMorning, switched)).toEqual([]);
    expect(summaries(project, fridayMorning)).toHaveLength(1);
  });

  it.each([
    { clientLetters: "Off" },
    { stage: "On hold" },
    { stage: "Cancelled" },
    { stage: "Complete" },
  ] as const)("is not written with %j", (project) => {
    expect(summaries(project, fridayMorning)).toEqual([]);
  });

  it("is drafted for a project without contacts, and goes to those who receive it", () => {
    expect(summaries({}, fridayMorning)[0]?.payload.contactIds).toEqual([]);
    const contacts = [aContact({ pageId: "a" }), aContact({ pageId: "b", role: [], receives: ["Launch"] })];
    const decision = decideAt(aRecord({ project: live, contacts }), happened([]), fridayMorning);
    expect(actionsOf(decision, "update")[0]?.payload.contactIds).toEqual(["a"]);
  });

  it("tells what happened since the last one that was sent", () => {
    const milestones = [
      aMilestone("Plan milestone", { pageId: "m", name: "Design", clientVisible: true, status: "Done" }),
    ];
    const done = { pageId: "m", property: "status", from: "In review", to: "Done", at: march(5, 12) };
    const textWith = (updates: ReturnType<typeof anUpdate>[]) => {
      const record = aRecord({ project: live, milestones, updates });
      const [action] = actionsOf(decideAt(record, happened([done]), fridayMorning), "update").filter(
        ({ key }) => key.startsWith("update|project"),
      );
      return action?.payload.markdown;
    };
    const sent = (key: string, state: "Sent" | "Cancelled") =>
      anUpdate({ pageId: key, state, milepostKey: `update|project|${key}` });
    expect(textWith([sent("2026-W10", "Sent")])).toContain("No milestone was finished");
    expect(textWith([sent("2026-W09", "Sent"), sent("2026-W10", "Cancelled")])).toContain("**Design**");
    expect(textWith([])).toContain("**Design**");
  });

  it("does not tell of a milestone that was Done from the start, as a duplicated one is", () => {
    const milestones = [
      aMilestone("Plan milestone", { pageId: "m", name: "Design", clientVisible: true, status: "Done" }),
    ];
    const textWith = (from: string | null) => {
      const done = { pageId: "m", property: "status", from, to: "Done", at: march(11, 12) };
      const decision = decideAt(aRecord({ project: live, milestones }), happened([done]), fridayMorning);
      const summary = actionsOf(decision, "update").find(({ key }) => key.startsWith("update|project"));
      return summary?.payload.markdown;
    };
    expect(textWith("In review")).toContain("**Design**");
    expect(textWith(null)).toContain("No milestone was finished");
  });

  describe("the agreed delivery", () => {
    const textOf = (...dates: readonly [string, ...string[]]): string | null | undefined => {
      const moves = dates.slice(1).map((to, index): Partial<Transition> => {
        const from = dates[index] === "" ? null : (dates[index] ?? null);
        return { pageId: "project", property: "agreedDelivery", from, to, at: march(10 + index, 12) };
      });
      const agreedDelivery = day(dates.at(-1) ?? "");
      return summaries({ agreedDelivery }, fridayMorning, ...moves)[0]?.payload.markdown;
    };

    it("is told where it moved, as one move", () => {
      expect(textOf("2026-04-01", "2026-04-02", "2026-04-03")).toContain(
        "The agreed delivery date moved from Wednesday, 1 April 2026 to Friday, 3 April 2026.",
      );
    });

    it("is no change where it was agreed for the first time, or came back", () => {
      expect(textOf("", "2026-04-02")).toContain("Nothing changed in the plan.");
      expect(textOf("2026-04-01", "2026-04-02", "2026-04-01")).toContain("Nothing changed in the plan.");
    });
  });

  it("tells of a wish that was left for later what the client knows: one that was shown, or that the client had", () => {
    const textOf = (requestedBy: readonly string[], from: "Evaluating" | "Ready for client") => {
      const wish = aChangeRequest({ number: "ACME-CR-1", status: "Deferred", requestedBy });
      const parked = { pageId: wish.pageId, property: "status", from, to: "Deferred", at: march(11, 12) };
      const record = aRecord({ project: live, changeRequests: [wish] });
      return actionsOf(decideAt(record, happened([parked]), fridayMorning), "update")[0]?.payload.markdown;
    };
    const told = "Change request **ACME-CR-1 Leads from WhatsApp** was left for a later phase.";
    expect(textOf([], "Ready for client")).toContain(told);
    expect(textOf(["contact"], "Evaluating")).toContain(told);
    expect(textOf([], "Evaluating")).not.toContain("WhatsApp");
  });

  it("is not wanted again when it was done, missed or taken away by the team", () => {
    const key = "update|project|2026-W11";
    for (const state of ["done", "missed", "baseline", "cancelled"] as const) {
      const past: PastAction = { key, state, at: march(13, 9) };
      const decision = decideAt(aRecord({ project: live }), happened([], [past]), fridayMorning);
      expect(actionsOf(decision, "update").map((action) => action.key)).toEqual([key]);
    }
  });

  it("follows the office's own time zone", () => {
    const office = anOffice({ timeZone: "America/New_York" });
    const at = (now: number) =>
      actionsOf(decideAt(aRecord({ project: live }), happened([]), now, office), "update");
    // New York has summer time since 8 March: 09:00 there is 13:00 UTC
    expect(at(Date.UTC(2026, 2, 13, 13) - 1).map(({ key }) => key)).toEqual(["update|project|2026-W10"]);
    expect(at(Date.UTC(2026, 2, 13, 13)).map(({ key }) => key)).toEqual(["update|project|2026-W11"]);
  });
});

describe("the cadence table", () => {
  it("names every update with its time or cause, and a letter that has a subject", () => {
    expect(
      Object.entries(cadence).map(([kind, { when, letter }]) => [
        kind,
        when.every,
        letter.subject.length > 0,
      ]),
    ).toEqual([
      ["Weekly summary", "week", true],
      ["Milestone complete", "cause", true],
      ["Handover", "cause", true],
      ["Confirmation", "cause", true],
      ["Measures", "cause", true],
    ]);
  });
});
