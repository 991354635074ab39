import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDelivery, advance, type DeliveryScene } from "../support/delivery-scene.ts";
import { createWorld } from "../support/world.ts";

/** Sunday, 29 November 2026, 12:00 in Berlin. The plan starts on Monday; nothing is off until Christmas. */
const sunday = Date.parse("2026-11-29T11:00:00Z");
/** 10:00 in Berlin. */
const morning = (date: string): number => Date.parse(`${date}T09:00:00Z`);

let scene: DeliveryScene;
beforeAll(async () => {
  const world = createWorld({ startAt: sunday, pollSeconds: 43_200 });
  await world.pass(600_000);
  scene = await addDelivery(world, { "Service type": "Single-purpose agent", Start: "2026-11-30" });
});
afterAll(() => scene.world.close());

const targets = async (): Promise<Record<string, string | undefined>> =>
  Object.fromEntries([...(await scene.rows("milestones"))].map(([name, { cells }]) => [name, cells.Target]));

describe("the lead-qualification agent of the service delivery SOP, from intake to close", () => {
  test("its plan has five milestones on business days 3, 5, 8, 10 and 10, and delivery on 12", async () => {
    const dates = await targets();
    expect(dates).toMatchObject({
      ...{ "M1: Design": "2026-12-02", "M2: Core Build": "2026-12-04", "M3: Integration": "2026-12-09" },
      ...{ "M4: Training & Docs": "2026-12-11", "M5: Launch": "2026-12-11" },
    });
    expect(Object.keys(dates)).toHaveLength(14);
    expect(await scene.shows()).toMatchObject({
      ...{ "Agreed delivery": "2026-12-15", "Forecast delivery": "2026-12-11", "Baseline delivery": "" },
    });
    const built = await scene.milestone("M2: Core Build");
    expect(built.cells).toMatchObject({
      ...{ Kind: "Plan milestone", Deliverable: "Working bot in test environment", "Client visible": "true" },
      "Depends on": (await scene.milestone("M1: Design")).id,
    });
    expect([...(await scene.rows("risks")).keys()]).toHaveLength(5);
  });
});
