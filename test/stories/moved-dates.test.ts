import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addDelivery, advance, type DeliveryScene, deliveryScene } from "../support/delivery-scene.ts";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, writesAfter } from "../support/requests.ts";
import { addRow, commentTexts, dataSources } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

/** Monday, 30 November 2026, 09:00 in Berlin. */
const monday = Date.parse("2026-11-30T08:00:00Z");
const hours = 3_600_000;

const newWorld = async (startAt: number): Promise<World> => {
  const world = createWorld({ startAt, pollSeconds: 43_200 });
  await world.pass(600_000);
  return world;
};

let scene: DeliveryScene;
afterEach(() => scene.world.close());

const target = async (name: string): Promise<string | undefined> =>
  (await scene.milestone(name)).cells.Target;

describe("a plan whose dates the team moves", () => {
  let prepared: Prepared<string>;
  beforeAll(async () => {
    prepared = await prepareWorld({ startAt: monday, pollSeconds: 43_200 }, async (world) => {
      await world.pass(600_000);
      const plan = { "Service type": "Single-purpose agent", Start: "2026-11-30" };
      return (await addDelivery(world, plan)).project;
    });
  });
  afterAll(() => prepared.drop());
  const open = async (): Promise<void> => {
    const world = prepared.open();
    scene = await deliveryScene(world, world.there);
  };

  test("a moved Target takes along what waits for it, and the page says so; what people set back stays", async () => {
    await open();
    await scene.setMilestone("M2: Core Build", { Target: "2026-12-08" });
    // Two business days later: Wed 9 → Fri 11, Fri 11 → Tue 15
    expect(await target("M3: Integration")).toBe("2026-12-11");
    expect(await target("M5: Launch")).toBe("2026-12-15");
    expect(await target("M1: Design")).toBe("2026-12-02");
    const edited = await scene.milestone("M2: Core Build");
    expect((await commentTexts(scene.dana, edited.id)).join("\n")).toContain(
      "Moved with it: “M3: Integration” from 2026-12-09 to 2026-12-11, “Production complete” from",
    );
    await scene.setMilestone("Post-delivery review", { Target: "2026-12-18" });
    await scene.world.pass(24 * hours);
    expect(await target("Post-delivery review")).toBe("2026-12-18");
    expect(await target("M3: Integration")).toBe("2026-12-11");
  });

  test("a moved Start moves all of them by as many business days, with one write a milestone", async () => {
    await open();
    const before = lastRequest(scene.world);
    await scene.set({ Start: "2026-12-02" });
    expect(await target("M1: Design")).toBe("2026-12-04");
    expect(await target("M5: Launch")).toBe("2026-12-15");
    expect(await scene.shows()).toMatchObject({
      ...{ "Agreed delivery": "2026-12-17", "Forecast delivery": "2026-12-15" },
    });
    const writes = writesAfter(scene.world, before).filter(({ operation }) => operation === "pages.update");
    // Fourteen milestones and the project.
    expect(writes).toHaveLength(15);
  });

  test("dates and dependencies that cannot be are named in /status, and the rest goes on", async () => {
    await open();
    const [design, build] = [await scene.milestone("M1: Design"), await scene.milestone("M2: Core Build")];
    await scene.setMilestone("M1: Design", { "Depends on": build.id });
    await scene.setMilestone("M4: Training & Docs", { Target: "2026-12-12" });
    const named = (await problemsOf(scene.world)).map(({ code, pageId, detail }) => [code, pageId, detail]);
    expect(named).toContainEqual([
      ...["schedule_unclear", design.id, "Depends on of Milestones goes in a circle"],
    ]);
    const training = await scene.milestone("M4: Training & Docs");
    expect(named).toContainEqual(["schedule_unclear", training.id, "Target of Milestones is a day off"]);
    expect(design.cells.Forecast).toBe("2026-12-02");
    expect((await scene.milestone("M1: Design")).cells.Forecast).toBe("");
    await scene.setMilestone("M1: Design", { "Depends on": "" });
    await scene.setMilestone("M4: Training & Docs", { Target: "2026-12-11" });
    expect(await problemsOf(scene.world)).toEqual([]);
    expect((await scene.milestone("M1: Design")).cells.Forecast).toBe("2026-12-02");
  });

  test("rows that people delete are not made again", async () => {
    await open();
    const [risk] = [...(await scene.rows("risks")).values()];
    for (const row of [risk, await scene.milestone("M4: Training & Docs")])
      await scene.dana.pages.update({ page_id: row?.id ?? "", in_trash: true });
    await scene.world.pass(24 * hours);
    expect((await scene.rows("risks")).size).toBe(4);
    expect((await scene.rows("milestones")).size).toBe(13);
  });
});

test("a project is planned backwards from the delivery that was agreed", async () => {
  const world = await newWorld(monday);
  scene = await addDelivery(world, {
    ...{ "Service type": "Single-purpose agent", "Agreed delivery": "2026-12-23" },
  });
  // Wed 23 December is business day 12, so Tue 8 is day 1, Thu 10 day 3 and Mon 21 day 10.
  expect(await target("Intake handoff")).toBe("2026-12-08");
  expect(await target("M1: Design")).toBe("2026-12-10");
  expect(await target("M5: Launch")).toBe("2026-12-21");
  expect(await scene.shows()).toMatchObject({
    ...{ "Agreed delivery": "2026-12-23", Start: "", "Forecast delivery": "2026-12-21" },
  });
});

test("a project rests over days off and a change of the clocks, and its forecast follows each midnight", async () => {
  /** Monday, 15 March 2027, 10:00 in Berlin; clocks go forward on the 28th. Good Friday is the 26th. */
  const world = await newWorld(Date.parse("2027-03-15T09:00:00Z"));
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  await addRow(dana, sources, "daysOff", { Name: "Good Friday", Day: "2027-03-26" });
  await addRow(dana, sources, "daysOff", { Name: "Easter Monday", Day: "2027-03-29", "Applies to": "acme" });
  scene = await addDelivery(world, { "Service type": "Single-purpose agent", Start: "2027-03-15" });
  // Day 8 is Wed 24, day 9 Thu 25, day 10 Tue 30, day 12 Thu 1 April.
  expect(await target("M3: Integration")).toBe("2027-03-24");
  expect(await target("M5: Launch")).toBe("2027-03-30");
  expect(await scene.shows()).toMatchObject({ "Agreed delivery": "2027-04-01" });
  await advance(scene, "Planning");
  await advance(scene, "In production");
  await scene.until(Date.parse("2027-03-19T09:00:00Z"));
  for (const [name, Actual] of [
    ["M1: Design", "2027-03-17"],
    ["M2: Core Build", "2027-03-19"],
  ] as const)
    await scene.setMilestone(name, { Status: "Done", Actual });
  await scene.until(Date.parse("2027-03-22T09:00:00Z"));
  await scene.set({ Stage: "On hold" });

  const forecast = async () => (await scene.milestone("M3: Integration")).cells.Forecast;
  // 23:50 on Tue 30: work could go on on Wed 31, and three days of it end on Fri 2 April.
  await scene.until(Date.parse("2027-03-30T21:35:00Z"));
  expect(await forecast()).toBe("2027-04-02");
  // 00:10 on Wed 31 in summer time.
  await scene.world.pass(20 * 60_000);
  expect(await forecast()).toBe("2027-04-05");

  await scene.until(Date.parse("2027-04-01T08:00:00Z"));
  await scene.set({ Stage: "In production" });
  // Held until Wed 31: Thu 1, Fri 2, Mon 5. Planned days from the 24th to the 5th: 25, 30, 31, 1, 2, 5.
  expect((await scene.milestone("M3: Integration")).cells).toMatchObject({
    ...{ Forecast: "2027-04-05", Slip: "6", Target: "2027-03-24" },
    "Why it moved": "+6 business days: on hold 2027-03-22 to 2027-03-31",
  });
  expect(await scene.shows()).toMatchObject({
    ...{ Stage: "In production", "Forecast delivery": "2027-04-07", "Baseline delivery": "2027-04-01" },
  });
});
