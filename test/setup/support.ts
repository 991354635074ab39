import { databases } from "../../notion-templates/databases.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createNotionGateway } from "../../src/notion/gateway.ts";
import type { Log, LogFields, Probe, ThrottleState } from "../../src/ports.ts";
import { type Provisioned, provision } from "../../src/setup/provision.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import type { Bindings, SetupStore } from "../../src/types/bindings.ts";
import type { DatabaseKey } from "../../src/types/schema.ts";
import { seededIds, seededRandom } from "../support/seeded.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const baseUrl = "http://notion.example";
const startOfTest = Date.UTC(2026, 10, 24, 9, 0, 30);
export const keys = Object.keys(databases) as DatabaseKey[];

/** A setup store that keeps JSON, as a database does. */
export const memorySetupStore = (): SetupStore => {
  const meta = new Map<string, string>();
  return {
    loadBindings: () => JSON.parse(meta.get("bindings") ?? "null") as Bindings | null,
    saveBindings: (bindings) => void meta.set("bindings", JSON.stringify(bindings)),
    getMeta: (key) => meta.get(key) ?? null,
    setMeta: (key, value) => void meta.set(key, value),
  };
};

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

type Json = Record<string, unknown>;
export type Office = ReturnType<typeof emptyOffice>;

/** An embedded workspace with one page shared with the bot, and the means to set it up and to act in it as a person. */
export const emptyOffice = () => {
  const clock = createVirtualClock(startOfTest);
  const workspace: Workspace = createWorkspace({
    database: openNodeDatabase(":memory:"),
    clock,
    newId: seededIds(1),
    random: seededRandom(2),
    plan: "business",
    log: quiet,
    fetch: () => Promise.reject(new Error("nothing is subscribed")),
  });
  const waits: number[] = [];
  const events: { event: string; fields: LogFields }[] = [];
  const log: Log = { ...quiet, info: (event, fields = {}) => void events.push({ event, fields }) };

  const setup = (store: SetupStore, probe: Probe = () => {}): Promise<Provisioned> => {
    let throttle: ThrottleState | null = null;
    const notion = createNotionGateway({
      token: workspace.tokens.bot,
      baseUrl,
      plan: "business",
      fetch: workspace.fetch,
      clock,
      throttle: {
        load: () => throttle,
        save: (state) => {
          throttle = state;
        },
      },
      log,
      probe,
    });
    const wait = async (until: number): Promise<void> => {
      waits.push(until);
      await clock.advance(until - clock.now());
    };
    const parentPageId = workspace.rootPageId;
    return provision({ notion, store, clock, log, parentPageId, officeTimezone: "Europe/Madrid", wait });
  };

  const request = async (
    token: string | undefined,
    method: string,
    path: string,
    body?: Json,
  ): Promise<Json> => {
    const response = await workspace.fetch(`${baseUrl}/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "notion-version": "2026-03-11",
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Json;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  /** A request as a person of the agency. */
  const asDana = (method: string, path: string, body?: Json): Promise<Json> =>
    request(workspace.tokens.people["Dana Reyes"], method, path, body);

  return { workspace, clock, waits, events, setup, asDana };
};

export const rowsOf = async (office: Office, dataSourceId: string): Promise<Json[]> =>
  (await office.asDana("POST", `data_sources/${dataSourceId}/query`, {})).results as Json[];

export const schemaOf = async (office: Office, dataSourceId: string): Promise<Record<string, Json>> =>
  (await office.asDana("GET", `data_sources/${dataSourceId}`)).properties as Record<string, Json>;

/** Everything under the parent page, by kind: names of pages, databases, and of each database's views. */
export const contents = async (
  office: Office,
): Promise<{ pages: string[]; databases: string[]; views: string[] }> => {
  const children = (await office.asDana("GET", `blocks/${office.workspace.rootPageId}/children`))
    .results as Json[];
  const named = (kind: "child_page" | "child_database") =>
    children
      .filter(({ type }) => type === kind)
      .map((child) => ({ id: String(child.id), title: String((child[kind] as Json).title) }));
  const views: string[] = [];
  for (const { id, title } of named("child_database")) {
    const refs = (await office.asDana("GET", `views?database_id=${id}`)).results as Json[];
    for (const ref of refs)
      views.push(`${title}: ${String((await office.asDana("GET", `views/${String(ref.id)}`)).name)}`);
  }
  return {
    pages: named("child_page").map(({ title }) => title),
    databases: named("child_database").map(({ title }) => title),
    views,
  };
};

export const writes = (office: Office, after: number): string[] =>
  office.workspace.control
    .requests(after)
    .filter(({ method, path }) => method !== "GET" && !path.endsWith("/query"))
    .map(({ method, path }) => `${method} ${path}`);

export const lastRequest = (office: Office): number => office.workspace.control.requests().at(-1)?.seq ?? 0;
