import { expect, test } from "vitest";
import { addRow, cellsOf, commentTexts, dataSources, edit } from "../support/rows.ts";
import { createWorld } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

test("an approval recorded by hand rests on a comment that is younger than the question", async () => {
  const world = createWorld();
  await world.pass(untilQuiet);
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
  const milestone = await addRow(dana, sources, "milestones", {
    ...{ Name: "Core build", Project: project, "Sign-off": "To request" },
  });
  await world.pass(untilQuiet);
  const say = (content: string) =>
    dana.comments.create({ parent: { page_id: milestone }, rich_text: [{ text: { content } }] });
  const shownAfter = async (signOff: string) => {
    await edit(dana, "milestones", milestone, { "Sign-off": signOff });
    await world.pass(untilQuiet);
    const { "Sign-off": shown, Feedback: feedback } = await cellsOf(dana, milestone);
    return [shown, feedback];
  };

  await say("The first draft looks rough.");
  await world.pass(untilQuiet);
  expect(await shownAfter("Requested")).toEqual(["Requested", ""]);
  expect(await shownAfter("Approved")).toEqual(["Requested", ""]);
  expect((await commentTexts(dana, milestone)).at(-1)).toContain("first write a new comment on this page");
  await say("Cleo approved it on the call.");
  expect(await shownAfter("Approved")).toEqual(["Approved", "Cleo approved it on the call."]);
  world.close();
});
