import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lifecycleKinds } from "../../notion-templates/milestone-kinds.ts";
import { addDelivery, advance, type DeliveryScene } from "../support/delivery-scene.ts";
import { personId } from "../support/requests.ts";
import { addRow, type Cells, commentTexts, edit, rowsOfProject } from "../support/rows.ts";
import { createWorld } from "../support/world.ts";

/** Sunday, 29 November 2026, 12:00 in Berlin. */
const sunday = Date.parse("2026-11-29T11:00:00Z");
/** 10:00 in Berlin. */
const morning = (date: string): number => Date.parse(`${date}T09:00:00Z`);

let scene: DeliveryScene;
beforeAll(async () => {
  const world = createWorld({ startAt: sunday, pollSeconds: 43_200 });
  await world.pass(600_000);
  scene = await addDelivery(world, {
    ...{ "Service type": "Single-purpose agent", Start: "2026-11-30", "Client letters": "Review first" },
  });
});
afterAll(() => scene.world.close());

const person = (name: string): string => personId(scene.world, name);

/** The nine milestones of the delivery record, in its order. */
const steps = async (): Promise<readonly Readonly<Record<string, string>>[]> => {
  const rows = [...(await scene.rows("milestones")).values()].map(({ cells }) => cells);
  return lifecycleKinds.map(({ name }) => rows.find((cells) => cells.Kind === name) ?? {});
};
const step = async (name: string) => (await scene.milestone(name)).cells;

/** Sets milestones without a rest in between. */
const mark = async (by: string, changes: Readonly<Record<string, Cells>>): Promise<void> => {
  const rows = await scene.rows("milestones");
  for (const [name, cells] of Object.entries(changes))
    await edit(scene.world.as(by), "milestones", rows.get(name)?.id ?? "", cells);
};

const comments = async (): Promise<string> => (await commentTexts(scene.dana, scene.project)).join("\n");

const recordByHand = async (text: string, cells: Cells): Promise<void> => {
  const rich_text = [{ text: { content: text } }];
  await scene.dana.comments.create({ parent: { page_id: scene.project }, rich_text });
  await scene.set(cells);
};

type Row = Awaited<ReturnType<typeof rowsOfProject>>[number];
const updates = async (kind: string): Promise<readonly Row[]> => {
  const rows = await rowsOfProject(scene.dana, scene.sources.updates, scene.project);
  return rows.filter(({ cells }) => cells.Kind === kind);
};
const textOf = async (update: Row | undefined): Promise<string> =>
  (await scene.dana.pages.retrieveMarkdown({ page_id: update?.id ?? "" })).markdown;

describe("the delivery record of process/002, with a QA failure on its way", () => {
  test("its nine milestones are dated in order, and planning ends when both leads have acknowledged the schedule", async () => {
    await advance(scene, "Planning");
    expect((await steps()).map(({ Name, Target, Baseline }) => [Name, Target, Baseline])).toEqual([
      ["Intake handoff", "2026-11-30", "2026-11-30"],
      ["Production start", "2026-11-30", "2026-11-30"],
      ["Production complete", "2026-12-09", "2026-12-09"],
      ["QA submitted", "2026-12-09", "2026-12-09"],
      ["QA certified", "2026-12-11", "2026-12-11"],
      ["Deployment start", "2026-12-11", "2026-12-11"],
      ["Deployment complete", "2026-12-11", "2026-12-11"],
      ["Client handover", "2026-12-11", "2026-12-11"],
      ["Post-delivery review", "2026-12-18", "2026-12-18"],
    ]);
    await mark("Dana Reyes", { "Deployment start": { Status: "Skipped" } });
    await scene.set({ "Schedule acknowledged by": person("Pablo Ortiz") });
    await scene.set({ Stage: "In production" });
    expect(await scene.shows()).toMatchObject({ Stage: "Planning" });
    expect(await comments()).toContain("Add the Deployment lead to Schedule acknowledged by");
    expect(await comments()).toContain("Deployment start is skipped: write its Skip reason.");
    await mark("Dana Reyes", {
      "Deployment start": { "Skip reason": "Acme takes deployments at any time." },
    });
    await scene.until(morning("2026-11-30"));
    await advance(scene, "In production");
    expect(await scene.shows()).toMatchObject({ Stage: "In production" });
  });

  test("the production lead marks production complete, and QA has it from then on", async () => {
    await scene.until(morning("2026-12-09"));
    await scene.set({ Stage: "QA" });
    expect(await scene.shows()).toMatchObject({ Stage: "In production" });
    expect(await comments()).toContain("Set the Status of the milestone Production complete to Done");
    await mark("Pablo Ortiz", {
      "M1: Design": { Status: "Done", Actual: "2026-12-02" },
      "M2: Core Build": { Status: "Done", Actual: "2026-12-04" },
      "M3: Integration": { Status: "Done", Actual: "2026-12-09" },
    });
    await advance(scene, "QA");
    expect(await step("Production complete")).toMatchObject({ Status: "Done", Actual: "2026-12-09" });
    expect(await step("QA submitted")).toMatchObject({ Status: "Done", Actual: "2026-12-09" });
  });

  test("what QA has failed is not deployed; back in production it is to be completed and certified anew", async () => {
    await scene.until(morning("2026-12-10"));
    await scene.set({ "QA certification": "FAIL" }, "Quinn Abbott");
    await scene.set({ Stage: "Deployment" });
    expect(await scene.shows()).toMatchObject({ Stage: "QA" });
    expect(await comments()).toContain("QA certification has to be PASS (it is FAIL).");
    await addRow(scene.dana, scene.sources, "risks", {
      ...{ Title: "Every third test lead is scored wrong", Project: scene.project, Kind: "Escalation" },
      ...{ Status: "Open", "Client visible": "yes" },
    });
    await scene.set({ Stage: "In production" });
    expect(await scene.shows()).toMatchObject({
      ...{ Stage: "In production", "QA certification": "Pending" },
      Gate: expect.stringContaining("Set the Status of the milestone Production complete to Done"),
    });
    expect(await step("Production complete")).toMatchObject({ Status: "In progress", Actual: "" });
    expect(await step("QA submitted")).toMatchObject({ Status: "Not started", Actual: "" });
  });

  test("a new date for the rework moves what waits for it and says why; the client reads of the delay on Friday", async () => {
    await scene.setMilestone("Production complete", { Target: "2026-12-15" }, "Pablo Ortiz");
    // Thu 10, Fri 11, Mon 14, Tue 15
    const moved = { Slip: "4", "Why it moved": "+4 business days: Target of “Production complete” moved" };
    expect(await step("QA certified")).toMatchObject({
      Target: "2026-12-17",
      Baseline: "2026-12-11",
      ...moved,
    });
    expect(await step("Client handover")).toMatchObject({
      Target: "2026-12-17",
      Forecast: "2026-12-17",
      ...moved,
    });
    expect(await scene.shows()).toMatchObject({
      ...{ "Agreed delivery": "2026-12-15", "Forecast delivery": "2026-12-17" },
      "Schedule acknowledged by": "",
    });
    await scene.until(morning("2026-12-11"));
    const [summary] = await updates("Weekly summary");
    const text = await textOf(summary);
    expect(text).toContain("- Every third test lead is scored wrong\n");
    expect(text).toContain("- QA certification: not passed yet; the faults are being mended");
    expect(text).toContain(
      "The agreed delivery date is **Tuesday, 15 December 2026**; as things stand it will be **Thursday, 17 December 2026**.",
    );
  });

  test("submitted again it passes; the next summary says which date was agreed anew", async () => {
    const acknowledged = `${person("Pablo Ortiz")},${person("Diego Santos")}`;
    await scene.set({ "Agreed delivery": "2026-12-21", "Schedule acknowledged by": acknowledged });
    await scene.until(morning("2026-12-15"));
    await advance(scene, "QA");
    expect(await step("QA submitted")).toMatchObject({ Status: "Done", Actual: "2026-12-15" });
    await scene.until(morning("2026-12-17"));
    await advance(scene, "Deployment");
    expect(await step("QA certified")).toMatchObject({ Status: "Done", Actual: "2026-12-17" });
    await scene.until(morning("2026-12-18"));
    const [, summary] = await updates("Weekly summary");
    const text = await textOf(summary);
    expect(text).toContain("moved from Tuesday, 15 December 2026 to Monday, 21 December 2026");
    expect(text).toContain("- QA certification: passed.");
    expect(text).toContain("The agreed delivery date is **Monday, 21 December 2026**.");
  });

  test("the client approves the launch, and what is changed after that has to be approved anew", async () => {
    await recordByHand("Cleo approved the launch on the call.", { "Launch sign-off": "Approved" });
    expect(await scene.shows()).toMatchObject({ "Launch sign-off": "Approved" });
    await scene.set({ "Acceptance criteria": "95 % of test leads right" });
    expect(await scene.shows()).toMatchObject({
      "Launch sign-off": "Outdated",
      Gate: expect.stringContaining("it has to be Approved (it is Outdated)"),
    });
    expect(await comments()).toContain(
      "Acceptance criteria changed after the launch was approved, so Launch sign-off is Outdated.",
    );
  });

  test("the deployment lead confirms, the handover package is drafted, and the client acknowledges receipt", async () => {
    await scene.until(morning("2026-12-21"));
    await scene.set({ Stage: "Handover" });
    expect(await scene.shows()).toMatchObject({ Stage: "Deployment" });
    expect(await comments()).toContain("Set the Status of the milestone Deployment complete to Done");
    await mark("Diego Santos", {
      "M4: Training & Docs": { Status: "Done", Actual: "2026-12-18" },
      "M5: Launch": { Status: "Done", Actual: "2026-12-21" },
    });
    await advance(scene, "Handover");
    expect(await scene.shows()).toMatchObject({ Stage: "Handover", Delivered: "2026-12-21" });
    const [handover] = await updates("Handover");
    expect(handover?.cells).toMatchObject({ State: "Draft" });
    await scene.until(morning("2026-12-22"));
    await advance(scene, "Review");
    expect(await scene.shows()).toMatchObject({ Stage: "Review", "Receipt acknowledged": "Acknowledged" });
  });

  test("the record closes once every escalation is resolved, with Actuals that only what happened writes", async () => {
    await advance(scene, "Complete");
    expect(await scene.shows()).toMatchObject({ Stage: "Review" });
    expect(await comments()).toContain("Every third test lead is scored wrong");
    const resolved = { Status: "Resolved", Resolution: "The weights were retrained and tested again." };
    for (const { id, cells } of (await scene.rows("risks")).values())
      if (cells.Kind === "Escalation") await edit(scene.dana, "risks", id, resolved);
    await scene.rest();
    await scene.set({ Stage: "Complete" });
    expect(await scene.shows()).toMatchObject({
      ...{ Stage: "Complete", "Baseline delivery": "2026-12-15", Delivered: "2026-12-21" },
    });
    await scene.setMilestone("QA submitted", { Actual: "2026-12-09" });
    expect((await steps()).map(({ Name, Status, Actual }) => [Name, Status, Actual])).toEqual([
      ["Intake handoff", "Done", "2026-11-29"],
      ["Production start", "Done", "2026-11-30"],
      ["Production complete", "Done", "2026-12-15"],
      ["QA submitted", "Done", "2026-12-15"],
      ["QA certified", "Done", "2026-12-17"],
      ["Deployment start", "Skipped", ""],
      ["Deployment complete", "Done", "2026-12-21"],
      ["Client handover", "Done", "2026-12-21"],
      ["Post-delivery review", "Done", "2026-12-22"],
    ]);
  });
});
