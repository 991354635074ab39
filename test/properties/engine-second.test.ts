import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareStage, type Stage } from "./cast.ts";
import { type History, histories } from "./deeds.ts";
import { faultsOf } from "./faults-of.ts";
import { keptHistories } from "./kept-histories.ts";
import { checkShare, shareTimeout } from "./share.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await prepareStage();
});
afterAll(() => stage.drop());

test(
  "whatever people do, whatever fails and wherever the process stops, P1 to P12 and P14 hold (the second half)",
  {
    timeout: shareTimeout,
  },
  () => checkShare("second", histories, (history) => faultsOf(stage, history)),
);

test.each(Object.entries<History>(keptHistories))(
  "a history that showed a defect goes well: %s",
  async (_name, history) => {
    expect(await faultsOf(stage, history)).toEqual([]);
  },
);
