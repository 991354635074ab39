import { Client } from "@notionhq/client";
import {
  createWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from "../../../src/embedded/notion/workspace.ts";
import type { Fetch, Log } from "../../../src/ports.ts";
import { openNodeDatabase } from "../../../src/store/node-sqlite.ts";
import { seededIds, seededRandom } from "../../support/seeded.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

/** Tuesday 3 March 2026, 09:00:12 UTC: not on a whole minute. */
export const start = Date.UTC(2026, 2, 3, 9, 0, 12);

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

const refuse: Fetch = () => Promise.reject(new Error("nothing listens"));

/** The SDK declares its own narrower types of request and response; a standard fetch serves them. */
type SdkFetch = NonNullable<NonNullable<ConstructorParameters<typeof Client>[0]>["fetch"]>;

export const clientOf = (workspace: Workspace, token: string, notionVersion = "2026-03-11"): Client =>
  new Client({
    auth: token,
    notionVersion,
    retry: false,
    fetch: workspace.fetch as SdkFetch,
    logger: () => {},
  });

/** An empty workspace on a clock that stands still, with the bot's client and one for Dana. */
export const openWorkspace = (options: Partial<WorkspaceOptions> = {}) => {
  const clock = createVirtualClock(start);
  const database = options.database ?? openNodeDatabase(":memory:");
  const workspace = createWorkspace({
    database,
    clock,
    newId: seededIds(1),
    random: seededRandom(2),
    plan: "plus",
    log: silent,
    fetch: refuse,
    limitScale: 100,
    ...options,
  });
  const dana = workspace.tokens.people["Dana Reyes"] ?? "";
  return {
    workspace,
    clock,
    database,
    bot: clientOf(workspace, workspace.tokens.bot),
    dana: clientOf(workspace, dana),
  };
};

export const text = (content: string) => [{ text: { content } }];

/** Answers and requests are read as plain JSON here: the SDK's types lack parts of the API (status groups, `has_more`). */
export type Loose = Record<string, LooseValue>;
// biome-ignore lint/suspicious/noExplicitAny: a test reads deep into answers whose shape is what it checks
type LooseValue = any;

/** A database below the root page; its id and its data source's. */
export const createDatabase = async (bot: Client, rootPageId: string, title: string, properties: Loose) => {
  const database: Loose = await bot.databases.create({
    parent: { type: "page_id", page_id: rootPageId },
    title: text(title),
    initial_data_source: { properties },
  });
  return { databaseId: String(database.id), dataSourceId: String(database.data_sources[0].id) };
};

export const createRow = async (client: Client, dataSourceId: string, properties: Loose): Promise<Loose> =>
  client.pages.create({ parent: { data_source_id: dataSourceId }, properties });

/** What an API call was refused with. */
export const refusal = async (
  call: Promise<unknown>,
): Promise<{ status: number; code: string; message: string }> =>
  call.then(
    () => {
      throw new Error("the call was not refused");
    },
    ({ status, code, message }) => ({ status, code, message }),
  );

export const titlesOf = (list: { results: unknown[] }): string[] =>
  list.results.map((page) => (page as Loose).properties.Name.title[0]?.plain_text ?? "");
