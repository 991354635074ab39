import { describe, expect, it } from "vitest";
import { type Stage, stageOptions } from "../../notion-templates/stages.ts";
import {
  enteredAt,
  isFinished,
  isStage,
  planMove,
  stageAfter,
  stageBefore,
} from "../../src/domain/lifecycle.ts";
import { aHistory, tuesdayAtTen } from "../support/records.ts";

const none = aHistory();
const dayMs = 86_400_000;

/**
 * Every move of process/002, from the row's stage to the column's, for a project whose history is not known:
 * F over one or more gates (§1 to §7 Gate), b back (§1, §3, §4, §5, §6), h on hold (§3), r back to where it was,
 * c cancelled, "." not part of the process.
 */
const matrix: Record<Stage, string> = {
  //              In Pl Pr QA De Ha Re Co oH Ca
  Intake: /*         */ ". F F F F F F F h c",
  Planning: /*       */ "b . F F F F F F h c",
  "In production": /**/ ". b . F F F F F h c",
  QA: /*             */ ". . b . F F F F h c",
  Deployment: /*     */ ". . b b . F F F h c",
  Handover: /*       */ ". . . . b . F F h c",
  Review: /*         */ ". . . . . b . F h c",
  Complete: /*       */ ". . . . . . b . . .",
  "On hold": /*      */ "r r r r r r r . . c",
  Cancelled: /*      */ "r r r r r r r . h .",
};
const columns: readonly Stage[] = [
  ...(["Intake", "Planning", "In production", "QA", "Deployment"] as const),
  ...(["Handover", "Review", "Complete", "On hold", "Cancelled"] as const),
];
const letters = { forward: "F", backward: "b", hold: "h", resume: "r", cancel: "c", illegal: "." };

describe("moves", () => {
  it.each(Object.entries(matrix))("from %s are those of the process", (from, row) => {
    const moves = columns.map((to) => letters[planMove(from as Stage, to, none, "project").kind]);
    expect(moves.join(" ")).toBe(row);
    expect(new Set(columns)).toEqual(new Set(stageOptions.map(({ name }) => name)));
  });

  it("forward cross every gate between, in order", () => {
    expect(planMove("Planning", "Deployment", none, "project")).toMatchObject({
      kind: "forward",
      gates: ["Planning", "In production", "QA"],
    });
    expect(planMove("Review", "Complete", none, "project")).toMatchObject({ gates: ["Review"] });
  });

  it("backward, on hold and to cancelled cross none", () => {
    for (const to of ["In production", "On hold", "Cancelled"] as const)
      expect(planMove("QA", to, none, "project")).toMatchObject({ gates: [] });
  });

  it("that the process does not know say which ones it does", () => {
    expect(planMove("QA", "Intake", none, "project")).toEqual({
      kind: "illegal",
      why: "A project cannot go from QA to Intake in one move. From QA it can go to Deployment, In production, On hold or Cancelled.",
    });
    expect(planMove("Complete", "On hold", none, "project")).toEqual({
      kind: "illegal",
      why: "A complete project cannot go to On hold. From Complete it can go to Review.",
    });
    expect(planMove("QA", "QA", none, "project")).toMatchObject({ why: "The project is in QA already." });
    expect(planMove("QA", null, none, "project")).toMatchObject({ why: "Stage cannot be empty." });
  });

  it("count an unknown stage as Intake, so that no gate is passed by", () => {
    expect(planMove(null, "In production", none, "project")).toMatchObject({ gates: ["Intake", "Planning"] });
    expect(planMove(null, "Intake", none, "project")).toMatchObject({ kind: "forward", gates: [] });
  });
});

describe("a project on hold", () => {
  const held = aHistory(
    { from: null, to: "QA", outcome: "baseline" },
    { from: "QA", to: "On hold" },
    { from: "On hold", to: "Planning", outcome: "refused" },
  );

  it("goes back only to where it was", () => {
    expect(stageBefore(held, "project")).toBe("QA");
    expect(planMove("On hold", "QA", held, "project").kind).toBe("resume");
    expect(planMove("On hold", "Deployment", held, "project")).toEqual({
      kind: "illegal",
      why: "Before On hold the project was in QA. It goes back there first.",
    });
  });

  it("and then cancelled still knows where it was", () => {
    const cancelled = aHistory({ from: "Handover", to: "On hold" }, { from: "On hold", to: "Cancelled" });
    expect(planMove("Cancelled", "Handover", cancelled, "project").kind).toBe("resume");
    expect(planMove("Cancelled", "Review", cancelled, "project").kind).toBe("illegal");
    expect(planMove("Cancelled", "On hold", cancelled, "project").kind).toBe("hold");
  });

  it("of which Milepost saw no earlier stage goes where the team says, but not to the end", () => {
    const unknown = aHistory({ from: null, to: "On hold", outcome: "baseline" });
    expect(planMove("On hold", "Deployment", unknown, "project").kind).toBe("resume");
    expect(planMove("On hold", "Complete", unknown, "project").kind).toBe("illegal");
  });
});

describe("the time in a stage", () => {
  it("begins with the move into it, not with the end of a hold", () => {
    const history = aHistory(
      { from: "Deployment", to: "Handover", at: 1000 },
      { from: "Handover", to: "On hold", at: 2000 },
      { from: "On hold", to: "Handover", at: 3000 },
    );
    expect(enteredAt(history, "project", "Handover")).toBe(1000);
  });

  it("begins anew when the project comes into it again", () => {
    const history = aHistory(
      { to: "Handover", from: "Deployment" },
      { to: "Deployment", from: "Handover" },
      { to: "Handover", from: "Deployment" },
    );
    expect(enteredAt(history, "project", "Handover")).toBe(tuesdayAtTen + 2 * 60_000);
  });

  it("begins with the end of a hold where nothing earlier is known, and is unknown without any move", () => {
    const resumed = aHistory(
      { from: null, to: "On hold", outcome: "baseline" },
      { from: "On hold", to: "Handover" },
    );
    expect(enteredAt(resumed, "project", "Handover")).toBe(tuesdayAtTen + 60_000);
    expect(enteredAt(none, "project", "Handover")).toBeNull();
  });

  it("ends the rules 30 days after Complete", () => {
    const complete = aHistory({ from: "Review", to: "Complete" });
    expect(isFinished(complete, "project", "Complete", tuesdayAtTen + 30 * dayMs)).toBe(false);
    expect(isFinished(complete, "project", "Complete", tuesdayAtTen + 30 * dayMs + 1)).toBe(true);
    expect(isFinished(complete, "project", "Review", tuesdayAtTen + 90 * dayMs)).toBe(false);
    expect(isFinished(none, "project", "Complete", tuesdayAtTen)).toBe(false);
  });
});

describe("stages", () => {
  it("follow each other as in process/002", () => {
    expect(columns.map(stageAfter)).toEqual([...columns.slice(1, 8), null, null, null]);
    expect(["QA", "qa", null].map(isStage)).toEqual([true, false, false]);
  });
});
