import { describe, expect, it } from "vitest";
import { type MeasuredProject, measureProject } from "../../src/domain/measures.ts";
import { meetsGoal, mostFrequentFindings, officeMeasures } from "../../src/domain/office-measures.ts";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import {
  aChangeRequest,
  aHistory,
  aMilestone,
  anOffice,
  aRecord,
  aRisk,
  day,
  tuesdayAtTen,
} from "../support/records.ts";

const hour = 3_600_000;
const ground = { calendar: anOffice(), timeZone: "Europe/Paris", now: tuesdayAtTen + 100 * hour };

const aProjectOf = (changes: Partial<MeasuredProject> = {}): MeasuredProject => ({
  ...{
    record: aRecord({}),
    history: aHistory(),
    recommends: null,
    clientWaits: [],
    checks: null,
    documents: null,
  },
  ...changes,
});
const measured = (changes: Partial<MeasuredProject> = {}) => measureProject(aProjectOf(changes), ground);
const of = (project: Partial<DeliveryRecord["project"]>) => measured({ record: aRecord({ project }) });

describe("a project", () => {
  it("without answers has none", () => {
    expect(measured()).toMatchObject({
      ...{ onTime: null, rating: null, recommends: null, issuesAfterLaunch: null, slip: null, revisions: [] },
      ...{ changeRequests: 0, clientWait: 0, checksComplete: null, documentsComplete: null, timeInStage: {} },
      gates: { asked: 0, firstPass: 0 },
    });
  });

  it("is on time up to the agreed day", () => {
    const agreedDelivery = day("2026-03-24");
    expect(of({ agreedDelivery, delivered: day("2026-03-24") }).onTime).toBe(true);
    expect(of({ agreedDelivery, delivered: day("2026-03-25") }).onTime).toBe(false);
    // 23:30 UTC on the 24th is the 25th in Paris
    expect(of({ agreedDelivery, delivered: day("2026-03-24T23:30:00.000Z") }).onTime).toBe(false);
    expect(of({ agreedDelivery }).onTime).toBeNull();
  });

  it("slips by the business days between baseline and delivery, or its forecast until then", () => {
    const baselineDelivery = day("2026-03-20");
    // Fri 20: Mon 23, Tue 24
    expect(of({ baselineDelivery, forecastDelivery: day("2026-03-24") }).slip).toBe(2);
    expect(
      of({ baselineDelivery, forecastDelivery: day("2026-03-24"), delivered: day("2026-03-19") }).slip,
    ).toBe(-1);
  });

  it("does not count a rating outside 1 to 10", () => {
    expect([1, 10, 0, 11, null].map((rating) => of({ rating }).rating)).toEqual([1, 10, null, null, null]);
  });

  it("counts the issues since it was launched", () => {
    const launched = tuesdayAtTen + 10 * hour;
    const history = aHistory({ from: "Deployment", to: "Handover", at: launched });
    const risks = [
      aRisk({ kind: "Issue", createdTime: launched - 1 }),
      aRisk({ kind: "Issue", createdTime: launched }),
      aRisk({ kind: "Issue", severity: "Critical", createdTime: launched + hour }),
      aRisk({ kind: "Risk", createdTime: launched + hour }),
    ];
    const record = aRecord({ risks });
    expect(measured({ record, history })).toMatchObject({ issuesAfterLaunch: 2, criticalAfterLaunch: 1 });
    expect(measured({ record }).issuesAfterLaunch).toBeNull();
  });

  it("counts revisions of the milestones that were put to the client", () => {
    const signOff = (pageId: string, version: number, to: string) => ({
      pageId,
      property: "signOff",
      version,
      to,
    });
    const history = aHistory(
      signOff("design", 1, "To request"),
      signOff("design", 2, "Requested"),
      signOff("design", 3, "Changes requested"),
      signOff("design", 4, "Requested"),
      signOff("design", 5, "Approved"),
      signOff("build", 1, "Requested"),
      signOff("launch", 1, "To request"),
    );
    const milestones = ["design", "build", "launch", "other"].map((pageId) =>
      aMilestone("Plan milestone", { pageId }),
    );
    expect(measured({ record: aRecord({ milestones }), history }).revisions).toEqual([1, 0]);
  });

  it("was as long in a stage as all its stays there", () => {
    const history = aHistory(
      { from: "Planning", to: "In production", at: tuesdayAtTen },
      { from: "In production", to: "QA", at: tuesdayAtTen + 40 * hour },
      { from: "QA", to: "In production", at: tuesdayAtTen + 50 * hour },
      { from: "In production", to: "QA", at: tuesdayAtTen + 70 * hour },
      { from: "QA", to: "Deployment", at: tuesdayAtTen + 71 * hour, outcome: "refused" },
    );
    expect(measured({ history }).timeInStage).toEqual({ "In production": 60 * hour, QA: 40 * hour });
  });

  it("counts gates by their first request, and every finding", () => {
    const finding = (criterion: string) => ({ criterion, sentence: "", places: [], overridable: true });
    const history = aHistory(
      { from: "Intake", to: "Planning" },
      { from: "Planning", to: "In production", outcome: "refused", findings: [finding("a"), finding("b")] },
      { from: "Planning", to: "In production", outcome: "refused", findings: [finding("b")] },
      { from: "Planning", to: "In production" },
      // Back from QA is no gate; a gate that was overridden was not passed.
      { from: "QA", to: "In production" },
      { from: "In production", to: "QA", findings: [finding("override"), finding("a")] },
      // A reason that nothing needed takes nothing away.
      { from: "QA", to: "Deployment", findings: [finding("override")] },
    );
    const measures = measured({ history });
    expect(measures).toMatchObject({ gates: { asked: 4, firstPass: 2 }, findings: { a: 1, b: 2 } });
    expect(mostFrequentFindings([measures, measures])).toEqual([
      { criterion: "b", count: 4 },
      { criterion: "a", count: 2 },
    ]);
  });

  it("waits for the client until the answer, or until now", () => {
    const clientWaits = [
      { askedAt: tuesdayAtTen, answeredAt: tuesdayAtTen + 5 * hour },
      { askedAt: tuesdayAtTen + 98 * hour, answeredAt: null },
    ];
    expect(measured({ clientWaits }).clientWait).toBe(7 * hour);
  });

  it("counts escalations, and the share of checks and documents", () => {
    const risks = [
      aRisk({ kind: "Escalation" }),
      aRisk({ kind: "Escalation", status: "Resolved" }),
      aRisk({}),
    ];
    expect(
      measured({
        record: aRecord({ risks }),
        checks: { counted: 36, passed: 27 },
        documents: { counted: 0, passed: 0 },
      }),
    ).toMatchObject({ escalations: { raised: 2, open: 1 }, checksComplete: 0.75, documentsComplete: null });
  });
});

describe("an office", () => {
  const agreedDelivery = day("2026-03-24");
  const projects = [
    aProjectOf({
      record: aRecord({ project: { agreedDelivery, delivered: day("2026-03-24"), rating: 9 } }),
      recommends: true,
    }),
    aProjectOf({
      record: aRecord({
        project: { agreedDelivery, delivered: day("2026-03-26"), rating: 6 },
        changeRequests: [aChangeRequest()],
      }),
    }),
    aProjectOf(),
  ].map((project) => measureProject(project, ground));

  it("has the documents' targets beside its numbers", () => {
    const targets = officeMeasures.flatMap(({ id, goal }) => (goal ? [[id, goal.kind, goal.value]] : []));
    // process/000 "Performance Metrics": >85%, 8+, <3 per project, 0, <20% of projects, <2 per milestone, 100%; Definition of Done: 100%
    expect(targets).toEqual([
      ["on-time", "above", 0.85],
      ["rating", "atLeast", 8],
      ["issues-after-launch", "below", 3],
      ["critical-after-launch", "exactly", 0],
      ["change-frequency", "below", 0.2],
      ["revisions", "below", 2],
      ["documents-complete", "exactly", 1],
      ["checks-complete", "exactly", 1],
    ]);
  });

  it("counts only the projects that have an answer", () => {
    const numbers = Object.fromEntries(officeMeasures.map(({ id, of: number }) => [id, number(projects)]));
    expect(numbers).toMatchObject({
      ...{ "on-time": 0.5, rating: 7.5, recommendation: 1, "change-frequency": 1 / 3 },
      ...{ slip: null, revisions: null, "gate-first-pass": null, "issues-after-launch": null },
    });
    expect(officeMeasures.map(({ of: number }) => number([])).every((value) => value === null)).toBe(true);
  });

  it("meets a goal or does not, or has nothing to say", () => {
    const goal = (kind: "above" | "below" | "atLeast" | "exactly") => ({ kind, value: 8, source: "" });
    expect([7, 8, 9].map((value) => meetsGoal(goal("above"), value))).toEqual([false, false, true]);
    expect([7, 8, 9].map((value) => meetsGoal(goal("below"), value))).toEqual([true, false, false]);
    expect([7, 8, 9].map((value) => meetsGoal(goal("atLeast"), value))).toEqual([false, true, true]);
    expect([7, 8, 9].map((value) => meetsGoal(goal("exactly"), value))).toEqual([false, true, false]);
    expect([meetsGoal(null, 1), meetsGoal(goal("above"), null)]).toEqual([null, null]);
  });
});
