import type { LifecycleKind } from "../../notion-templates/milestone-kinds.ts";
import { dayOf, type PlainDate } from "./calendar.ts";
import { type Fault, milestoneName, onMilestone } from "./fault.ts";
import { allOf, quotedNames } from "./in-words.ts";
import { memoized } from "./memoize.ts";
import type { DeliveryRecord, Milestone } from "./record.ts";
import { nameOf } from "./schedule-of.ts";

/** Milestones of the QA gate, which has no exceptions (process/002 §4 Gate): they cannot be skipped. */
const neverSkipped: readonly LifecycleKind[] = ["QA submitted", "QA certified"];

const byKind = memoized((milestones: readonly Milestone[]) => Map.groupBy(milestones, ({ kind }) => kind));

const milestonesOf = (record: DeliveryRecord, kind: LifecycleKind): readonly Milestone[] =>
  byKind(record.milestones).get(kind) ?? [];

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

/** What keeps the steps from being there: each once, and skipped only with a reason. */
export const stepFaults = (record: DeliveryRecord, kinds: readonly LifecycleKind[]): readonly Fault[] => {
  const steps = kinds.map((kind) => ({ kind, milestones: milestonesOf(record, kind) }));
  return [
    ...missingFault(steps.filter(({ milestones }) => milestones.length === 0).map(({ kind }) => kind)),
    ...steps.flatMap(({ kind, milestones }) =>
      milestones.length > 1 ? [repeatedFault(kind, milestones)] : [],
    ),
    ...steps.flatMap(({ kind, milestones }) => milestones.flatMap((one) => skipFaults(one, kind))),
  ];
};

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

/** What keeps milestones from being dated. One that is done or skipped needs no date any more. */
export const undatedFaults = (milestones: readonly Milestone[], timeZone: string): readonly Fault[] => {
  const undated = milestones.filter(
    ({ status, target }) =>
      status !== "Done" && status !== "Skipped" && (target === null || dayOf(target, timeZone) === null),
  );
  if (undated.length === 0) return [];
  const sentence = `Set the ${milestoneName("target")} of ${quotedNames(undated.map(nameOf))}.`;
  return [{ sentence, places: undated.map((milestone) => onMilestone(milestone, "target")) }];
};

/** The steps of the kinds whose Targets are not in the kinds' order. Skipped ones do not count; the same day is in order. */
export const orderFaults = (
  record: DeliveryRecord,
  kinds: readonly LifecycleKind[],
  timeZone: string,
): readonly Fault[] => {
  const dated = kinds
    .flatMap((kind) => milestonesOf(record, kind).map((milestone) => ({ kind, milestone })))
    .filter(({ milestone }) => milestone.status !== "Skipped")
    .flatMap(({ kind, milestone }) => {
      const day = milestone.target && dayOf(milestone.target, timeZone);
      return day === null ? [] : [{ kind, milestone, day }];
    });
  return dated.slice(1).flatMap((step, index) => orderFault(dated[index], step));
};

type DatedStep = { readonly kind: LifecycleKind; readonly milestone: Milestone; readonly day: PlainDate };

const orderFault = (before: DatedStep | undefined, after: DatedStep): readonly Fault[] => {
  if (!before || before.day <= after.day) return [];
  const target = milestoneName("target");
  const sentence = `Put each ${target} in order: ${after.kind} (${after.day}) comes before ${before.kind} (${before.day}).`;
  return [
    { sentence, places: [onMilestone(before.milestone, "target"), onMilestone(after.milestone, "target")] },
  ];
};
