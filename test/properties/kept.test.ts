import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareStage, type Stage } from "./cast.ts";
import type { History } from "./deeds.ts";
import { faultsOf } from "./faults-of.ts";
import { keptHistories } from "./kept-histories.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await prepareStage();
});
afterAll(() => stage.drop());

test.each(Object.entries<History>(keptHistories))(
  "a history that showed a defect goes well: %s",
  async (_name, history) => {
    expect(await faultsOf(stage, history)).toEqual([]);
  },
);
