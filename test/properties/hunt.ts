import fc from "fast-check";
import { prepareStage, type Stage } from "./cast.ts";
import { delivered, histories } from "./deeds.ts";
import { deliveryFaults } from "./delivery.ts";
import { faultsOf } from "./faults-of.ts";
import { keptHistories } from "./kept-histories.ts";
import { masses, massFaults, others } from "./mass.ts";

/**
 * Looks for a history that goes wrong, and prints it as one line of JSON; where none does, one of the kept histories may.
 * `node test/properties/hunt.ts [suite] [runs] [seed] [seconds] [shortest]`; with `shortest` it looks for the shortest one.
 */
const [suite = "histories", runs = "1000", seed = "1", seconds = "120", shortest] = process.argv.slice(2);
const stage = await prepareStage(suite === "mass" ? others : 0);

const limits = {
  ...{ numRuns: Number(runs), seed: Number(seed), endOnFailure: shortest === undefined },
  ...{ interruptAfterTimeLimit: Number(seconds) * 1000, markInterruptAsFailure: false },
};
const check = async <T>(from: fc.Arbitrary<T>, faultsIn: (stage: Stage, value: T) => Promise<string[]>) => {
  const holds = fc.asyncProperty(from, async (value) => {
    const faults = await faultsIn(stage, value);
    if (faults.length > 0) throw new Error(faults.join("\n"));
  });
  const { failed, numRuns, counterexample, errorInstance } = await fc.check(holds, limits);
  const error = errorInstance instanceof Error ? errorInstance.message : null;
  return { failed, runs: numRuns, error, history: counterexample?.[0] ?? null };
};
const look = () => {
  if (suite === "mass") return check(masses, massFaults);
  if (suite === "delivery") return check(delivered, deliveryFaults);
  return check(histories, faultsOf);
};

const keptFault = async (): Promise<string | null> => {
  // A search that time cut short has left the other in the middle of a run.
  const fresh = await prepareStage();
  for (const [name, history] of Object.entries(suite === "histories" ? keptHistories : {})) {
    const [fault] = await faultsOf(fresh, history);
    if (fault !== undefined) return `${fault} (kept history "${name}")`;
  }
  return null;
};

const found = await look();
const kept = found.failed ? null : await keptFault();
stage.drop();
const { failed, error } = found;
process.stdout.write(
  `${JSON.stringify({ ...found, failed: failed || kept !== null, error: error ?? kept })}\n`,
);
