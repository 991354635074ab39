import { afterEach, expect, test } from "vitest";
import { stageOptions } from "../../notion-templates/stages.ts";
import { addClientProject, cleo, coreBuild, readMail, sender, updateRows } from "../support/client-scene.ts";
import { addRow, type DataSources, dataSources, edit } from "../support/rows.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/smtp-server.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
const hour = 60 * minute;
/** Friday, 27 November 2026, 08:20 in Berlin; summaries are due at nine. */
const fridayMorning = Date.parse("2026-11-27T07:20:00Z");
const people = ["Dana Reyes", "Pablo Ortiz", "Diego Santos", "Quinn Abbott", "Clara Voss"] as const;

let world: World;
let smtp: ScriptedSmtp;
afterEach(async () => {
  world.close();
  await smtp.close();
});

const automatic = { "Client letters": "Automatic" };
const doneYesterday = { ...coreBuild, Status: "Done", Target: "2026-11-26", Actual: "2026-11-26" };

/** Ten of them by each person, because the workspace counts a minute's requests by person. */
const addExisting = async (sources: DataSources): Promise<readonly string[]> => {
  const projects: string[] = [];
  for (const [index, person] of people.entries()) {
    const client = world.as(person);
    for (const { name: stage } of stageOptions) {
      const cells = { ...automatic, Name: `${stage} ${index}`, Stage: stage };
      const email = `client${index}@acme.example`;
      const { project } = await addClientProject(client, sources, cells, { ...cleo, Email: email });
      await addRow(client, sources, "milestones", { ...doneYesterday, Project: project });
      projects.push(project);
    }
  }
  return projects;
};

test("fifty projects of before get no letter for what was there, and a fifty-first gets its letters", async () => {
  smtp = await startScriptedSmtp();
  world = createWorld({ startAt: fridayMorning, mail: { smtpUrl: smtp.url, from: sender } });
  await world.pass(minute);
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const projects = await addExisting(sources);
  expect(projects).toHaveLength(50);
  // Nine o'clock passes while Milepost is away, so that every one of them has a summary due.
  await world.clock.advance(Date.parse("2026-11-27T08:05:00Z") - world.clock.now());

  world.startAnew();
  await world.service().setUp((time) => world.clock.advance(time - world.clock.now()));
  await world.pass(30 * minute);
  world.restart();
  await world.pass(10 * minute);
  expect(await updateRows(dana, sources)).toEqual([]);
  expect(smtp.connections()).toBe(0);
  expect(world.store.exec("SELECT key FROM actions WHERE key NOT LIKE 'page|%'")).toEqual([]);

  const late = await addClientProject(dana, sources, { ...automatic, Name: "The fifty-first" });
  await world.pass(5 * minute);
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: late.project });
  await world.pass(5 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(10 * minute);
  const [letter, ...others] = await Promise.all(smtp.messages.map(({ bytes }) => readMail(bytes)));
  expect(others).toEqual([]);
  expect(letter).toMatchObject({
    to: ["cleo@acme.example"],
    subject: expect.stringContaining("The fifty-first"),
  });
  const rows = await updateRows(dana, sources);
  expect(rows.map(({ cells }) => [cells.Project, cells.State])).toEqual([[late.project, "Sent"]]);

  // An existing one that goes on is written to about what happens from now on.
  const [old = ""] = projects;
  const next = await addRow(dana, sources, "milestones", { ...coreBuild, Name: "Next", Project: old });
  await world.pass(5 * minute);
  await edit(dana, "milestones", next, { Status: "Done" });
  await world.pass(10 * minute);
  const after = await updateRows(dana, sources);
  expect(after.map(({ cells }) => cells.Project)).toEqual([late.project, old]);
  expect(smtp.messages.map(({ to }) => to.join())).toEqual(["cleo@acme.example", "client0@acme.example"]);

  // The Friday after it is one of the live projects: the fifty-first gets its own week's summary, once.
  const before = smtp.messages.length;
  await world.clock.advance(Date.parse("2026-12-04T07:55:00Z") - world.clock.now());
  await world.pass(hour);
  const summaries = await Promise.all(smtp.messages.slice(before).map(({ bytes }) => readMail(bytes)));
  const its = summaries.filter(({ subject }) => subject.includes("The fifty-first"));
  expect(its.map(({ to, subject }) => [to.join(), subject])).toEqual([
    ["cleo@acme.example", "The fifty-first – Week 49 summary"],
  ]);
  // The others have theirs, but for those that are on hold, cancelled or complete.
  expect(new Set(summaries.map(({ subject }) => subject)).size).toBe(summaries.length);
  expect(summaries).toHaveLength(1 + 7 * people.length);
});
