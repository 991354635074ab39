import { describe, expect, it } from "vitest";
import { gateText } from "../../src/content/gate-text.ts";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import { regressions } from "../../src/domain/regressions.ts";
import type { History } from "../../src/types/loop.ts";
import { aFinishedRecord, aHistory, anOffice, aRisk, tuesdayAtTen } from "../support/records.ts";

const situation = (record: DeliveryRecord, history: History, now = tuesdayAtTen) => ({
  ...{ record, history, now },
  office: anOffice(),
});
const found = (record: DeliveryRecord, history: History) =>
  regressions(situation(record, history)).findings.map(({ criterion }) => criterion);

const highRisk = {
  ...aFinishedRecord({ stage: "In production" }),
  risks: [aRisk({ likelihood: "High", impact: "High", mitigation: "Wait" })],
};
const passed = aHistory({ from: "Intake", to: "Planning" }, { from: "Planning", to: "In production" });

describe("a criterion of a gate that was passed", () => {
  it("and is not met any more is told in the Gate property, beside what the next gate needs", () => {
    expect(gateText(situation(highRisk, passed)).text).toBe(
      "Ready for QA. No longer met: Name the Owner of “The CRM limits requests”: it is a high risk (Score 9)",
    );
  });

  it("is told for each gate of a jump", () => {
    expect(found(highRisk, aHistory({ from: "Intake", to: "In production" }))).toEqual(["high-risks-owned"]);
  });

  it("was never met where an override let it pass", () => {
    const finding = { criterion: "high-risks-owned", sentence: "", places: [], overridable: true };
    expect(found(highRisk, aHistory({ from: "Planning", to: "In production", findings: [finding] }))).toEqual(
      [],
    );
  });

  it("does not count where Milepost did not see the gate being passed, or refused the move", () => {
    expect(found(highRisk, aHistory({ from: null, to: "In production", outcome: "baseline" }))).toEqual([]);
    expect(found(highRisk, aHistory({ from: "Planning", to: "In production", outcome: "refused" }))).toEqual(
      [],
    );
  });

  it("is ahead again once the project has gone back behind it", () => {
    const planning = { ...highRisk, project: { ...highRisk.project, stage: "Planning" as const } };
    const back = aHistory(...passed.transitions, { from: "In production", to: "Planning" });
    expect(found(planning, back)).toEqual([]);
    expect(gateText(situation(planning, back)).text).toMatch(/^Needs: Name the Owner/);
  });

  it("is told once, as what is missing, where the next gate asks for it too", () => {
    const record = {
      ...aFinishedRecord({ stage: "Deployment" }),
      risks: [aRisk({ kind: "Issue", severity: "Critical" })],
    };
    expect(found(record, aHistory({ from: "QA", to: "Deployment" }))).toEqual([]);
  });

  it("does not come back where five business days were waited for the receipt", () => {
    const record = aFinishedRecord({ stage: "Review", receiptAcknowledged: "Requested" });
    const sixDaysLater = tuesdayAtTen + 8 * 86_400_000;
    const history = aHistory(
      { from: "Deployment", to: "Handover" },
      { from: "Handover", to: "Review", at: sixDaysLater },
    );
    const { findings } = regressions(situation(record, history, sixDaysLater));
    expect(findings).toEqual([]);
  });
});
