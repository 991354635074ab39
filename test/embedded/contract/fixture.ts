import { createWorkspace, type Workspace } from "../../../src/embedded/notion/workspace.ts";
import { openNodeDatabase } from "../../../src/store/node-sqlite.ts";
import { seededIds, seededRandom } from "../../support/seeded.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { type Loose, start, text } from "../notion/open-workspace.ts";

/** One request as the table of inputs writes it; `params` fill the path in its order. */
export type Input = {
  params?: readonly string[];
  query?: Readonly<Record<string, string | readonly string[]>>;
  body?: unknown;
  /** The connection unless it says otherwise. */
  as?: "bot" | "dana" | "nobody";
};
export type Answer = { status: number; body: unknown };

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The path of a row with its parameters filled in. */
export const filled = (path: string, params: readonly string[] = []): string => {
  let index = 0;
  return path.replace(/:\w+/g, () => encodeURIComponent(params[index++] ?? "missing"));
};

const search = (query: Input["query"]): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of [value].flat()) params.append(name, one);
  }
  return params.size > 0 ? `?${params}` : "";
};

export type Sender = (method: string, path: string, input: Input) => Promise<Answer>;

const senderOf = (workspace: Workspace): Sender => {
  const tokens = { bot: workspace.tokens.bot, dana: workspace.tokens.people["Dana Reyes"], nobody: "ntn_x" };
  return async (method, path, { params, query, body, as = "bot" }) => {
    const response = await workspace.fetch(`http://workspace/v1${filled(path, params)}${search(query)}`, {
      method,
      headers: { authorization: `Bearer ${tokens[as]}`, "notion-version": "2026-03-11" },
      ...(body === undefined || method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
};

const allTypes = (related: string): Loose => ({
  Name: { title: {} },
  Notes: { rich_text: {} },
  Points: { number: { format: "dollar" } },
  Kind: { select: { options: [{ name: "Bug", color: "red" }, { name: "Task" }] } },
  Tags: { multi_select: { options: [{ name: "a" }, { name: "b" }] } },
  Stage: { status: {} },
  Due: { date: {} },
  Owner: { people: {} },
  Files: { files: {} },
  Done: { checkbox: {} },
  Site: { url: {} },
  Mail: { email: {} },
  Phone: { phone_number: {} },
  Code: { unique_id: { prefix: "T" } },
  Made: { created_time: {} },
  Maker: { created_by: {} },
  Edited: { last_edited_time: {} },
  Editor: { last_edited_by: {} },
  Project: { relation: { data_source_id: related, type: "dual_property", dual_property: {} } },
  See: { relation: { data_source_id: related, type: "single_property", single_property: {} } },
  Budget: {
    rollup: { relation_property_name: "Project", rollup_property_name: "Budget", function: "sum" },
  },
  Names: {
    rollup: { relation_property_name: "Project", rollup_property_name: "Name", function: "show_original" },
  },
  Last: {
    rollup: { relation_property_name: "Project", rollup_property_name: "Due", function: "latest_date" },
  },
  Double: { formula: { expression: 'prop("Points") * 2' } },
  Late: { formula: { expression: 'prop("Due") < now()' } },
  Next: { formula: { expression: 'dateAdd(prop("Due"), 1, "weeks")' } },
  Label: { formula: { expression: 'prop("Name") + "!"' } },
});

/** A workspace with one of everything, and the ids by which inputs name it. */
export const openFixture = async () => {
  const clock = createVirtualClock(start);
  const workspace = createWorkspace({
    database: openNodeDatabase(":memory:"),
    clock,
    newId: seededIds(7),
    random: seededRandom(8),
    plan: "plus",
    log: silent,
    fetch: () => Promise.reject(new Error("nothing listens")),
    limitScale: 1000,
  });
  const send = senderOf(workspace);
  const make = async (method: string, path: string, input: Input): Promise<Loose> => {
    const { status, body } = await send(method, path, input);
    if (status === 200) return body as Loose;
    throw new Error(`the fixture was refused: ${method} ${path} ${JSON.stringify(body)}`);
  };
  const root = workspace.rootPageId;
  const database = (title: string, properties: Loose): Promise<Loose> =>
    make("POST", "/databases", {
      body: { parent: { page_id: root }, title: text(title), initial_data_source: { properties } },
    });
  const projects = await database("Projects", {
    Name: { title: {} },
    Budget: { number: {} },
    Due: { date: {} },
  });
  const projectSource: string = projects.data_sources[0].id;
  const tasks = await database("Tasks", allTypes(projectSource));
  const source: string = tasks.data_sources[0].id;
  const second = await make("POST", "/data_sources", {
    body: { parent: { database_id: tasks.id }, title: text("Archive"), properties: { Name: { title: {} } } },
  });
  const page = (body: Loose, as: Input["as"] = "bot"): Promise<Loose> => make("POST", "/pages", { body, as });
  const project = await page({
    parent: { data_source_id: projectSource },
    properties: {
      Name: { title: text("Site") },
      Budget: { number: 5 },
      Due: { date: { start: "2026-04-01" } },
    },
  });
  const [dana] = workspace.people;
  const danaId = dana?.id ?? "";
  const row = await page({
    parent: { data_source_id: source },
    icon: { emoji: "🎯" },
    cover: { external: { url: "https://example.com/a.png" } },
    properties: {
      Name: { title: [...text("Fix "), { mention: { user: { id: danaId } } }] },
      Notes: {
        rich_text: [
          ...text("see"),
          { equation: { expression: "e=mc^2" } },
          { mention: { page: { id: root } } },
          { mention: { database: { id: tasks.id } } },
          { mention: { date: { start: "2026-03-04" } } },
          { text: { content: "link", link: { url: "https://example.com" } }, annotations: { bold: true } },
        ],
      },
      Points: { number: 3.5 },
      Kind: { select: { name: "Bug" } },
      Tags: { multi_select: [{ name: "a" }, { name: "new" }] },
      Stage: { status: { name: "In progress" } },
      Due: { date: { start: "2026-03-01T09:00:00Z", end: "2026-03-02T09:00:00Z" } },
      Owner: { people: [{ id: danaId }, { id: workspace.botId }] },
      Files: { files: [{ name: "a", external: { url: "https://example.com/a" } }] },
      Done: { checkbox: true },
      Site: { url: "https://example.com" },
      Mail: { email: "a@example.com" },
      Phone: { phone_number: "1" },
      Project: { relation: [{ id: project.id }] },
    },
  });
  const empty = await page({ parent: { data_source_id: source }, properties: {} });
  const trashed = await page({ parent: { data_source_id: source }, properties: {} });
  workspace.control.trash(trashed.id);
  const plain = await page({
    parent: { page_id: root },
    properties: { title: { title: text("Plan") } },
    markdown: "# Aim\n\n- one\n- two\n\n> said\n\n```js\nlet a\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
  });
  const below = await page({ parent: { page_id: plain.id }, properties: { title: { title: text("Sub") } } });
  const hidden = await page(
    { parent: { workspace: true }, properties: { title: { title: text("Own") } } },
    "dana",
  );
  const blocks = (
    await make("PATCH", "/blocks/:id/children", {
      params: [plain.id],
      body: {
        children: [
          { paragraph: { rich_text: text("a") } },
          { toggle: { rich_text: text("t"), children: [{ paragraph: { rich_text: text("in") } }] } },
          { to_do: { rich_text: text("do"), checked: true } },
          { divider: {} },
        ],
      },
    })
  ).results as Loose[];
  const comment = await make("POST", "/comments", {
    body: { parent: { page_id: row.id }, rich_text: text("hi") },
  });
  const personal = await make("POST", "/comments", {
    body: { parent: { page_id: row.id }, rich_text: text("mine") },
    as: "dana",
  });
  const template = workspace.control.addTemplate(source, {
    name: "Bug report",
    properties: { Points: { number: 1 } },
    markdown: "## Steps\n\n1. open",
    isDefault: true,
  });
  const properties = (await make("GET", "/data_sources/:id", { params: [source] })).properties as Loose;
  const views = await make("GET", "/views", { query: { database_id: tasks.id } });
  return {
    workspace,
    clock,
    send,
    make,
    root,
    database: String(tasks.id),
    source,
    second: String(second.id),
    projects: String(projects.id),
    projectSource,
    project: String(project.id),
    row: String(row.id),
    empty: String(empty.id),
    trashed: String(trashed.id),
    plain: String(plain.id),
    below: String(below.id),
    hidden: String(hidden.id),
    blocks: blocks.map(({ id }) => String(id)),
    comment: String(comment.id),
    discussion: String(comment.discussion_id),
    personal: String(personal.id),
    template,
    dana: danaId,
    bot: workspace.botId,
    view: String(views.results[0].id),
    /** Property ids by name, not URL-encoded. */
    ids: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, decodeURIComponent(property.id)]),
    ) as Readonly<Record<string, string>>,
  };
};
export type Fixture = Awaited<ReturnType<typeof openFixture>>;

/** No object has this id. */
export const unknownId = "00000000-0000-4000-8000-000000000000";
