import { describe, expect, it } from "vitest";
import type { Milestone, Project } from "../../src/domain/record.ts";
import { decide } from "../../src/rules/decide.ts";
import { applyDecision } from "../support/apply-decision.ts";
import { aHistory, aMilestone, anOffice, aRecord, day, people, tuesdayAtTen } from "../support/records.ts";

const office = anOffice();

/** A milestone for which the client asked for changes an hour ago, and what was said on its page. */
const asked = (
  milestone: Partial<Milestone>,
  project: Partial<Project> = {},
  kind: NonNullable<Milestone["kind"]> = "Plan milestone",
) => {
  const record = aRecord({
    project: { stage: "In production", ...project },
    milestones: [aMilestone(kind, { pageId: "m", signOff: "Changes requested", ...milestone })],
  });
  const history = aHistory({
    ...{ pageId: "m", property: "signOff", from: "Requested", to: "Changes requested", version: 1 },
    ...{ at: tuesdayAtTen - 3_600_000, by: { kind: "client", id: "contact" } },
  });
  let world: Parameters<typeof applyDecision>[0] = { record, history };
  const notes: unknown[] = [];
  for (let round = 0; round < 2; round++) {
    const decision = decide(world.record, world.history, office, tuesdayAtTen);
    for (const { payload } of decision.actions)
      if (payload.kind === "note" && payload.pageId === "m" && round === 0) notes.push(payload.text);
    world = applyDecision(world, decision, tuesdayAtTen);
  }
  const [{ status, actual } = milestone] = world.record.milestones;
  return { status, actual, notes };
};

describe("changes that a client requests", () => {
  it("reopen a milestone that was done or in review, and the manager is told", () => {
    for (const status of ["Done", "In review"] as const)
      expect(asked({ status, actual: status === "Done" ? day("2026-03-09") : null }), status).toEqual({
        ...{ status: "In progress", actual: null },
        notes: [
          [
            ...[{ person: people.manager }, { text: " " }],
            { text: "Changes were requested: this milestone is In progress again." },
          ],
        ],
      });
  });

  it("leave what is being worked on, what follows the stage, and a project that is over", () => {
    expect(asked({ status: "In progress" })).toMatchObject({ status: "In progress", notes: [] });
    const submitted = asked({ status: "Done" }, { stage: "QA" }, "QA submitted");
    expect(submitted).toMatchObject({ status: "Done", notes: [] });
    expect(asked({ status: "Done" }, { stage: "Complete" })).toMatchObject({ status: "Done", notes: [] });
  });
});
