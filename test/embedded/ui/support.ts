import { Client } from "@notionhq/client";
import { createAdjustableClock } from "../../../src/embedded/clock.ts";
import { startWorkspaceServer } from "../../../src/embedded/notion/server.ts";
import { createWorkspace } from "../../../src/embedded/notion/workspace.ts";
import type { Log } from "../../../src/ports.ts";
import { openNodeDatabase } from "../../../src/store/node-sqlite.ts";
import { seededIds, seededRandom } from "../../support/seeded.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

export const startOfTest = Date.UTC(2026, 10, 24, 9, 0, 30);
const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A workspace on a real port, with a clock that stands still until it is moved. */
export const openOffice = async () => {
  const real = createVirtualClock(startOfTest);
  const clock = createAdjustableClock({ realNow: real.now, setTimer: (fn, ms) => real.after(ms, fn) });
  const delivered: string[] = [];
  const received: { body: string; signature: string }[] = [];
  const workspace = createWorkspace({
    database: openNodeDatabase(":memory:"),
    clock,
    newId: seededIds(1),
    random: seededRandom(2),
    plan: "business",
    log: quiet,
    fetch: async (url, init) => {
      delivered.push(String(url));
      const signature = new Headers(init?.headers).get("x-notion-signature") ?? "";
      received.push({ body: String(init?.body), signature });
      return new Response(null, { status: 200 });
    },
  });
  const server = await startWorkspaceServer({ workspace, clock, host: "127.0.0.1", port: 0, log: quiet });
  /** The official SDK on the real port, as one of the people. */
  const as = (name: string): Client =>
    new Client({ auth: workspace.tokens.people[name] ?? "", baseUrl: server.url, retry: false });
  return { workspace, clock, server, as, delivered, received };
};
export type Office = Awaited<ReturnType<typeof openOffice>>;

const stages = ["Intake", "Planning", "QA"];

/** A Projects database with every kind of property that people edit, Clients that it relates to, and one project. */
export const furnish = async ({ as, workspace }: Office, title = "Acme portal") => {
  const dana = as("Dana Reyes");
  const parent = { type: "page_id" as const, page_id: workspace.rootPageId };
  const named = (content: string) => [{ text: { content } }];
  const clients = await dana.databases.create({
    parent,
    title: named("Clients"),
    initial_data_source: { properties: { Name: { title: {} } } },
  });
  const [clientSource] = "data_sources" in clients ? clients.data_sources : [];
  const projects = await dana.databases.create({
    parent,
    title: named("Projects"),
    initial_data_source: {
      properties: {
        Name: { title: {} },
        Stage: { status: { options: stages.map((name) => ({ name })) } },
        Note: { rich_text: {} },
        Size: { number: {} },
        Health: {
          select: {
            options: [
              { name: "On track", color: "green" },
              { name: "At risk", color: "red" },
            ],
          },
        },
        Tags: { multi_select: { options: [{ name: "Web" }, { name: "Data" }] } },
        Manager: { people: {} },
        Start: { date: {} },
        Signed: { checkbox: {} },
        Site: { url: {} },
        Client: { relation: { data_source_id: clientSource?.id ?? "", single_property: {} } },
      },
    },
  });
  const [source] = "data_sources" in projects ? projects.data_sources : [];
  const sourceId = source?.id ?? "";
  const row = (dataSourceId: string, name: string) =>
    dana.pages.create({
      parent: { type: "data_source_id", data_source_id: dataSourceId },
      properties: { title: { title: named(name) } },
    });
  const client = await row(clientSource?.id ?? "", "Acme Ltd");
  const project = await row(sourceId, title);
  return { databaseId: projects.id, sourceId, projectId: project.id, clientId: client.id };
};

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};
const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (found) => entities[found] ?? found);
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

/** What a browser would submit with the form of this action if nobody touched it. */
export const readForm = (page: string, action: string): URLSearchParams => {
  const forms = [...page.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)];
  const inner = forms.find(([, tag = ""]) => attribute(tag, "action") === action)?.[2] ?? "";
  const fields = new URLSearchParams();
  for (const [, tag = ""] of inner.matchAll(/<input([^>]*)>/g)) {
    const name = attribute(tag, "name");
    if (name === undefined) continue;
    if (attribute(tag, "type") === "checkbox" && !/\schecked/.test(tag)) continue;
    fields.append(name, attribute(tag, "value") ?? "");
  }
  for (const [, tag = "", options = ""] of inner.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const all = [...options.matchAll(/<option([^>]*)>/g)].map(([, option = ""]) => option);
    const chosen = all.find((option) => /\sselected/.test(option)) ?? all[0] ?? "";
    fields.append(attribute(tag, "name") ?? "", attribute(chosen, "value") ?? "");
  }
  for (const [, tag = "", text = ""] of inner.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g)) {
    fields.append(attribute(tag, "name") ?? "", unescaped(text).replaceAll("\n", "\r\n"));
  }
  return fields;
};

/** A browser without JavaScript: follows no redirect by itself, keeps its one cookie. */
export const openBrowser = ({ server }: Office) => {
  let cookie = "";
  const request = async (path: string, init: RequestInit = {}) => {
    const headers = { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) };
    const response = await fetch(`${server.url}${path}`, { ...init, headers, redirect: "manual" });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    get: (path: string) => request(path),
    submit: (path: string, fields: URLSearchParams | Record<string, string>, headers = {}) =>
      request(path, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { origin: server.url, ...headers },
      }),
  };
};
