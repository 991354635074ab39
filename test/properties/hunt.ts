import fc from "fast-check";
import { prepareStage } from "./cast.ts";
import { histories } from "./deeds.ts";
import { faultsOf } from "./faults-of.ts";

/** Looks for a history that goes wrong, and prints the shortest as one line of JSON; `plant-defects` runs it on a spoilt copy. */
const [runs = "1000", seed = "1", seconds = "120"] = process.argv.slice(2);
const stage = await prepareStage();
const holds = fc.asyncProperty(histories, async (history) => {
  const faults = await faultsOf(stage, history);
  if (faults.length > 0) throw new Error(faults.join("\n"));
});
const found = await fc.check(holds, {
  ...{ numRuns: Number(runs), seed: Number(seed) },
  ...{ interruptAfterTimeLimit: Number(seconds) * 1000, markInterruptAsFailure: false },
});
stage.drop();
const error = found.errorInstance instanceof Error ? found.errorInstance.message : null;
process.stdout.write(
  `${JSON.stringify({ failed: found.failed, runs: found.numRuns, error, history: found.counterexample?.[0] ?? null })}\n`,
);
