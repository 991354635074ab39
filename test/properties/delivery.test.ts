import { test } from "vitest";
import { prepareStage } from "./cast.ts";
import { delivered } from "./deeds.ts";
import { deliveryFaults } from "./delivery.ts";
import { checkShare, shareTimeout } from "./share.ts";

test("P7: losing, doubling, delaying and permuting events does not change how a history ends", {
  timeout: shareTimeout,
}, async () => {
  const stage = await prepareStage();
  await checkShare("delivery", delivered, (events) => deliveryFaults(stage, events));
  stage.drop();
});
