import fc from "fast-check";
import { databases } from "../../notion-templates/databases.ts";
import {
  type LifecycleKind,
  lifecycleKinds,
  milestoneKinds,
} from "../../notion-templates/milestone-kinds.ts";
import { checkpoints } from "../../notion-templates/plans/checkpoints.ts";
import { stageOptions } from "../../notion-templates/stages.ts";
import { type Office, officeOf } from "../../src/domain/office.ts";
import type {
  Ask,
  ChangeRequest,
  Check,
  Contact,
  DayOff,
  DecisionRow,
  DeliveryRecord,
  Milestone,
  OfficeRow,
  Project,
  Risk,
  Update,
} from "../../src/domain/record.ts";
import type { History, Transition } from "../../src/types/loop.ts";
import type { DateValue } from "../../src/types/values.ts";

/** Tuesday 2026-03-10, 10:00 in Paris (UTC+1). */
export const tuesdayAtTen = Date.UTC(2026, 2, 10, 9, 0);

export const day = (date: string): DateValue => ({ start: date, end: null, zone: null });

export const people = {
  manager: "user-manager",
  production: "user-production",
  qa: "user-qa",
  deployment: "user-deployment",
} as const;

const page = (pageId: string) => ({
  pageId,
  createdTime: tuesdayAtTen,
  url: `https://notion.test/${pageId}`,
});

/** A project in Intake in which nothing is filled in but its name and people. */
export const aProject = (changes: Partial<Project> = {}): Project => ({
  ...page("project"),
  ...{ name: "Lead bot", code: "ACME", client: "Acme", contacts: [], serviceType: null },
  ...{ stage: "Intake", gate: "", overrideReason: "", clientLetters: null, liveSince: null },
  ...{ health: null, healthNote: "", manager: [people.manager], productionLead: [people.production] },
  ...{ qaLead: [people.qa], deploymentLead: [people.deployment], start: null, agreedDelivery: null },
  ...{ baselineDelivery: null, forecastDelivery: null, delivered: null, requirementsSignedOff: false },
  ...{ timelineAcknowledged: false, scheduleAcknowledgedBy: [], inScope: "", outOfScope: "" },
  ...{ successCriteria: "", acceptanceCriteria: "", fallbackPlan: "", qaCertification: "Pending" },
  ...{ launchSignOff: "To request", receiptAcknowledged: "Not yet", supportTier: null },
  ...{ escalateAfter: null, changeOrders: "", rating: null, milepostKey: "" },
  ...changes,
});

/** A milestone of the project, not started and without dates. Its page id is its kind unless given. */
export const aMilestone = (
  kind: NonNullable<Milestone["kind"]>,
  changes: Partial<Milestone> = {},
): Milestone => ({
  ...page(kind),
  ...{ name: kind, project: ["project"], kind, status: "Not started", target: null, order: null },
  ...{ deliverable: "", whatWorksNow: "", demo: null, dependsOn: [], reviewOn: null, feedbackBy: null },
  ...{ skipReason: "", clientVisible: false, baseline: null, forecast: null, slip: null, whyItMoved: "" },
  ...{ actual: null, signOff: "Not needed", signedBy: "", signedAt: null, feedback: "", milepostKey: "" },
  ...changes,
});

/** A wish of the client that nobody has looked at yet. */
export const aChangeRequest = (changes: Partial<ChangeRequest> = {}): ChangeRequest => ({
  ...page("change-request"),
  ...{ title: "Leads from WhatsApp", project: ["project"], number: "", status: "Submitted", description: "" },
  ...{ requestedBy: [], channel: null, effortHours: null, timelineImpact: null, cost: null, riskLevel: null },
  ...{ riskNote: "", boundary: [], replaces: "", option: null, newDeliveryDate: null, decidedBy: "" },
  ...{ decidedAt: null, decisionNote: "", milepostKey: "" },
  ...changes,
});

/** An open risk that nobody has weighed yet. */
export const aRisk = (changes: Partial<Risk> = {}): Risk => ({
  ...page("risk"),
  ...{ title: "The CRM limits requests", project: ["project"], kind: "Risk", status: "Open" },
  ...{ likelihood: null, impact: null, score: null, severity: null, signal: "", mitigation: "" },
  ...{ contingency: "", decider: [], owner: [], reviewBy: null, clientVisible: false, level: null, to: [] },
  ...{ respondBy: null, resolution: "", milepostKey: "" },
  ...changes,
});

/** A draft of this week's summary as Milepost makes it, to the project's contact. */
export const anUpdate = (changes: Partial<Update> = {}): Update => ({
  ...page("update"),
  ...{ title: "Lead bot: week 11", project: ["project"], milestone: [], kind: "Weekly summary" },
  ...{ period: "2026-W11", state: "Draft", heldBecause: "", to: ["contact"], sentAt: null },
  milepostKey: "update|project|2026-W11",
  ...changes,
});

/** A check that nobody has made yet. */
export const aCheck = (changes: Partial<Check> = {}): Check => ({
  ...page("check"),
  ...{ check: "Happy path works", project: ["project"], checkpoint: "Functional testing" },
  ...{ result: "Not checked", evidence: "", reason: "", checkedBy: [], checkedOn: null },
  ...{ clientVisible: false, milepostKey: "" },
  ...changes,
});

/** An open ask that nothing waits for. */
export const anAsk = (changes: Partial<Ask> = {}): Ask => ({
  ...page("ask"),
  ...{ title: "Access to the CRM", project: ["project"], kind: "Access", owedBy: [], neededBy: null },
  ...{ blocks: false, state: "Open", answer: "", milepostKey: "" },
  ...changes,
});

export const aDecision = (changes: Partial<DecisionRow> = {}): DecisionRow => ({
  ...page("decision"),
  ...{ decision: "No personal data in phase 1", project: ["project"], why: "", revisitWhen: "" },
  ...{ madeBy: "", madeOn: null, source: "", clientVisible: false, milepostKey: "" },
  ...changes,
});

/** A day off of the office. */
export const aDayOff = (changes: Partial<DayOff> = {}): DayOff => ({
  ...page("day-off"),
  ...{ name: "Holiday", day: day("2026-03-12"), appliesTo: "", milepostKey: "" },
  ...changes,
});

export const aContact = (changes: Partial<Contact> = {}): Contact => ({
  ...page("contact"),
  ...{ name: "Cleo", email: "cleo@acme.example", phone: null, client: "Acme", role: ["Primary"] },
  ...{ receives: [], timeZone: "", deliveryProblem: "", milepostKey: "" },
  ...changes,
});

export const anOfficeRow = (changes: Partial<OfficeRow> = {}): OfficeRow => ({
  ...page("office"),
  ...{ agency: "North Agency", sender: "Dana", colour: "", timeZone: "Europe/Paris" },
  workingDays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
  ...{ workStarts: "09:00", workEnds: "18:00", practiceLead: [], executive: [] },
  ...{ mayOverride: [people.manager], supportTiers: "", defaultLetters: "Review first" },
  ...{ activeSince: day("2026-03-01"), milepostKey: "" },
  ...changes,
});

export const anOffice = (changes: Partial<OfficeRow> = {}): Office => officeOf(anOfficeRow(changes), "UTC");

/** The whole record of a project: complete, as read from every database. */
export const aRecord = (changes: {
  readonly project?: Partial<Project>;
  readonly milestones?: readonly Milestone[];
  readonly changeRequests?: readonly ChangeRequest[];
  readonly risks?: readonly Risk[];
  readonly checks?: readonly Check[];
  readonly asks?: readonly Ask[];
  readonly decisions?: readonly DecisionRow[];
  readonly updates?: readonly Update[];
  readonly contacts?: readonly Contact[];
  readonly gaps?: readonly string[];
}): DeliveryRecord => ({
  project: aProject(changes.project),
  milestones: changes.milestones ?? [],
  changeRequests: changes.changeRequests ?? [],
  risks: changes.risks ?? [],
  checks: changes.checks ?? [],
  asks: changes.asks ?? [],
  decisions: changes.decisions ?? [],
  updates: changes.updates ?? [],
  contacts: changes.contacts ?? [],
  complete: (changes.gaps ?? []).length === 0,
  gaps: changes.gaps ?? [],
});

/** The six milestones of a schedule, a week apart from 2026-03-16, then what else the delivery record has. */
export const aSchedule = (changes: Partial<Record<LifecycleKind, Partial<Milestone>>> = {}): Milestone[] =>
  lifecycleKinds.map(({ name }, index) =>
    aMilestone(name, {
      target: day(new Date(Date.UTC(2026, 2, 9 + 7 * index)).toISOString().slice(0, 10)),
      ...changes[name],
    }),
  );

/** One passed check of every checkpoint. Its page id is its checkpoint. */
export const passedChecks = (): Check[] =>
  checkpoints.map(({ name }) => aCheck({ ...page(name), checkpoint: name, result: "Passed" }));

/** A weighed risk with its mitigation, as a register needs one. */
export const aKnownRisk = (changes: Partial<Risk> = {}): Risk =>
  aRisk({ likelihood: "Low", impact: "Low", score: 1, mitigation: "Spread the requests", ...changes });

/** A record that meets every gate. */
export const aFinishedRecord = (project: Partial<Project> = {}): DeliveryRecord =>
  aRecord({
    project: {
      requirementsSignedOff: true,
      timelineAcknowledged: true,
      scheduleAcknowledgedBy: [people.deployment, people.production],
      inScope: "Web form leads",
      outOfScope: "Phone calls",
      successCriteria: "Sales reads only good leads",
      acceptanceCriteria: "36 of 40 test leads land in the right class",
      fallbackPlan: "The form goes to the shared mailbox",
      escalateAfter: 2,
      agreedDelivery: day("2026-05-04"),
      delivered: day("2026-05-04"),
      qaCertification: "PASS",
      launchSignOff: "Approved",
      receiptAcknowledged: "Acknowledged",
      ...project,
    },
    milestones: aSchedule().map((milestone) => ({ ...milestone, status: "Done" })),
    risks: [aKnownRisk()],
    checks: passedChecks(),
    contacts: [aContact()],
  });

export const aTransition = (changes: Partial<Transition> = {}): Transition => ({
  ...{
    pageId: "project",
    property: "stage",
    version: 1,
    outcome: "accepted",
    from: "Intake",
    to: "Planning",
  },
  ...{ at: tuesdayAtTen, by: { kind: "person", id: people.production } },
  ...{ evidence: { kind: "person", id: people.production }, covers: null, findings: [] },
  ...changes,
});

/** A history of the given transitions; the n-th is version n unless it says otherwise, and one minute later than the one before. */
export const aHistory = (...transitions: readonly Partial<Transition>[]): History => ({
  transitions: transitions.map((changes, index) =>
    aTransition({ version: index + 1, at: tuesdayAtTen + index * 60_000, ...changes }),
  ),
  answers: [],
  actions: [],
});

const nameOf = <T extends { readonly name: string }>(options: readonly T[]) =>
  fc.constantFrom(...options.map(({ name }) => name as T["name"]));

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const anyDay = maybe(
  fc.oneof(
    fc
      .integer({ min: 20_400, max: 20_700 })
      .map((days) => day(new Date(days * 86_400_000).toISOString().slice(0, 10))),
    fc.constantFrom(
      day("2026-03-10T10:00:00.000Z"),
      { ...day("2026-03-29T02:30:00.000"), zone: "Europe/Paris" },
      day("soon"),
    ),
  ),
);

const anyPeople = fc.subarray(Object.values(people));
const { properties } = databases.projects;

const anyProject: fc.Arbitrary<Project> = fc
  .record({
    stage: maybe(nameOf(stageOptions)),
    overrideReason: fc.constantFrom("", " ", "The client insists"),
    clientLetters: maybe(nameOf(properties.clientLetters.options)),
    liveSince: anyDay,
    manager: anyPeople,
    productionLead: anyPeople,
    qaLead: anyPeople,
    deploymentLead: anyPeople,
    requirementsSignedOff: fc.boolean(),
    timelineAcknowledged: fc.boolean(),
    scheduleAcknowledgedBy: anyPeople,
    escalateAfter: maybe(fc.constantFrom(0, 2, 1.5, -1, Number.NaN, 1e9)),
    qaCertification: maybe(nameOf(properties.qaCertification.options)),
    receiptAcknowledged: maybe(nameOf(properties.receiptAcknowledged.options)),
    createdTime: fc.constantFrom(Date.UTC(2025, 0), tuesdayAtTen),
  })
  .map(aProject);

const anyMilestone = fc
  .record({
    kind: nameOf(milestoneKinds),
    status: maybe(nameOf(databases.milestones.properties.status.options)),
    target: anyDay,
    skipReason: fc.constantFrom("", "Not part of this delivery"),
    signOff: nameOf(databases.milestones.properties.signOff.options),
    feedbackBy: anyDay,
  })
  .map(({ kind, ...changes }) => aMilestone(kind, changes));

const anyContact = fc
  .record({
    email: maybe(fc.constantFrom("", "cleo@acme.example", "nowhere")),
    deliveryProblem: fc.constantFrom("", "bounced"),
  })
  .map(aContact);

const anyChangeRequest = fc
  .record({
    status: maybe(nameOf(databases.changeRequests.properties.status.options)),
    cost: maybe(fc.constantFrom(0, 1_680, -1)),
    timelineImpact: maybe(fc.constantFrom(0, 2, 2.5)),
  })
  .map(aChangeRequest);

const anyLevel = maybe(nameOf(databases.risks.properties.likelihood.options));
const anyRisk = fc
  .record({
    kind: maybe(nameOf(databases.risks.properties.kind.options)),
    status: maybe(nameOf(databases.risks.properties.status.options)),
    likelihood: anyLevel,
    impact: anyLevel,
    severity: maybe(nameOf(databases.risks.properties.severity.options)),
    level: maybe(nameOf(databases.risks.properties.level.options)),
    to: anyPeople,
    respondBy: anyDay,
    owner: anyPeople,
    reviewBy: anyDay,
    clientVisible: fc.boolean(),
  })
  .map(aRisk);

const anyCheck = fc
  .record({
    checkpoint: maybe(nameOf(databases.checks.properties.checkpoint.options)),
    result: maybe(nameOf(databases.checks.properties.result.options)),
    reason: fc.constantFrom("", " ", "Nothing personal is kept"),
  })
  .map(aCheck);

const anyAsk = fc
  .record({
    state: maybe(nameOf(databases.asks.properties.state.options)),
    neededBy: anyDay,
    blocks: fc.boolean(),
    owedBy: fc.subarray(["contact-0", "nobody"]),
  })
  .map(anAsk);

const anyUpdate = fc
  .record({
    kind: maybe(nameOf(databases.updates.properties.kind.options)),
    state: maybe(nameOf(databases.updates.properties.state.options)),
    milepostKey: fc.constantFrom("", "update|project|2026-W11"),
    to: fc.subarray(["contact-0", "contact-1", "nobody"]),
    milestone: fc.subarray(["milestone-0", "nowhere"]),
  })
  .map(anUpdate);

/** Each with a page id of its own. */
const numbered = <T extends { readonly pageId: string }>(rows: readonly T[], name: string): T[] =>
  rows.map((row, index) => ({ ...row, pageId: `${name}-${index}` }));

/** Any record that the databases can hold, reasonable or not; page ids are unique. */
export const anyRecord: fc.Arbitrary<DeliveryRecord> = fc
  .record({
    project: anyProject,
    milestones: fc.array(anyMilestone, { maxLength: 14 }),
    changeRequests: fc.array(anyChangeRequest, { maxLength: 3 }),
    risks: fc.array(anyRisk, { maxLength: 3 }),
    checks: fc.array(anyCheck, { maxLength: 3 }),
    asks: fc.array(anyAsk, { maxLength: 3 }),
    decisions: fc.array(fc.constant(aDecision()), { maxLength: 2 }),
    updates: fc.array(anyUpdate, { maxLength: 3 }),
    contacts: fc.array(anyContact, { maxLength: 3 }),
  })
  .map(({ project, milestones, changeRequests, risks, checks, asks, decisions, updates, contacts }) => ({
    project,
    milestones: numbered(milestones, "milestone"),
    changeRequests: numbered(changeRequests, "change-request"),
    risks: numbered(risks, "risk"),
    checks: numbered(checks, "check"),
    asks: numbered(asks, "ask"),
    decisions: numbered(decisions, "decision"),
    updates: numbered(updates, "update"),
    contacts: numbered(contacts, "contact"),
    complete: true,
    gaps: [],
  }));

const anyStageTransition = fc.record({
  property: fc.constant("stage"),
  outcome: fc.constantFrom("accepted" as const, "refused" as const, "baseline" as const),
  from: maybe(nameOf(stageOptions)),
  to: maybe(nameOf(stageOptions)),
  by: fc.constantFrom({ kind: "person", id: people.manager } as const, { kind: "unknown" } as const),
});

const anyCertification = fc.record({
  property: fc.constant("qaCertification"),
  outcome: fc.constantFrom("accepted" as const, "refused" as const),
  from: fc.constant("Pending"),
  to: nameOf(properties.qaCertification.options),
});

/** Any history of a project's Stage and certification, one change a minute. */
export const anyHistory: fc.Arbitrary<History> = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyStageTransition }, anyCertification), { maxLength: 12 })
  .map((transitions) => {
    const versions = new Map<string, number>();
    return aHistory(
      ...transitions.map((transition) => {
        const version = (versions.get(transition.property) ?? 0) + 1;
        versions.set(transition.property, version);
        return { ...transition, version };
      }),
    );
  });
