import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareStage, type Stage } from "./cast.ts";
import { type History, histories } from "./deeds.ts";
import { faultsOf } from "./faults-of.ts";
import { keptHistories } from "./kept-histories.ts";

/** `npm run test:long` says how many; otherwise as many as the time allows that the whole suite has for them. */
const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
const runs = Number(PROPERTY_RUNS ?? 1_000);
const seed = Number(PROPERTY_SEED ?? 20_261_124);
const timeLimit = PROPERTY_RUNS === undefined ? 20_000 : 3_600_000;

let stage: Stage;
beforeAll(async () => {
  stage = await prepareStage();
});
afterAll(() => stage.drop());

test("whatever people do, whatever fails and wherever the process stops, nothing is lost, doubled or left half done", {
  timeout: timeLimit + 60_000,
}, async () => {
  const holds = fc.asyncProperty(histories, async (history) => {
    expect(await faultsOf(stage, history)).toEqual([]);
  });
  await fc.assert(holds, {
    ...{ numRuns: runs, seed, interruptAfterTimeLimit: timeLimit, markInterruptAsFailure: false },
  });
});

test.each(Object.entries<History>(keptHistories))(
  "a history that showed a defect goes well: %s",
  async (_name, history) => {
    expect(await faultsOf(stage, history)).toEqual([]);
  },
);
