import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addDelivery, advance, type DeliveryScene, deliveryScene } from "../support/delivery-scene.ts";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { personId, problemsOf } from "../support/requests.ts";
import { addRow, type Cells, cellsOf, commentTexts, edit } from "../support/rows.ts";

/** Monday, 30 November 2026, 09:00 in Berlin. */
const monday = Date.parse("2026-11-30T08:00:00Z");

let prepared: Prepared<string>;
let scene: DeliveryScene;
beforeAll(async () => {
  prepared = await prepareWorld({ startAt: monday, pollSeconds: 60 }, async (world) => {
    await world.pass(120_000);
    const made = await addDelivery(world, { "Service type": "Single-purpose agent", Start: "2026-11-30" });
    await advance(made, "Planning");
    await made.set({ Stage: "QA" }, "Diego Santos");
    // Diego, the deployment lead, has left: the workspace knows him no more, and his id stays where he was named.
    world.workspaceDatabase.exec("DELETE FROM users WHERE name = 'Diego Santos'");
    return made.project;
  });
});
afterAll(() => prepared.drop());
afterEach(() => scene.world.close());

const open = async (): Promise<void> => {
  const world = prepared.open();
  scene = await deliveryScene(world, world.there);
};
const minutes = (count: number): Promise<void> => scene.world.pass(count * 60_000);

/** What /status names: page, and property with what is wrong. */
const named = async (): Promise<readonly (readonly [string | null, string])[]> =>
  (await problemsOf(scene.world)).map(({ pageId, detail }) => [pageId, detail]);
const comments = async (pageId = scene.project): Promise<string> =>
  (await commentTexts(scene.dana, pageId)).join("\n");

describe("what cannot be as it is written is named with its page and property, and everything else goes on", () => {
  test("dates that are reversed or missing: in /status, and in the way of production", async () => {
    await open();
    const [design, build] = [await scene.milestone("M1: Design"), await scene.milestone("M2: Core Build")];
    await edit(scene.dana, "milestones", design.id, { Target: { date: null } });
    await edit(scene.dana, "milestones", build.id, { Target: "2026-12-21" });
    await scene.set({ "Agreed delivery": "2026-11-27", Stage: "In production" });
    expect(await named()).toContainEqual([
      ...[scene.project, "Start of Projects lies before what has to come first"],
    ]);
    expect(await comments()).toContain("Agreed delivery (2026-11-27) lies before Start (2026-11-30)");
    expect(await comments()).toContain("Set the Target of “M1: Design”");
    expect((await scene.shows()).Stage).toBe("Planning");
  });

  test("days off that are no days, and one for a client whom nobody knows", async () => {
    await open();
    const { dana, sources } = scene;
    const off = (cells: Cells) => addRow(dana, sources, "daysOff", { Name: "Off", ...cells });
    const endless = await off({ Day: { date: { start: "2026-12-04", end: "2028-12-04" } } });
    const unknown = await off({ Day: "2026-12-03", "Applies to": "Office, Akme" });
    await off({ Day: "2026-12-07", "Applies to": " ACME " });
    await minutes(3);
    const noDay = "Day of Days off is empty, reversed or longer than a year; it does not count";
    expect(await named()).toEqual([
      [endless, noDay],
      [unknown, "Applies to of Days off names a client that no project has"],
    ]);
    await edit(dana, "daysOff", endless, { Day: { date: null } });
    await edit(dana, "daysOff", unknown, { "Applies to": "Acme" });
    await minutes(3);
    expect(await named()).toEqual([[endless, noDay]]);
    await dana.pages.update({ page_id: endless, in_trash: true });
    await minutes(3);
    expect(await named()).toEqual([]);
  });

  test("office hours and a time zone that are only words", async () => {
    await open();
    const { dana, sources } = scene;
    const { results } = await dana.dataSources.query({ data_source_id: sources.office });
    const office = results[0]?.id ?? "";
    await edit(dana, "office", office, { "Work starts": "nine", "Time zone": "Berlin time" });
    await minutes(3);
    expect(await named()).toEqual([
      [office, "Time zone of Office is no time zone such as Europe/Paris; Europe/Berlin counts"],
      [office, "Work starts of Office makes no office hours such as 09:00 to 18:00; these count"],
    ]);
    await edit(dana, "office", office, { "Work starts": "09:00", "Time zone": "Europe/Berlin" });
    await minutes(3);
    expect(await named()).toEqual([]);
  });

  test("negative days: of a change request, and of the delay that is acceptable", async () => {
    await open();
    const { dana, sources, project } = scene;
    const request = await addRow(dana, sources, "changeRequests", {
      ...{ Title: "Leads from WhatsApp", Project: project, "Timeline impact": { number: -3 } },
      ...{
        Description: "Leads that come by WhatsApp",
        "Effort hours": { number: 4 },
        Option: "Change order",
      },
    });
    await minutes(3);
    await edit(dana, "changeRequests", request, { Status: "Evaluating" });
    await minutes(3);
    await edit(dana, "changeRequests", request, { Status: "Ready for client" });
    await edit(dana, "projects", project, { "Escalate after": { number: -1 }, Stage: "In production" });
    await minutes(5);
    expect(await cellsOf(dana, request)).toMatchObject({ Status: "Evaluating", "New delivery date": "" });
    expect(await comments(request)).toContain("Timeline impact has to be 0 or more (it is -3).");
    expect(await comments()).toContain(
      "Set Escalate after to the business days of delay that are acceptable, 0 or more.",
    );
  });

  test("two projects with one Code", async () => {
    await open();
    const { dana, sources, project } = scene;
    const other = await addRow(dana, sources, "projects", { Name: "Order desk", Code: "acme " });
    await addRow(dana, sources, "projects", { Name: "Without a code" });
    await minutes(3);
    const words = "Code of Projects is that of another project too; their change requests are numbered alike";
    expect((await named()).toSorted()).toEqual([project, other].toSorted().map((pageId) => [pageId, words]));
    await edit(dana, "projects", other, { Code: "ORDER" });
    await minutes(3);
    expect(await named()).toEqual([]);
  });

  test("a milestone that was moved to another project, and those that wait for it", async () => {
    await open();
    const { dana, sources } = scene;
    const other = await addRow(dana, sources, "projects", { Name: "Order desk", Code: "ORDER" });
    const [build, integration] = [
      await scene.milestone("M2: Core Build"),
      await scene.milestone("M3: Integration"),
    ];
    await edit(dana, "milestones", build.id, { Project: other });
    await minutes(5);
    const elsewhere = "Depends on of Milestones names a milestone of another project";
    expect((await named()).toSorted()).toEqual(
      [build.id, integration.id].toSorted().map((id) => [id, elsewhere]),
    );
    expect((await cellsOf(dana, other))["Forecast delivery"]).toBe("2026-12-04");
    await edit(dana, "milestones", build.id, { Project: `${other},${scene.project}` });
    await minutes(5);
    expect(await named()).toContainEqual([build.id, "Project of Milestones names two projects"]);
  });
});

test("a duplicated project begins anew in Intake, without the approvals and without what Milepost wrote on the first", async () => {
  await open();
  const { dana, sources } = scene;
  const copied: Cells = {
    ...{ Name: "Lead qualification (1)", Code: "ACME", Stage: "QA", "QA certification": "PASS" },
    ...{ "Launch sign-off": "Approved", "Receipt acknowledged": "Acknowledged", Gate: "Ready for QA" },
    ...{ "Baseline delivery": "2026-12-15", "Forecast delivery": "2026-12-11", Rating: { number: 9 } },
    ...{ "Change orders": "Total: +3 business days", "Live since": "2026-11-30" },
    ...{ "Requirements signed off": "yes", "Timeline acknowledged": "yes" },
  };
  const copy = await addRow(dana, sources, "projects", copied);
  await minutes(5);
  expect(await cellsOf(dana, copy)).toMatchObject({
    ...{ Stage: "Intake", "QA certification": "Pending", "Launch sign-off": "To request" },
    ...{ "Receipt acknowledged": "Not yet", "Change orders": "", "Baseline delivery": "", Rating: "" },
  });
  expect(await comments(copy)).toContain("Launch sign-off was put back to To request");
  expect(await scene.shows()).toMatchObject({ Stage: "Planning", "Baseline delivery": "2026-12-15" });
});

test("a person who left is missed where they have to act, and what they asked for goes on being answered", async () => {
  await open();
  const schedule =
    "Add the Deployment lead to Schedule acknowledged by once they have agreed to the schedule.";
  expect(await comments()).toContain("asked to move this project from Planning to QA");
  expect(await comments()).toContain(schedule);
  const acknowledged = ["Pablo Ortiz", "Dana Reyes"].map((name) => personId(scene.world, name)).join(",");
  await scene.set({ "Escalate after": { number: 2 }, "Schedule acknowledged by": acknowledged });
  expect(await comments()).not.toContain("Set Escalate after");
  expect(await comments()).toContain(schedule);
  await scene.set({ "Deployment lead": personId(scene.world, "Dana Reyes") });
  expect(await comments()).not.toContain(schedule);
  expect(await named()).toEqual([]);
});
