import { describe, expect, it } from "vitest";
import type { Stage } from "../../notion-templates/stages.ts";
import {
  meetsGoal,
  mostFrequentFindings,
  officeAnswers,
  projectAnswers,
} from "../../src/domain/measure-answers.ts";
import { measureProject } from "../../src/domain/measures.ts";
import { officeMeasures } from "../../src/domain/office-measures.ts";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import type { Transition } from "../../src/types/loop.ts";
import {
  aChangeRequest,
  aCheck,
  aHistory,
  aMilestone,
  anAsk,
  anOffice,
  aRecord,
  aRisk,
  day,
  tuesdayAtTen,
} from "../support/records.ts";

const hour = 3_600_000;
const now = tuesdayAtTen + 100 * hour;
const office = anOffice();

const measured = (
  changes: Parameters<typeof aRecord>[0] = {},
  ...transitions: readonly Partial<Transition>[]
) => measureProject({ record: aRecord(changes), history: aHistory(...transitions), office, now });
const of = (project: Partial<DeliveryRecord["project"]>) =>
  measured({ project: { stage: "Review", ...project } });

describe("a project", () => {
  it("without answers has none", () => {
    expect(measured()).toEqual({
      ...{ onTime: null, rating: null, issuesAfterLaunch: null, criticalAfterLaunch: null, slip: null },
      ...{ revisions: [], scopeChanges: 0, clientWait: 0, escalations: 0, findings: {} },
      ...{ gates: { counted: 0, passed: 0 }, checks: { counted: 0, passed: 0 } },
      ...{ documents: { counted: 0, passed: 0 }, timeInStage: { Intake: 100 * hour } },
    });
  });

  it("is on time up to the agreed day", () => {
    const agreedDelivery = day("2026-03-24");
    expect(of({ agreedDelivery, delivered: day("2026-03-24") }).onTime).toBe(true);
    expect(of({ agreedDelivery, delivered: day("2026-03-25") }).onTime).toBe(false);
    // 23:30 UTC on the 24th is the 25th in Paris
    expect(of({ agreedDelivery, delivered: day("2026-03-24T23:30:00.000Z") }).onTime).toBe(false);
    expect(of({ agreedDelivery }).onTime).toBeNull();
    expect(of({ agreedDelivery, delivered: day("9999-03-24") }).onTime).toBeNull();
  });

  it("is delivered from Handover on, on hold too, whatever a copy or a handover that failed has left", () => {
    const delivered = { agreedDelivery: day("2026-03-24"), delivered: day("2026-03-24") };
    const onTime = (stage: Stage, ...transitions: readonly Partial<Transition>[]) =>
      measured({ project: { ...delivered, stage } }, ...transitions).onTime;
    expect((["Intake", "Deployment", "Cancelled"] as const).map((stage) => onTime(stage))).toEqual([
      ...[null, null, null],
    ]);
    expect((["Handover", "Review", "Complete"] as const).map((stage) => onTime(stage))).toEqual([
      ...[true, true, true],
    ]);
    expect(onTime("On hold", { from: "Handover", to: "On hold" })).toBe(true);
    expect(onTime("On hold", { from: "Deployment", to: "On hold" })).toBeNull();
  });

  it("slips by the business days between baseline and delivery, or its forecast until then", () => {
    const baselineDelivery = day("2026-03-20");
    // Fri 20: Mon 23, Tue 24
    expect(of({ baselineDelivery, forecastDelivery: day("2026-03-24") }).slip).toBe(2);
    expect(
      of({ baselineDelivery, forecastDelivery: day("2026-03-24"), delivered: day("2026-03-19") }).slip,
    ).toBe(-1);
    expect(of({ baselineDelivery: day("soon"), delivered: day("2026-03-19") }).slip).toBeNull();
  });

  it("does not count a rating outside 1 to 10", () => {
    expect([1, 10, 0, 11, null].map((rating) => of({ rating }).rating)).toEqual([1, 10, null, null, null]);
  });

  it("counts the issues since it was launched, from that minute on", () => {
    const launched = tuesdayAtTen + 10 * hour;
    const handover = { from: "Deployment", to: "Handover", at: launched + 30_000 };
    const risks = [
      aRisk({ kind: "Issue", createdTime: launched - 60_000 }),
      aRisk({ kind: "Issue", createdTime: launched }),
      aRisk({ kind: "Issue", severity: "Critical", createdTime: launched + hour }),
      aRisk({ kind: "Risk", createdTime: launched + hour }),
    ];
    expect(measured({ risks }, handover)).toMatchObject({ issuesAfterLaunch: 2, criticalAfterLaunch: 1 });
    expect(measured({ risks }).issuesAfterLaunch).toBeNull();
    // Launched before Milepost looked: nobody knows since when.
    const old = measured({ risks }, { ...handover, outcome: "baseline" });
    expect(old.issuesAfterLaunch).toBeNull();
  });

  it("changed its scope by what the client approved for this phase and did not take back", () => {
    const changeRequests = [
      aChangeRequest({ pageId: "approved", status: "Outdated", option: "Change order" }),
      aChangeRequest({ pageId: "later", status: "Approved", option: "Defer to phase 2" }),
      aChangeRequest({ pageId: "cancelled", status: "Cancelled" }),
      aChangeRequest({ pageId: "asked", status: "Awaiting client" }),
    ];
    const approved = (pageId: string) => ({ pageId, property: "status", to: "Approved" });
    const history = [approved("approved"), approved("later"), approved("cancelled")];
    expect(measured({ changeRequests }, ...history).scopeChanges).toBe(1);
  });

  it("counts revisions of the milestones that were put to the client", () => {
    const signOff = (pageId: string, version: number, to: string) => ({
      ...{ pageId, property: "signOff", version, to },
    });
    const history = [
      signOff("design", 1, "To request"),
      signOff("design", 2, "Requested"),
      signOff("design", 3, "Changes requested"),
      signOff("design", 4, "Requested"),
      signOff("design", 5, "Approved"),
      signOff("build", 1, "Requested"),
      signOff("launch", 1, "To request"),
    ];
    const milestones = ["design", "build", "launch", "other"].map((pageId) =>
      aMilestone("Plan milestone", { pageId }),
    );
    expect(measured({ milestones }, ...history).revisions).toEqual([1, 0]);
  });

  it("was as long in a stage as all its stays there, in Intake from its creation on", () => {
    const moves = [
      { from: "Intake", to: "In production", at: tuesdayAtTen + 5 * hour },
      { from: "In production", to: "QA", at: tuesdayAtTen + 40 * hour },
      { from: "QA", to: "In production", at: tuesdayAtTen + 50 * hour },
      { from: "In production", to: "QA", at: tuesdayAtTen + 70 * hour },
      { from: "QA", to: "Deployment", at: tuesdayAtTen + 71 * hour, outcome: "refused" as const },
    ];
    // 35 + 20, 10 + 30
    expect(measured({}, ...moves).timeInStage).toEqual({
      ...{ Intake: 5 * hour, "In production": 55 * hour, QA: 40 * hour },
    });
    const older = { from: null, to: "Planning", outcome: "baseline" as const, at: tuesdayAtTen + 90 * hour };
    expect(measured({}, older).timeInStage).toEqual({ Planning: 10 * hour });
  });

  it("counts gates by the first request that crosses them, and every refusal of a criterion", () => {
    const finding = (criterion: string) => ({ criterion, sentence: "", places: [], overridable: true });
    const measures = measured(
      {},
      // Unknown to the process: no gate was asked for.
      { from: "Intake", to: "Handover", outcome: "refused", findings: [finding("move")] },
      // The gate of Intake is met, that of Planning is not.
      {
        ...{ from: "Intake", to: "In production", outcome: "refused" },
        findings: [finding("scope-written"), finding("risk-register"), finding("risk-register")],
      },
      { from: "Intake", to: "Planning" },
      { from: "Planning", to: "In production", outcome: "refused", findings: [finding("risk-register")] },
      { from: "Planning", to: "In production" },
      // An override is no pass, and a way back no gate.
      { from: "In production", to: "QA", findings: [finding("override"), finding("qa-lead-named")] },
      { from: "QA", to: "In production" },
      { from: "In production", to: "QA" },
      // A reason that nothing needed takes nothing away.
      { from: "QA", to: "Deployment", findings: [finding("override")] },
    );
    expect(measures.gates).toEqual({ counted: 4, passed: 2 });
    expect(mostFrequentFindings([measures, measures])).toEqual([
      {
        ...{ criterion: "risk-register", sentence: "Identify dependencies and risks", count: 4 },
        source: "process/002 §2 Actions",
      },
      {
        ...{ criterion: "scope-written", sentence: "Define in-scope and out-of-scope explicitly", count: 2 },
        source: "process/001 SOP 2",
      },
    ]);
  });

  it("waited for the client while at least one ask stood open", () => {
    const asks = ["crm", "logo"].map((pageId) => anAsk({ pageId }));
    const state = (pageId: string, version: number, to: string, hours: number) => ({
      ...{ pageId, property: "state", version, to, at: tuesdayAtTen + hours * hour },
    });
    // crm 0-10 and 20-30, logo 5-12: 12 and 10 hours
    const history = [
      ...[state("crm", 1, "Open", 0), state("crm", 2, "Answered", 10), state("crm", 3, "Open", 20)],
      ...[state("crm", 4, "Withdrawn", 30), state("logo", 1, "Answered", 12)],
    ];
    const [crm, logo] = asks;
    if (!crm || !logo) throw new Error("two asks");
    const later = { ...logo, createdTime: tuesdayAtTen + 5 * hour };
    expect(measured({ asks: [crm, later] }, ...history).clientWait).toBe(22 * hour);
    expect(measured({ asks: [crm] }).clientWait).toBe(100 * hour);
  });

  it("counts escalations, and the checks that are passed or do not apply for a reason", () => {
    const risks = [aRisk({ kind: "Escalation" }), aRisk({ kind: "Escalation", status: "Resolved" }), aRisk()];
    const checks = [
      aCheck({ checkpoint: "Documentation", result: "Passed" }),
      aCheck({ checkpoint: "Handover", result: "Not checked" }),
      aCheck({ result: "Not applicable", reason: "No CRM" }),
      aCheck({ result: "Not applicable" }),
    ];
    expect(measured({ risks, checks })).toMatchObject({
      ...{ escalations: 2, checks: { counted: 4, passed: 2 }, documents: { counted: 2, passed: 1 } },
    });
  });
});

describe("an office", () => {
  const agreedDelivery = day("2026-03-24");
  const approved = { pageId: "change-request", property: "status", to: "Approved" };
  const checks = [aCheck({ result: "Passed" }), aCheck({ result: "Passed" }), aCheck()];
  const projects = [
    measured({
      project: { stage: "Complete", agreedDelivery, delivered: day("2026-03-24"), rating: 9 },
      checks,
    }),
    measured(
      {
        project: { stage: "Complete", agreedDelivery, delivered: day("2026-03-26"), rating: 6 },
        ...{ changeRequests: [aChangeRequest({ status: "Approved" })], checks: [aCheck()] },
      },
      approved,
    ),
    measured(),
  ];

  it("has the documents' targets beside its numbers", () => {
    const targets = officeMeasures.flatMap(({ id, goal }) => (goal ? [[id, goal.kind, goal.value]] : []));
    // process/000 "Performance Metrics": >85%, 8+, <3 per project, 0, <20% of projects, <2 per milestone, 100%; Definition of Done: 100%
    expect(targets).toEqual([
      ["on-time", "above", 0.85],
      ["rating", "atLeast", 8],
      ["issues-after-launch", "below", 3],
      ["critical-after-launch", "exactly", 0],
      ["scope-changes", "below", 0.2],
      ["revisions", "below", 2],
      ["documents-complete", "exactly", 1],
      ["checks-complete", "exactly", 1],
    ]);
  });

  it("counts only the projects that have an answer, and every check alike", () => {
    const answers = Object.fromEntries(officeAnswers(projects).map((one) => [one.id, one]));
    expect(Object.entries(answers).map(([id, { value, met }]) => [id, value, met])).toEqual([
      ["on-time", 0.5, false],
      ["rating", 7.5, false],
      ["issues-after-launch", null, null],
      ["critical-after-launch", null, null],
      ["scope-changes", 1 / 3, false],
      ["slip", null, null],
      ["revisions", null, null],
      ["gate-first-pass", null, null],
      ["client-wait", 0, null],
      ["escalations", 0, null],
      ["documents-complete", null, null],
      // 2 of 4, though one project has 2 of 3 and the other none of 1
      ["checks-complete", 0.5, false],
      ["time-in-intake", 100 / 24, null],
      ...["planning", "in-production", "qa", "deployment", "handover", "review", "on-hold"].map((stage) => [
        ...[`time-in-${stage}`, null, null],
      ]),
    ]);
    expect(officeAnswers([]).filter(({ value }) => value !== null)).toEqual([]);
  });

  it("has no target of shares of projects for one project", () => {
    const [first, second] = projects.map((one) => new Map(projectAnswers(one).map((a) => [a.id, a])));
    expect(first?.get("on-time")).toMatchObject({ unit: "yes or no", value: 1, goal: null, met: null });
    expect(second?.get("scope-changes")).toMatchObject({ unit: "change requests", value: 1, goal: null });
    expect(second?.get("rating")).toMatchObject({ value: 6, met: false });
  });

  it("meets a goal or does not, or has nothing to say", () => {
    const goal = (kind: "above" | "below" | "atLeast" | "exactly") => ({ kind, value: 8 });
    expect([7, 8, 9].map((value) => meetsGoal(goal("above"), value))).toEqual([false, false, true]);
    expect([7, 8, 9].map((value) => meetsGoal(goal("below"), value))).toEqual([true, false, false]);
    expect([7, 8, 9].map((value) => meetsGoal(goal("atLeast"), value))).toEqual([false, true, true]);
    expect([7, 8, 9].map((value) => meetsGoal(goal("exactly"), value))).toEqual([false, true, false]);
    expect([meetsGoal(null, 1), meetsGoal(goal("above"), null)]).toEqual([null, null]);
  });
});
