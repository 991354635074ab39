import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addDelivery, advance, type DeliveryScene, deliveryScene } from "../support/delivery-scene.ts";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { addRow, type Cells, cellsOf, commentTexts, edit, rowsOfProject } from "../support/rows.ts";

/** Monday, 30 November 2026, 09:00 in Berlin: the plan starts today. */
const monday = Date.parse("2026-11-30T08:00:00Z");

let prepared: Prepared<string>;
let scene: DeliveryScene;
beforeAll(async () => {
  prepared = await prepareWorld({ startAt: monday, pollSeconds: 43_200 }, async (world) => {
    await world.pass(600_000);
    const made = await addDelivery(world, { "Service type": "Single-purpose agent", Start: "2026-11-30" });
    await advance(made, "Planning");
    return made.project;
  });
});
afterAll(() => prepared.drop());
afterEach(() => scene.world.close());

const open = async (): Promise<void> => {
  const world = prepared.open();
  scene = await deliveryScene(world, world.there);
};

/** Evaluated: three days and $1,680 for leads from WhatsApp. */
const wish: Cells = {
  ...{ Title: "Leads from WhatsApp", Description: "Leads that come by WhatsApp are scored too" },
  ...{ "Risk level": "Medium", Option: "Change order" },
  ...{ "Effort hours": { number: 14 }, "Timeline impact": { number: 3 }, Cost: { number: 1_680 } },
};

const ask = async (cells: Cells = wish): Promise<string> => {
  const { dana, sources, project } = scene;
  const request = await addRow(dana, sources, "changeRequests", { ...cells, Project: project });
  await scene.rest();
  await move(request, "Evaluating");
  return request;
};

const move = async (request: string, status: string): Promise<void> => {
  await edit(scene.dana, "changeRequests", request, { Status: status });
  await scene.rest();
};

/** Records by hand what the client has decided. */
const decide = async (request: string, status: string, words: string): Promise<void> => {
  await scene.dana.comments.create({
    parent: { page_id: request },
    rich_text: [{ text: { content: words } }],
  });
  await move(request, status);
};

const shown = (request: string) => cellsOf(scene.dana, request);
const target = async (name: string): Promise<string | undefined> =>
  (await scene.milestone(name)).cells.Target;

describe("a change request", () => {
  test("is numbered, shows the new delivery date, and comes into the plan when the client approves", async () => {
    await open();
    const request = await ask();
    // Tue 15 December: Wed 16, Thu 17, Fri 18
    expect(await shown(request)).toMatchObject({
      ...{ Number: "ACME-CR-1", Status: "Evaluating", "New delivery date": "2026-12-18" },
    });
    await move(request, "Ready for client");
    await decide(request, "Approved", "Cleo agreed on the call of 30 November.");
    expect(await shown(request)).toMatchObject({
      ...{ Status: "Applied", "New delivery date": "2026-12-18", "Decided by": "Recorded by hand" },
      "Decision note": "Cleo agreed on the call of 30 November.",
    });
    expect(await scene.shows()).toMatchObject({
      ...{ "Agreed delivery": "2026-12-18", "Baseline delivery": "2026-12-15" },
      "Forecast delivery": "2026-12-16",
      "Change orders":
        "2026-11-30 ACME-CR-1: +3 business days, delivery 2026-12-18, $1,680\nTotal: +3 business days, $1,680",
    });
    // Wed 2 + 3 = Mon 7; Fri 11 + 3 = Wed 16
    expect((await scene.milestone("M1: Design")).cells).toMatchObject({
      ...{ Target: "2026-12-07", Baseline: "2026-12-02", Forecast: "2026-12-07", Slip: "3" },
      "Why it moved": "+3 business days: ACME-CR-1",
    });
    expect(await target("M5: Launch")).toBe("2026-12-16");
    const [decision] = (await scene.rows("decisions")).values();
    expect(decision?.cells).toMatchObject({
      Decision: "Approved ACME-CR-1 Leads from WhatsApp: +3 business days, $1,680, delivery 2026-12-18",
      ...{ "Made by": "Recorded by hand", "Made on": "2026-11-30", Source: "ACME-CR-1" },
      Why: "Cleo agreed on the call of 30 November.",
    });
    expect((await commentTexts(scene.dana, request)).join("\n")).toMatch(
      /Applied to the plan: \d+ open milestones moved, Agreed delivery moved from 2026-12-15 to 2026-12-18/,
    );
  });

  test("that changes after its approval is Outdated and says so; approved anew it adds only the difference", async () => {
    await open();
    const request = await ask();
    await move(request, "Ready for client");
    await decide(request, "Approved", "Cleo agreed.");
    await edit(scene.dana, "changeRequests", request, { "Timeline impact": { number: 5 } });
    await scene.rest();
    expect(await shown(request)).toMatchObject({ Status: "Outdated", "New delivery date": "2026-12-22" });
    expect((await commentTexts(scene.dana, request)).at(-1)).toMatch(
      /Timeline impact changed after it was approved, so it is Outdated/,
    );
    expect(await scene.shows()).toMatchObject({ "Agreed delivery": "2026-12-18" });
    expect(await target("M1: Design")).toBe("2026-12-07");
    await move(request, "Evaluating");
    await move(request, "Ready for client");
    await decide(request, "Approved", "Five days are fine.");
    expect(await shown(request)).toMatchObject({ Status: "Applied" });
    expect(await scene.shows()).toMatchObject({ "Agreed delivery": "2026-12-22" });
    expect(await target("M1: Design")).toBe("2026-12-09");
    expect([...(await scene.rows("decisions"))]).toHaveLength(2);
  });

  test("that is deferred goes to the parking lot, one that is cancelled goes nowhere, and the plan stays", async () => {
    await open();
    const [later, never] = [await ask(), await ask({ ...wish, Title: "A second bot" })];
    expect((await shown(never)).Number).toBe("ACME-CR-2");
    for (const request of [later, never]) await move(request, "Ready for client");
    await decide(later, "Deferred", "Cleo wants it in phase 2.");
    await decide(never, "Cancelled", "Cleo does not want it any more.");
    expect(await shown(later)).toMatchObject({ Status: "Deferred", "Decided by": "Recorded by hand" });
    expect(await shown(never)).toMatchObject({ Status: "Cancelled" });
    expect(await scene.shows()).toMatchObject({ "Agreed delivery": "2026-12-15", "Change orders": "" });
    expect(await target("M1: Design")).toBe("2026-12-02");
    expect([...(await scene.rows("decisions")).keys()]).toEqual([
      "Deferred ACME-CR-1 Leads from WhatsApp",
      "Cancelled ACME-CR-2 A second bot",
    ]);
  });

  test("that was applied leaves the plan again when the client leaves it for later", async () => {
    await open();
    const request = await ask();
    await move(request, "Ready for client");
    await decide(request, "Approved", "Cleo agreed.");
    expect(await scene.shows()).toMatchObject({ "Agreed delivery": "2026-12-18" });
    await decide(request, "Deferred", "Cleo wants it in phase 2 after all.");
    expect(await shown(request)).toMatchObject({ Status: "Deferred" });
    expect(await scene.shows()).toMatchObject({ "Agreed delivery": "2026-12-15", "Change orders": "" });
    expect(await target("M1: Design")).toBe("2026-12-02");
  });

  test("that moves the delivery is in the next weekly summary, with both dates", async () => {
    await open();
    await edit(scene.dana, "projects", scene.project, { "Client letters": "Review first" });
    const request = await ask();
    await move(request, "Ready for client");
    await decide(request, "Approved", "Cleo agreed.");
    await scene.until(Date.parse("2026-12-04T08:10:00Z"));
    const updates = await rowsOfProject(scene.dana, scene.sources.updates, scene.project);
    const summary = updates.find(({ cells }) => cells.Kind === "Weekly summary");
    const { markdown } = await scene.dana.pages.retrieveMarkdown({ page_id: summary?.id ?? "" });
    expect(markdown).toContain(
      "The agreed delivery date moved from Tuesday, 15 December 2026 to Friday, 18 December 2026.",
    );
    expect(markdown).toContain("was added to the plan");
  });

  test("that is not evaluated does not go to the client, and a comment says what is missing", async () => {
    await open();
    const request = await ask({ Title: "A second bot", Boundary: { multi_select: [{ name: "Data" }] } });
    await move(request, "Ready for client");
    expect((await shown(request)).Status).toBe("Evaluating");
    expect((await commentTexts(scene.dana, request)).join("\n")).toMatch(/Fill in Effort hours/);
  });
});
