import type { Client } from "@notionhq/client";
import { afterEach, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../../src/embedded/mailbox/mailbox.ts";
import { createLog } from "../../src/log.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import {
  addClientProject,
  coreBuild,
  formOf,
  linkPathIn,
  type ReadMail,
  readMail,
  sender,
  updateRows,
} from "../support/client-scene.ts";
import { addPassedChecks } from "../support/ready-project.ts";
import { lastRequest, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createServedWorld, type ServedWorld } from "../support/served-world.ts";
import { tuesdayMorning } from "../support/world.ts";

const minute = 60_000;
/** Times of Berlin. */
const friday = {
  atEight: Date.parse("2026-11-27T07:00:00Z"),
  beforeNine: Date.parse("2026-11-27T07:55:00Z"),
  nine: Date.parse("2026-11-27T08:00:00Z"),
};

let mailbox: Mailbox;
let world: ServedWorld;
let dana: Client;
let sources: DataSources;

const open = async (startAt: number): Promise<void> => {
  const clock = { now: () => world?.clock.now() ?? 0, after: () => () => undefined };
  const log = createLog({ level: "error", write: (line) => process.stderr.write(`${line}\n`), clock });
  mailbox = await startMailbox({ database: openNodeDatabase(":memory:"), clock, log, port: 0 });
  world = await createServedWorld({
    mail: { smtpUrl: mailbox.smtpUrl, from: sender },
    pollSeconds: 600,
    startAt,
  });
  await world.pass(2 * minute);
  dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
};
afterEach(async () => {
  await world.close();
  await mailbox.close();
});

/** All mails, oldest first. */
const mails = (): Promise<ReadMail[]> =>
  Promise.all(
    mailbox
      .messages()
      .toReversed()
      .map(({ raw }) => readMail(raw)),
  );
const until = (time: number): Promise<void> => world.pass(time - world.clock.now());

const askedMilestone = async () => {
  const { project } = await addClientProject(dana, sources, { "Client letters": "Automatic" });
  await world.pass(3 * minute);
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(3 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(10 * minute);
  return { project, milestone };
};

test("a finished milestone is mailed with its link, the client approves it, and the answer stands in Notion", async () => {
  await open(tuesdayMorning);
  const { milestone } = await askedMilestone();
  const [letter, ...others] = await mails();
  if (!letter) throw new Error("nothing was mailed");
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ to: ["cleo@acme.example"], subject: expect.stringContaining("Core build") });
  expect(letter.html).toContain(linkPathIn(letter));
  const [update] = await updateRows(dana, sources);
  expect(update?.cells).toMatchObject({ Kind: "Milestone complete", State: "Sent", "Held because": "" });
  expect(update?.cells["Sent at"]).not.toBe("");
  expect((await cellsOf(dana, milestone))["Sign-off"]).toBe("Requested");

  const page = `${world.milepostUrl}${linkPathIn(letter)}`;
  const beforeReading = lastRequest(world);
  for (const method of ["GET", "HEAD", "GET"]) {
    const shown = await fetch(page, { method });
    expect(shown.status).toBe(200);
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    if (method === "GET") expect(await shown.text()).toContain("It scores leads");
  }
  await world.pass(3 * minute);
  expect(writesAfter(world, beforeReading)).toEqual([]);
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);

  const foreign = await fetch(page, {
    ...formOf({ choice: "approve", name: "Mallory" }, "https://elsewhere.example"),
  });
  expect(foreign.status).toBe(403);
  expect((await fetch(page, formOf({ choice: "approve", name: " " }, world.milepostUrl))).status).toBe(422);
  expect((await fetch(page, formOf({ choice: "changes", name: "Cleo" }, world.milepostUrl))).status).toBe(
    422,
  );
  expect(
    (await fetch(page, formOf({ choice: "approve", name: "Cleo Marsh" }, world.milepostUrl))).status,
  ).toBe(303);
  expect(
    (await fetch(page, formOf({ choice: "changes", name: "Max", comment: "No!" }, world.milepostUrl))).status,
  ).toBe(303);
  expect(await (await fetch(page)).text()).toContain("by Cleo Marsh");

  await world.pass(10 * minute);
  const signed = await cellsOf(dana, milestone);
  expect(signed).toMatchObject({ "Sign-off": "Approved", "Signed by": "Cleo Marsh, by link", Feedback: "" });
  expect(signed["Signed at"]).toMatch(/^2026-11-24T/);
  const [, confirmation, ...more] = await mails();
  expect(more).toEqual([]);
  expect(confirmation).toMatchObject({
    to: ["cleo@acme.example"],
    text: expect.stringContaining("Core build"),
  });
  expect(confirmation?.messageId).not.toBe(letter.messageId);

  await edit(dana, "milestones", milestone, { Deliverable: "Another bot" });
  await world.pass(5 * minute);
  expect((await cellsOf(dana, milestone))["Sign-off"]).toBe("Outdated");
});

test("a link to content that has changed since records nothing and says that there is a newer version", async () => {
  await open(tuesdayMorning);
  const { milestone } = await askedMilestone();
  const [letter] = await mails();
  if (!letter) throw new Error("nothing was mailed");
  const page = `${world.milepostUrl}${linkPathIn(letter)}`;
  await edit(dana, "milestones", milestone, { "What works now": "It scores nothing" });
  await world.pass(3 * minute);
  const answer = await fetch(page, formOf({ choice: "approve", name: "Cleo" }, world.milepostUrl));
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain("newer version");
  expect((await fetch(`${page.slice(0, -4)}AAAA`)).status).toBe(404);
  // Otherwise the team would wait for an answer that no link can give any more.
  expect((await cellsOf(dana, milestone))["Sign-off"]).toBe("Outdated");
});

test("a weekly summary is drafted on Friday at nine, edited by a person, and mailed as it reads when it is Ready, one mail each", async () => {
  await open(friday.atEight);
  const max = await addRow(dana, sources, "contacts", { Name: "Max Weber", Email: "max@acme.example" });
  const { contact, project } = await addClientProject(dana, sources, { "Client letters": "Review first" });
  await edit(dana, "projects", project, { Contacts: `${contact},${max}` });
  await until(friday.beforeNine);
  expect(await updateRows(dana, sources)).toEqual([]);
  await until(friday.nine + 3 * minute);
  const [draft, ...others] = await updateRows(dana, sources);
  if (!draft) throw new Error("no summary was drafted");
  expect(others).toEqual([]);
  expect(draft.cells).toMatchObject({ Kind: "Weekly summary", State: "Draft", Period: "2026-W48" });
  await world.pass(30 * minute);
  expect(await mails()).toEqual([]);

  await dana.pages.updateMarkdown({
    page_id: draft.id,
    type: "replace_content",
    replace_content: { new_str: "## This week\n\nDana wrote **this** herself." },
  });
  await edit(dana, "updates", draft.id, { State: "Ready" });
  await world.pass(5 * minute);
  const sent = await mails();
  expect(sent.map(({ to }) => to.join()).sort()).toEqual(["cleo@acme.example", "max@acme.example"]);
  expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(2);
  for (const { text, html } of sent) {
    expect(text).toContain("Dana wrote this herself.");
    expect(html).toContain("<strong>this</strong>");
    expect(text).not.toContain("Action items");
  }
  const [row] = await updateRows(dana, sources);
  expect(row?.cells).toMatchObject({ State: "Sent", "Held because": "" });
  expect(row?.cells["Sent at"]).toMatch(/^2026-11-27T/);
  await world.pass(60 * minute);
  expect(await mails()).toHaveLength(2);
  expect(await updateRows(dana, sources)).toHaveLength(1);
});

test("where letters are Automatic the weekly summary leaves by itself", async () => {
  await open(friday.atEight);
  await addClientProject(dana, sources, { "Client letters": "Automatic" });
  await until(friday.nine + 10 * minute);
  const sent = await mails();
  expect(sent.map(({ to }) => to)).toEqual([["cleo@acme.example"]]);
  expect((await updateRows(dana, sources)).map(({ cells }) => cells.State)).toEqual(["Sent"]);
});

test("a project that comes into Handover gets its handover page as a draft", async () => {
  await open(tuesdayMorning);
  const { project } = await addClientProject(dana, sources, {
    ...{ Stage: "Deployment", "Client letters": "Review first", "QA certification": "PASS" },
    "Launch sign-off": "Approved",
  });
  await addPassedChecks(dana, sources, project);
  const deployed = { Name: "Deployed", Kind: "Deployment complete", Status: "Done", Actual: "2026-11-24" };
  await addRow(dana, sources, "milestones", { ...deployed, Project: project });
  await world.clock.advance(10 * minute);
  world.startAnew();
  await world.service().setUp((time) => world.clock.advance(time - world.clock.now()));
  await world.pass(10 * minute);
  expect(await updateRows(dana, sources)).toEqual([]);
  await edit(dana, "projects", project, { Stage: "Handover" });
  await world.pass(5 * minute);
  expect((await cellsOf(dana, project)).Stage).toBe("Handover");
  const [page, ...others] = await updateRows(dana, sources);
  expect(others).toEqual([]);
  expect(page?.cells).toMatchObject({ Kind: "Handover", State: "Draft" });
  const { markdown } = await dana.pages.retrieveMarkdown({ page_id: page?.id ?? "" });
  expect(markdown).toContain("Lead bot");
  expect(await mails()).toEqual([]);
});
