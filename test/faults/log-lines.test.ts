import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fault } from "../../src/embedded/notion/workspace.ts";
import { addClientProject, coreBuild, sender } from "../support/client-scene.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { addRow, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const minute = 60_000;
const untilQuiet = 5 * minute;

let world: World;
beforeEach(async () => {
  // Nothing listens there: the way to the mail server is down.
  world = await setUpWorld({ pollSeconds: 60, mail: { smtpUrl: "smtp://127.0.0.1:9", from: sender } });
});
afterEach(() => world.close());

type Line = Readonly<Record<string, unknown>> & { readonly event: string };
const lines = (): Line[] => world.logLines.map((line) => JSON.parse(line) as Line);

const faults: readonly Fault[] = [
  { status: 400, code: "validation_error" },
  { status: 409, code: "conflict_error" },
  { status: 429, code: "rate_limited", headers: { "retry-after": "1" } },
  { status: 500, code: "internal_server_error" },
  { status: 502, html: "<h1>502</h1>" },
  "reset",
  "truncated",
];

/** Every fifth request of Milepost's fails, each time in another way. */
const spoil = (): void => {
  let count = 0;
  world.workspace.control.setHook({
    before: ({ actorId }) => {
      if (actorId !== world.workspace.botId) return undefined;
      count += 1;
      return count % 5 === 0 ? faults[(count / 5) % faults.length] : undefined;
    },
  });
};

/** A project at work, moves that are refused, a letter, faults of every kind, and a mass change that a person confirms. */
const play = async (): Promise<void> => {
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const { project } = await addClientProject(dana, sources, { "Client letters": "Automatic" });
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  const others: string[] = [];
  for (let index = 0; index < 8; index += 1)
    others.push(await addRow(dana, sources, "projects", { Name: `Project ${index}` }));
  await world.pass(untilQuiet);
  spoil();
  for (const Stage of ["Planning", "QA", "In production"]) {
    await edit(dana, "projects", project, { Stage, Gate: "All fine" });
    await edit(dana, "milestones", milestone, { Status: "Done" });
    await world.pass(untilQuiet);
  }
  world.workspace.control.setHook(null);
  for (const pageId of others) world.workspace.control.trash(pageId);
  await world.pass(3 * untilQuiet);
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ holds: ["mass_change"] });
  await world.service().app.request("/api/v1/confirm", { method: "POST", headers, body });
  await world.pass(untilQuiet);
};

test("every field that is logged gets into the log, so that no line keeps to itself what it was written for", async () => {
  await play();
  expect(lines().filter(({ dropped }) => dropped !== undefined)).toEqual([]);
  const told = new Set(lines().map(({ event }) => event));
  for (const event of ["gate.refused", "notion.failed", "notion.paused", "mail.channel_down", "guard.halted"])
    expect(told).toContain(event);
  expect(lines().filter(({ event }) => event === "operator.confirmed")).toMatchObject([
    { hold_kind: "mass_change" },
  ]);
});

test("a request that Notion refuses is logged with the id by which Notion's support finds it", async () => {
  const dana = world.as("Dana Reyes");
  const project = await addRow(dana, await dataSources(dana), "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
  let refused = false;
  world.setNetwork(async ({ method }, goOn) => {
    if (method !== "PATCH" || refused) return goOn();
    refused = true;
    const error = { object: "error", status: 400, code: "validation_error", message: "Lead bot is wrong" };
    return Response.json(error, { status: 400, headers: { "x-notion-request-id": "0f3a-77" } });
  });
  await edit(dana, "projects", project, { Stage: "Planning" });
  await world.pass(untilQuiet);
  expect(lines().filter(({ event }) => event === "notion.failed")).toMatchObject([
    {
      operation: "updatePage",
      code: "notion_refused",
      status: 400,
      error_code: "validation_error",
      request_id: "0f3a-77",
    },
  ]);
});
