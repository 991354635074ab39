import type { PlainDate, Weekday } from "../../src/domain/calendar.ts";

/**
 * Forty schedules worked by hand with a calendar, from the process documents and the rules for plan dates: Start is
 * business day 1, a week is five business days, the buffer is 20 % of the plan's business days, rounded up. Each comment
 * counts the days so that a reader can follow with a finger on the calendar.
 *
 * The weeks of 2026 that most cases live in, Monday to Friday: 9–13, 16–20, 23–27 March, 30 March – 3 April, 6–10, 13–17
 * April. Clocks go forward in Paris on Sunday 29 March 2026; Good Friday is 3 April, Easter Monday 6 April.
 */

/** Which days count: days off, and other working days than Monday to Friday. */
type Days = { readonly off?: readonly PlainDate[]; readonly week?: readonly Weekday[] };

/** A plan's milestones by their business day, laid forwards from Start or backwards from Agreed delivery. */
export type PlanCase = Days & {
  readonly name: string;
  readonly days: Readonly<Record<string, number>>;
  readonly start?: string;
  readonly agreed?: string;
  /** The office's time zone; Paris where it does not matter. */
  readonly zone?: string;
  readonly gives: {
    readonly start: PlainDate;
    readonly dates: Readonly<Record<string, PlainDate>>;
    readonly agreed: PlainDate;
  };
};

/** One milestone. Its baseline is its target unless given; `done` is the day of its Actual. */
export type CaseStep = {
  readonly target: PlainDate;
  readonly after?: readonly string[];
  readonly baseline?: PlainDate;
  readonly done?: PlainDate;
  readonly skipped?: true;
};

type Steps = Readonly<Record<string, CaseStep>>;

/** Date, slip against the baseline in business days, and why. */
type Outcome = readonly [date: PlainDate | null, slip: number | null, why: string];

export type ForecastCase = Days & {
  readonly name: string;
  readonly start: PlainDate;
  readonly steps: Steps;
  readonly today: PlainDate;
  /** Days off that were added on a day after the plan was made. */
  readonly offLater?: readonly { readonly date: PlainDate; readonly addedOn: PlainDate }[];
  readonly changes?: readonly { readonly label: string; readonly days: number; readonly on: PlainDate }[];
  /** From the day on which it was put on hold to the day on which it went on; null while it is still on hold. */
  readonly holds?: readonly { readonly from: PlainDate; readonly until: PlainDate | null }[];
  readonly gives: Readonly<Record<string, Outcome>>;
  readonly delivery: PlainDate;
};

export type ShiftCase = Days & {
  readonly name: string;
  readonly start: PlainDate;
  readonly steps: Steps;
  readonly days: number;
  readonly agreed: PlainDate;
  readonly gives: Readonly<Record<string, PlainDate>>;
  readonly newAgreed: PlainDate;
};

export type MoveCase = Days & {
  readonly name: string;
  readonly start: PlainDate;
  readonly steps: Steps;
  readonly move: readonly [name: string, to: PlainDate];
  readonly gives: Readonly<Record<string, PlainDate>>;
};

/** process/000 "Example: Lead Qualification AI Agent": W1 D3, W1 D7 (a week has five: 5), W2 D3, W2 D5, W2 D7 (10). */
const leadDays = { Design: 3, "Core build": 5, Integration: 8, Training: 10, Launch: 10 };

/** process/000 "Simple Automation": phases of 1, 2–3 and 1 days end on days 1, 4 and 5. */
const simpleDays = { Mapping: 1, Build: 4, Deploy: 5 };

const easter = ["2026-04-03", "2026-04-06"];

export const planCases: readonly PlanCase[] = [
  {
    name: "the lead-qualification example, from a Monday",
    days: leadDays,
    start: "2026-03-09",
    // 1 Mon 9, 2 Tue 10, 3 Wed 11, 4 Thu 12, 5 Fri 13, 6 Mon 16, 7 Tue 17, 8 Wed 18, 9 Thu 19, 10 Fri 20.
    // Buffer: 20 % of 10 = 2: 11 Mon 23, 12 Tue 24.
    gives: {
      start: "2026-03-09",
      dates: {
        Design: "2026-03-11",
        "Core build": "2026-03-13",
        Integration: "2026-03-18",
        Training: "2026-03-20",
        Launch: "2026-03-20",
      },
      agreed: "2026-03-24",
    },
  },
  {
    name: "Start on a Saturday begins on the Monday after it",
    days: leadDays,
    start: "2026-03-07",
    // Sat 7 and Sun 8 are no business days: 1 is Mon 9, then as above.
    gives: {
      start: "2026-03-09",
      dates: {
        Design: "2026-03-11",
        "Core build": "2026-03-13",
        Integration: "2026-03-18",
        Training: "2026-03-20",
        Launch: "2026-03-20",
      },
      agreed: "2026-03-24",
    },
  },
  {
    name: "from the middle of a week",
    days: leadDays,
    start: "2026-03-11",
    // 1 Wed 11, 2 Thu 12, 3 Fri 13, 4 Mon 16, 5 Tue 17, 6 Wed 18, 7 Thu 19, 8 Fri 20, 9 Mon 23, 10 Tue 24; 11 Wed 25, 12 Thu 26.
    gives: {
      start: "2026-03-11",
      dates: {
        Design: "2026-03-13",
        "Core build": "2026-03-17",
        Integration: "2026-03-20",
        Training: "2026-03-24",
        Launch: "2026-03-24",
      },
      agreed: "2026-03-26",
    },
  },
  {
    name: "over Easter, both office days off",
    days: leadDays,
    start: "2026-03-30",
    off: easter,
    // 1 Mon 30, 2 Tue 31, 3 Wed 1 April, 4 Thu 2, (Fri 3 off, Mon 6 off), 5 Tue 7, 6 Wed 8, 7 Thu 9, 8 Fri 10, 9 Mon 13,
    // 10 Tue 14; 11 Wed 15, 12 Thu 16.
    gives: {
      start: "2026-03-30",
      dates: {
        Design: "2026-04-01",
        "Core build": "2026-04-07",
        Integration: "2026-04-10",
        Training: "2026-04-14",
        Launch: "2026-04-14",
      },
      agreed: "2026-04-16",
    },
  },
  {
    name: "with a day off of the client in the first week",
    days: leadDays,
    start: "2026-03-09",
    off: ["2026-03-12"],
    // 1 Mon 9, 2 Tue 10, 3 Wed 11, (Thu 12 off), 4 Fri 13, 5 Mon 16, 6 Tue 17, 7 Wed 18, 8 Thu 19, 9 Fri 20, 10 Mon 23;
    // 11 Tue 24, 12 Wed 25.
    gives: {
      start: "2026-03-09",
      dates: {
        Design: "2026-03-11",
        "Core build": "2026-03-16",
        Integration: "2026-03-19",
        Training: "2026-03-23",
        Launch: "2026-03-23",
      },
      agreed: "2026-03-25",
    },
  },
  {
    name: "a simple automation from a Thursday",
    days: simpleDays,
    start: "2026-03-12",
    // 1 Thu 12, 2 Fri 13, 3 Mon 16, 4 Tue 17, 5 Wed 18. Buffer: 20 % of 5 = 1: 6 Thu 19.
    gives: {
      start: "2026-03-12",
      dates: { Mapping: "2026-03-12", Build: "2026-03-17", Deploy: "2026-03-18" },
      agreed: "2026-03-19",
    },
  },
  {
    name: "over the end of a year",
    days: leadDays,
    start: "2026-12-22",
    off: ["2026-12-25", "2027-01-01"],
    // 1 Tue 22, 2 Wed 23, 3 Thu 24, (Fri 25 off), 4 Mon 28, 5 Tue 29, 6 Wed 30, 7 Thu 31, (Fri 1 January off), 8 Mon 4,
    // 9 Tue 5, 10 Wed 6; 11 Thu 7, 12 Fri 8.
    gives: {
      start: "2026-12-22",
      dates: {
        Design: "2026-12-24",
        "Core build": "2026-12-29",
        Integration: "2027-01-04",
        Training: "2027-01-06",
        Launch: "2027-01-06",
      },
      agreed: "2027-01-08",
    },
  },
  {
    name: "over 29 February of a leap year",
    days: simpleDays,
    start: "2028-02-25",
    // 2028-02-25 is a Friday: 1 Fri 25, 2 Mon 28, 3 Tue 29, 4 Wed 1 March, 5 Thu 2; 6 Fri 3.
    gives: {
      start: "2028-02-25",
      dates: { Mapping: "2028-02-25", Build: "2028-03-01", Deploy: "2028-03-02" },
      agreed: "2028-03-03",
    },
  },
  {
    name: "a standard integration, whose buffer of 1.4 days becomes 2",
    // process/000 "Standard Integration": phases of 2, 2, 2 and 1 days end on days 2, 4, 6 and 7.
    days: { Access: 2, Mapping: 4, Testing: 6, Monitoring: 7 },
    start: "2026-03-09",
    // 2 Tue 10, 4 Thu 12, 5 Fri 13, 6 Mon 16, 7 Tue 17. Buffer: 20 % of 7 = 1.4, so 2: 8 Wed 18, 9 Thu 19.
    gives: {
      start: "2026-03-09",
      dates: { Access: "2026-03-10", Mapping: "2026-03-12", Testing: "2026-03-16", Monitoring: "2026-03-17" },
      agreed: "2026-03-19",
    },
  },
  {
    name: "the thirteen-week method, without days off",
    // process/004: weeks 1–2, 3–4, 5–10, 11–12 and 13 end on days 10, 20, 50, 60 and 65.
    days: { Discovery: 10, Architecture: 20, Implementation: 50, Testing: 60, Launch: 65 },
    start: "2026-01-05",
    // Week 1 is 5–9 January, so week w ends on the Friday 7(w−1) days after 9 January: week 2 on 16 January, 4 on 30 January,
    // 10 on 13 March, 12 on 27 March, 13 on 3 April. Buffer: 20 % of 65 = 13: weeks 14 and 15 end on 10 and 17 April with
    // day 75; 76 Mon 20, 77 Tue 21, 78 Wed 22.
    gives: {
      start: "2026-01-05",
      dates: {
        Discovery: "2026-01-16",
        Architecture: "2026-01-30",
        Implementation: "2026-03-13",
        Testing: "2026-03-27",
        Launch: "2026-04-03",
      },
      agreed: "2026-04-22",
    },
  },
  {
    name: "backwards from Agreed delivery",
    days: leadDays,
    agreed: "2026-03-24",
    // 12 Tue 24, 11 Mon 23, 10 Fri 20, 9 Thu 19, 8 Wed 18, 7 Tue 17, 6 Mon 16, 5 Fri 13, 4 Thu 12, 3 Wed 11, 2 Tue 10, 1 Mon 9.
    gives: {
      start: "2026-03-09",
      dates: {
        Design: "2026-03-11",
        "Core build": "2026-03-13",
        Integration: "2026-03-18",
        Training: "2026-03-20",
        Launch: "2026-03-20",
      },
      agreed: "2026-03-24",
    },
  },
  {
    name: "backwards over Easter",
    days: leadDays,
    agreed: "2026-04-16",
    off: easter,
    // 12 Thu 16, 11 Wed 15, 10 Tue 14, 9 Mon 13, 8 Fri 10, 7 Thu 9, 6 Wed 8, 5 Tue 7, (Mon 6 off, Fri 3 off), 4 Thu 2,
    // 3 Wed 1 April, 2 Tue 31, 1 Mon 30.
    gives: {
      start: "2026-03-30",
      dates: {
        Design: "2026-04-01",
        "Core build": "2026-04-07",
        Integration: "2026-04-10",
        Training: "2026-04-14",
        Launch: "2026-04-14",
      },
      agreed: "2026-04-16",
    },
  },
  {
    name: "backwards from a Sunday on which the clocks change: what was agreed is kept, and done by the Friday before",
    days: leadDays,
    agreed: "2026-03-29",
    // 12 Fri 27, 11 Thu 26, 10 Wed 25, 9 Tue 24, 8 Mon 23, 7 Fri 20, 6 Thu 19, 5 Wed 18, 4 Tue 17, 3 Mon 16, 2 Fri 13, 1 Thu 12.
    gives: {
      start: "2026-03-12",
      dates: {
        Design: "2026-03-16",
        "Core build": "2026-03-18",
        Integration: "2026-03-23",
        Training: "2026-03-25",
        Launch: "2026-03-25",
      },
      agreed: "2026-03-29",
    },
  },
  {
    name: "in an office that works from Sunday to Thursday",
    days: leadDays,
    start: "2026-03-08",
    week: [7, 1, 2, 3, 4],
    // 1 Sun 8, 2 Mon 9, 3 Tue 10, 4 Wed 11, 5 Thu 12, 6 Sun 15, 7 Mon 16, 8 Tue 17, 9 Wed 18, 10 Thu 19; 11 Sun 22, 12 Mon 23.
    gives: {
      start: "2026-03-08",
      dates: {
        Design: "2026-03-10",
        "Core build": "2026-03-12",
        Integration: "2026-03-17",
        Training: "2026-03-19",
        Launch: "2026-03-19",
      },
      agreed: "2026-03-23",
    },
  },
  {
    name: "Start with a time of day is the day that the office in Paris sees",
    days: simpleDays,
    start: "2026-03-12T23:30:00.000Z",
    // 23:30 UTC on Thursday 12 is 00:30 in Paris (UTC+1) on Friday 13: 1 Fri 13, 2 Mon 16, 3 Tue 17, 4 Wed 18, 5 Thu 19; 6 Fri 20.
    gives: {
      start: "2026-03-13",
      dates: { Mapping: "2026-03-13", Build: "2026-03-18", Deploy: "2026-03-19" },
      agreed: "2026-03-20",
    },
  },
  {
    name: "the same Start is the day before in New York",
    days: simpleDays,
    start: "2026-03-12T23:30:00.000Z",
    zone: "America/New_York",
    // New York is at UTC−4 from 8 March 2026 on: 19:30 on Thursday 12. 1 Thu 12, 2 Fri 13, 3 Mon 16, 4 Tue 17, 5 Wed 18; 6 Thu 19.
    gives: {
      start: "2026-03-12",
      dates: { Mapping: "2026-03-12", Build: "2026-03-17", Deploy: "2026-03-18" },
      agreed: "2026-03-19",
    },
  },
];

/** The lead-qualification example from Monday 2026-03-09; between its milestones lie 2, 3, 2 and 0 business days. */
const lead = {
  Design: { target: "2026-03-11" },
  "Core build": { target: "2026-03-13", after: ["Design"] },
  Integration: { target: "2026-03-18", after: ["Core build"] },
  Training: { target: "2026-03-20", after: ["Integration"] },
  Launch: { target: "2026-03-20", after: ["Integration", "Training"] },
} as const satisfies Steps;

/** Two lines that meet: Access has two business days (Thu 12, Fri 13) before Meeting point waits for it. */
const merging = {
  Prototype: { target: "2026-03-13" },
  Access: { target: "2026-03-11" },
  "Meeting point": { target: "2026-03-18", after: ["Prototype", "Access"] },
} as const satisfies Steps;

export const forecastCases: readonly ForecastCase[] = [
  {
    name: "on the first day everything is forecast as planned",
    start: "2026-03-09",
    steps: lead,
    today: "2026-03-09",
    gives: {
      Design: ["2026-03-11", 0, ""],
      "Core build": ["2026-03-13", 0, ""],
      Integration: ["2026-03-18", 0, ""],
      Training: ["2026-03-20", 0, ""],
      Launch: ["2026-03-20", 0, ""],
    },
    delivery: "2026-03-20",
  },
  {
    name: "a milestone done late moves all that wait for it",
    start: "2026-03-09",
    // Design done Fri 13 instead of Wed 11: Thu 12, Fri 13 = 2 late.
    steps: { ...lead, Design: { target: "2026-03-11", done: "2026-03-13" } },
    today: "2026-03-13",
    gives: {
      Design: ["2026-03-13", 2, "+2 business days: done late"],
      // 2 after Fri 13: Mon 16, Tue 17. Fri 13 → Tue 17: Mon, Tue = 2
      "Core build": ["2026-03-17", 2, "+2 business days: “Design” done late"],
      // 3 after Tue 17: Wed 18, Thu 19, Fri 20. Wed 18 → Fri 20: 2
      Integration: ["2026-03-20", 2, "+2 business days: “Design” done late"],
      // 2 after Fri 20: Mon 23, Tue 24. Fri 20 → Tue 24: 2
      Training: ["2026-03-24", 2, "+2 business days: “Design” done late"],
      Launch: ["2026-03-24", 2, "+2 business days: “Design” done late"],
    },
    // Exactly the buffer: Agreed delivery is Tue 24.
    delivery: "2026-03-24",
  },
  {
    name: "a milestone done early brings all that wait for it forward",
    start: "2026-03-09",
    // Design done Mon 9 instead of Wed 11: 2 early.
    steps: { ...lead, Design: { target: "2026-03-11", done: "2026-03-09" } },
    today: "2026-03-09",
    gives: {
      Design: ["2026-03-09", -2, "−2 business days: done early"],
      // 2 after Mon 9: Wed 11; 3 after it: Thu 12, Fri 13, Mon 16; 2 after it: Tue 17, Wed 18
      "Core build": ["2026-03-11", -2, "−2 business days: “Design” done early"],
      Integration: ["2026-03-16", -2, "−2 business days: “Design” done early"],
      Training: ["2026-03-18", -2, "−2 business days: “Design” done early"],
      Launch: ["2026-03-18", -2, "−2 business days: “Design” done early"],
    },
    delivery: "2026-03-18",
  },
  {
    name: "a milestone that is overdue cannot be done before today",
    start: "2026-03-09",
    steps: lead,
    today: "2026-03-16",
    gives: {
      // Due Wed 11, today Mon 16: Thu 12, Fri 13, Mon 16 = 3
      Design: ["2026-03-16", 3, "+3 business days: not done by 2026-03-11"],
      // 2 after Mon 16: Wed 18; 3 after it: Thu 19, Fri 20, Mon 23; 2 after it: Tue 24, Wed 25
      "Core build": ["2026-03-18", 3, "+3 business days: “Design” not done by 2026-03-11"],
      Integration: ["2026-03-23", 3, "+3 business days: “Design” not done by 2026-03-11"],
      Training: ["2026-03-25", 3, "+3 business days: “Design” not done by 2026-03-11"],
      Launch: ["2026-03-25", 3, "+3 business days: “Design” not done by 2026-03-11"],
    },
    // One day past Agreed delivery, Tue 24.
    delivery: "2026-03-25",
  },
  {
    name: "a milestone dated before the one that it waits for is forecast with it: no step takes less than nothing",
    start: "2026-03-09",
    steps: {
      Design: { target: "2026-03-13" },
      "Core build": { target: "2026-03-11", after: ["Design"] },
    },
    today: "2026-03-09",
    gives: {
      Design: ["2026-03-13", 0, ""],
      // 0 after Fri 13. Wed 11 → Fri 13: Thu 12, Fri 13 = 2
      "Core build": ["2026-03-13", 2, "+2 business days: waits for “Design”"],
    },
    delivery: "2026-03-13",
  },
  {
    name: "lateness within the slack moves nothing else",
    start: "2026-03-09",
    // Access two late (Thu 12, Fri 13), which is its slack; Prototype on time the same day.
    steps: { ...merging, Access: { target: "2026-03-11", done: "2026-03-13" } },
    today: "2026-03-13",
    gives: {
      Prototype: ["2026-03-13", 0, ""],
      Access: ["2026-03-13", 2, "+2 business days: done late"],
      "Meeting point": ["2026-03-18", 0, ""],
    },
    delivery: "2026-03-18",
  },
  {
    name: "lateness beyond the slack moves the rest by what is left of it",
    start: "2026-03-09",
    steps: {
      ...merging,
      Prototype: { target: "2026-03-13", done: "2026-03-13" },
      // Thu 12, Fri 13, Mon 16 = 3 late, of which 2 are slack
      Access: { target: "2026-03-11", done: "2026-03-16" },
    },
    today: "2026-03-16",
    gives: {
      Prototype: ["2026-03-13", 0, ""],
      Access: ["2026-03-16", 3, "+3 business days: done late"],
      // 3 after Mon 16: Tue 17, Wed 18, Thu 19
      "Meeting point": ["2026-03-19", 1, "+1 business day: “Access” done late"],
    },
    delivery: "2026-03-19",
  },
  {
    name: "an approved change of three days has moved what was open",
    start: "2026-03-09",
    steps: {
      Design: { target: "2026-03-11", done: "2026-03-11" },
      // Fri 13 + 3: Mon 16, Tue 17, Wed 18
      "Core build": { target: "2026-03-18", baseline: "2026-03-13", after: ["Design"] },
      // Wed 18 + 3: Thu 19, Fri 20, Mon 23
      Integration: { target: "2026-03-23", baseline: "2026-03-18", after: ["Core build"] },
      // Fri 20 + 3: Mon 23, Tue 24, Wed 25
      Launch: { target: "2026-03-25", baseline: "2026-03-20", after: ["Integration"] },
    },
    changes: [{ label: "ACME-CR-4", days: 3, on: "2026-03-12" }],
    today: "2026-03-12",
    gives: {
      Design: ["2026-03-11", 0, ""],
      "Core build": ["2026-03-18", 3, "+3 business days: ACME-CR-4"],
      Integration: ["2026-03-23", 3, "+3 business days: ACME-CR-4"],
      Launch: ["2026-03-25", 3, "+3 business days: ACME-CR-4"],
    },
    delivery: "2026-03-25",
  },
  {
    name: "a change, and a day off that was added after it",
    // 2027-03-29 is a Monday: 3 is Wed 31, 5 Fri 2 April, 8 Wed 7 April.
    start: "2027-03-29",
    steps: {
      Design: { target: "2027-03-31", done: "2027-03-31" },
      // Fri 2 + 3, before the day off was known: Mon 5, Tue 6, Wed 7
      "Core build": { target: "2027-04-07", baseline: "2027-04-02", after: ["Design"] },
      // Wed 7 + 3: Thu 8, Fri 9, Mon 12
      Integration: { target: "2027-04-12", baseline: "2027-04-07", after: ["Core build"] },
    },
    changes: [{ label: "ACME-CR-4", days: 3, on: "2027-04-01" }],
    offLater: [{ date: "2027-04-05", addedOn: "2027-04-02" }],
    today: "2027-04-02",
    gives: {
      Design: ["2027-03-31", 0, ""],
      // 2 + 3 = 5 after Wed 31: Thu 1, Fri 2, (Mon 5 off), Tue 6, Wed 7, Thu 8. As the plan counted: Mon 5, Tue 6, Wed 7, Thu 8 = 4
      "Core build": ["2027-04-08", 4, "+3 business days: ACME-CR-4; +1: day off 2027-04-05"],
      // 3 after Thu 8: Fri 9, Mon 12, Tue 13. Wed 7 → Tue 13: Thu 8, Fri 9, Mon 12, Tue 13 = 4
      Integration: ["2027-04-13", 4, "+3 business days: ACME-CR-4; +1: day off 2027-04-05"],
    },
    delivery: "2027-04-13",
  },
  {
    name: "a day off, and a change after it whose dates know of it",
    start: "2027-03-29",
    steps: {
      Design: { target: "2027-03-31", done: "2027-03-31" },
      // Laid with the day off: as the forecast of the case before
      "Core build": { target: "2027-04-08", baseline: "2027-04-02", after: ["Design"] },
      Integration: { target: "2027-04-13", baseline: "2027-04-07", after: ["Core build"] },
    },
    changes: [{ label: "ACME-CR-4", days: 3, on: "2027-04-02" }],
    offLater: [{ date: "2027-04-05", addedOn: "2027-04-01" }],
    today: "2027-04-02",
    gives: {
      Design: ["2027-03-31", 0, ""],
      "Core build": ["2027-04-08", 4, "+3 business days: ACME-CR-4; +1: day off 2027-04-05"],
      Integration: ["2027-04-13", 4, "+3 business days: ACME-CR-4; +1: day off 2027-04-05"],
    },
    delivery: "2027-04-13",
  },
  {
    name: "days on hold are days without work",
    start: "2026-03-09",
    // Held from Thu 12; the team goes on on Tue 17: Thu 12, Fri 13, Mon 16 = 3.
    steps: { ...lead, Design: { target: "2026-03-11", done: "2026-03-11" } },
    holds: [{ from: "2026-03-12", until: "2026-03-17" }],
    today: "2026-03-17",
    gives: {
      Design: ["2026-03-11", 0, ""],
      // 2 after Wed 11, without the days on hold: Tue 17, Wed 18. Fri 13 → Wed 18: Mon, Tue, Wed = 3
      "Core build": ["2026-03-18", 3, "+3 business days: on hold 2026-03-12 to 2026-03-16"],
      // 3 after Wed 18: Thu 19, Fri 20, Mon 23; 2 after it: Tue 24, Wed 25
      Integration: ["2026-03-23", 3, "+3 business days: on hold 2026-03-12 to 2026-03-16"],
      Training: ["2026-03-25", 3, "+3 business days: on hold 2026-03-12 to 2026-03-16"],
      Launch: ["2026-03-25", 3, "+3 business days: on hold 2026-03-12 to 2026-03-16"],
    },
    delivery: "2026-03-25",
  },
  {
    name: "a hold over a change of clocks and two days off",
    start: "2026-03-23",
    off: easter,
    // 3 is Wed 25, 5 Fri 27, 6 Mon 30, 7 Tue 31, 8 Wed 1 April. Held from Fri 27 until Wed 8 April: Fri 27, Mon 30, Tue 31,
    // Wed 1, Thu 2, (Fri 3 and Mon 6 off), Tue 7 = 6.
    steps: {
      Design: { target: "2026-03-25", done: "2026-03-25" },
      "Core build": { target: "2026-03-27", after: ["Design"] },
      Integration: { target: "2026-04-01", after: ["Core build"] },
    },
    holds: [{ from: "2026-03-27", until: "2026-04-08" }],
    today: "2026-04-08",
    gives: {
      Design: ["2026-03-25", 0, ""],
      // 2 after Wed 25: Thu 26, Wed 8. Fri 27 → Wed 8: Mon 30, Tue 31, Wed 1, Thu 2, Tue 7, Wed 8 = 6
      "Core build": ["2026-04-08", 6, "+6 business days: on hold 2026-03-27 to 2026-04-07"],
      // 3 after Wed 8: Thu 9, Fri 10, Mon 13. Wed 1 → Mon 13: Thu 2, Tue 7, Wed 8, Thu 9, Fri 10, Mon 13 = 6
      Integration: ["2026-04-13", 6, "+6 business days: on hold 2026-03-27 to 2026-04-07"],
    },
    delivery: "2026-04-13",
  },
  {
    name: "while on hold, work can go on tomorrow at the earliest",
    start: "2026-03-09",
    // Held since Thu 12, today Mon 16: Thu 12, Fri 13, Mon 16 = 3.
    steps: { ...lead, Design: { target: "2026-03-11", done: "2026-03-11" } },
    holds: [{ from: "2026-03-12", until: null }],
    today: "2026-03-16",
    gives: {
      Design: ["2026-03-11", 0, ""],
      "Core build": ["2026-03-18", 3, "+3 business days: on hold since 2026-03-12"],
      Integration: ["2026-03-23", 3, "+3 business days: on hold since 2026-03-12"],
      Training: ["2026-03-25", 3, "+3 business days: on hold since 2026-03-12"],
      Launch: ["2026-03-25", 3, "+3 business days: on hold since 2026-03-12"],
    },
    delivery: "2026-03-25",
  },
  {
    name: "what waits for a skipped step waits for what that step waited for",
    start: "2026-03-09",
    steps: {
      // 2 late: Thu 12, Fri 13
      Design: { target: "2026-03-11", done: "2026-03-13" },
      "Core build": { target: "2026-03-13", after: ["Design"], skipped: true },
      Integration: { target: "2026-03-18", after: ["Core build"] },
    },
    today: "2026-03-13",
    gives: {
      Design: ["2026-03-13", 2, "+2 business days: done late"],
      "Core build": [null, null, ""],
      // From Wed 11 to Wed 18 were 5 (12, 13, 16, 17, 18); 5 after Fri 13: 16, 17, 18, 19, Fri 20
      Integration: ["2026-03-20", 2, "+2 business days: “Design” done late"],
    },
    delivery: "2026-03-20",
  },
  {
    name: "with part of a chain done, the rest counts from the last that is",
    start: "2026-03-09",
    steps: {
      ...lead,
      Design: { target: "2026-03-11", done: "2026-03-11" },
      // Thu 12 instead of Fri 13: 1 early
      "Core build": { target: "2026-03-13", after: ["Design"], done: "2026-03-12" },
    },
    today: "2026-03-12",
    gives: {
      Design: ["2026-03-11", 0, ""],
      "Core build": ["2026-03-12", -1, "−1 business day: done early"],
      // 3 after Thu 12: Fri 13, Mon 16, Tue 17; 2 after it: Wed 18, Thu 19
      Integration: ["2026-03-17", -1, "−1 business day: “Core build” done early"],
      Training: ["2026-03-19", -1, "−1 business day: “Core build” done early"],
      Launch: ["2026-03-19", -1, "−1 business day: “Core build” done early"],
    },
    delivery: "2026-03-19",
  },
  {
    name: "a Target that the team moved has moved what waits for it",
    start: "2026-03-09",
    steps: {
      Design: { target: "2026-03-11" },
      // Fri 13 + 2: Mon 16, Tue 17
      "Core build": { target: "2026-03-17", baseline: "2026-03-13", after: ["Design"] },
      // Wed 18 + 2: Thu 19, Fri 20
      Integration: { target: "2026-03-20", baseline: "2026-03-18", after: ["Core build"] },
    },
    today: "2026-03-10",
    gives: {
      Design: ["2026-03-11", 0, ""],
      "Core build": ["2026-03-17", 2, "+2 business days: its Target moved"],
      Integration: ["2026-03-20", 2, "+2 business days: Target of “Core build” moved"],
    },
    delivery: "2026-03-20",
  },
  {
    name: "work done on a Saturday counts, and the next step begins on Monday",
    start: "2026-03-09",
    // Wed 11 → Sat 14: Thu 12, Fri 13 = 2
    steps: { ...lead, Design: { target: "2026-03-11", done: "2026-03-14" } },
    today: "2026-03-14",
    gives: {
      Design: ["2026-03-14", 2, "+2 business days: done late"],
      // 2 after Sat 14: Mon 16, Tue 17; 3 after it: Wed 18, Thu 19, Fri 20; 2 after it: Mon 23, Tue 24
      "Core build": ["2026-03-17", 2, "+2 business days: “Design” done late"],
      Integration: ["2026-03-20", 2, "+2 business days: “Design” done late"],
      Training: ["2026-03-24", 2, "+2 business days: “Design” done late"],
      Launch: ["2026-03-24", 2, "+2 business days: “Design” done late"],
    },
    delivery: "2026-03-24",
  },
];

export const shiftCases: readonly ShiftCase[] = [
  {
    name: "three days for a change move what is open, not what is done",
    start: "2026-03-09",
    steps: { ...lead, Design: { target: "2026-03-11", done: "2026-03-11" } },
    days: 3,
    agreed: "2026-03-24",
    gives: {
      "Core build": "2026-03-18", // Fri 13: Mon 16, Tue 17, Wed 18
      Integration: "2026-03-23", // Wed 18: Thu 19, Fri 20, Mon 23
      Training: "2026-03-25", // Fri 20: Mon 23, Tue 24, Wed 25
      Launch: "2026-03-25",
    },
    newAgreed: "2026-03-27", // Tue 24: Wed 25, Thu 26, Fri 27
  },
  {
    name: "two days over Easter skip its days off",
    start: "2026-03-30",
    off: easter,
    steps: {
      Build: { target: "2026-04-01" },
      Deploy: { target: "2026-04-02", after: ["Build"] },
    },
    days: 2,
    agreed: "2026-04-08",
    gives: {
      Build: "2026-04-07", // Wed 1: Thu 2, (Fri 3, Mon 6 off), Tue 7
      Deploy: "2026-04-08", // 1 after it: Wed 8
    },
    newAgreed: "2026-04-10", // Wed 8: Thu 9, Fri 10
  },
  {
    name: "a change uses up the slack along dependencies; the agreed day moves by all of it",
    start: "2026-03-09",
    steps: { ...merging, Prototype: { target: "2026-03-13", done: "2026-03-13" } },
    days: 3,
    agreed: "2026-03-20",
    gives: {
      Access: "2026-03-16", // Wed 11: Thu 12, Fri 13, Mon 16
      "Meeting point": "2026-03-19", // 3 after Mon 16, the later of Fri 13 and Mon 16: Tue 17, Wed 18, Thu 19
    },
    newAgreed: "2026-03-25", // Fri 20: Mon 23, Tue 24, Wed 25
  },
];

export const moveCases: readonly MoveCase[] = [
  {
    name: "a Target moved two days later takes its dependents along",
    start: "2026-03-09",
    steps: lead,
    move: ["Core build", "2026-03-17"],
    gives: {
      Integration: "2026-03-20", // 3 after Tue 17: Wed 18, Thu 19, Fri 20
      Training: "2026-03-24", // 2 after Fri 20: Mon 23, Tue 24
      Launch: "2026-03-24",
    },
  },
  {
    name: "a Target moved a day earlier brings its dependents forward",
    start: "2026-03-09",
    steps: lead,
    move: ["Core build", "2026-03-12"],
    gives: {
      Integration: "2026-03-17", // 3 after Thu 12: Fri 13, Mon 16, Tue 17
      Training: "2026-03-19", // 2 after Tue 17: Wed 18, Thu 19
      Launch: "2026-03-19",
    },
  },
  {
    name: "a Target moved within its slack moves nothing else",
    start: "2026-03-09",
    steps: merging,
    move: ["Access", "2026-03-13"],
    gives: {},
  },
  {
    name: "a Target moved beyond its slack moves the rest by what is left of it",
    start: "2026-03-09",
    steps: merging,
    move: ["Access", "2026-03-16"],
    gives: { "Meeting point": "2026-03-19" }, // 3 after Mon 16: Tue 17, Wed 18, Thu 19
  },
];
