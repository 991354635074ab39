import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@notionhq/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { type ChildScript, startScript } from "../support/child-script.ts";
import { addRow, cellsOf, commentTexts, dataSources, edit } from "../support/rows.ts";

const webhookToken = "secret_two_processes";
/** The only story in real time. Longer than a minute, for which the budget may make it wait after setup. */
const longestWaitMs = 90_000;
const apiToken = "0123456789abcdef";

let folder: string;
let children: ChildScript[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "milepost-two-"));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.signal("SIGKILL");
  await Promise.all(children.map(({ ended }) => ended));
  rmSync(folder, { recursive: true });
});

const start = (
  path: string,
  env: Readonly<Record<string, string>>,
  ...given: readonly string[]
): ChildScript => {
  const child = startScript(path, { arguments: given, env, folder });
  children.push(child);
  return child;
};

/** The workspace has to be told where events go before Milepost listens there. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

type Ready = {
  readonly url: string;
  readonly root_page_id: string;
  readonly tokens: {
    readonly bot: string;
    readonly people: Readonly<Record<string, string>>;
    readonly control: string;
  };
};

const startWorkspace = async (milepostUrl: string): Promise<Ready> => {
  const webhook = ["--webhook", `${milepostUrl}/webhooks/notion`, "--webhook-token", webhookToken];
  const child = start(
    "scripts/workspace.ts",
    { LOG_LEVEL: "error" },
    "--port",
    "0",
    "--empty",
    "--data",
    folder,
    ...webhook,
  );
  return JSON.parse(await child.firstLine) as Ready;
};

/** Polling so rarely that only a webhook can tell of a change in time. */
const settingsFor = ({ url, root_page_id, tokens }: Ready, milepostUrl: string) => ({
  NOTION_TOKEN: tokens.bot,
  NOTION_BASE_URL: url,
  NOTION_PARENT_PAGE: root_page_id,
  NOTION_WEBHOOK_TOKEN: webhookToken,
  PUBLIC_URL: milepostUrl,
  PORT: new URL(milepostUrl).port,
  LINK_SECRET: "0123456789abcdef0123456789abcdef",
  API_TOKEN: apiToken,
  DATA_DIR: join(folder, "milepost"),
  POLL_SECONDS: "3600",
  LOG_LEVEL: "error",
});

/** Asks until the answer is yes; every question waits for an answer over HTTP, so the processor is not kept busy. */
const eventually = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + longestWaitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not so after ${longestWaitMs} ms: ${what}`);
  }
};

type State = { readonly now: number; readonly webhooks: { readonly next_due: number | null } };

/**
 * Looks at the workspace after each of its changes until what is looked for is there: a person's requests are counted, so
 * nobody looks in vain. Its clock moves on to the next webhook, which would come only after up to a minute, and stays while
 * one is under way.
 */
const seenIn = async ({ url, tokens }: Ready, what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const headers = { authorization: `Bearer ${tokens.control}`, "content-type": "application/json" };
  let known = -1;
  await eventually(what, async () => {
    const journal = await (await fetch(`${url}/control/journal`, { headers })).json();
    const { length } = (journal as { results: unknown[] }).results;
    if (length !== known && (await isSo())) return true;
    known = length;
    const { now, webhooks } = (await (await fetch(`${url}/control/state`, { headers })).json()) as State;
    const advance_ms = Math.ceil((webhooks.next_due ?? now) - now);
    if (advance_ms > 0)
      await fetch(`${url}/control/clock`, { method: "POST", headers, body: JSON.stringify({ advance_ms }) });
    return false;
  });
};

/** A project made in the minute in which Milepost became active, and listed then, keeps its stage: people begin after that. */
const hasListedAll = async (milepostUrl: string): Promise<boolean> => {
  const headers = { authorization: `Bearer ${apiToken}` };
  const status = (await (await fetch(`${milepostUrl}/status`, { headers })).json()) as {
    readonly first_listing: { readonly waiting: readonly string[] };
  };
  return status.first_listing.waiting.length === 0;
};

test("in a workspace and a Milepost of their own processes, an illegal move is put back and explained, and passes once mended", {
  timeout: 300_000,
}, async () => {
  const milepostUrl = `http://127.0.0.1:${await freePort()}`;
  const workspace = await startWorkspace(milepostUrl);
  const settings = settingsFor(workspace, milepostUrl);
  const setup = start("scripts/milepost.ts", settings, "setup", "--yes", "--json");
  expect(JSON.parse(await setup.firstLine)).toMatchObject({ problems: [] });
  expect(await setup.ended).toBe(0);

  const milepost = start("src/node.ts", settings);
  expect(await milepost.firstLine).toContain(milepostUrl);
  await eventually("listed", () => hasListedAll(milepostUrl));
  expect((await fetch(`${milepostUrl}/ready`)).ok).toBe(true);

  const dana = new Client({
    auth: workspace.tokens.people["Dana Reyes"] ?? "",
    baseUrl: workspace.url,
    retry: false,
  });
  const project = await addRow(dana, await dataSources(dana), "projects", { Name: "Lead bot", Code: "LEAD" });
  await edit(dana, "projects", project, { Stage: "QA" });
  await seenIn(workspace, "put back and explained", async () => {
    const { Stage } = await cellsOf(dana, project);
    return Stage === "Intake" && (await commentTexts(dana, project)).length > 0;
  });
  const [comment] = await commentTexts(dana, project);
  const { requirementsSignedOff, timelineAcknowledged } = databases.projects.properties;
  expect(comment).toContain(requirementsSignedOff.name);
  expect(comment).toContain(timelineAcknowledged.name);

  await edit(dana, "projects", project, {
    [requirementsSignedOff.name]: "yes",
    [timelineAcknowledged.name]: "yes",
  });
  await seenIn(workspace, "cleared", async () => (await commentTexts(dana, project))[0] !== comment);
  await edit(dana, "projects", project, { Stage: "Planning" });
  await seenIn(
    workspace,
    "accepted",
    async () => (await commentTexts(dana, project))[0]?.startsWith("Settled") === true,
  );
  expect((await cellsOf(dana, project)).Stage).toBe("Planning");
  expect(await commentTexts(dana, project)).toHaveLength(1);

  milepost.signal("SIGTERM");
  expect(await milepost.ended).toBe(0);
});
