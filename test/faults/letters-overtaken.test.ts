import type { Client } from "@notionhq/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addClientProject, coreBuild, readMail, sender, updateRows } from "../support/client-scene.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { addRow, type Cells, type DataSources, dataSources, edit } from "../support/rows.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/smtp-server.ts";
import { tuesdayMorning, type World } from "../support/world.ts";

const minute = 60_000;
const hour = 60 * minute;
const firstSecret = "a link secret of thirty-two bytes.";
const nextSecret = "another secret of thirty-two bytes";

let smtp: ScriptedSmtp;
let world: World;
let dana: Client;
let sources: DataSources;
/** The settings of the next restart. */
let service: { linkSecrets: readonly string[] };

beforeEach(async () => {
  smtp = await startScriptedSmtp();
});
afterEach(async () => {
  world.close();
  await smtp.close();
});

const open = async (startAt: number): Promise<void> => {
  service = { linkSecrets: [firstSecret] };
  world = await setUpWorld({ startAt, service, pollSeconds: 600, mail: { smtpUrl: smtp.url, from: sender } });
  dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
};

/** A milestone that becomes Done, and time for its letter to be tried. */
const finish = async (cells: Cells = { "Client letters": "Automatic" }): Promise<string> => {
  const { project } = await addClientProject(dana, sources, cells);
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(3 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(4 * minute);
  return milestone;
};

const arrived = () => smtp.messages.filter(({ taken }) => taken);

test("a text that was withdrawn and corrected while the server said later never leaves as it was", async () => {
  await open(tuesdayMorning);
  await finish({ "Client letters": "Review first" });
  const [update] = await updateRows(dana, sources);
  const id = update?.id ?? "";
  smtp.script({ rcpt: "450 later" });
  await edit(dana, "updates", id, { State: "Ready" });
  await world.pass(2 * minute);
  expect(smtp.connections()).toBeGreaterThan(0);
  await edit(dana, "updates", id, { State: "Draft" });
  await dana.pages.updateMarkdown({
    ...{ page_id: id, type: "replace_content" },
    replace_content: { new_str: "The price is right now." },
  });
  await world.pass(10_000);
  await edit(dana, "updates", id, { State: "Ready" });
  await world.pass(10_000);
  smtp.script({});
  await world.pass(2 * hour);
  const mails = await Promise.all(arrived().map(({ bytes }) => readMail(bytes)));
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain("The price is right now.");
  expect((await updateRows(dana, sources))[0]?.cells.State).toBe("Sent");
});

test("a milestone that was done by mistake in the evening is announced to nobody in the morning", async () => {
  await open(Date.parse("2026-11-24T17:30:00Z"));
  const milestone = await finish();
  expect((await updateRows(dana, sources))[0]?.cells.State).toBe("Ready");
  await edit(dana, "milestones", milestone, { Status: "In progress" });
  await world.pass(16 * hour);
  expect(smtp.connections()).toBe(0);
  expect((await updateRows(dana, sources))[0]?.cells).toMatchObject({
    ...{ State: "Held", "Held because": expect.stringContaining("reopened") },
  });
});

test("a sign-off that is withdrawn in the evening is not asked for by the letter in the morning", async () => {
  await open(Date.parse("2026-11-24T17:30:00Z"));
  const milestone = await finish();
  await edit(dana, "milestones", milestone, { "Sign-off": "Not needed" });
  await world.pass(16 * hour);
  const [mail, ...others] = await Promise.all(arrived().map(({ bytes }) => readMail(bytes)));
  expect(others).toEqual([]);
  expect(mail?.text).not.toMatch(/\/l\/|Are we good to go on/);
});

test("a letter whose link secret is replaced between two attempts is sent with the same bytes", async () => {
  await open(tuesdayMorning);
  smtp.script({ dot: "451 later" });
  await finish();
  const [first] = smtp.messages;
  service.linkSecrets = [nextSecret, firstSecret];
  world.restart();
  smtp.script({});
  await world.pass(hour);
  const [mail, ...others] = arrived();
  expect(others).toEqual([]);
  expect(mail?.bytes).toBe(first?.bytes);
  expect(mail?.bytes).toContain("/l/v1.");
});

test("F34: a letter that waits for its reader's office hours does not leave by a clock that is ten hours ahead", async () => {
  await open(tuesdayMorning + 10 * hour);
  await finish();
  expect(arrived()).toEqual([]);
  world.setClock(14 * hour);
  await world.pass(30 * minute);
  expect(arrived()).toEqual([]);
  world.setClock(0);
  await world.pass(14 * hour);
  expect(arrived()).toHaveLength(1);
});
