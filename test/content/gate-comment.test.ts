import { describe, expect, it } from "vitest";
import {
  accepted,
  allClear,
  refusedAgain,
  refusedColumn,
  refusedMove,
  unknownMove,
} from "../../src/content/gate-comment.ts";
import { gateText } from "../../src/content/gate-text.ts";
import type { Finding } from "../../src/types/loop.ts";
import type { RichTextPart } from "../../src/types/notion.ts";
import {
  aFinishedRecord,
  aHistory,
  anOffice,
  aRecord,
  aTransition,
  tuesdayAtTen,
} from "../support/records.ts";

/** The parts as a person reads them: **bold**, @person, [page]. */
const read = (parts: readonly RichTextPart[]): string =>
  parts
    .map((part) => {
      if ("person" in part) return `@${part.person}`;
      if ("page" in part) return `[${part.page}]`;
      return part.bold ? `**${part.text}**` : part.text;
    })
    .join("");

const request = aTransition({ outcome: "refused", from: "In production", to: "QA" });

const findings: readonly Finding[] = [
  {
    criterion: "production-complete",
    sentence:
      "Set the Status of the milestone Production complete to Done when it is done (it is In review).",
    places: [{ database: "milestones", pageId: "m2", property: "status" }],
    overridable: true,
  },
  {
    criterion: "qa-lead-named",
    sentence: "Name the QA lead.",
    places: [{ database: "projects", pageId: "project", property: "qaLead" }],
    overridable: true,
  },
];

describe("the gate comment", () => {
  it("says who tried what, everything that is missing, where to fix it and how to go on", () => {
    expect(read(refusedMove(request, findings, "ana"))).toBe(
      [
        "**Not yet in QA",
        "**@ana asked to move this project from In production to QA. It stays in In production: 2 things are missing.",
        "",
        "1. Set the Status of the milestone Production complete to Done when it is done (it is In review).",
        "    → **Status** on [m2]",
        "2. Name the QA lead.",
        "    → **QA lead** on this page",
        "",
        "When this is done, move the card to QA again. This comment shortens as you go.",
        "Right to go on anyway? Somebody listed in Office writes the **Override reason** and moves the card again.",
      ].join("\n"),
    );
  });

  it("does not speak of an override where one finding has none", () => {
    const [first] = findings;
    const fixed = first ? [{ ...first, overridable: false }] : [];
    const text = read(refusedMove(request, fixed, null));
    expect(text).toContain("Somebody asked to move");
    expect(text).toContain("one thing is missing");
    expect(text).not.toContain("Override reason");
  });

  it("names the database where the page is missing", () => {
    const [first] = findings;
    const gone: Finding[] = first
      ? [{ ...first, places: [{ database: "milestones", pageId: null, property: "kind" }] }]
      : [];
    expect(read(refusedMove(request, gone, null))).toContain("→ **Kind** in Milestones");
  });

  it("fits into one Notion comment, however much is missing", () => {
    const places = Array.from({ length: 30 }, (_, index) => ({
      ...{ database: "milestones", pageId: `m${index}`, property: "target" },
    })) as Finding["places"];
    const many = Array.from({ length: 40 }, () => ({
      ...{ criterion: "schedule-complete", overridable: true, places, sentence: "x".repeat(3_000) },
    }));
    const parts = refusedMove(request, many, "ana");
    expect(parts.length).toBeLessThanOrEqual(84);
    expect(parts.every((part) => !("text" in part) || part.text.length <= 2_000)).toBe(true);
    expect(read(parts)).toMatch(/ and 26 more[\s\S]*… and \d+ more\./);
    expect(read(parts)).toContain("move the card to QA again");
  });

  it("says that the way is another one where the process does not know the move", () => {
    const finding = {
      criterion: "move",
      sentence: "From QA it can go to Deployment.",
      places: [],
      overridable: false,
    };
    expect(read(unknownMove(aTransition({ from: "QA", to: "Intake" }), finding, "ana"))).toBe(
      "**This move is not part of the process\n**@ana asked to move this project from QA to Intake. From QA it can go to Deployment.",
    );
  });

  it("says when everything is there, and when it has been settled", () => {
    expect(read(allClear(request, "ana"))).toBe(
      "@ana Everything that was missing is there now. Move the card to QA again.",
    );
    expect(read(accepted(aTransition({ to: "QA" }), "Stage"))).toBe(
      "Settled: **Stage** is QA now. Nothing is open here.",
    );
  });

  it("says that an Override reason let a move pass, and not that nothing is open", () => {
    const reason = { criterion: "override", sentence: "Trust me.", places: [], overridable: false };
    const passed = (...found: readonly Finding[]) =>
      read(accepted(aTransition({ to: "QA", findings: found }), "Stage"));
    expect(passed(reason, ...findings)).toBe(
      "Settled: **Stage** is QA now. The Override reason let it pass.",
    );
    expect(passed(reason)).toBe("Settled: **Stage** is QA now. Nothing is open here.");
  });

  it("does not count a used Override reason among what is missing", () => {
    const used = { criterion: "override", sentence: "It has been used.", places: [], overridable: false };
    expect(read(refusedMove(request, [...findings, used], "ana"))).toContain("2 things are missing.");
  });

  it("says why a workflow column was put back", () => {
    const column = aTransition({ property: "launchSignOff", from: "Requested", to: "Approved" });
    const why = [
      { criterion: "workflow", sentence: "Write a comment first.", places: [], overridable: false },
    ];
    expect(read(refusedColumn(column, why, "Launch sign-off", "ana"))).toBe(
      "**Launch sign-off was put back to Requested\n**@ana asked for Approved. Write a comment first.",
    );
  });

  it("answers a further attempt in one line", () => {
    expect(read(refusedAgain({ ...request, findings }, "Stage", "ana"))).toBe(
      "@ana Stage went back to In production: 2 things are still in the way of QA. The comment above says what.",
    );
    expect(read(refusedAgain({ ...request, findings: findings.slice(1) }, "Stage", null))).toBe(
      "Stage went back to In production: one thing is still in the way of QA. The comment above says what.",
    );
  });
});

describe("the Gate property", () => {
  const textOf = (record = aRecord({}), history = aHistory()) =>
    gateText({ record, history, office: anOffice(), now: tuesdayAtTen }).text;

  it("says what is missing for the next stage", () => {
    expect(textOf()).toBe(
      "Needs: Tick Requirements signed off once the requirements leave no question open · Tick Timeline acknowledged once the client has acknowledged the timeline",
    );
  });

  it("names the three nearest findings and counts the others", () => {
    const planning = aRecord({ project: { stage: "Planning", productionLead: [], deploymentLead: [] } });
    expect(textOf(planning)).toMatch(/ · Name the Production lead · Name the Deployment lead \(\+8 more\)$/);
    const skipped = aRecord({
      project: { stage: "Planning" },
      milestones: aFinishedRecord().milestones.map((one) => ({ ...one, status: "Skipped" as const })),
    });
    expect(textOf(skipped)).toMatch(/^Needs: Intake handoff is skipped.* \(\+16 more\)$/);
  });

  it("says that the project is ready", () => {
    expect(textOf(aFinishedRecord({ stage: "In production" }))).toBe("Ready for QA");
  });

  it("says where a project on hold goes back to, and nothing at the end", () => {
    const held = aRecord({ project: { stage: "On hold" } });
    expect(textOf(held, aHistory({ from: "QA", to: "On hold" }))).toBe("On hold; goes back to QA");
    expect(textOf(held)).toBe("On hold");
    expect(textOf(aRecord({ project: { stage: "Complete" } }))).toBe("");
    expect(textOf(aRecord({ project: { stage: null } }))).toBe("");
  });
});
