import type { LifecycleKind } from "../milestone-kinds.ts";
import type { PlanMilestone } from "./plan.ts";

/** One of the plan's own milestones, in the words of its document. */
export type OwnMilestone = Omit<PlanMilestone, "kind" | "clientVisible">;

/** Where the steps of the delivery record lie among a plan's own milestones. */
type Turns = {
  /** Key of the milestone with which it is built: production is complete. */
  readonly built: string;
  /** Key of the milestone that tests it, which QA's certificate waits for; null where the plan has none of its own. */
  readonly tested: string | null;
  readonly certifiedOn: number;
  readonly deploymentOn: number;
  /** Key of the milestone that only a complete deployment reaches; null where deployment ends the plan. */
  readonly launched: string | null;
  /** Business day of the last milestone before delivery. */
  readonly days: number;
};

/** Business days between handover and review (process/002 §7 Trigger). */
const reviewAfter = 5;

const step = (
  key: string,
  kind: LifecycleKind,
  day: number,
  dependsOn: readonly string[],
  source: string,
): PlanMilestone => ({
  ...{ key, name: kind, kind, day, dependsOn, source, deliverable: "" },
  clientVisible: kind === "Client handover",
});

/**
 * The plan's own milestones with the nine of every delivery record (process/002 "Delivery record template") around them.
 * 002 names these steps and their order but no days: each lies on the day of the work that it opens or closes.
 */
export const withDeliverySteps = (
  own: readonly OwnMilestone[],
  { built, tested, certifiedOn, deploymentOn, launched, days }: Turns,
): readonly PlanMilestone[] => {
  const builtOn = own.find(({ key }) => key === built)?.day ?? days;
  const plain = own.map(
    (milestone): PlanMilestone => ({
      ...milestone,
      ...{ kind: "Plan milestone", clientVisible: true },
      dependsOn: [
        ...(milestone.dependsOn.length === 0 ? ["production-start"] : milestone.dependsOn),
        ...(milestone.key === launched ? ["deployment-complete"] : []),
      ],
    }),
  );
  const last = own.at(-1)?.key;
  const beforeHandover = new Set(["deployment-complete", ...(last === undefined ? [] : [last])]);
  const steps = [
    step("intake", "Intake handoff", 1, [], "process/002 §1"),
    step("production-start", "Production start", 1, ["intake"], "process/002 §2"),
    step("production-complete", "Production complete", builtOn, [built], "process/002 §3 Gate"),
    step("qa-submitted", "QA submitted", builtOn, ["production-complete"], "process/002 §4 Trigger"),
    step(
      ...(["qa-certified", "QA certified", certifiedOn] as const),
      ...([["qa-submitted", ...(tested === null ? [] : [tested])], "process/002 §4 Gate"] as const),
    ),
    step("deployment-start", "Deployment start", deploymentOn, ["qa-certified"], "process/002 §5 Trigger"),
    step("deployment-complete", "Deployment complete", days, ["deployment-start"], "process/002 §5 Gate"),
    step("handover", "Client handover", days, [...beforeHandover], "process/002 §6"),
    step("review", "Post-delivery review", days + reviewAfter, ["handover"], "process/002 §7 Trigger"),
  ];
  return inOrder([...steps, ...plain]);
};

/** Each after all that it depends on, earlier days first. */
const inOrder = (milestones: readonly PlanMilestone[]): readonly PlanMilestone[] => {
  const waiting = milestones.toSorted((one, other) => one.day - other.day);
  const placed: PlanMilestone[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ dependsOn }) =>
      dependsOn.every((key) => placed.some((milestone) => milestone.key === key)),
    );
    placed.push(...waiting.splice(Math.max(next, 0), 1));
  }
  return placed;
};
