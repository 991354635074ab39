import fc from "fast-check";
import { type Person, people, type Role } from "./cast.ts";

/** A value as a person sees it; options by name, people by name. */
export type Shown = string | number | boolean | readonly string[] | null;
export type Edit = {
  readonly kind: "edit";
  readonly who: Person;
  readonly role: Role;
  readonly property: string;
  readonly to: Shown;
};
/** `propose`: Milepost itself changes a shared value. */
export type Proposal = {
  readonly kind: "propose";
  readonly role: Role;
  readonly property: string;
  readonly to: Shown;
};
export type Deed =
  | Edit
  | Proposal
  | { readonly kind: "trash" | "restore"; readonly role: Role }
  | { readonly kind: "break"; readonly part: Part }
  | { readonly kind: "mend" }
  | { readonly kind: "restart" | "lag" | "rest" };

/** A property that Notion shows under another type for a while; nothing but itself and what is counted from it has to wait. */
export type Part = { readonly role: Role; readonly property: string };
const parts: readonly Part[] = [
  { role: "projects", property: "health" },
  { role: "milestones", property: "baseline" },
  { role: "risks", property: "impact" },
];

/** What happens to the events that wait: they come in order, in reverse, twice over, or never. */
export type Delivery = "order" | "reverse" | "twice" | "lost" | "late";
export type Step = { readonly deed: Deed; readonly delivery: Delivery; readonly thenMs: number };

/** The columns that people change, of every owner, and to what. */
const columns: Readonly<Record<Role, Readonly<Record<string, readonly Shown[]>>>> = {
  projects: {
    stage: ["Intake", "Planning", "In production", "QA", "On hold"],
    qaCertification: ["PASS", "FAIL", "Pending"],
    requirementsSignedOff: [true, false],
    timelineAcknowledged: [true, false],
    gate: ["All fine", ""],
    name: ["Lead bot", "Order desk"],
    health: ["On track", "At risk"],
    scheduleAcknowledgedBy: [["Dana Reyes"], ["Pablo Ortiz", "Quinn Abbott"], []],
  },
  milestones: {
    status: ["Done", "In progress", "Not started"],
    signOff: ["To request", "Requested", "Approved", "Not needed"],
    target: ["2026-12-01", "2026-12-08", null],
    baseline: ["2026-12-01", null],
    name: ["Kick-off", "Start"],
  },
  risks: {
    likelihood: ["Low", "Medium", "High"],
    impact: ["Low", "High"],
    score: [1, 7],
    status: ["Mitigating", "Closed"],
    to: [["Dana Reyes"], ["Dana Reyes", "Quinn Abbott"], ["Pablo Ortiz"], []],
  },
};

/** Shared values that Milepost proposes. */
const proposals: readonly Proposal[] = [
  { kind: "propose", role: "milestones", property: "target", to: "2026-12-15" },
  { kind: "propose", role: "milestones", property: "target", to: "2026-12-22" },
  { kind: "propose", role: "risks", property: "to", to: ["Quinn Abbott"] },
  { kind: "propose", role: "risks", property: "to", to: [] },
  { kind: "propose", role: "projects", property: "scheduleAcknowledgedBy", to: ["Dana Reyes"] },
];

const editsOf = (role: Role): readonly Omit<Edit, "who">[] =>
  Object.entries(columns[role]).flatMap(([property, values]) =>
    values.map((to): Omit<Edit, "who"> => ({ kind: "edit", role, property, to })),
  );

const roles = fc.constantFrom<Role>("projects", "milestones", "risks");

const edits: fc.Arbitrary<Edit> = roles.chain((role) =>
  fc
    .record({ who: fc.constantFrom(...people), edit: fc.constantFrom(...editsOf(role)) })
    .map(({ who, edit }) => ({ ...edit, who })),
);

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: edits },
  { weight: 3, arbitrary: fc.constantFrom(...proposals) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("trash" as const, "restore" as const), role: roles }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("restart" as const, "rest" as const) }) },
  { weight: 1, arbitrary: fc.constant<Deed>({ kind: "lag" }) },
  { weight: 1, arbitrary: fc.constantFrom(...parts).map((part): Deed => ({ kind: "break", part })) },
  { weight: 1, arbitrary: fc.constant<Deed>({ kind: "mend" }) },
);

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    deed: deeds,
    delivery: fc.constantFrom<Delivery>("order", "order", "reverse", "twice", "lost", "late"),
    thenMs: fc.constantFrom(0, 0, 1_000, 70_000, 700_000),
  }),
  { minLength: 1, maxLength: 10 },
);

/** Steps in which nothing goes wrong but the delivery of events. `isWhole`: every event arrives, and at once. */
export type Delivered = { readonly steps: readonly Step[]; readonly isWhole: boolean };

const without = (...kinds: readonly Deed["kind"][]) =>
  steps.map((all) => all.filter(({ deed }) => !kinds.includes(deed.kind)));
export const delivered: fc.Arbitrary<Delivered> = fc.oneof(
  // What Milepost proposes depends on what it knows.
  without("break", "mend", "lag", "propose").map((all) => ({ steps: all, isWhole: false })),
  without("break", "mend", "lag").map((all) => ({ steps: all.map(arriving), isWhole: true })),
);

const arriving = (step: Step): Step =>
  step.delivery === "lost" || step.delivery === "late" ? { ...step, delivery: "twice" } : step;

/**
 * What goes wrong with one of Milepost's requests; `late` times out and lands all the same some time after. `undone`: a write
 * lands, its answer is lost, and a person puts back at once what it replaced.
 */
export type Trouble =
  | {
      readonly kind: "status";
      readonly when: "before" | "after";
      readonly status: number;
      readonly code: string;
    }
  | { readonly kind: "reset" | "timeout"; readonly when: "before" | "after" }
  | { readonly kind: "html" | "truncated" | "late" | "undone" }
  | { readonly kind: "person"; readonly when: "before" | "after"; readonly edit: Edit };

const troubles: fc.Arbitrary<Trouble> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<Trouble>(
      { kind: "status", when: "before", status: 409, code: "conflict_error" },
      { kind: "status", when: "before", status: 429, code: "rate_limited" },
      { kind: "status", when: "before", status: 529, code: "service_overload" },
      { kind: "status", when: "before", status: 404, code: "object_not_found" },
      { kind: "status", when: "before", status: 401, code: "unauthorized" },
      { kind: "status", when: "before", status: 500, code: "internal_server_error" },
      { kind: "status", when: "after", status: 500, code: "internal_server_error" },
      { kind: "status", when: "after", status: 503, code: "service_unavailable" },
      { kind: "status", when: "after", status: 504, code: "gateway_timeout" },
      { kind: "reset", when: "before" },
      { kind: "reset", when: "after" },
      { kind: "timeout", when: "before" },
      { kind: "timeout", when: "after" },
      { kind: "html" },
      { kind: "truncated" },
      { kind: "late" },
      { kind: "undone" },
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ when: fc.constantFrom("before" as const, "after" as const), edit: edits })
      .map((one): Trouble => ({ kind: "person", ...one })),
  },
);

/** By the kind of request, because writes are few among them, and its number among its kind. */
export type Plan = Readonly<Record<"write" | "page" | "other", Readonly<Record<string, Trouble>>>>;

const numbered = (max: number, maxKeys: number) =>
  fc.dictionary(fc.integer({ min: 1, max }).map(String), troubles, { maxKeys });

/** A whole history: what people do, what fails, and the probes at which the process stops. */
export type History = {
  readonly steps: readonly Step[];
  readonly plan: Plan;
  readonly stops: readonly number[];
};

export const histories: fc.Arbitrary<History> = fc.record({
  steps,
  plan: fc.record({ write: numbered(6, 4), page: numbered(16, 4), other: numbered(30, 2) }),
  stops: fc.array(fc.integer({ min: 1, max: 1_500 }), { maxLength: 2 }),
});
