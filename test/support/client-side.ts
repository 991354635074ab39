import type { DeliveryRecord } from "../../src/domain/record.ts";
import { decide } from "../../src/rules/decide.ts";
import type { Action, ActionPayload, PastAction } from "../../src/types/action.ts";
import type { Decision, History, Transition } from "../../src/types/loop.ts";
import { aChangeRequest, aContact, aHistory, aMilestone, anOffice, aRecord, aRisk, day } from "./records.ts";

/** A time on a day of March 2026 in Paris, which is UTC+1 until the 29th. */
export const march = (date: number, hour: number, minute = 0): number =>
  Date.UTC(2026, 2, date, hour - 1, minute);

/** Friday 13 March 2026, 09:30 in Paris: the summary of week 11 is due. */
export const fridayMorning = march(13, 9, 30);

/** Transitions as given, each at its own time; the version is 1 unless given. */
export const happened = (
  transitions: readonly Partial<Transition>[],
  actions: readonly PastAction[] = [],
): History => ({
  ...aHistory(...transitions.map((one) => ({ version: 1, ...one }))),
  actions,
});

/** The middle of a delivery: something done, in review, asked, decided, blocked, and much that is internal. */
export const inTheMiddle = (): DeliveryRecord =>
  aRecord({
    project: {
      ...{ clientLetters: "Review first", liveSince: day("2026-03-02"), stage: "QA", health: "On track" },
      ...{ healthNote: "CANARY", agreedDelivery: day("2026-04-03"), qaCertification: "FAIL" },
      ...{ fallbackPlan: "CANARY", overrideReason: "CANARY", gate: "CANARY" },
    },
    contacts: [
      aContact({ pageId: "cleo", name: "Cleo Martin" }),
      aContact({ pageId: "max", name: "Max", role: ["Technical"], receives: ["Weekly summary"] }),
    ],
    milestones: [
      aMilestone("Plan milestone", {
        ...{ pageId: "core", name: "Core build", clientVisible: true, status: "Done" },
        ...{ target: day("2026-03-12"), whatWorksNow: "- Leads are scored\n- Scores reach the CRM" },
        ...{ whyItMoved: "CANARY", demo: "https://demo.acme.example/core" },
      }),
      aMilestone("Plan milestone", {
        ...{ pageId: "integration", name: "Integration", clientVisible: true, status: "In review" },
        ...{ target: day("2026-03-18"), feedbackBy: day("2026-03-20"), signOff: "Requested" },
      }),
      aMilestone("Cutover", {
        ...{ pageId: "launch", name: "Launch", clientVisible: true, target: day("2026-04-03") },
      }),
      aMilestone("Production complete", { pageId: "internal", name: "CANARY", status: "Done" }),
    ],
    changeRequests: [
      aChangeRequest({
        ...{ pageId: "cr1", number: "ACME-CR-1", status: "Awaiting client", cost: 1_680, riskNote: "CANARY" },
      }),
      aChangeRequest({ pageId: "cr2", number: "ACME-CR-2", title: "A monthly report", status: "Deferred" }),
      aChangeRequest({ pageId: "cr3", number: "ACME-CR-3", title: "CANARY", status: "Cancelled" }),
    ],
    risks: [
      aRisk({ pageId: "r1", kind: "Issue", clientVisible: true, title: "The CRM sandbox drops requests" }),
      aRisk({ pageId: "r2", kind: "Escalation", clientVisible: true, title: "Access to the mail server" }),
      aRisk({ pageId: "r3", kind: "Issue", title: "CANARY" }),
      aRisk({ pageId: "r4", clientVisible: true, title: "CANARY" }),
      aRisk({ pageId: "r5", kind: "Issue", clientVisible: true, status: "Closed", title: "CANARY" }),
    ].map((risk) => ({ ...risk, mitigation: "CANARY", contingency: "CANARY", resolution: "CANARY" })),
  });

/** What happened in the week of `inTheMiddle`. */
export const thatWeek = [
  { from: "In production", to: "QA", at: march(11, 15) },
  { pageId: "core", property: "status", from: "In progress", to: "Done", at: march(12, 16) },
  { pageId: "internal", property: "status", from: "In progress", to: "Done", at: march(11, 14) },
  { pageId: "cr2", property: "status", from: "Awaiting client", to: "Deferred", at: march(10, 11) },
  { pageId: "cr3", property: "status", from: "Submitted", to: "Cancelled", at: march(10, 12) },
] as const satisfies readonly Partial<Transition>[];

type Payload<K extends ActionPayload["kind"]> = Extract<ActionPayload, { kind: K }>;
type ActionOf<K extends ActionPayload["kind"]> = Action & {
  readonly rule: string;
  readonly payload: Payload<K>;
};

/** The actions of one kind that are wanted. */
export const actionsOf = <K extends ActionPayload["kind"]>(decision: Decision, kind: K): ActionOf<K>[] =>
  decision.actions.filter((action): action is ActionOf<K> => action.payload.kind === kind);

/** What all rules want of a record at a moment, of Updates and letters alone. */
export const decideAt = (
  record: DeliveryRecord,
  history: History,
  now: number,
  office = anOffice({ supportTiers: "Standard: answers within one business day\nPriority – four hours" }),
): Decision => decide(record, history, office, now);

/** The update of one kind that is wanted; null where none is. */
export const updateOf = (decision: Decision, kind: Payload<"update">["updateKind"]) =>
  actionsOf(decision, "update").find(({ payload }) => payload.updateKind === kind) ?? null;

/** The wanted values of one page, by property; of one rule, where given. */
export const valuesOf = (
  decision: Decision,
  pageId: string,
  rule?: string,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    decision.values.flatMap((value) =>
      value.target === "property" && value.pageId === pageId && (rule ?? value.rule) === value.rule
        ? [[value.property, value.value]]
        : [],
    ),
  );
