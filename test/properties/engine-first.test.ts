import { afterAll, beforeAll, test } from "vitest";
import { prepareStage, type Stage } from "./cast.ts";
import { delivered, histories } from "./deeds.ts";
import { deliveryFaults } from "./delivery.ts";
import { faultsOf } from "./faults-of.ts";
import { checkShare, shareTimeout } from "./share.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await prepareStage();
});
afterAll(() => stage.drop());

test(
  "whatever people do, whatever fails and wherever the process stops, P1 to P12 and P14 hold (the first half)",
  {
    timeout: shareTimeout,
  },
  () => checkShare("first", histories, (history) => faultsOf(stage, history)),
);

test(
  "P7: losing, doubling, delaying and permuting events does not change how a history ends",
  {
    timeout: shareTimeout,
  },
  () => checkShare("delivery", delivered, (events) => deliveryFaults(stage, events)),
);
