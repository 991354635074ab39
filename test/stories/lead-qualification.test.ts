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

  test("the timeline is acknowledged: its dates are the baseline, and the onboarding checks are there", async () => {
    await advance(scene, "Planning");
    expect(await scene.shows()).toMatchObject({ Stage: "Planning", "Baseline delivery": "2026-12-15" });
    expect((await scene.milestone("M3: Integration")).cells).toMatchObject({
      ...{ Baseline: "2026-12-09", Forecast: "2026-12-09", Slip: "0", "Why it moved": "" },
    });
    expect((await scene.milestone("Intake handoff")).cells).toMatchObject({
      ...{ Actual: "2026-11-29", Status: "Done" },
    });
    const checks = [...(await scene.rows("checks")).values()];
    expect(new Set(checks.map(({ cells }) => cells.Checkpoint))).toEqual(new Set(["Onboarding"]));
  });

  test("production begins on Monday, with the quality checks", async () => {
    await scene.until(morning("2026-11-30"));
    await advance(scene, "In production");
    expect(await scene.shows()).toMatchObject({ Stage: "In production" });
    expect((await scene.milestone("Production start")).cells).toMatchObject({
      ...{ Actual: "2026-11-30", Status: "Done" },
    });
    const checkpoints = [...(await scene.rows("checks")).values()].map(({ cells }) => cells.Checkpoint);
    expect(new Set(checkpoints).size).toBeGreaterThan(6);
  });

  test("a milestone that is late moves the forecast of those that wait for it, and says why", async () => {
    await scene.until(morning("2026-12-03"));
    expect((await scene.milestone("M1: Design")).cells).toMatchObject({
      ...{ Target: "2026-12-02", Forecast: "2026-12-03", Slip: "1" },
      "Why it moved": "+1 business day: not done by 2026-12-02",
    });
    await scene.setMilestone("M1: Design", { Status: "Done", Actual: "2026-12-03" });
    expect((await scene.milestone("M2: Core Build")).cells).toMatchObject({
      ...{ Target: "2026-12-04", Forecast: "2026-12-07", Slip: "1" },
      "Why it moved": "+1 business day: “M1: Design” done late",
    });
    expect(await scene.shows()).toMatchObject({
      ...{ "Forecast delivery": "2026-12-14", "Agreed delivery": "2026-12-15" },
    });
  });

  test("what is made up for comes back to the plan", async () => {
    await scene.until(morning("2026-12-04"));
    await scene.setMilestone("M2: Core Build", { Status: "Done", Actual: "2026-12-04" });
    expect(await scene.shows()).toMatchObject({ "Forecast delivery": "2026-12-11" });
    expect((await scene.milestone("M3: Integration")).cells).toMatchObject({
      ...{ Forecast: "2026-12-09", Slip: "0", "Why it moved": "" },
    });
  });

  test("QA, deployment, handover, review and close follow, each step dated by what was accepted", async () => {
    await scene.until(morning("2026-12-09"));
    await scene.setMilestone("M3: Integration", { Status: "Done", Actual: "2026-12-09" });
    await advance(scene, "QA");
    await scene.until(morning("2026-12-11"));
    await scene.setMilestone("M4: Training & Docs", { Status: "Done", Actual: "2026-12-11" });
    await advance(scene, "Deployment");
    await scene.setMilestone("M5: Launch", { Status: "Done", Actual: "2026-12-11" });
    await advance(scene, "Handover");
    expect(await scene.shows()).toMatchObject({ Stage: "Handover", Delivered: "2026-12-11" });
    await scene.until(morning("2026-12-18"));
    await advance(scene, "Review");
    await advance(scene, "Complete");
    expect(await scene.shows()).toMatchObject({ Stage: "Complete", "Forecast delivery": "2026-12-11" });
    const rows = [...(await scene.rows("milestones"))];
    expect(rows.map(([name, { cells }]) => [name, cells.Status, cells.Actual])).toEqual([
      ["Intake handoff", "Done", "2026-11-29"],
      ["Production start", "Done", "2026-11-30"],
      ["M1: Design", "Done", "2026-12-03"],
      ["M2: Core Build", "Done", "2026-12-04"],
      ["M3: Integration", "Done", "2026-12-09"],
      ["Production complete", "Done", "2026-12-09"],
      ["QA submitted", "Done", "2026-12-09"],
      ["QA certified", "Done", "2026-12-11"],
      ["Deployment start", "Done", "2026-12-11"],
      ["Deployment complete", "Done", "2026-12-11"],
      ["M4: Training & Docs", "Done", "2026-12-11"],
      ["M5: Launch", "Done", "2026-12-11"],
      ["Client handover", "Done", "2026-12-11"],
      ["Post-delivery review", "Done", "2026-12-18"],
    ]);
  });
});
