import { test } from "vitest";
import { prepareStage } from "./cast.ts";
import { histories } from "./deeds.ts";
import { faultsOf } from "./faults-of.ts";
import { checkShare, shareTimeout } from "./share.ts";

test("whatever people do, whatever fails and wherever the process stops, P1 to P12 and P14 hold (the second half)", {
  timeout: shareTimeout,
}, async () => {
  const stage = await prepareStage();
  await checkShare("second", histories, (history) => faultsOf(stage, history));
  stage.drop();
});
