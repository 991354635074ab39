import { describe, expect, it } from "vitest";
import type { Milestone } from "../../src/domain/record.ts";
import { forecastOf } from "../../src/domain/schedule.ts";
import { inScheduleOrder, scheduleOf } from "../../src/domain/schedule-of.ts";
import { scheduleProblems } from "../../src/domain/schedule-problems.ts";
import {
  aChangeRequest,
  aHistory,
  aMilestone,
  anOffice,
  type aProject,
  aRecord,
  day,
} from "../support/records.ts";

const office = anOffice();
/** Monday 2026-03-09, 09:00 in Paris (UTC+1): the plan is made, and it starts today. */
const monday = Date.UTC(2026, 2, 9, 8);
const at = (date: string) => Date.parse(`${date}T09:00:00Z`);

const design = aMilestone("Plan milestone", {
  ...{ pageId: "design", name: "Design", createdTime: monday },
  ...{ target: day("2026-03-11"), baseline: day("2026-03-11") },
});
const build = aMilestone("Plan milestone", {
  ...{ pageId: "build", name: "Core build", createdTime: monday, dependsOn: ["design"] },
  ...{ target: day("2026-03-13"), baseline: day("2026-03-13") },
});

const read = (
  milestones: readonly Milestone[],
  more: {
    readonly project?: Partial<ReturnType<typeof aProject>>;
    readonly changeRequests?: readonly ReturnType<typeof aChangeRequest>[];
    readonly history?: ReturnType<typeof aHistory>;
    readonly now?: number;
    readonly daysOff?: readonly { date: string; addedAt: number }[];
  } = {},
) => {
  const { history = aHistory(), now = monday, daysOff = [], ...parts } = more;
  const record = aRecord({ project: { start: day("2026-03-09") }, milestones, ...parts });
  const schedule = scheduleOf(record, history, { office, daysOff, now });
  return { schedule, problems: scheduleProblems(record, schedule, office.timeZone) };
};

const forecasts = (milestones: readonly Milestone[], more?: Parameters<typeof read>[1]) => {
  const { steps, delivery } = forecastOf(read(milestones, more).schedule);
  return {
    delivery,
    dates: Object.fromEntries([...steps].map(([id, { date, why }]) => [id, `${date} ${why}`.trim()])),
  };
};

const found = (milestones: readonly Milestone[], more?: Parameters<typeof read>[1]) =>
  read(milestones, more).problems.map(({ kind, sentence, places }) => [
    kind,
    sentence,
    ...places.map(({ pageId, property }) => `${pageId}.${property}`),
  ]);

describe("the schedule of a record", () => {
  it("is forecast as planned while nothing has happened, and has nothing to put right", () => {
    expect(forecasts([design, build])).toEqual({
      delivery: "2026-03-13",
      dates: { design: "2026-03-11", build: "2026-03-13" },
    });
    expect(found([design, build])).toEqual([]);
  });

  it("takes a hold out of the project's moves, in the days of the office's zone", () => {
    // Held from Tuesday 10, 23:30 UTC, which is Wednesday 11 in Paris; it goes on on Friday 13: Wed 11 and Thu 12 are lost.
    const history = aHistory(
      { from: "In production", to: "On hold", at: Date.UTC(2026, 2, 10, 23, 30) },
      { from: "On hold", to: "In production", at: at("2026-03-13") },
    );
    expect(forecasts([design, build], { history, now: at("2026-03-13") }).dates).toEqual({
      // 2 after Mon 9: Tue 10, (Wed 11, Thu 12 held), Fri 13
      design: "2026-03-13 +2 business days: on hold 2026-03-11 to 2026-03-12",
      // 2 after Fri 13: Mon 16, Tue 17
      build: "2026-03-17 +2 business days: on hold 2026-03-11 to 2026-03-12",
    });
  });

  it("rests while a project is cancelled, as on hold, once it goes on", () => {
    const history = aHistory(
      { from: "In production", to: "Cancelled", at: at("2026-03-11") },
      { from: "Cancelled", to: "In production", at: at("2026-03-13") },
    );
    // 2 after Mon 9: Tue 10, (Wed 11, Thu 12 cancelled), Fri 13
    expect(forecasts([design, build], { history, now: at("2026-03-13") }).dates.design).toBe(
      "2026-03-13 +2 business days: on hold 2026-03-11 to 2026-03-12",
    );
  });

  it("expects nothing before Start where only what waits for nothing came early", () => {
    const handoff = aMilestone("Intake handoff", {
      ...{ pageId: "handoff", createdTime: monday, target: day("2026-03-16"), baseline: day("2026-03-16") },
      ...{ status: "Done", actual: day("2026-03-09") },
    });
    const production = aMilestone("Production start", {
      ...{
        pageId: "production",
        createdTime: monday,
        target: day("2026-03-16"),
        baseline: day("2026-03-16"),
      },
    });
    const first = {
      ...design,
      dependsOn: ["production"],
      target: day("2026-03-18"),
      baseline: day("2026-03-18"),
    };
    const project = { start: day("2026-03-16") };
    expect(forecasts([handoff, production, first], { project }).dates).toEqual({
      handoff: "2026-03-09 −5 business days: done early",
      production: "2026-03-16",
      design: "2026-03-18",
    });
    // Production begun on Wed 11, three business days early: two after it is Fri 13.
    const begun = { ...production, status: "Done", actual: day("2026-03-11") } as const;
    const now = at("2026-03-11");
    expect(forecasts([handoff, begun, first], { project, now }).dates.design).toBe(
      "2026-03-13 −5 business days: “Intake handoff” done early; +2: “Production start” done late",
    );
  });

  it("counts what is Done without an Actual from the day on which its Status was set", () => {
    const done = { ...design, status: "Done" } as const;
    const set = {
      pageId: "design",
      property: "status",
      from: "In progress",
      to: "Done",
      at: at("2026-03-16"),
    };
    const more = { history: aHistory(set), now: at("2026-03-18") };
    // Design on Mon 16, three business days after Wed 11; two after it is Wed 18.
    expect(forecasts([done, build], more).dates).toEqual({
      design: "2026-03-16 +3 business days: done late",
      build: "2026-03-18 +3 business days: “Design” done late",
    });
    expect(found([done, build], more)).toEqual([]);
    // A row that was Done when Milepost saw it first: nobody knows the day.
    const seen = { ...more, history: aHistory({ ...set, from: null, outcome: "baseline" }) };
    expect(found([done, build], seen)).toEqual([
      ["actual-missing", "Set the Actual of “Design”: it is Done; 2026-03-11 counts.", "design.actual"],
    ]);
  });

  it("names a Target that is a period, of which its first day counts", () => {
    const period = { ...build, target: { start: "2026-03-13", end: "2026-03-18", zone: null } };
    expect(found([design, period])).toEqual([
      [
        ...[
          "period",
          "Set the Target of “Core build” to one day: of a period its first day (2026-03-13) counts.",
        ],
        "build.target",
      ],
    ]);
  });

  it("takes a milestone that was reopened for open, though its Actual was left", () => {
    const reopened = { ...design, status: "In progress", actual: day("2026-03-11") } as const;
    const history = aHistory({
      ...{ pageId: "design", property: "status", from: "Done", to: "In progress", at: at("2026-03-12") },
    });
    const more = { history, now: at("2026-03-13") };
    expect(forecasts([reopened, build], more).dates.design).toBe(
      "2026-03-13 +2 business days: not done by 2026-03-11",
    );
    expect(found([reopened, build], more).map(([kind]) => kind)).toEqual(["status-behind"]);
  });

  it("moves a Target that a person has moved with what happens later, and says by how much they moved it", () => {
    const moved = { ...build, target: day("2026-03-16") };
    const history = aHistory({
      ...{ pageId: "build", property: "target", from: "2026-03-13", to: "2026-03-16", at: monday },
    });
    // Fri 13 → Mon 16 is one business day; Design came a day early, on Tue 10.
    const early = { ...design, status: "Done", actual: day("2026-03-10") } as const;
    const now = at("2026-03-10");
    expect(forecasts([design, moved], { history }).dates.build).toBe(
      "2026-03-16 +1 business day: its Target moved",
    );
    expect(forecasts([early, moved], { history, now }).dates.build).toBe("2026-03-13");
    // On hold from Tue 10 to Wed 11: two business days later, Wed 18.
    const held = aHistory(
      ...history.transitions,
      { from: "In production", to: "On hold", at: at("2026-03-10") },
      { from: "On hold", to: "In production", at: at("2026-03-12") },
    );
    expect(forecasts([design, moved], { history: held, now: at("2026-03-12") }).dates.build).toBe(
      "2026-03-18 +1 business day: its Target moved; +2: on hold 2026-03-10 to 2026-03-11",
    );
  });

  it("counts a day off that was added after the plan as a reason, and one from before as part of the plan", () => {
    const daysOff = [{ date: "2026-03-12", addedAt: at("2026-03-10") }];
    expect(forecasts([design, build], { daysOff }).dates.build).toBe(
      "2026-03-16 +1 business day: day off 2026-03-12",
    );
    const before = [{ date: "2026-03-12", addedAt: monday - 1 }];
    // Core build was planned one business day after Design then: Fri 13.
    expect(forecasts([design, build], { daysOff: before }).dates.build).toBe("2026-03-13");
  });

  it("counts a day off once, from when it was known first, however many rows name it", () => {
    const launch = [
      { ...design, pageId: "a", target: day("2026-12-23"), baseline: day("2026-12-23") },
      { ...build, pageId: "b", dependsOn: ["a"], target: day("2026-12-29"), baseline: day("2026-12-29") },
    ];
    const christmas = { date: "2026-12-25", addedAt: monday - 1 };
    const companyBreak = ["2026-12-24", "2026-12-25"].map((date) => ({ date, addedAt: at("2026-03-10") }));
    // Planned around Fri 25: Thu 24, Mon 28, Tue 29. Without Thu 24 it ends a business day later, on Wed 30.
    for (const daysOff of [
      [christmas, ...companyBreak],
      [...companyBreak, christmas],
    ])
      expect(forecasts(launch, { daysOff }).dates.b).toBe("2026-12-30 +1 business day: day off 2026-12-24");
  });

  it("lets a change move Targets around a day off that was known then, though a later row names it again", () => {
    const change = { timelineImpact: 1, option: "Change order", status: "Applied" } as const;
    const changeRequests = [aChangeRequest({ ...change, pageId: "cr-1", number: "ACME-CR-1" })];
    const history = aHistory({
      ...{ pageId: "cr-1", property: "status", from: "Approved", to: "Applied", at: at("2026-03-10") },
    });
    const daysOff = [
      { date: "2026-03-13", addedAt: monday + 1 },
      { date: "2026-03-13", addedAt: at("2026-03-11") },
    ];
    // A day more: Wed 11 → Thu 12, and build, two after it and around Fri 13: Tue 17. A person took Mon 16 instead.
    const moved = [
      { ...design, target: day("2026-03-12") },
      { ...build, target: day("2026-03-16") },
    ];
    expect(forecasts(moved, { changeRequests, history, daysOff }).dates.build).toMatch(/^2026-03-16 /);
  });

  it("names the applied change request, and no other", () => {
    const change = { timelineImpact: 2.5, option: "Change order", status: "Applied" } as const;
    const changeRequests = [
      aChangeRequest({ ...change, pageId: "cr-1", number: "ACME-CR-1" }),
      aChangeRequest({ ...change, pageId: "cr-2", number: "ACME-CR-2", status: "Deferred" }),
    ];
    const history = aHistory(
      { pageId: "cr-1", property: "status", from: "Approved", to: "Applied", at: at("2026-03-10") },
      { pageId: "cr-2", property: "status", from: "Approved", to: "Applied", at: at("2026-03-10") },
      { pageId: "cr-2", property: "status", from: "Applied", to: "Deferred", at: at("2026-03-10") + 1 },
    );
    // 2.5 days count as 3: Wed 11 + 3 = Mon 16, Fri 13 + 3 = Wed 18
    const moved = [
      { ...design, target: day("2026-03-16") },
      { ...build, target: day("2026-03-18") },
    ];
    expect(forecasts(moved, { changeRequests, history }).dates).toEqual({
      design: "2026-03-16 +3 business days: ACME-CR-1",
      build: "2026-03-18 +3 business days: ACME-CR-1",
    });
  });

  it("lets the steps of the delivery record wait for each other where nobody says otherwise", () => {
    const complete = aMilestone("Production complete", {
      target: day("2026-03-11"),
      actual: day("2026-03-13"),
      status: "Done",
    });
    const submitted = aMilestone("QA submitted", { target: day("2026-03-12") });
    // Wed 11 → Thu 12 is one business day; one after Fri 13 is Mon 16.
    expect(forecasts([complete, submitted], { now: at("2026-03-13") }).dates["QA submitted"]).toBe(
      "2026-03-16",
    );
  });

  it("does not let the review hold up the delivery, nor forecast a delivery that nobody can know", () => {
    const review = aMilestone("Post-delivery review", { target: day("2026-03-20"), dependsOn: ["build"] });
    expect(forecasts([design, build, review]).delivery).toBe("2026-03-13");
    const undated = { ...build, pageId: "launch", target: null, baseline: null, dependsOn: ["build"] };
    expect(forecasts([design, build, undated]).delivery).toBeNull();
    // What comes between two dated ones is stood in for.
    expect(
      forecasts([design, { ...undated, dependsOn: ["design"] }, { ...build, dependsOn: ["launch"] }]),
    ).toEqual({
      delivery: "2026-03-13",
      dates: { design: "2026-03-11", build: "2026-03-13" },
    });
  });

  it("keeps an appointment on its day when the work before it is early", () => {
    const cutover = aMilestone("Cutover", {
      ...{ target: { start: "2026-03-16T10:00:00.000+01:00", end: null, zone: null }, dependsOn: ["design"] },
      baseline: day("2026-03-16"),
    });
    const early = { ...design, status: "Done", actual: day("2026-03-09") } as const;
    expect(forecasts([early, cutover]).dates.Cutover).toBe("2026-03-16");
  });

  it("is read by Order, then by Target, then by name", () => {
    const one = aMilestone("Plan milestone", { pageId: "1", name: "B", order: 2, target: day("2026-03-09") });
    const rows = [
      { ...one, pageId: "4", name: "A", order: null, target: null },
      { ...one, pageId: "3", order: null },
      one,
      { ...one, pageId: "2", name: "C" },
      { ...one, pageId: "0", order: 1, target: null },
    ];
    expect(inScheduleOrder(rows, "Europe/Paris").map(({ pageId }) => pageId)).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
    ]);
  });
});

describe("what a person has to put right", () => {
  it.each<[string, readonly Milestone[], readonly (readonly string[])[]]>([
    [
      "a Target that is no day",
      [{ ...design, target: day("soon") }],
      [["no-date", "Set the Target of “Design” to a day (“soon” is none).", "design.target"]],
    ],
    [
      "a Target in a year that nobody means",
      [{ ...design, target: day("2206-03-11") }],
      [["far-away", "Check the year of the Target of “Design”: 2206-03-11 does not count.", "design.target"]],
    ],
    [
      "a Target in a year of five digits",
      [{ ...design, target: day("20261-03-11") }],
      [
        [
          "far-away",
          "Check the year of the Target of “Design”: 20261-03-11 does not count.",
          "design.target",
        ],
      ],
    ],
    [
      "no Target",
      [{ ...design, target: null, baseline: null }],
      [["undated", "Set the Target of “Design”.", "design.target"]],
    ],
    [
      "a Target on a Saturday",
      [{ ...design, target: day("2026-03-14") }],
      [
        [
          "day-off",
          "Move the Target of “Design”: 2026-03-14 is a day off, 2026-03-16 is forecast at the earliest.",
          "design.target",
        ],
      ],
    ],
    [
      "a Target before Start",
      [{ ...design, target: day("2026-03-06") }],
      [
        [
          "reversed",
          "Put dates in order: the Target of “Design” (2026-03-06) lies before Start (2026-03-09).",
          ...["design.target", "project.start"],
        ],
      ],
    ],
    [
      "Targets in the wrong order",
      [design, { ...build, target: day("2026-03-10") }],
      [
        [
          "reversed",
          "Put each Target in order: “Core build” (2026-03-10) depends on “Design” (2026-03-11).",
          ...["design.target", "build.target"],
        ],
      ],
    ],
    [
      "two that wait for each other",
      [
        { ...design, dependsOn: ["build"] },
        { ...build, target: day("2026-03-11") },
      ],
      [
        [
          "circle",
          "“Core build” and “Design” depend on each other in a circle: they cannot be forecast.",
          ...["build.dependsOn", "design.dependsOn"],
        ],
      ],
    ],
    [
      "one that waits for itself",
      [{ ...design, dependsOn: ["design"] }],
      [["circle", "“Design” depends on itself: it cannot be forecast.", "design.dependsOn"]],
    ],
    [
      "a dependency that was moved to another project",
      [{ ...build, dependsOn: ["gone"] }],
      [
        [
          "not-in-project",
          "Take out of Depends on of “Core build” what is not a milestone of this project; it does not count.",
          "build.dependsOn",
        ],
      ],
    ],
    [
      "a milestone of two projects",
      [{ ...design, project: ["project", "other"] }],
      [["two-projects", "Keep one project in Project of “Design”: there are 2.", "design.project"]],
    ],
    [
      "Done without an Actual",
      [{ ...design, status: "Done" }],
      [["actual-missing", "Set the Actual of “Design”: it is Done; 2026-03-09 counts.", "design.actual"]],
    ],
    [
      "an Actual that is still to come",
      [{ ...design, status: "Done", actual: day("2026-03-12") }],
      [["actual-to-come", "Check the Actual of “Design”: 2026-03-12 is still to come.", "design.actual"]],
    ],
    [
      "an Actual of what is not done",
      [{ ...design, status: "In review", actual: day("2026-03-09") }],
      [
        [
          "status-behind",
          "Set the Status of “Design” to Done, or clear its Actual (2026-03-09).",
          ...["design.status", "design.actual"],
        ],
      ],
    ],
  ])("%s", (_what, milestones, problems) => {
    expect(found(milestones)).toEqual(problems);
  });

  it.each([
    [
      { start: day("2026-03-07") },
      ["day-off", "Start (2026-03-07) is a day off; the plan begins on 2026-03-09.", "project.start"],
    ],
    [
      { start: day("2026-03-10"), agreedDelivery: day("2026-03-02") },
      [
        "reversed",
        "Agreed delivery (2026-03-02) lies before Start (2026-03-10).",
        ...["project.start", "project.agreedDelivery"],
      ],
    ],
    [
      { start: day("2026-03-09"), agreedDelivery: day("2026-03-12") },
      [
        "too-short",
        "Agreed delivery (2026-03-12) lies before the Target of “Core build”.",
        ...["project.agreedDelivery", "build.target"],
      ],
    ],
    [{ start: day("next week") }, ["no-date", "Set Start to a day (“next week” is none).", "project.start"]],
  ])("of the project: %o", (project, problem) => {
    expect(found([design, build], { project })).toEqual([problem]);
  });

  it("is never a reason to stop: what is not in a circle is still forecast", () => {
    const circle = [
      { ...design, pageId: "a", dependsOn: ["b"] },
      { ...design, pageId: "b", dependsOn: ["a"] },
      { ...design, pageId: "c", dependsOn: ["b"] },
    ];
    expect(forecasts([design, build, ...circle])).toEqual({
      delivery: null,
      dates: { design: "2026-03-11", build: "2026-03-13" },
    });
  });
});
