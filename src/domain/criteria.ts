import { criteriaBeforeLaunch } from "./criteria-before-launch.ts";
import { criteriaBeforeProduction } from "./criteria-before-production.ts";
import { criteriaToClose } from "./criteria-to-close.ts";
import type { Criterion } from "./criterion.ts";

/** Every criterion of every gate, in the order of the stages. */
export const criteria: readonly Criterion[] = [
  ...criteriaBeforeProduction,
  ...criteriaBeforeLaunch,
  ...criteriaToClose,
];
