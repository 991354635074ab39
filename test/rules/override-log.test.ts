import { describe, expect, it } from "vitest";
import { judge } from "../../src/domain/gates.ts";
import { decide } from "../../src/rules/decide.ts";
import { aHistory, anOffice, aRecord, people, tuesdayAtTen } from "../support/records.ts";

const manager = { kind: "person", id: people.manager } as const;
const record = aRecord({ project: { overrideReason: "The contract is signed tomorrow." } });
const office = anOffice({ activeSince: null });

const moved = () => {
  const move = { from: "Intake", to: "Planning", by: manager } as const;
  const verdict = judge({ ...{ record, history: aHistory(), office, now: tuesdayAtTen }, ...move });
  return aHistory({ ...move, findings: verdict.allowed ? verdict.overridden : [] });
};

describe("a move that an Override reason let pass", () => {
  it("is written to Decisions: what, why, by whom, when, and what was missing", () => {
    const planning = { ...record, project: { ...record.project, stage: "Planning" as const } };
    const rows = decide(planning, moved(), office, tuesdayAtTen).actions.filter(
      ({ rule }) => rule === "override-log",
    );
    expect(rows).toMatchObject([
      {
        key: "row|project:override|stage#1",
        causedAt: tuesdayAtTen,
        payload: {
          database: "decisions",
          values: {
            project: ["project"],
            decision: "Moved from Intake to Planning although the gate was not met",
            why: "The contract is signed tomorrow.",
            madeBy: "The manager",
            madeOn: { start: "2026-03-10" },
            source:
              "Override reason. What was missing: Tick Requirements signed off once the requirements leave no question open. Tick Timeline acknowledged once the client has acknowledged the timeline.",
          },
        },
      },
    ]);
  });

  it("is none where nothing had to pass", () => {
    const history = aHistory({ ...{ from: "Intake", to: "Planning", by: manager }, findings: [] });
    const actions = decide(record, history, office, tuesdayAtTen).actions;
    expect(actions.filter(({ rule }) => rule === "override-log")).toEqual([]);
  });
});
