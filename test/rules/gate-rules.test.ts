import { describe, expect, it } from "vitest";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import { decide } from "../../src/rules/decide.ts";
import { gateCommentRule } from "../../src/rules/gate-comment.ts";
import { gateReplyRule } from "../../src/rules/gate-reply.ts";
import type { History, Transition } from "../../src/types/loop.ts";
import {
  aFinishedRecord,
  aHistory,
  aMilestone,
  anOffice,
  aRecord,
  day,
  people,
  tuesdayAtTen,
} from "../support/records.ts";

const person = { kind: "person", id: "ana" } as const;
const refused = (changes: Partial<Transition> = {}): Partial<Transition> => ({
  ...{ outcome: "refused", from: "In production", to: "QA", by: person },
  ...changes,
});

const inProduction = aRecord({ project: { stage: "In production" } });
const ready = aFinishedRecord({ stage: "In production" });

const decided = (record: DeliveryRecord, history: History, now = tuesdayAtTen) =>
  decide(record, history, anOffice(), now);

const comments = (record: DeliveryRecord, history: History, now?: number): readonly string[] =>
  decided(record, history, now).values.flatMap((value) =>
    value.target === "comment"
      ? [value.text.map((part) => ("text" in part ? part.text : `@${Object.values(part)[0]}`)).join("")]
      : [],
  );

const propertyWanted = (property: string, record: DeliveryRecord, history: History = aHistory()) =>
  decided(record, history).values.find((value) => value.target === "property" && value.property === property);

const replies = (record: DeliveryRecord, history: History) =>
  decide(record, history, anOffice(), tuesdayAtTen, [gateReplyRule]).actions.map(({ key }) => key);

describe("the gate comment", () => {
  it("is not there as long as nothing was refused", () => {
    expect(comments(inProduction, aHistory({ outcome: "accepted" }))).toEqual([]);
  });

  it("says what is missing now, not what was missing then", () => {
    const history = aHistory(refused());
    expect(comments(inProduction, history)[0]).toContain("Add the milestone Production complete");
    const created = aRecord({
      project: { stage: "In production" },
      milestones: [aMilestone("Production complete", { status: "In review" })],
    });
    expect(comments(created, history)[0]).toContain("(it is In review)");
  });

  it("says when everything that was missing is there", () => {
    expect(comments(ready, aHistory(refused()))).toEqual([
      "@ana Everything that was missing is there now. Move the card to QA again.",
    ]);
  });

  it("says that the Override reason lets the move pass where something is still missing", () => {
    const override = (project: DeliveryRecord["project"]) => ({
      ...project,
      overrideReason: "Agreed with Acme",
    });
    const by = { kind: "person", id: people.manager } as const;
    const move = { from: "Intake", to: "Planning", by };
    const history = aHistory(refused(move));
    const inIntake = aRecord({});
    expect(comments({ ...inIntake, project: override(inIntake.project) }, history)).toEqual([
      `@${people.manager} The Override reason lets this move pass. Move the card to Planning again.`,
    ]);
    const isReady = aFinishedRecord({ stage: "Intake" });
    expect(comments({ ...isReady, project: override(isReady.project) }, history)).toEqual([
      `@${people.manager} Everything that was missing is there now. Move the card to Planning again.`,
    ]);
  });

  it("keeps the list where a reason stands there but who asked may not override, and says who has to move the card", () => {
    const history = aHistory(refused({ from: "Intake", to: "Planning" }));
    const [text] = comments(aRecord({ project: { overrideReason: "Agreed with Acme" } }), history);
    expect(text).toContain("1. Tick Requirements signed off");
    expect(text).toContain("The Override reason counts only when somebody listed in Office moves the card.");
  });

  it("says so once a later move was accepted, and keeps saying it after further moves", () => {
    const history = aHistory(refused(), { from: "In production", to: "QA" });
    const text = ["Settled: Stage is QA now. Nothing is open here."];
    expect(comments(aFinishedRecord({ stage: "QA" }), history)).toEqual(text);
    const later = aHistory(...history.transitions, { from: "QA", to: "Deployment" });
    expect(comments(aFinishedRecord({ stage: "Deployment" }), later)).toEqual(text);
  });

  it("turns to the latest attempt", () => {
    const history = aHistory(refused(), refused({ to: "Intake" }));
    expect(comments(inProduction, history)[0]).toMatch(/^This move is not part of the process\n@ana/);
  });

  it("turns to the manager where nobody knows who asked, and to nobody without one", () => {
    const history = aHistory(refused({ by: { kind: "unknown" } }));
    expect(comments(inProduction, history)[0]).toContain(`@${people.manager} asked`);
    const alone = aRecord({ project: { stage: "In production", manager: [] } });
    expect(comments(alone, history)[0]).toContain("Somebody asked");
  });

  it("wakes when the clock alone will meet the gate", () => {
    const record = aFinishedRecord({
      ...{ stage: "Handover", receiptAcknowledged: "Requested", clientLetters: "Off" },
    });
    const history = aHistory(
      { from: "Deployment", to: "Handover" },
      refused({ from: "Handover", to: "Review" }),
    );
    // Five business days after Tuesday 10 March is Tuesday 17, from midnight in Paris
    const open = Date.UTC(2026, 2, 16, 23);
    expect(decide(record, history, anOffice(), tuesdayAtTen, [gateCommentRule]).wakeAt).toBe(open);
    expect(comments(record, history)[0]).toContain("or wait until 2026-03-17");
    expect(comments(record, history, open)[0]).toContain("Move the card to Review again");
    expect(decide(record, history, anOffice(), open, [gateCommentRule]).wakeAt).toBeNull();
  });

  it("stands on each page where something was put back", () => {
    const milestone = aMilestone("Client handover", { pageId: "m1" });
    const finding = {
      criterion: "workflow",
      sentence: "Write a comment first.",
      places: [],
      overridable: false,
    };
    const signOff = {
      pageId: "m1",
      property: "signOff",
      from: "Requested",
      to: "Approved",
      findings: [finding],
    };
    const certification = {
      property: "qaCertification",
      from: "Pending",
      to: "PASS",
      version: 1,
      findings: [finding],
    };
    const record = { ...inProduction, milestones: [milestone] };
    expect(comments(record, aHistory(refused(), refused(certification), refused(signOff)))).toEqual([
      expect.stringMatching(/Not yet in QA\n[\s\S]*\n\nQA certification was put back to Pending\n/),
      "Sign-off was put back to Requested\n@ana asked for Approved. Write a comment first.",
    ]);
  });
});

describe("replies in the gate comment's thread", () => {
  it("go to every further attempt; the first has the comment itself", () => {
    expect(replies(inProduction, aHistory(refused()))).toEqual([]);
    expect(replies(inProduction, aHistory(refused(), refused(), refused()))).toEqual([
      "reply|project|stage#2",
      "reply|project|stage#3",
    ]);
  });

  it("mention the person who tried and happen because of that attempt", () => {
    const [action] = decided(
      inProduction,
      aHistory(refused(), refused({ by: { kind: "person", id: "ben" } })),
    ).actions;
    expect(action).toMatchObject({
      rule: "gate-reply",
      subject: "project",
      cause: { kind: "transition", property: "stage", version: 2 },
      causedAt: tuesdayAtTen + 60_000,
      window: null,
      payload: { kind: "reply", pageId: "project", text: [{ person: "ben" }, {}] },
    });
  });

  it("are not wanted any more once a move was accepted; the next attempt gets one again", () => {
    const settled = [refused(), refused(), { from: "In production", to: "QA" }];
    expect(replies(aFinishedRecord({ stage: "QA" }), aHistory(...settled))).toEqual([]);
    const again = aHistory(...settled, refused({ from: "QA", to: "Deployment" }));
    expect(replies(aFinishedRecord({ stage: "QA" }), again)).toEqual(["reply|project|stage#4"]);
  });
});

describe("the Gate property", () => {
  it("says what is missing for the next stage", () => {
    expect(propertyWanted("gate", ready)).toMatchObject({
      rule: "gate-text",
      database: "projects",
      value: "Ready for QA",
    });
  });
});

describe("Live since", () => {
  const liveSince = (project: Parameters<typeof aFinishedRecord>[0]) =>
    propertyWanted("liveSince", aFinishedRecord(project));

  it("is the minute in which letters were switched on", () => {
    const record = aFinishedRecord({ clientLetters: "Automatic" });
    const wanted = decide(record, aHistory(), anOffice(), tuesdayAtTen + 42_000).values;
    expect(wanted).toContainEqual(expect.objectContaining({ value: day("2026-03-10T09:00:00.000Z") }));
  });

  it("stays while they are on, and is emptied when they are switched off", () => {
    const since = day("2026-02-01");
    expect(liveSince({ clientLetters: "Review first", liveSince: since })).toMatchObject({ value: since });
    expect(liveSince({ clientLetters: "Off", liveSince: since })).toMatchObject({ value: null });
  });

  it("is empty for a project older than Milepost that says nothing, set for a newer one", () => {
    expect(liveSince({ createdTime: Date.UTC(2025, 0) })).toMatchObject({ value: null });
    expect(liveSince({})).toMatchObject({ value: { start: "2026-03-10T09:00:00.000Z" } });
  });
});

describe("the certification", () => {
  const certified = { property: "qaCertification", from: "Pending", to: "PASS", version: 1 };
  const back = { from: "QA", to: "In production" };
  const wanted = (project: Parameters<typeof aFinishedRecord>[0], ...history: Partial<Transition>[]) =>
    propertyWanted("qaCertification", aFinishedRecord(project), aHistory(...history));

  it("is Pending again when the work goes back from QA, or from deployment, to production", () => {
    expect(wanted({ stage: "In production" }, certified, back)).toMatchObject({ value: "Pending" });
    const fromDeployment = { from: "Deployment", to: "In production" };
    expect(wanted({ stage: "In production" }, certified, fromDeployment)).toMatchObject({ value: "Pending" });
  });

  it("stays when the work goes forward, on hold, or from deployment to QA", () => {
    for (const [from, to] of [
      ["QA", "Deployment"],
      ["QA", "On hold"],
      ["Deployment", "QA"],
    ] as const)
      expect(wanted({ stage: to }, certified, { from, to })).toBeUndefined();
  });

  it("stays when it was given after the work went back", () => {
    expect(wanted({ stage: "QA" }, back, certified)).toBeUndefined();
  });

  it("given in the same edit as the move back counts as given before it", () => {
    const sameEdit = { ...certified, at: tuesdayAtTen };
    expect(wanted({ stage: "In production" }, sameEdit, { ...back, at: tuesdayAtTen })).toMatchObject({
      value: "Pending",
    });
  });

  it("is left alone where a refused move changed nothing", () => {
    expect(wanted({ stage: "QA" }, certified, { ...back, outcome: "refused" })).toBeUndefined();
  });
});
