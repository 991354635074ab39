import type { LifecycleKind } from "../../notion-templates/milestone-kinds.ts";
import { dayOf, type PlainDate } from "./calendar.ts";
import { type Fault, milestoneName, onMilestone } from "./fault.ts";
import { allOf } from "./in-words.ts";
import type { DeliveryRecord, Milestone } from "./record.ts";

/** Milestones of the QA gate, which has no exceptions (process/002 §4 Gate): they cannot be skipped. */
const neverSkipped: readonly LifecycleKind[] = ["QA submitted", "QA certified"];

const milestonesOf = (record: DeliveryRecord, kind: LifecycleKind): readonly Milestone[] =>
  record.milestones.filter((milestone) => milestone.kind === kind);

/** Whether every milestone of the kind was skipped with a written reason (process/002 "Quality gate"). */
export const isSkipped = (record: DeliveryRecord, kind: LifecycleKind): boolean => {
  const milestones = milestonesOf(record, kind);
  return (
    milestones.length > 0 &&
    milestones.every((one) => one.status === "Skipped" && skipFaults(one, kind).length === 0)
  );
};

const skipFaults = (milestone: Milestone, kind: LifecycleKind): readonly Fault[] => {
  if (milestone.status !== "Skipped") return [];
  if (neverSkipped.includes(kind)) {
    const sentence = `${kind} cannot be skipped: QA has no exceptions. Set its ${milestoneName("status")} back.`;
    return [{ sentence, places: [onMilestone(milestone, "status")] }];
  }
  if (milestone.skipReason.trim() !== "") return [];
  const sentence = `${kind} is skipped: write its ${milestoneName("skipReason")}.`;
  return [{ sentence, places: [onMilestone(milestone, "skipReason")] }];
};

/** What keeps a step of the delivery record from being done. Judged by its Status, never by its Actual (design §7). */
export const doneFaults = (record: DeliveryRecord, kind: LifecycleKind): readonly Fault[] => {
  const milestones = milestonesOf(record, kind);
  if (milestones.length === 0) {
    const sentence = `Add the milestone ${kind} to this project, and set its ${milestoneName("status")} to Done when it is done.`;
    return [{ sentence, places: [onMilestone(null, "kind")] }];
  }
  return milestones.flatMap((milestone) => {
    if (milestone.status === "Done") return [];
    if (milestone.status === "Skipped") return skipFaults(milestone, kind);
    const now = milestone.status === null ? "empty" : milestone.status;
    const sentence = `Set the ${milestoneName("status")} of the milestone ${kind} to Done when it is done (it is ${now}).`;
    return [{ sentence, places: [onMilestone(milestone, "status")] }];
  });
};

/** What keeps the steps from being a schedule: each there once, dated and in order. Skipped steps need no date. */
export const scheduleFaults = (
  record: DeliveryRecord,
  kinds: readonly LifecycleKind[],
  timeZone: string,
): readonly Fault[] => {
  const steps = kinds.map((kind) => ({ kind, milestones: milestonesOf(record, kind) }));
  const planned = steps
    .flatMap(({ kind, milestones }) => milestones.map((milestone) => ({ kind, milestone })))
    .filter(({ milestone }) => milestone.status !== "Skipped")
    .map((step) => ({ ...step, day: step.milestone.target && dayOf(step.milestone.target, timeZone) }));
  const dated = planned.flatMap(({ kind, milestone, day }) =>
    day === null ? [] : [{ kind, milestone, day }],
  );
  return [
    ...missingFault(steps.filter(({ milestones }) => milestones.length === 0).map(({ kind }) => kind)),
    ...steps.flatMap(({ kind, milestones }) =>
      milestones.length > 1 ? [repeatedFault(kind, milestones)] : [],
    ),
    ...undatedFault(planned.filter(({ day }) => day === null)),
    ...dated.slice(1).flatMap((step, index) => orderFault(dated[index], step)),
    ...steps.flatMap(({ kind, milestones }) => milestones.flatMap((one) => skipFaults(one, kind))),
  ];
};

type Step = { readonly kind: LifecycleKind; readonly milestone: Milestone };
type DatedStep = Step & { readonly day: PlainDate };

const missingFault = (kinds: readonly LifecycleKind[]): readonly Fault[] => {
  if (kinds.length === 0) return [];
  const what = kinds.length === 1 ? "milestone" : "milestones";
  const sentence = `Add the ${what} ${allOf(kinds)} to this project, with a ${milestoneName("target")}.`;
  return [{ sentence, places: [onMilestone(null, "kind")] }];
};

const repeatedFault = (kind: LifecycleKind, milestones: readonly Milestone[]): Fault => ({
  sentence: `Keep one milestone ${kind}: there are ${milestones.length}.`,
  places: milestones.map((milestone) => onMilestone(milestone, "kind")),
});

const undatedFault = (steps: readonly Step[]): readonly Fault[] => {
  if (steps.length === 0) return [];
  const kinds = [...new Set(steps.map(({ kind }) => kind))];
  const sentence = `Set the ${milestoneName("target")} of ${allOf(kinds)}.`;
  return [{ sentence, places: steps.map(({ milestone }) => onMilestone(milestone, "target")) }];
};

const orderFault = (before: DatedStep | undefined, after: DatedStep): readonly Fault[] => {
  if (!before || before.day <= after.day) return [];
  const target = milestoneName("target");
  const sentence = `Put each ${target} in order: ${after.kind} (${after.day}) comes before ${before.kind} (${before.day}).`;
  return [
    { sentence, places: [onMilestone(before.milestone, "target"), onMilestone(after.milestone, "target")] },
  ];
};
