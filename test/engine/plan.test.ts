import { copyFileSync } from "node:fs";
import type { Client } from "@notionhq/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Plan } from "../../src/types/plan.ts";
import { addClientProject, coreBuild, sender, updateRows } from "../support/client-scene.ts";
import { planFor, planned, storeFolder } from "../support/plan.ts";
import { lastRequest, problemsOf, requestsAfter } from "../support/requests.ts";
import { addRow, type Cells, type DataSources, dataSources, edit } from "../support/rows.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/smtp-server.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
/** Times of Berlin; 27 November 2026 is a Friday. Summaries are due on Friday at nine and too late on Monday at nine. */
const at = (day: number, time: string): number => Date.parse(`2026-11-${day}T${time}:00+01:00`);

let smtp: ScriptedSmtp;
let files: ReturnType<typeof storeFolder>;
let world: World;
let dana: Client;
let sources: DataSources;

const open = async (startAt: number): Promise<void> => {
  const mail = { smtpUrl: smtp.url, from: sender };
  world = createWorld({ startAt, mail, pollSeconds: 60, storeFile: files.storeFile });
  await world.pass(2 * minute);
  dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
};
beforeEach(async () => {
  smtp = await startScriptedSmtp();
  files = storeFolder();
});
afterEach(async () => {
  await world.workspace.close();
  world.close();
  files.remove();
  await smtp.close();
});

const planNow = (mail = { smtpUrl: smtp.url, from: sender } as { smtpUrl: string; from: string } | null) =>
  planFor(world, files.storeFile, mail);
const keysOf = (plan: Plan, ...states: Parameters<typeof planned>[1][]) =>
  planned(plan, ...states).map(({ key }) => key);
/** The keys of the ledger by state; starting texts apart, which every new row gets. */
const ledger = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    world.store
      .exec("SELECT key, state FROM actions WHERE key NOT LIKE 'page|%'")
      .map(({ key, state }) => [key, String(state)]),
  );
const newIn = (before: ReturnType<typeof ledger>): string[] =>
  Object.keys(ledger()).filter((key) => !(key in before));
const until = (time: number): Promise<void> => world.pass(time - world.clock.now());
/** Time passes while Milepost does not run. */
const away = (time: number): Promise<void> => world.clock.advance(time - world.clock.now());
const addLive = async (letters: string, more: Cells = {}) => {
  const added = await addClientProject(dana, sources, { "Client letters": letters, ...more });
  await world.pass(5 * minute);
  return added;
};

test("a quiet workspace has nothing to do, and its plan says when the clock alone brings something", async () => {
  await open(at(26, "10:00"));
  await addLive("Review first");
  const { projects, elsewhere, unread } = planNow();
  expect(projects).toMatchObject([
    { name: "Lead bot", actions: [], values: [], comments: [], held: [], wakeAt: at(27, "09:00") },
  ]);
  expect({ elsewhere, unread }).toEqual({ elsewhere: { values: [], comments: [] }, unread: 0 });
});

test("what a plan wants is what the next round does, and nothing else", async () => {
  await open(at(26, "10:00"));
  await addLive("Review first");
  await addLive("Off", { Name: "Quiet one", Code: "QUIET" });
  await away(at(27, "09:30"));
  const before = ledger();
  const plan = planNow();
  expect(planned(plan, "wanted")).toMatchObject([
    {
      ...{ kind: "update", rule: "weekly-summary", updateKind: "Weekly summary", recorded: false },
      ...{ recipients: ["Cleo Marsh"], cause: { kind: "date", date: "2026-W48" } },
      ...{ causedAt: at(27, "09:00"), closesAt: at(30, "09:00"), nextTry: at(27, "09:30") },
    },
  ]);
  expect(ledger()).toEqual(before);
  await world.pass(0);
  expect(newIn(before)).toEqual(keysOf(plan, "wanted"));
  await world.pass(10 * minute);
  expect((await updateRows(dana, sources)).map(({ cells }) => cells.Title)).toEqual(
    planned(plan, "wanted").map(({ title }) => title),
  );
  expect(planned(planNow(), "wanted", "pending")).toEqual([]);
});

test("the values and comments of a plan are those that are written next, each with its reason", async () => {
  await open(at(24, "10:00"));
  const { project } = await addLive("Off");
  world.setNetwork(async ({ method, path }, goOn) =>
    method === "PATCH" || (method === "POST" && path === "/v1/comments")
      ? Response.json({ object: "error", status: 503, code: "service_unavailable" }, { status: 503 })
      : goOn(),
  );
  await edit(dana, "projects", project, { Stage: "QA" });
  await world.pass(90_000);
  const plan = planNow();
  const [{ values, comments } = { values: [], comments: [] }] = plan.projects;
  expect(values).toMatchObject([
    { page: "Lead bot", property: "Stage", from: "QA", to: "Intake", because: { kind: "refused" } },
  ]);
  expect(comments).toMatchObject([{ page: "Lead bot", kind: "gate", edits: false }]);
  expect(comments[0]?.text).toContain("QA");
  const written = () =>
    world.store.exec("SELECT property FROM journal WHERE kind = 'written' AND page_id = ?", project).length;
  const before = written();
  world.setNetwork(null);
  await world.pass(10 * minute);
  expect(written() - before).toBe(values.length);
  expect((await dana.comments.list({ block_id: project })).results).toHaveLength(comments.length);
  expect(planNow().projects).toMatchObject([{ values: [], comments: [] }]);
});

test("a rule's value is planned with the old one, the new one and the rule", async () => {
  await open(at(24, "10:00"));
  const { project } = await addLive("Off");
  const risk = await addRow(dana, sources, "risks", { Title: "Slow API", Project: project });
  await world.pass(5 * minute);
  world.setNetwork(async ({ method }, goOn) =>
    method === "PATCH" ? Response.json({ object: "error", status: 503 }, { status: 503 }) : goOn(),
  );
  await edit(dana, "risks", risk, { Likelihood: "High", Impact: "High" });
  await world.pass(90_000);
  expect(planNow().projects[0]?.values).toMatchObject([
    {
      ...{ database: "risks", page: "Slow API", property: "Score", from: "", to: "9" },
      because: { kind: "decided", rule: "risk-score" },
    },
  ]);
});

test("a letter that waits for its reader's office hours is pending until they begin, without an address", async () => {
  await open(at(24, "08:30"));
  const { project } = await addLive("Automatic");
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(3 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(10 * minute);
  const plan = planNow();
  expect(planned(plan, "pending")).toMatchObject([
    {
      ...{ kind: "letter", rule: "letters", recorded: true, recipients: ["Cleo Marsh"] },
      ...{ nextTry: at(24, "09:00"), cause: { kind: "transition", property: "State", to: "Ready" } },
    },
  ]);
  expect(JSON.stringify(plan)).not.toContain("@");
  expect(JSON.stringify(plan)).not.toContain("It scores leads");
  const unsent = planNow(null);
  expect(unsent.mail).toEqual({ kind: "not_configured" });
  expect(planned(unsent, "pending")).toMatchObject([{ nextTry: null }]);

  await until(at(24, "08:59"));
  expect(smtp.messages).toEqual([]);
  await until(at(24, "09:02"));
  expect(smtp.messages).toHaveLength(1);
});

test("a pending action that no rule wants any more is to be dropped", async () => {
  await open(at(24, "08:30"));
  const { project } = await addLive("Automatic");
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(3 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(10 * minute);
  const [key] = keysOf(planNow(), "pending");
  world.store.exec("UPDATE actions SET key = key || '9' WHERE key = ?", key ?? "");
  world.store.exec("UPDATE records SET dirty = 1");
  expect(planned(planNow(), "dropped")).toMatchObject([{ key: `${key}9`, nextTry: null }]);
  await world.pass(2 * minute);
  expect(ledger()[`${key}9`]).toBe("cancelled");
  expect(planned(planNow(), "dropped")).toEqual([]);
});

test("a plan says how many pages are still to be read", async () => {
  await open(at(24, "10:00"));
  const { project } = await addLive("Off");
  world.setNetwork(() => Promise.reject(new TypeError("no way to Notion")));
  await edit(dana, "projects", project, { Stage: "QA" });
  await world.pass(2 * minute);
  expect(planNow().unread).toBe(1);
});

test("an update that cannot leave is held, with what to do", async () => {
  await open(at(24, "10:00"));
  const { project, contact } = await addLive("Review first");
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(3 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(10 * minute);
  await edit(dana, "contacts", contact, { Email: { email: null } });
  const [update] = await updateRows(dana, sources);
  await edit(dana, "updates", update?.id ?? "", { State: "Ready" });
  await world.pass(10 * minute);
  const [held, ...others] = planNow().projects.flatMap((one) => one.held);
  expect(others).toEqual([]);
  expect(held).toMatchObject({ updateId: update?.id, title: update?.cells.Title });
  expect(held?.because).toContain("Cleo Marsh has no mail address");
});

test("what is found too late is missed, in the plan and in the round that follows", async () => {
  await open(at(26, "10:00"));
  await addLive("Automatic");
  await away(Date.parse("2026-12-01T09:00:00+01:00"));
  const plan = planNow();
  expect(planned(plan, "missed")).toMatchObject([{ rule: "weekly-summary", recorded: false, nextTry: null }]);
  expect(planned(plan, "wanted")).toEqual([]);
  await world.pass(10 * minute);
  expect(ledger()).toEqual(Object.fromEntries(keysOf(plan, "missed").map((key) => [key, "missed"])));
  expect(planned(planNow(), "missed")).toMatchObject([{ recorded: true }]);
  expect(await problemsOf(world)).toMatchObject([
    { code: "action_missed", database: "projects", detail: expect.stringContaining("weekly-summary") },
  ]);
});

test("what lies before a new rule is baseline in the plan of the version that brings it", async () => {
  await open(at(26, "10:00"));
  await addLive("Automatic");
  world.store.exec("DELETE FROM rules WHERE rule_id = 'weekly-summary'");
  world.store.exec("UPDATE meta SET value = 'of the last version' WHERE key = 'rules'");
  await away(at(27, "12:00"));
  const plan = planNow();
  expect(planned(plan, "baseline")).toMatchObject([{ rule: "weekly-summary", recorded: false }]);
  expect(planned(plan, "wanted", "pending")).toEqual([]);
  world.restart();
  await world.pass(10 * minute);
  expect(ledger()).toEqual(Object.fromEntries(keysOf(plan, "baseline").map((key) => [key, "baseline"])));
});

test("a project on which a rule fails, or whose record cannot be read, is not decided, and the plan says so", async () => {
  await open(at(26, "10:00"));
  await addLive("Automatic");
  await addLive("Automatic", { Name: "Other bot", Code: "OTHER" });
  await away(at(27, "09:30"));
  world.store.exec(
    "UPDATE records SET parked = 'trace-1' WHERE project_id = (SELECT page_id FROM pages WHERE local LIKE '%Lead bot%')",
  );
  const plan = planNow();
  expect(plan.projects).toMatchObject([
    { name: "Lead bot", parked: "trace-1", actions: [] },
    { name: "Other bot", parked: null, actions: [{ state: "wanted" }] },
  ]);
  world.store.exec("UPDATE polls SET complete = 0 WHERE database = 'risks'");
  expect(planNow().projects[1]).toMatchObject({ gaps: ["Risks is not loaded"], actions: [] });
});

test("planning twice says the same, asks nobody and changes nothing, whether the store is open or closed", async () => {
  await open(at(26, "10:00"));
  await addLive("Automatic");
  await away(at(27, "09:30"));
  const [bytes, seen] = [files.bytes(), lastRequest(world)];
  const first = planNow();
  expect(planNow()).toEqual(first);
  expect(planned(first, "wanted")).toHaveLength(1);
  expect(files.bytes()).toEqual(bytes);
  world.store.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const closed = storeFolder();
  copyFileSync(files.storeFile, closed.storeFile);
  expect(planFor(world, closed.storeFile, { smtpUrl: smtp.url, from: sender })).toEqual(first);
  expect(closed.bytes()).toEqual({ "milepost.sqlite": files.bytes()["milepost.sqlite"] });
  closed.remove();
  expect(requestsAfter(world, seen)).toEqual([]);
  expect(smtp.connections()).toBe(0);
});

test("a store that was never set up has no plan", async () => {
  await open(at(26, "10:00"));
  world.store.exec("DELETE FROM meta WHERE key = 'bindings'");
  expect(() => planNow()).toThrow(expect.objectContaining({ code: "setup_missing" }));
});
