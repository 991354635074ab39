import type { Checkpoint } from "../../notion-templates/plans/checkpoints.ts";
import { type Judgement, notApplicable, type Situation, unless } from "./criterion.ts";
import { checkName, type Fault, onCheck } from "./fault.ts";
import { allOf, quotedNames } from "./in-words.ts";
import { memoized } from "./memoize.ts";
import type { Check } from "./record.ts";

/** How many checks a sentence names before it counts the others. */
const named = 3;

const titleOf = ({ check }: Check): string => check.trim() || "Untitled check";

const byCheckpoint = memoized((checks: readonly Check[]) =>
  Map.groupBy(checks, ({ checkpoint }) => checkpoint),
);

/** The checks of these checkpoints are there, and each is passed, or not applicable with a reason. */
export const checked =
  (checkpoints: readonly Checkpoint[]) =>
  ({ record }: Situation): Judgement => {
    const groups = checkpoints.map((checkpoint) => ({
      checkpoint,
      checks: byCheckpoint(record.checks).get(checkpoint) ?? [],
    }));
    const missing = groups.filter(({ checks }) => checks.length === 0);
    const faults = [
      ...missingFault(missing.map(({ checkpoint }) => checkpoint)),
      ...groups.flatMap(({ checkpoint, checks }) => [
        ...openFault(checkpoint, checks.filter(isToPass)),
        ...reasonFault(checks.filter((check) => leavesOut(check) && check.reason.trim() === "")),
      ]),
    ];
    const all = groups.flatMap(({ checks }) => checks);
    return faults.length === 0 && all.every(leavesOut) ? notApplicable : unless(faults);
  };

const leavesOut = ({ result }: Check): boolean => result === "Not applicable";
const isToPass = ({ result }: Check): boolean => result !== "Passed" && result !== "Not applicable";

const howToPass = `has to be Passed, or Not applicable with a ${checkName("reason")}`;

const missingFault = (checkpoints: readonly Checkpoint[]): readonly Fault[] => {
  if (checkpoints.length === 0) return [];
  const sentence = `Add the checks of ${allOf(checkpoints)} to Checks; each ${howToPass}.`;
  return [{ sentence, places: [onCheck(null, "checkpoint")] }];
};

const openFault = (checkpoint: Checkpoint, checks: readonly Check[]): readonly Fault[] => {
  if (checks.length === 0) return [];
  const shown = checks
    .slice(0, named)
    .map((check) => `“${titleOf(check)}” is ${check.result ?? "Not checked"}`);
  const more = checks.length - named;
  const what = more > 0 ? [...shown, `${more} more are open`] : shown;
  const sentence = `${checkpoint}: ${allOf(what)}; each ${howToPass}.`;
  return [{ sentence, places: checks.map((check) => onCheck(check, "result")) }];
};

const reasonFault = (checks: readonly Check[]): readonly Fault[] => {
  if (checks.length === 0) return [];
  const are = checks.length === 1 ? "is" : "are";
  const sentence = `Write the ${checkName("reason")} why ${quotedNames(checks.map(titleOf))} ${are} Not applicable.`;
  return [{ sentence, places: checks.map((check) => onCheck(check, "reason")) }];
};
