import { describe, expect, it } from "vitest";
import { triggers } from "../../src/domain/escalation-triggers.ts";
import type { DeliveryRecord, Milestone, Risk } from "../../src/domain/record.ts";
import { decide } from "../../src/rules/decide.ts";
import type { ActionPayload } from "../../src/types/action.ts";
import type { History, Transition } from "../../src/types/loop.ts";
import { applyDecision } from "../support/apply-decision.ts";
import {
  aHistory,
  aMilestone,
  anAsk,
  anOffice,
  aRecord,
  aRisk,
  day,
  people,
  tuesdayAtTen,
} from "../support/records.ts";

const office = anOffice({ practiceLead: ["user-lead"], executive: ["user-executive"] });
const [hour, dayMs] = [3_600_000, 86_400_000];
const ours = ["escalations", "escalation-ladder", "review-reminders"];

const wanted = (record: DeliveryRecord, history: History = aHistory(), now = tuesdayAtTen, at = office) =>
  decide(record, history, at, now).actions.filter(({ rule }) => ours.includes(rule));

const rowsIn = (...args: Parameters<typeof wanted>) =>
  wanted(...args).flatMap(({ key, payload, causedAt }) =>
    payload.kind === "row" ? [{ key, title: payload.title, values: payload.values, causedAt }] : [],
  );

const keysIn = (...args: Parameters<typeof wanted>) => wanted(...args).map(({ key }) => key);

/** Whom a note mentions, and what it says. */
const said = (payload: ActionPayload | undefined) =>
  payload?.kind === "note"
    ? [
        payload.text.flatMap((part) => ("person" in part ? [part.person] : [])),
        payload.text
          .map((part) => ("text" in part ? part.text : ""))
          .join("")
          .trim(),
      ]
    : null;

const production = { stage: "In production", escalateAfter: 2 } as const;

describe("an escalation is raised", () => {
  const late = (changes: Partial<DeliveryRecord["project"]> = {}, target = "2026-03-05") =>
    aRecord({
      project: { ...production, ...changes },
      milestones: [
        aMilestone("Plan milestone", {
          ...{ pageId: "m1", name: "Design", target: day(target), createdTime: tuesdayAtTen - 30 * dayMs },
        }),
        aMilestone("Plan milestone", {
          ...{ pageId: "m2", name: "Build", dependsOn: ["m1"], target: day("2026-03-06") },
          createdTime: tuesdayAtTen - 30 * dayMs,
        }),
      ],
    });

  it("when a milestone is later than its Target by more than Escalate after; what waits for it is not named too", () => {
    // Thu 5 to Tue 10: Fri, Mon, Tue; acceptable until Mon 9
    expect(rowsIn(late())).toMatchObject([
      {
        key: "row|project:escalation-milestone-late-m1|2026-03-05",
        title: "Design is forecast 3 business days after its Target (Escalate after: 2)",
        values: { kind: "Escalation", status: "Open", severity: "High", to: [people.manager] },
        causedAt: Date.parse("2026-03-09T23:00:00Z"),
      },
    ]);
    expect(rowsIn(late({}, "2026-03-06"))).toEqual([]);
  });

  it.each([
    ["without Escalate after", { escalateAfter: null }],
    ["with one that is negative", { escalateAfter: -1 }],
    ["with one that is no number", { escalateAfter: Number.NaN }],
    ["in Intake, where dates are a draft", { stage: "Intake" }],
    ["on hold", { stage: "On hold" }],
  ] as const)("for no late milestone %s", (_when, changes) => {
    expect(rowsIn(late(changes))).toEqual([]);
  });

  it("for no milestone whose time had run out before it was planned", () => {
    const { milestones, ...record } = late();
    const imported = milestones.map((milestone) => ({ ...milestone, createdTime: tuesdayAtTen }));
    expect(rowsIn({ ...record, milestones: imported })).toEqual([]);
  });

  it("when a gate refuses three times in a row, because of the third refusal", () => {
    const refused = { outcome: "refused", from: "Planning", to: "In production" } as const;
    const record = aRecord({ project: { stage: "Planning" } });
    expect(rowsIn(record, aHistory(refused, refused))).toEqual([]);
    expect(rowsIn(record, aHistory(refused, refused, refused, refused), tuesdayAtTen + hour)).toMatchObject([
      {
        key: "row|project:escalation-gate-refused-project|stage#3",
        title: "Stage was refused 3 times in a row, last from Planning to In production",
        causedAt: tuesdayAtTen + 2 * 60_000,
      },
    ]);
    const moved = { ...refused, outcome: "accepted" } as const;
    expect(rowsIn(record, aHistory(refused, refused, moved, refused))).toEqual([]);
  });

  it("the day after an ask or a sign-off was needed, as its page says to the manager", () => {
    const written = { createdTime: tuesdayAtTen - 30 * dayMs };
    const record = aRecord({
      project: { stage: "In production" },
      asks: [
        anAsk({ ...written, neededBy: day("2026-03-09") }),
        anAsk({ pageId: "b", neededBy: day("2026-03-10") }),
      ],
      milestones: [
        aMilestone("Plan milestone", {
          ...{ ...written, pageId: "m", name: "Design", signOff: "Requested", feedbackBy: day("2026-03-09") },
        }),
      ],
    });
    expect(rowsIn(record).map(({ title, causedAt }) => [title, causedAt])).toEqual([
      [
        "“Access to the CRM” was needed by 2026-03-09 and is still open, asked on 2026-02-08",
        tuesdayAtTen - 10 * hour,
      ],
      ["The sign-off of “Design” was needed by 2026-03-09 and is still open", tuesdayAtTen - 10 * hour],
    ]);
    const note = wanted(record).find(({ key }) => key === "note|ask:answer-overdue|2026-03-09");
    expect(said(note?.payload)).toEqual([
      [people.manager],
      "“Access to the CRM” was needed by 2026-03-09 and is still open, asked on 2026-02-08. It is an escalation in Risks now, to be answered within 4 office hours. Set the escalation's Status to Mitigating when you take it up, and to Resolved, with a Resolution, when it is over.",
    ]);
    const imported = { ...record, asks: [anAsk({ neededBy: day("2026-03-09") })], milestones: [] };
    expect(rowsIn(imported)).toEqual([]);
    expect(decide(record, aHistory(), office, tuesdayAtTen).wakeAt).toBeLessThanOrEqual(
      tuesdayAtTen + 14 * hour,
    );
  });

  it("for no answer whose day had passed before the client was asked, nor for a sign-off of what is skipped", () => {
    const written = { createdTime: tuesdayAtTen - 30 * dayMs };
    const rowsWith = (askedAt: number, changes: Partial<Milestone> = {}) =>
      rowsIn(
        aRecord({
          project: { stage: "In production" },
          asks: [anAsk({ ...written, neededBy: day("2026-03-06") })],
          milestones: [
            aMilestone("Plan milestone", {
              ...{ ...written, pageId: "m", signOff: "Requested", feedbackBy: day("2026-03-06"), ...changes },
            }),
          ],
        }),
        aHistory(
          { pageId: "ask", property: "state", from: "Open", to: "Answered", at: askedAt - hour },
          { pageId: "ask", property: "state", from: "Answered", to: "Open", at: askedAt },
          { pageId: "m", property: "signOff", from: "To request", to: "Requested", at: askedAt },
        ),
      ).map(({ key }) => key);
    const asked = [
      "row|project:escalation-answer-overdue-ask|2026-03-06",
      "row|project:escalation-answer-overdue-m|2026-03-06",
    ];
    expect(rowsWith(tuesdayAtTen - 5 * dayMs)).toEqual(asked);
    expect(rowsWith(tuesdayAtTen - hour)).toEqual([]);
    expect(rowsWith(tuesdayAtTen - 5 * dayMs, { status: "Skipped" })).toEqual(asked.slice(0, 1));
  });

  it("for a critical issue and a risk that has occurred, each time that it becomes so", () => {
    const risks = [
      aRisk({ pageId: "i", title: "Leads are lost", kind: "Issue", severity: "Critical" }),
      aRisk({
        pageId: "r",
        title: "API differs",
        kind: "Risk",
        status: "Occurred",
        likelihood: "High",
        impact: "High",
      }),
      aRisk({ pageId: "x", kind: "Issue", severity: "Critical", status: "Resolved" }),
      aRisk({ pageId: "y", kind: "Risk", status: "Mitigating" }),
      aRisk({ pageId: "z", kind: null, title: "", status: "Occurred" }),
    ];
    const change = { pageId: "i", property: "status" } as const;
    const history = aHistory(
      { ...change, from: "Open", to: "Resolved" },
      { ...change, from: "Resolved", to: "Open" },
    );
    const rows = rowsIn(aRecord({ risks }), history, tuesdayAtTen + hour);
    expect(rows.map(({ key, title, values }) => [key, title, values.severity])).toEqual([
      ["row|project:escalation-issue-critical-i|status#2", "Critical: Leads are lost", "Critical"],
      ["row|project:escalation-risk-occurred-r|2026-03-10", "Occurred: API differs", "High"],
      ["row|project:escalation-risk-occurred-z|2026-03-10", "Occurred: untitled", "Medium"],
    ]);
  });

  it("once while one of the same kind about the same page is open, and not again when people delete it", () => {
    const issue = aRisk({ pageId: "i", title: "Leads are lost", kind: "Issue", severity: "Critical" });
    const key = "row|project:escalation-issue-critical-i|2026-02-01";
    const open = aRisk({ pageId: "e", kind: "Escalation", milepostKey: key, level: "1 Manager" });
    const keys = keysIn(aRecord({ risks: [issue, open] }));
    expect(keys).toEqual(["note|i:issue-critical|2026-03-10"]);
    const first = decide(aRecord({ risks: [issue] }), aHistory(), office, tuesdayAtTen);
    const { history } = applyDecision(
      { record: aRecord({ risks: [issue] }), history: aHistory() },
      first,
      tuesdayAtTen,
    );
    expect(keysIn(aRecord({ risks: [issue] }), history)).toEqual([]);
  });

  it("by five triggers, each with its source", () => {
    expect(triggers.map(({ id }) => id)).toEqual([
      ...["milestone-late", "gate-refused", "answer-overdue", "issue-critical", "risk-occurred"],
    ]);
    for (const { source } of triggers) expect(source).toMatch(/^process\/00\d /);
  });
});

describe("the ladder", () => {
  /** Decides and carries out at a moment, on what the last moment has left. */
  const play = (risk: Partial<Risk>, transitions: readonly Partial<Transition>[] = [], at = office) => {
    let world = {
      record: aRecord({ project: production, risks: [aRisk({ pageId: "e", kind: "Escalation", ...risk })] }),
      history: aHistory(...transitions),
    };
    return {
      at: (now: number) => {
        const decision = decide(world.record, world.history, at, now);
        world = applyDecision(world, decision, now);
        const { level, to, respondBy, status } = world.record.risks[0] ?? aRisk();
        const notes = decision.actions
          .filter(({ rule }) => ours.includes(rule))
          .flatMap(({ payload }) => said(payload) ?? []);
        return { level, to, respondBy: respondBy?.start, status, notes };
      },
      edit: (changes: Partial<Risk>, ...more: readonly Partial<Transition>[]) => {
        const risks = world.record.risks.map((one) => ({ ...one, ...changes }));
        const known = world.history.transitions;
        world = {
          record: { ...world.record, risks },
          history: { ...world.history, transitions: [...known, ...aHistory(...more).transitions] },
        };
      },
    };
  };

  it("rests with the project: on hold nobody's time to answer runs out", () => {
    const escalation = aRisk({
      ...{ pageId: "e", kind: "Escalation", level: "1 Manager", to: [people.manager] },
      respondBy: day("2026-03-06"),
    });
    const record = (stage: "In production" | "On hold") =>
      aRecord({ project: { ...production, stage }, risks: [escalation] });
    expect(keysIn(record("On hold"))).toEqual([]);
    expect(keysIn(record("In production"))).not.toEqual([]);
  });

  it("asks each level for its own time, from when it is asked, and stays at the top", () => {
    const { at } = play({});
    // Tue 10:00 + 4 hours
    expect(at(tuesdayAtTen)).toMatchObject({
      ...{ level: "1 Manager", to: [people.manager], respondBy: "2026-03-10T13:00:00.000Z" },
    });
    expect(at(tuesdayAtTen + 4 * hour - 60_000)).toMatchObject({ level: "1 Manager" });
    // Tue 14:00: 4 on Tue, 9 on Wed, 9 on Thu, the last 2 of 24 on Fri until 11:00
    expect(at(tuesdayAtTen + 4 * hour)).toMatchObject({
      ...{ level: "2 Practice lead", to: ["user-lead"], respondBy: "2026-03-13T10:00:00.000Z" },
      notes: [["user-lead"], expect.stringContaining("Nobody has answered")],
    });
    // Milepost was away for a week: the executive has all of 48 hours all the same
    expect(at(tuesdayAtTen + 10 * dayMs)).toMatchObject({ level: "3 Executive", to: ["user-executive"] });
    expect(at(tuesdayAtTen + 60 * dayMs)).toMatchObject({ level: "3 Executive" });
  });

  it("leaves what people have filled in or set back", () => {
    const filled = play({ level: "2 Practice lead", to: [people.qa], respondBy: day("2026-03-12") });
    expect(filled.at(tuesdayAtTen)).toMatchObject({
      ...{ level: "2 Practice lead", to: [people.qa], respondBy: "2026-03-12" },
    });
    const back = play({});
    back.at(tuesdayAtTen);
    back.at(tuesdayAtTen + 5 * hour);
    back.edit({ level: "1 Manager", to: [people.manager] });
    for (const days of [1, 9, 30])
      expect(back.at(tuesdayAtTen + days * dayMs)).toMatchObject({
        level: "1 Manager",
        to: [people.manager],
      });
  });

  it("starts anew at the level that a person puts it to, and when it is opened again", () => {
    const { at, edit } = play({});
    at(tuesdayAtTen);
    const change = { pageId: "e", at: tuesdayAtTen + hour };
    edit({ level: "3 Executive" }, { ...change, property: "level", from: "1 Manager", to: "3 Executive" });
    // Tue 11:00: 7 on Tue, 36 until Mon, the last 5 on Tue until 14:00
    expect(at(tuesdayAtTen + hour)).toMatchObject({
      ...{ level: "3 Executive", to: ["user-executive"], respondBy: "2026-03-17T13:00:00.000Z" },
    });
    const reopened = {
      ...change,
      property: "status",
      from: "Mitigating",
      to: "Open",
      at: tuesdayAtTen + 20 * dayMs,
    };
    edit({ level: "1 Manager", to: [people.manager] }, { ...reopened, version: 2 });
    expect(at(tuesdayAtTen + 20 * dayMs)).toMatchObject({
      ...{ level: "1 Manager", respondBy: "2026-03-30T13:00:00.000Z" },
    });
  });

  it.each(["Mitigating", "Occurred", "Resolved", "Closed"] as const)(
    "does not move one that is %s",
    (status) => {
      const { at } = play({ status });
      expect(at(tuesdayAtTen)).toMatchObject({ level: null, to: [], notes: [] });
    },
  );

  it("asks the nearest level that has somebody, and nobody twice", () => {
    const { at } = play({}, [], anOffice());
    at(tuesdayAtTen);
    expect(at(tuesdayAtTen + 5 * hour)).toMatchObject({
      level: "2 Practice lead",
      to: [people.manager],
      notes: [],
    });
    const nobody = aRecord({
      project: { ...production, manager: [] },
      risks: [aRisk({ pageId: "e", kind: "Escalation" })],
    });
    const proposed = (at: typeof office) =>
      wanted(nobody, aHistory(), tuesdayAtTen, at).flatMap(({ payload }) =>
        payload.kind === "propose" ? payload.changes.filter(({ property }) => property === "to") : [],
      );
    expect(proposed(office)).toMatchObject([{ value: ["user-lead"] }]);
    expect(proposed(anOffice())).toMatchObject([{ value: [] }]);
  });

  it("does not move the escalations of a cancelled project", () => {
    const record = aRecord({ project: { stage: "Cancelled" }, risks: [aRisk({ kind: "Escalation" })] });
    expect(wanted(record)).toEqual([]);
  });
});

describe("a review", () => {
  const reminders = (changes: Partial<Risk>) => {
    const record = aRecord({
      project: production,
      risks: [aRisk({ reviewBy: day("2026-03-09"), ...changes })],
    });
    return wanted(record).map(({ key, payload }) => [key, said(payload)]);
  };
  const text = "Review by was 2026-03-09: look at it again, and set the next Review by, or its Status.";

  it("that has passed reminds the owner, or else the manager, once for its date", () => {
    expect(reminders({ owner: [people.qa] })).toEqual([["note|risk:review|2026-03-09", [[people.qa], text]]]);
    expect(reminders({})).toEqual([["note|risk:review|2026-03-09", [[people.manager], text]]]);
  });

  it("that is not due, unusable, or of something that is over reminds nobody", () => {
    expect(reminders({ reviewBy: day("2026-03-10") })).toEqual([]);
    expect(reminders({ reviewBy: day("soon") })).toEqual([]);
    expect(reminders({ status: "Closed" })).toEqual([]);
  });
});
