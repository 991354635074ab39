import { afterEach, describe, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { addRow, cellsOf, commentTexts, dataSources } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;
afterEach(() => world.close());

describe.each([
  { way: "with webhooks", webhooks: true },
  { way: "with polling only", webhooks: false },
])("$way", ({ webhooks }) => {
  test("a project moved to QA at once is put back to Intake with a comment, and moves on once that is mended", async () => {
    world = createWorld({ webhooks });
    await world.pass(120_000);
    const dana = world.as("Dana Reyes");
    const sources = await dataSources(dana);
    const project = await addRow(dana, sources, "projects", { Name: "Lead bot", Code: "LEAD" });
    await world.pass(120_000);

    await dana.pages.update({ page_id: project, properties: { Stage: { status: { name: "Planning" } } } });
    await world.pass(120_000);
    expect((await cellsOf(dana, project)).Stage).toBe("Intake");
    const [comment] = await commentTexts(dana, project);
    expect(comment).toContain(databases.projects.properties.requirementsSignedOff.name);
    expect(comment).toContain(databases.projects.properties.timelineAcknowledged.name);

    await dana.pages.update({
      page_id: project,
      properties: {
        "Requirements signed off": { checkbox: true },
        "Timeline acknowledged": { checkbox: true },
      },
    });
    await world.pass(120_000);
    await dana.pages.update({ page_id: project, properties: { Stage: { status: { name: "Planning" } } } });
    await world.pass(120_000);
    expect((await cellsOf(dana, project)).Stage).toBe("Planning");
  });
});
