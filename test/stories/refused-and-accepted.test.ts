import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addReadyProject, passChecks } from "../support/ready-project.ts";
import { lastRequest, personId, writesAfter } from "../support/requests.ts";
import {
  addRow,
  cellsOf,
  commentsOf,
  type DataSources,
  dataSources,
  edit,
  rowsOfProject,
} from "../support/rows.ts";
import { createServedWorld, type ServedWorld } from "../support/served-world.ts";

/** Longer than a webhook's way, two polls and a write a minute together. */
const untilQuiet = 3 * 60_000;

let world: ServedWorld;
let sources: DataSources;
afterEach(() => world.close());

const transitions = (pageId: string, property = "stage") =>
  world.store
    .exec("SELECT * FROM transitions WHERE page_id = ? AND property = ? ORDER BY version", pageId, property)
    .map((row) => ({
      ...{ outcome: row.outcome, from: row.from_value, to: row.to_value, at: row.at },
      ...{ by: JSON.parse(String(row.actor)), findings: JSON.parse(String(row.findings)) },
    }));

/** Edits a project as a person and lets everything come to rest. */
const change = async (name: string, pageId: string, cells: Parameters<typeof edit>[3]): Promise<void> => {
  await edit(world.as(name), "projects", pageId, cells);
  await world.pass(untilQuiet);
};

const shows = (pageId: string) => cellsOf(world.as("Dana Reyes"), pageId);
const gateComment = async (pageId: string) => (await commentsOf(world.as("Dana Reyes"), pageId))[0];

/** A project in Intake for which every gate up to QA is met. */
const addProject = async (): Promise<string> => {
  const [production, deployment, qa] = [
    personId(world, "Pablo Ortiz"),
    personId(world, "Diego Santos"),
    personId(world, "Quinn Abbott"),
  ];
  const done = ["Production start", "Production complete"] as const;
  const project = await addReadyProject(
    world.as("Dana Reyes"),
    sources,
    { production, deployment, qa },
    { done },
  );
  await world.pass(untilQuiet);
  return project;
};

/** Pablo declares production complete. */
const completeProduction = async (project: string): Promise<void> => {
  const rows = await rowsOfProject(world.as("Pablo Ortiz"), sources.milestones, project);
  const row = rows.find(({ cells }) => cells.Kind === "Production complete");
  expect(row?.cells.Status).toBe("In progress");
  await edit(world.as("Pablo Ortiz"), "milestones", row?.id ?? "", { Status: "Done" });
};

const open = async (webhooks: boolean): Promise<void> => {
  world = await createServedWorld({ webhooks });
  await world.pass(untilQuiet);
  sources = await dataSources(world.as("Dana Reyes"));
};

describe.each([
  { way: "with webhooks", webhooks: true },
  { way: "with polling only", webhooks: false },
])("$way", ({ webhooks }) => {
  beforeEach(() => open(webhooks));

  test("a move that comes too early is put back and explained, and accepted once that is mended", async () => {
    const [dana, pablo] = [personId(world, "Dana Reyes"), personId(world, "Pablo Ortiz")];
    const project = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot" });
    await world.pass(untilQuiet);
    expect((await shows(project)).Gate).toMatch(
      /^Needs: Tick Requirements signed off .* · Tick Timeline acknowledged /,
    );

    const askedAt = world.clock.now();
    await change("Dana Reyes", project, { Stage: "Planning" });
    expect((await shows(project)).Stage).toBe("Intake");
    const first = await commentsOf(world.as("Dana Reyes"), project);
    expect(first).toHaveLength(1);
    expect(first[0]).toMatchObject({ by: world.workspace.botId, mentions: [dana] });
    expect(first[0]?.text).toMatch(/Requirements signed off[\s\S]*Timeline acknowledged/);

    await change("Dana Reyes", project, { "Requirements signed off": "yes" });
    expect((await shows(project)).Gate).toMatch(/^Needs: Tick Timeline acknowledged [^·]*$/);
    const shorter = await commentsOf(world.as("Dana Reyes"), project);
    expect(shorter.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(shorter[0]?.text).not.toContain("Requirements signed off");

    await change("Pablo Ortiz", project, { Stage: "Planning" });
    expect((await shows(project)).Stage).toBe("Intake");
    const answered = await commentsOf(world.as("Dana Reyes"), project);
    expect(answered).toHaveLength(2);
    expect(answered[1]).toMatchObject({ thread: first[0]?.thread, mentions: [pablo] });

    await change("Dana Reyes", project, { "Timeline acknowledged": "yes" });
    expect((await shows(project)).Gate).toBe("Ready for Planning");
    expect((await gateComment(project))?.text).toContain("Everything that was missing is there now");
    const mendedAt = world.clock.now();
    await change("Pablo Ortiz", project, { Stage: "Planning" });
    expect((await shows(project)).Stage).toBe("Planning");
    expect((await shows(project)).Gate).toMatch(/^Needs: Add the milestones /);
    expect(await commentsOf(world.as("Dana Reyes"), project)).toHaveLength(2);
    expect((await gateComment(project))?.text).toContain("Settled: Stage is Planning now");

    const kept = transitions(project);
    expect(kept).toMatchObject([
      { outcome: "refused", from: "Intake", to: "Planning", by: { kind: "person", id: dana } },
      { outcome: "refused", from: "Intake", to: "Planning", by: { kind: "person", id: pablo } },
      { outcome: "accepted", from: "Intake", to: "Planning", by: { kind: "person", id: pablo } },
    ]);
    expect(kept.map(({ findings }) => findings.length)).toEqual([2, 1, 0]);
    expect(kept[0]?.at).toBeGreaterThanOrEqual(askedAt);
    expect(kept[2]?.at).toBeGreaterThanOrEqual(mendedAt);

    const quietFrom = lastRequest(world);
    await world.pass(5 * untilQuiet);
    expect(writesAfter(world, quietFrom)).toEqual([]);
  });

  test("a jump over several stages has to meet every gate on its way", async () => {
    const bare = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot" });
    const ready = await addProject();
    await change("Dana Reyes", bare, { Stage: "QA" });
    await change("Dana Reyes", ready, { Stage: "QA" });
    expect((await shows(bare)).Stage).toBe("Intake");
    for (const named of ["Requirements signed off", "Production start", "Production lead", "QA lead"])
      expect((await gateComment(bare))?.text).toContain(named);
    expect((await shows(ready)).Stage).toBe("QA");
    expect(transitions(ready)).toMatchObject([{ outcome: "accepted", from: "Intake", to: "QA" }]);
  });
});

describe("whatever wakes Milepost", () => {
  beforeEach(() => open(true));

  test("a new page never inherits an approval", async () => {
    const dana = world.as("Dana Reyes");
    const project = await addRow(dana, sources, "projects", {
      ...{ Name: "Lead bot (copy)", "QA certification": "PASS" },
      ...{ "Launch sign-off": "Approved", "Receipt acknowledged": "Acknowledged" },
    });
    const milestone = await addRow(dana, sources, "milestones", {
      ...{ Name: "Design (copy)", Project: project, "Sign-off": "Approved" },
    });
    await world.pass(untilQuiet);
    expect(await shows(project)).toMatchObject({
      ...{ "QA certification": "Pending", "Launch sign-off": "To request" },
      "Receipt acknowledged": "Not yet",
    });
    expect(await shows(milestone)).toMatchObject({ "Sign-off": "Not needed" });
    expect((await gateComment(milestone))?.text).toContain("Sign-off was put back to Not needed");
    expect(await commentsOf(dana, milestone)).toHaveLength(1);
  });

  test("QA's verdict opens deployment and nothing else does", async () => {
    const project = await addProject();
    await edit(world.as("Dana Reyes"), "office", await officeRow(), {
      "May override": personId(world, "Dana Reyes"),
    });
    await change("Pablo Ortiz", project, { Stage: "QA" });
    await change("Quinn Abbott", project, { "QA certification": "FAIL" });
    expect(transitions(project, "qaCertification")).toMatchObject([
      { outcome: "accepted", to: "FAIL", by: { kind: "person", id: personId(world, "Quinn Abbott") } },
    ]);
    await change("Dana Reyes", project, { Stage: "Deployment", "Override reason": "The client insists." });
    expect((await shows(project)).Stage).toBe("QA");
    expect((await gateComment(project))?.text).toContain("QA certification has to be PASS (it is FAIL)");

    await change("Pablo Ortiz", project, { Stage: "In production" });
    expect(await shows(project)).toMatchObject({ Stage: "In production", "QA certification": "Pending" });
    await completeProduction(project);
    await change("Pablo Ortiz", project, { Stage: "QA" });
    await passChecks(world.as("Quinn Abbott"), sources, project);
    await change("Quinn Abbott", project, { "QA certification": "PASS" });
    await change("Diego Santos", project, { Stage: "Deployment", "Override reason": "" });
    expect(await shows(project)).toMatchObject({ Stage: "Deployment", "QA certification": "PASS" });
  });

  test("a person listed in Office passes a gate once with a reason", async () => {
    await edit(world.as("Clara Voss"), "office", await officeRow(), {
      "May override": personId(world, "Clara Voss"),
    });
    const project = await addRow(world.as("Dana Reyes"), sources, "projects", {
      ...{ Name: "Lead bot", "Override reason": "The contract is signed tomorrow." },
    });
    await world.pass(untilQuiet);
    await change("Dana Reyes", project, { Stage: "Planning" });
    expect((await shows(project)).Stage).toBe("Intake");
    expect((await gateComment(project))?.text).toContain(
      "counts only when somebody listed in Office moves the card",
    );
    await change("Clara Voss", project, { Stage: "Planning" });
    expect((await shows(project)).Stage).toBe("Planning");
    expect(transitions(project).at(-1)?.findings[0].sentence).toBe("The contract is signed tomorrow.");
    await change("Clara Voss", project, { Stage: "In production" });
    expect((await shows(project)).Stage).toBe("Planning");
    expect((await gateComment(project))?.text).toContain("has been used for the move to Planning");
  });

  test("a copied Override reason lets no copy pass, whoever makes it", async () => {
    const clara = world.as("Clara Voss");
    await edit(clara, "office", await officeRow(), { "May override": personId(world, "Clara Voss") });
    const copy = await addRow(clara, sources, "projects", {
      ...{
        Name: "Lead bot (copy)",
        Stage: "In production",
        "Override reason": "The client agreed by phone.",
      },
    });
    await world.pass(untilQuiet);
    expect(await shows(copy)).toMatchObject({ Stage: "Intake", "Override reason": "" });
  });

  test("a project on hold goes back to where it was and nowhere else", async () => {
    const project = await addProject();
    await change("Dana Reyes", project, { Stage: "In production" });
    await change("Dana Reyes", project, { Stage: "On hold" });
    expect(await shows(project)).toMatchObject({
      Stage: "On hold",
      Gate: "On hold; goes back to In production",
    });
    await change("Dana Reyes", project, { Stage: "Planning" });
    expect((await shows(project)).Stage).toBe("On hold");
    expect((await gateComment(project))?.text).toContain("Before On hold the project was in In production");
    await change("Dana Reyes", project, { Stage: "In production" });
    expect(await shows(project)).toMatchObject({ Stage: "In production", Gate: "Ready for QA" });
  });
});

const officeRow = async (): Promise<string> => {
  const rows = await world.as("Dana Reyes").dataSources.query({ data_source_id: sources.office });
  return rows.results[0]?.id ?? "";
};
