import { test } from "vitest";
import { prepareStage } from "./cast.ts";
import { masses, massFaults, others } from "./mass.ts";
import { checkShare, shareTimeout } from "./share.ts";

test("P9, P15: above the mass guard's limit nothing is applied until a person says so, below it everything is", {
  timeout: shareTimeout,
}, async () => {
  const stage = await prepareStage(others);
  await checkShare("mass", masses, (mass) => massFaults(stage, mass));
  stage.drop();
});
