import { describe, expect, it } from "vitest";
import { databasesNamed, judge, type StageRequest } from "../../src/domain/gates.ts";
import { overriddenMoves } from "../../src/domain/overrides.ts";
import { aFinishedRecord, aHistory, anOffice, aRecord, people, tuesdayAtTen } from "../support/records.ts";

const production = { kind: "person", id: people.production } as const;
const manager = { kind: "person", id: people.manager } as const;

const request = (changes: Partial<StageRequest>): StageRequest => ({
  ...{ record: aRecord({}), history: aHistory(), office: anOffice(), now: tuesdayAtTen },
  ...{ from: "Intake", to: "Planning", by: production },
  ...changes,
});

const found = (changes: Partial<StageRequest>): readonly string[] | "allowed" => {
  const verdict = judge(request(changes));
  return verdict.allowed ? "allowed" : verdict.findings.map(({ criterion }) => criterion);
};

const reason = "The client starts on Monday";
const withReason = aRecord({ project: { overrideReason: reason } });

describe("a move forward", () => {
  it("is allowed when its gate is met", () => {
    expect(judge(request({ record: aFinishedRecord() }))).toEqual({ allowed: true, overridden: [] });
  });

  it("is refused with every finding of its gate", () => {
    expect(found({})).toEqual(["requirements-signed-off", "timeline-acknowledged"]);
  });

  it("over several stages has to meet every gate between, and hears of all at once", () => {
    expect(found({ from: "Intake", to: "Deployment" })).toEqual([
      ...["requirements-signed-off", "timeline-acknowledged"],
      ...["schedule-complete", "schedule-acknowledged", "schedule-acknowledged"],
      ...["risk-register", "delay-agreed"],
      ...["scope-written", "scope-written", "success-criteria-written", "acceptance-criteria-written"],
      ...["client-owner", "onboarding-checked", "production-complete"],
      ...["qa-certified", "checkpoints-passed", "fallback-described", "deployment-window"],
    ]);
    expect(found({ record: aFinishedRecord(), from: "Intake", to: "Complete" })).toBe("allowed");
    const uncertified = aFinishedRecord({ qaCertification: "FAIL" });
    expect(found({ record: uncertified, from: "Intake", to: "Complete" })).toEqual(["qa-certified"]);
  });

  it("says when the clock alone will change the verdict", () => {
    const record = aFinishedRecord({ stage: "Handover", receiptAcknowledged: "Requested" });
    const history = aHistory({ from: "Deployment", to: "Handover" });
    expect(judge(request({ record, history, from: "Handover", to: "Review" }))).toMatchObject({
      allowed: false,
      changesAt: Date.UTC(2026, 2, 16, 23),
    });
  });
});

describe("a move that no gate judges", () => {
  it("is allowed back, on hold and to cancelled with nothing filled in", () => {
    for (const to of ["In production", "On hold", "Cancelled"])
      expect(found({ from: "QA", to })).toBe("allowed");
  });

  it("is refused where the process does not know it, and no reason overrides that", () => {
    const verdict = judge(request({ record: withReason, from: "QA", to: "Intake", by: manager }));
    expect(verdict).toMatchObject({
      allowed: false,
      findings: [{ criterion: "move", places: [{ property: "stage" }], overridable: false }],
    });
  });

  it("is refused to everybody but the team", () => {
    expect(
      judge(request({ record: aFinishedRecord(), by: { kind: "client", id: "contact" } })),
    ).toMatchObject({
      findings: [{ sentence: "Only the team moves a project." }],
    });
    expect(found({ record: aFinishedRecord(), by: { kind: "unknown" } })).toBe("allowed");
  });
});

describe("an override", () => {
  it("passes what may be overridden and keeps its reason", () => {
    const verdict = judge(request({ record: withReason, by: manager }));
    expect(verdict).toMatchObject({
      allowed: true,
      overridden: [
        { criterion: "override", sentence: reason },
        { criterion: "requirements-signed-off" },
        { criterion: "timeline-acknowledged" },
      ],
    });
  });

  it("counts only from people listed in Office, and says so", () => {
    const verdict = judge(request({ record: withReason }));
    expect(verdict.allowed || verdict.findings.at(-1)).toEqual({
      criterion: "override",
      sentence: "The Override reason counts only when somebody listed in Office moves the card.",
      places: [
        { database: "projects", pageId: "project", property: "overrideReason" },
        { database: "office", pageId: null, property: "mayOverride" },
      ],
      overridable: false,
    });
    expect(judge(request({ record: withReason, by: { kind: "unknown" } })).allowed).toBe(false);
  });

  it("is none without a reason", () => {
    expect(
      judge(request({ record: aRecord({ project: { overrideReason: "  " } }), by: manager })).allowed,
    ).toBe(false);
  });

  it("never passes QA's certification, and then names that alone", () => {
    expect(found({ record: withReason, from: "QA", to: "Deployment", by: manager })).toEqual([
      "qa-certified",
    ]);
  });

  it("counts for one move only", () => {
    const first = judge(request({ record: withReason, by: manager }));
    const history = aHistory({ findings: first.allowed ? first.overridden : [] });
    const verdict = judge(
      request({ record: withReason, history, from: "Planning", to: "In production", by: manager }),
    );
    expect(verdict.allowed || verdict.findings.at(-1)?.sentence).toBe(
      "The Override reason has been used for the move to Planning. Write a new one for this move.",
    );
    const renewed = aRecord({ project: { overrideReason: "The lead is on leave" } });
    expect(found({ record: renewed, history, from: "Planning", to: "In production", by: manager })).toBe(
      "allowed",
    );
  });

  it("is used up by the next accepted move, also by one that needs none", () => {
    const met = aFinishedRecord({ overrideReason: reason });
    const verdict = judge(request({ record: met }));
    expect(verdict).toMatchObject({
      allowed: true,
      overridden: [{ criterion: "override", sentence: reason }],
    });
    const history = aHistory({ findings: verdict.allowed ? verdict.overridden : [] });
    expect(
      found({ record: withReason, history, from: "Planning", to: "In production", by: manager }),
    ).toContain("override");
    expect(overriddenMoves(met, history)).toEqual([]);
  });

  it("is not used up by a refused move, nor by one that no gate judges", () => {
    const met = aFinishedRecord({ overrideReason: reason });
    const hold = judge(request({ record: met, from: "Planning", to: "On hold", by: manager }));
    expect(hold).toEqual({ allowed: true, overridden: [] });
    const history = aHistory({ outcome: "refused" }, { from: "Planning", to: "Intake" });
    expect(found({ record: withReason, history, by: manager })).toBe("allowed");
  });

  it("is told with who moved, why, and everything that it let pass", () => {
    const verdict = judge(request({ record: withReason, by: manager }));
    const history = aHistory(
      { outcome: "refused", findings: verdict.allowed ? verdict.overridden : [] },
      { by: manager, findings: verdict.allowed ? verdict.overridden : [] },
    );
    expect(overriddenMoves(withReason, history)).toMatchObject([
      {
        transition: { version: 2, from: "Intake", to: "Planning", by: manager },
        reason,
        passed: [{ criterion: "requirements-signed-off" }, { criterion: "timeline-acknowledged" }],
      },
    ]);
  });
});

describe("before a refusal", () => {
  it("the databases to read again are those that the findings name", () => {
    const verdict = judge(request({ from: "Intake", to: "QA" }));
    expect(verdict.allowed ? [] : databasesNamed(verdict.findings)).toEqual([
      "projects",
      "milestones",
      "risks",
      "checks",
    ]);
  });
});
