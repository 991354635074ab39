import { describe, expect, it } from "vitest";
import { withMovedStart, withMovedTargets } from "../../src/domain/moved-edits.ts";
import type { Milestone } from "../../src/domain/record.ts";
import type { PastAction } from "../../src/types/action.ts";
import type { Transition } from "../../src/types/loop.ts";
import { aHistory, aMilestone, anOffice, aRecord, day } from "../support/records.ts";

/** Monday 2026-03-09, 10:00 in Paris (UTC+1). */
const monday = Date.UTC(2026, 2, 9, 9);
const office = anOffice();

type Facts = Parameters<typeof aRecord>[0] & {
  readonly transitions?: readonly Partial<Transition>[];
  readonly actions?: readonly PastAction[];
};

/** The dates that a move of Start from Monday 9 (or nothing) to Wednesday 11 proposes, by page and property. */
const moved = (from: string | null, { transitions = [], actions = [], project, ...rows }: Facts) => {
  const start = { property: "start", from, to: "2026-03-11", at: monday + 7_200_000 };
  const situation = {
    record: aRecord({ project: { start: day("2026-03-11"), ...project }, ...rows }),
    history: { ...aHistory(...transitions, start), actions },
    ...{ office, now: monday + 10_800_000 },
  };
  const changes = withMovedStart(situation).proposals.flatMap((proposal) => proposal.changes);
  return Object.fromEntries(
    changes.map(({ pageId, property, value }) => [
      `${pageId}.${property}`,
      value !== null && typeof value === "object" && "start" in value ? value.start : value,
    ]),
  );
};

const step = (pageId: string, target: string, dependsOn: readonly string[], more: Partial<Milestone> = {}) =>
  aMilestone("Plan milestone", { pageId, target: day(target), dependsOn, createdTime: monday, ...more });
const done = (actual: string) => ({ status: "Done", actual: day(actual) }) as const;

describe("a moved Start", () => {
  const plan = (handoff: Partial<Milestone>, design: Partial<Milestone> = {}) => [
    step("handoff", "2026-03-09", [], handoff),
    step("design", "2026-03-11", ["handoff"], design),
    step("workshop", "2026-03-12", ["handoff"]),
    step("build", "2026-03-16", ["design", "workshop"]),
  ];

  it("moves everything while all is open", () => {
    // Two business days: Mon 9 → Wed 11, Wed 11 → Fri 13, Thu 12 → Mon 16, Mon 16 → Wed 18.
    expect(moved("2026-03-09", { milestones: plan({}) })).toEqual({
      ...{ "handoff.target": "2026-03-11", "design.target": "2026-03-13", "workshop.target": "2026-03-16" },
      "build.target": "2026-03-18",
    });
  });

  it("moves in Planning what waits for the Intake handoff, which is done", () => {
    const transitions = [{ from: "Intake", to: "Planning", at: monday }];
    const facts = { project: { stage: "Planning" as const }, transitions };
    expect(moved("2026-03-09", { ...facts, milestones: plan(done("2026-03-09")) })).toEqual({
      ...{ "design.target": "2026-03-13", "workshop.target": "2026-03-16", "build.target": "2026-03-18" },
    });
  });

  it("moves in production what is still open, whether or not all that it waits for is done", () => {
    const transitions = [
      { from: "Intake", to: "Planning", at: monday },
      { from: "Planning", to: "In production", at: monday + 1 },
    ];
    const facts = { project: { stage: "In production" as const }, transitions };
    const milestones = plan(done("2026-03-09"), done("2026-03-09"));
    expect(moved("2026-03-09", { ...facts, milestones })).toEqual({
      ...{ "workshop.target": "2026-03-16", "build.target": "2026-03-18" },
    });
  });
});

describe("an empty Start that is filled in", () => {
  const agreed = (date: string, version: number, from: string | null = null) => ({
    ...{ property: "agreedDelivery", from, to: date, version, at: monday + version * 60_000 },
  });
  const chosen = { property: "serviceType", from: null, to: "Single-purpose agent", at: monday };
  const project = {
    ...{ serviceType: "Single-purpose agent" as const, agreedDelivery: day("2026-03-24") },
    timelineAcknowledged: false,
  };
  const key = (name: string) => `row|project:milestone-${name}|serviceType#1`;
  // Tue 24 is business day 12, so Mon 9 is day 1, Wed 11 day 3 and Fri 20 day 10.
  const design = step("design", "2026-03-11", []);
  const launch = step("launch", "2026-03-20", ["design"]);
  const laid = [{ ...design, milepostKey: key("03-m1") }, launch];

  it("moves a plan that was laid backwards from the Agreed delivery, which stands", () => {
    const transitions = [chosen, agreed("2026-03-24", 1)];
    expect(moved(null, { project, transitions, milestones: laid })).toEqual({
      ...{ "design.target": "2026-03-13", "launch.target": "2026-03-24" },
    });
  });

  it("moves nothing where the team made the milestones by hand, or copied them with a project", () => {
    const transitions = [chosen, agreed("2026-03-24", 1)];
    const copied = { ...design, milepostKey: key("03-m1").replace("project", "other") };
    for (const first of [design, copied])
      expect(moved(null, { project, transitions, milestones: [first, launch] })).toEqual({});
  });

  it("counts from where the plan was laid, also where a change order has moved the Agreed delivery since", () => {
    const transitions = [chosen, agreed("2026-03-24", 1), agreed("2026-03-30", 90, "2026-03-24")];
    const laidBefore = {
      key: "propose|project|serviceType#1",
      state: "done" as const,
      at: monday + 3_600_000,
    };
    const later = { ...project, agreedDelivery: day("2026-03-30") };
    const changed = { project: later, transitions, milestones: laid, actions: [laidBefore] };
    expect(moved(null, changed)).toMatchObject({ "design.target": "2026-03-13" });
  });

  it("moves nothing where it was filled in before, and cleared", () => {
    const transitions = [
      ...[chosen, agreed("2026-03-24", 1)],
      { property: "start", from: null, to: "2026-03-10", version: 1, outcome: "baseline" as const },
      { property: "start", from: "2026-03-10", to: null, version: 2 },
    ];
    expect(moved(null, { project, transitions, milestones: laid })).toEqual({});
  });
});

describe("a moved Target", () => {
  /** The Targets that move with Design, which was planned for Wednesday 11 and stands on Friday 13 now. */
  const movedWith = (...edits: readonly Partial<Transition>[]) => {
    const milestones = [step("design", "2026-03-13", []), step("build", "2026-03-16", ["design"])];
    const history = aHistory(
      ...edits.map((edit, index) => ({
        ...{ pageId: "design", property: "target", version: index + 1, at: monday + index * 60_000, ...edit },
      })),
    );
    const answered = history.transitions.slice(0, -1).map(
      ({ version }): PastAction => ({
        ...{ key: `propose|design|target#${version}`, state: "done", at: monday, result: "" },
      }),
    );
    const record = aRecord({ milestones });
    const situation = { record, history: { ...history, actions: answered }, office, now: monday + 3_600_000 };
    const { proposals } = withMovedTargets(situation);
    return proposals.flatMap(({ changes }) => changes.map(({ pageId, value }) => [pageId, value]));
  };
  // Two business days: Mon 16 → Wed 18.
  const build = [["build", day("2026-03-18")]];

  it("takes along what waits for it", () => {
    expect(movedWith({ from: "2026-03-11", to: "2026-03-13" })).toEqual(build);
  });

  it("does so also where it was cleared in between, or mistyped", () => {
    for (const between of [null, "3026-03-13"])
      expect(
        movedWith({ from: "2026-03-11", to: between }, { from: between, to: "2026-03-13" }),
        String(between),
      ).toEqual(build);
  });

  it("replaces no Target that somebody has mistyped", () => {
    const milestones = [
      step("design", "2026-03-13", []),
      step("build", "3026-03-16", ["design"], { baseline: day("2026-03-16") }),
      step("launch", "2026-03-18", ["build"]),
    ];
    const history = aHistory({
      ...{ pageId: "design", property: "target", from: "2026-03-11", to: "2026-03-13", at: monday },
    });
    const situation = { record: aRecord({ milestones }), history, office, now: monday + 3_600_000 };
    const { proposals } = withMovedTargets(situation);
    const moved = proposals.flatMap(({ changes }) => changes.map(({ pageId }) => pageId));
    expect(moved).toEqual(["launch"]);
  });

  it("takes nothing along where it is the first", () => {
    expect(movedWith({ from: null, to: "2026-03-13" })).toEqual([]);
  });
});
