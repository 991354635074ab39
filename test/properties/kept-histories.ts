import type { History } from "./deeds.ts";

/** The shortest histories that showed each planted defect (`scripts/plant-defects.ts`), and those that showed real ones. */
export const keptHistories: Readonly<Record<string, History>> = {
  "a move is judged although a property that its gate does not read is broken": {
    steps: [
      {
        deed: {
          kind: "edit",
          role: "projects",
          property: "timelineAcknowledged",
          to: false,
          who: "Dana Reyes",
        },
        delivery: "twice",
        thenMs: 1000,
      },
      { deed: { kind: "restore", role: "projects" }, delivery: "twice", thenMs: 0 },
      {
        deed: { kind: "edit", role: "milestones", property: "target", to: "2026-12-01", who: "Pablo Ortiz" },
        delivery: "late",
        thenMs: 70000,
      },
      {
        deed: { kind: "edit", role: "milestones", property: "status", to: "Done", who: "Quinn Abbott" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "In production", who: "Pablo Ortiz" },
        delivery: "late",
        thenMs: 0,
      },
      { deed: { kind: "propose", role: "risks", property: "to", to: [] }, delivery: "order", thenMs: 0 },
      {
        deed: { kind: "break", part: { role: "milestones", property: "baseline" } },
        delivery: "twice",
        thenMs: 0,
      },
      { deed: { kind: "rest" }, delivery: "twice", thenMs: 700000 },
      { deed: { kind: "propose", role: "risks", property: "to", to: [] }, delivery: "twice", thenMs: 0 },
      { deed: { kind: "break", part: { role: "risks", property: "impact" } }, delivery: "order", thenMs: 0 },
    ],
    plan: {
      write: {
        "1": { kind: "status", when: "before", status: 429, code: "rate_limited" },
        "4": { kind: "status", when: "before", status: 529, code: "service_overload" },
      },
      page: {
        "14": {
          kind: "person",
          when: "after",
          edit: { kind: "edit", role: "milestones", property: "baseline", to: null, who: "Dana Reyes" },
        },
        "16": {
          kind: "person",
          when: "before",
          edit: { kind: "edit", role: "risks", property: "status", to: "Mitigating", who: "Dana Reyes" },
        },
      },
      other: {},
    },
    stops: [808],
  },
  "a stop at the end of a request lets it be made again before it has landed": {
    steps: [
      { deed: { kind: "trash", role: "risks" }, delivery: "lost", thenMs: 0 },
      { deed: { kind: "trash", role: "risks" }, delivery: "reverse", thenMs: 700000 },
    ],
    plan: {
      write: {
        "1": { kind: "late" },
        "5": {
          kind: "person",
          when: "before",
          edit: {
            kind: "edit",
            role: "projects",
            property: "timelineAcknowledged",
            to: false,
            who: "Pablo Ortiz",
          },
        },
      },
      page: { "6": { kind: "status", when: "after", status: 504, code: "gateway_timeout" } },
      other: {
        "1": {
          kind: "person",
          when: "after",
          edit: { kind: "edit", role: "projects", property: "gate", to: "All fine", who: "Pablo Ortiz" },
        },
        "11": { kind: "status", when: "before", status: 529, code: "service_overload" },
      },
    },
    stops: [471, 1287],
  },
  "somebody whom a person names again after our write that was never answered is lost": {
    steps: [
      {
        deed: { kind: "propose", role: "risks", property: "to", to: ["Quinn Abbott"] },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 70000,
      },
      { deed: { kind: "propose", role: "risks", property: "to", to: [] }, delivery: "order", thenMs: 0 },
      {
        deed: {
          kind: "edit",
          role: "risks",
          property: "to",
          to: ["Dana Reyes", "Quinn Abbott"],
          who: "Dana Reyes",
        },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: { write: { "2": { kind: "timeout", when: "after" } }, page: {}, other: {} },
    stops: [],
  },
  "a value that is written again is not kept in the journal": {
    steps: [
      {
        deed: { kind: "propose", role: "projects", property: "scheduleAcknowledgedBy", to: ["Dana Reyes"] },
        ...{ delivery: "order", thenMs: 0 },
      },
    ],
    plan: { write: { 1: { kind: "undone" } }, page: {}, other: {} },
    stops: [],
  },
  "a broken property stops the whole page": {
    steps: [
      {
        deed: { kind: "break", part: { role: "milestones", property: "baseline" } },
        ...{ delivery: "order", thenMs: 0 },
      },
      {
        deed: { kind: "edit", role: "milestones", property: "name", to: "Start", who: "Dana Reyes" },
        ...{ delivery: "order", thenMs: 70_000 },
      },
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-22" },
        ...{ delivery: "order", thenMs: 0 },
      },
    ],
    plan: { write: {}, page: {}, other: {} },
    stops: [],
  },
  "a page in the trash is taken for one that is there": {
    steps: [{ deed: { kind: "trash", role: "risks" }, delivery: "order", thenMs: 0 }],
    plan: { write: {}, page: {}, other: {} },
    stops: [],
  },
  "our own write that lands late is not taken for a person's": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        ...{ delivery: "order", thenMs: 0 },
      },
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        ...{ delivery: "order", thenMs: 8_000 },
      },
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-22" },
        ...{ delivery: "order", thenMs: 0 },
      },
    ],
    plan: { write: { 2: { kind: "late" } }, page: {}, other: {} },
    stops: [],
  },
  "a decision does not shorten the wait for a write that may still land": {
    steps: [
      {
        deed: { kind: "propose", role: "projects", property: "scheduleAcknowledgedBy", to: ["Dana Reyes"] },
        ...{ delivery: "order", thenMs: 0 },
      },
      {
        deed: { kind: "propose", role: "projects", property: "scheduleAcknowledgedBy", to: ["Dana Reyes"] },
        ...{ delivery: "order", thenMs: 0 },
      },
      { deed: { kind: "restart" }, delivery: "order", thenMs: 0 },
    ],
    plan: { write: { 1: { kind: "timeout", when: "before" } }, page: {}, other: {} },
    stops: [],
  },
  "a comment that lands after the request was given up is not made twice": {
    steps: [
      {
        deed: { kind: "edit", role: "risks", property: "score", to: 7, who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        ...{ delivery: "order", thenMs: 0 },
      },
      {
        deed: { kind: "edit", role: "milestones", property: "signOff", to: "Approved", who: "Dana Reyes" },
        ...{ delivery: "order", thenMs: 0 },
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        ...{ delivery: "order", thenMs: 0 },
      },
    ],
    plan: { write: { 4: { kind: "late" } }, page: {}, other: {} },
    stops: [],
  },
  "no second read before a write": {
    steps: [
      {
        deed: { kind: "edit", role: "milestones", property: "target", to: "2026-12-01", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        delivery: "order",
        thenMs: 0,
      },
      { deed: { kind: "trash", role: "projects" }, delivery: "order", thenMs: 0 },
    ],
    plan: {
      write: {},
      page: { "1": { kind: "status", when: "before", status: 409, code: "conflict_error" } },
      other: {},
    },
    stops: [],
  },
  "base moved before the write is confirmed": {
    steps: [
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: {
      write: { "1": { kind: "status", when: "before", status: 409, code: "conflict_error" } },
      page: {},
      other: {},
    },
    stops: [],
  },
  "no settle time after an unknown outcome": {
    steps: [
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        delivery: "order",
        thenMs: 0,
      },
      { deed: { kind: "restart" }, delivery: "order", thenMs: 0 },
    ],
    plan: { write: { "1": { kind: "timeout", when: "before" } }, page: {}, other: {} },
    stops: [],
  },
  "an unknown outcome is taken for success": {
    steps: [
      {
        deed: {
          kind: "edit",
          role: "projects",
          property: "requirementsSignedOff",
          to: true,
          who: "Dana Reyes",
        },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: { write: { "1": { kind: "truncated" } }, page: {}, other: {} },
    stops: [],
  },
  "the verdict is stored outside of a transaction": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "QA", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: { write: {}, page: {}, other: {} },
    stops: [144],
  },
  "the last write wins": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "QA", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: {
      write: { "3": { kind: "status", when: "before", status: 409, code: "conflict_error" } },
      page: {},
      other: {},
    },
    stops: [],
  },
  "no search for the marker before a comment is made again": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "QA", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: {
      write: { "2": { kind: "status", when: "after", status: 500, code: "internal_server_error" } },
      page: {},
      other: {},
    },
    stops: [],
  },
  "a comment is made again before the first request has settled": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "QA", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "On hold", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: { write: { "3": { kind: "timeout", when: "before" } }, page: {}, other: {} },
    stops: [],
  },
  "a thread that cannot be seen for a moment is not begun a second time": {
    steps: [
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "In production", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "milestones", property: "signOff", to: "Requested", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: {
      write: { "6": { kind: "status", when: "before", status: 404, code: "object_not_found" } },
      page: {
        "5": {
          kind: "person",
          when: "before",
          edit: {
            kind: "edit",
            role: "projects",
            property: "requirementsSignedOff",
            to: true,
            who: "Dana Reyes",
          },
        },
      },
      other: {},
    },
    stops: [],
  },
  "a request is put back unjudged": {
    steps: [
      { deed: { kind: "restart" }, delivery: "order", thenMs: 0 },
      {
        deed: { kind: "edit", role: "projects", property: "gate", to: "", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 700000,
      },
      {
        deed: { kind: "edit", role: "projects", property: "gate", to: "", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      { deed: { kind: "lag" }, delivery: "order", thenMs: 700000 },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: {
      write: { "1": { kind: "status", when: "before", status: 500, code: "internal_server_error" } },
      page: {
        "5": { kind: "status", when: "before", status: 529, code: "service_overload" },
        "7": {
          kind: "person",
          when: "before",
          edit: { kind: "edit", role: "projects", property: "stage", to: "On hold", who: "Dana Reyes" },
        },
      },
      other: {},
    },
    stops: [1488, 438],
  },
  "drift is not kept in the journal": {
    steps: [
      {
        deed: { kind: "edit", role: "risks", property: "score", to: 7, who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: { write: {}, page: {}, other: {} },
    stops: [],
  },
  "a pause ends after a minute whatever Notion says": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      { deed: { kind: "restart" }, delivery: "order", thenMs: 0 },
    ],
    plan: {
      write: {},
      page: { "1": { kind: "status", when: "before", status: 529, code: "service_overload" } },
      other: {},
    },
    stops: [],
  },
  "an accepted move does not mark its record": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "On hold", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: { write: {}, page: {}, other: {} },
    stops: [],
  },
  "a query row is trusted": {
    steps: [
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "On hold", who: "Dana Reyes" },
        delivery: "lost",
        thenMs: 0,
      },
      { deed: { kind: "lag" }, delivery: "order", thenMs: 0 },
    ],
    plan: { write: {}, page: {}, other: {} },
    stops: [],
  },
  "a page that comes back is not taken up again": {
    steps: [
      { deed: { kind: "trash", role: "risks" }, delivery: "order", thenMs: 700000 },
      { deed: { kind: "restore", role: "risks" }, delivery: "lost", thenMs: 0 },
    ],
    plan: { write: {}, page: {}, other: {} },
    stops: [],
  },
  "a write without an answer is forgotten where its page cannot be read for a moment": {
    steps: [
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
        delivery: "order",
        thenMs: 0,
      },
      { deed: { kind: "trash", role: "projects" }, delivery: "order", thenMs: 0 },
      {
        deed: { kind: "propose", role: "risks", property: "to", to: ["Quinn Abbott"] },
        delivery: "order",
        thenMs: 700000,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
    ],
    plan: {
      write: {
        "1": { kind: "status", when: "after", status: 500, code: "internal_server_error" },
        "3": { kind: "undone" },
      },
      page: {
        "3": { kind: "status", when: "before", status: 409, code: "conflict_error" },
        "6": { kind: "status", when: "before", status: 409, code: "conflict_error" },
        "11": { kind: "status", when: "before", status: 404, code: "object_not_found" },
      },
      other: {},
    },
    stops: [],
  },
  "a write that Notion refused stays named although its column is found broken and it is written no more": {
    steps: [
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-22" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "edit", role: "projects", property: "stage", to: "Intake", who: "Dana Reyes" },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "break", part: { role: "milestones", property: "baseline" } },
        delivery: "order",
        thenMs: 0,
      },
      {
        deed: { kind: "propose", role: "milestones", property: "target", to: "2026-12-22" },
        delivery: "order",
        thenMs: 70000,
      },
    ],
    plan: {
      write: {
        2: {
          kind: "person",
          when: "before",
          edit: {
            kind: "edit",
            role: "milestones",
            property: "baseline",
            to: "2026-12-01",
            who: "Dana Reyes",
          },
        },
      },
      page: {},
      other: {},
    },
    stops: [],
  },
  "a write lands late over what a person set meanwhile, and its value is proposed away": {
    steps: [
      {
        deed: { kind: "propose", role: "risks", property: "to", to: ["Quinn Abbott"] },
        delivery: "lost",
        thenMs: 1000,
      },
      {
        deed: { kind: "edit", role: "risks", property: "to", to: ["Dana Reyes"], who: "Quinn Abbott" },
        delivery: "lost",
        thenMs: 140_000,
      },
      {
        deed: { kind: "propose", role: "risks", property: "to", to: [] },
        delivery: "lost",
        thenMs: 1000,
      },
    ],
    plan: { write: { 1: { kind: "late" } }, page: {}, other: {} },
    stops: [],
  },
};
