import { text } from "../notion/open-workspace.ts";
import { type Fixture, type Input, unknownId } from "./fixture.ts";

type Inputs = (fixture: Fixture) => Input[] | Promise<Input[]>;

const missing: Input = { params: [unknownId] };
const malformed: Input = { params: ["not-an-id"] };
const board = (f: Fixture) => ({
  type: "board",
  group_by: { type: "status", property_id: f.ids.Stage, group_by: "option", sort: { type: "manual" } },
});
const viewOf = (f: Fixture, type: string, rest: object = {}) => ({
  database_id: f.database,
  data_source_id: f.source,
  name: `A ${type}`,
  type,
  ...rest,
});

/** A query of the view and its id, made for the inputs that read it. */
const viewQuery = async (f: Fixture): Promise<string> => {
  const { body } = await f.send("POST", "/views/:id/queries", { params: [f.view], body: { page_size: 1 } });
  return String((body as { id?: unknown }).id ?? unknownId);
};

const asyncTask = async (f: Fixture): Promise<string> => {
  const { body } = await f.send("POST", "/pages", {
    body: { parent: { page_id: f.root }, markdown: "later", allow_async: true },
  });
  return String((body as { id?: unknown }).id ?? unknownId);
};

/** Hand-picked requests for every operation, the accepted ones first, by method and path. */
export const inputs: Readonly<Record<string, Inputs>> = {
  "GET /users/me": () => [{}, { as: "dana" }, { query: { x: "1" } }, { as: "nobody" }],
  "GET /users": () => [{}, { query: { page_size: "2" } }, { query: { page_size: "101" } }, { as: "nobody" }],
  "GET /users/:id": (f) => [{ params: [f.dana] }, { params: [f.bot] }, missing, malformed],
  "POST /pages": (f) => [
    { body: { parent: { data_source_id: f.source }, properties: { Name: { title: text("New") } } } },
    { body: { parent: { page_id: f.plain }, properties: { title: { title: text("Sub") } } } },
    { body: { parent: { database_id: f.projects }, properties: {} } },
    { body: { parent: { workspace: true }, properties: { title: { title: text("Own") } } }, as: "dana" },
    { body: { parent: { page_id: f.plain }, markdown: "# T\n\nbody" } },
    { body: { parent: { page_id: f.plain }, children: [{ paragraph: { rich_text: text("a") } }] } },
    { body: { parent: { page_id: f.plain }, content: [{ divider: {} }] } },
    { body: { parent: { page_id: f.plain }, position: { type: "page_start" } } },
    { body: { parent: { data_source_id: f.source }, template: { type: "default" } } },
    {
      body: {
        parent: { data_source_id: f.source },
        template: { type: "template_id", template_id: f.template },
      },
    },
    {
      body: { parent: { data_source_id: f.source }, properties: {} },
      query: { filter_properties: [f.ids.Points ?? "", "title"] },
    },
    { body: { parent: { data_source_id: f.source }, template: { type: "default" }, children: [] } },
    { body: { parent: { database_id: f.database }, properties: {} } },
    { body: { parent: { page_id: f.hidden }, properties: {} } },
    { body: { parent: { data_source_id: f.source }, properties: { Nope: { number: 1 } } } },
    { body: { parent: { data_source_id: f.source }, properties: { Double: { number: 1 } } } },
    { body: { parent: { data_source_id: f.source }, properties: { Stage: { status: { name: "Nope" } } } } },
    { body: { parent: { data_source_id: f.source }, properties: { Kind: { select: { name: "a, b" } } } } },
    { body: { parent: { workspace: true } } },
    { body: {} },
  ],
  "GET /pages/:id": (f) => [
    { params: [f.row] },
    { params: [f.empty] },
    { params: [f.plain] },
    { params: [f.trashed] },
    { params: [f.template] },
    { params: [f.row.replaceAll("-", "").toUpperCase()] },
    { params: [f.row], query: { filter_properties: ["title"] } },
    { params: [f.row], query: { "filter_properties[]": [f.ids.Budget ?? "", f.ids.Late ?? ""] } },
    { params: [f.hidden], as: "dana" },
    { params: [f.hidden] },
    { params: [f.source] },
    missing,
    malformed,
  ],
  "PATCH /pages/:id": (f) => [
    { params: [f.row], body: { properties: { Points: { number: 8 }, Done: { checkbox: false } } } },
    { params: [f.row], body: { properties: { Stage: { status: null }, Due: { date: null } } } },
    { params: [f.row], body: { properties: { Project: { relation: [] }, Owner: { people: [] } } } },
    { params: [f.row], body: { icon: { emoji: "🚀" }, cover: null, is_locked: true } },
    { params: [f.row], body: { icon: { type: "external", external: { url: "https://example.com/i" } } } },
    { params: [f.row], body: { template: { type: "default" }, erase_content: true } },
    { params: [f.plain], body: { erase_content: true } },
    { params: [f.row], body: { in_trash: true } },
    { params: [f.row], body: { properties: { Points: { number: 1 } } } },
    { params: [f.row], body: { in_trash: false, properties: { Points: { number: 1 } } } },
    { params: [f.row], body: { properties: { Points: { number: "1" } } } },
    { params: [f.row], body: { properties: { Mail: { email: "a".repeat(201) } } } },
    { params: [f.row], body: { archived: true } },
    { params: [f.row], body: { colour: "red" } },
    { params: [f.root], body: { in_trash: true } },
    missing,
  ],
  "POST /pages/:id/move": (f) => [
    { params: [f.below], body: { parent: { page_id: f.root } } },
    { params: [f.below], body: { parent: { data_source_id: f.source } } },
    { params: [f.row], body: { parent: { data_source_id: f.projectSource } } },
    { params: [f.plain], body: { parent: { page_id: f.plain } } },
    { params: [f.plain], body: { parent: { page_id: f.hidden } } },
    { params: [f.plain], body: { parent: { workspace: true } } },
    { params: [f.plain], body: {} },
    { ...missing, body: { parent: { page_id: f.root } } },
  ],
  "GET /pages/:id/properties/:id": (f) => [
    ...Object.values(f.ids).flatMap((id) => [{ params: [f.row, id] }, { params: [f.empty, id] }]),
    { params: [f.plain, "title"] },
    { params: [f.row, f.ids.Notes ?? ""], query: { page_size: "2" } },
    { params: [f.row, "nope"] },
    { params: [f.row, "title"], query: { start_cursor: "bogus" } },
    { params: [unknownId, "title"] },
  ],
  "GET /pages/:id/markdown": (f) => [{ params: [f.plain] }, { params: [f.row] }, missing, malformed],
  "PATCH /pages/:id/markdown": (f) => [
    { params: [f.plain], body: { type: "insert_content", insert_content: { content: "More" } } },
    {
      params: [f.plain],
      body: {
        type: "update_content",
        update_content: { content_updates: [{ old_str: "More", new_str: "Less" }] },
      },
    },
    {
      params: [f.plain],
      body: { type: "replace_content", replace_content: { new_str: "All", allow_deleting_content: true } },
    },
    {
      params: [f.plain],
      body: {
        type: "update_content",
        update_content: { content_updates: [{ old_str: "not there", new_str: "" }] },
      },
    },
    { params: [f.plain], body: { type: "other" } },
    { ...missing, body: { type: "insert_content", insert_content: { content: "More" } } },
  ],
  "GET /blocks/:id": (f) => [
    ...f.blocks.map((id) => ({ params: [id] })),
    { params: [f.plain] },
    missing,
    malformed,
  ],
  "GET /blocks/:id/children": (f) => [
    { params: [f.plain] },
    { params: [f.plain], query: { page_size: "2" } },
    { params: [f.blocks[1] ?? ""] },
    { params: [f.root] },
    { params: [f.row] },
    { params: [f.plain], query: { start_cursor: "bogus" } },
    missing,
  ],
  "PATCH /blocks/:id/children": (f) => [
    {
      params: [f.plain],
      body: {
        children: [
          { heading_1: { rich_text: text("h") } },
          { heading_2: { rich_text: text("h"), is_toggleable: true } },
          { heading_3: { rich_text: text("h"), color: "red_background" } },
          { bulleted_list_item: { rich_text: text("b"), children: [{ quote: { rich_text: text("q") } }] } },
          { numbered_list_item: { rich_text: text("n") } },
          { callout: { rich_text: text("c"), icon: { emoji: "💡" } } },
          { code: { rich_text: text("c"), language: "javascript" } },
          { table: { table_width: 1, children: [{ table_row: { cells: [text("x")] } }] } },
          { bookmark: { url: "https://example.com" } },
          { equation: { expression: "x" } },
          { table_of_contents: {} },
        ],
      },
    },
    { params: [f.plain], body: { children: [{ divider: {} }], position: { type: "start" } } },
    {
      params: [f.plain],
      body: {
        children: [{ divider: {} }],
        position: { type: "after_block", after_block: { id: f.blocks[0] } },
      },
    },
    { params: [f.blocks[1] ?? ""], body: { children: [{ paragraph: { rich_text: text("in") } }] } },
    { params: [f.blocks[3] ?? ""], body: { children: [{ divider: {} }] } },
    { params: [f.plain], body: { children: Array.from({ length: 101 }, () => ({ divider: {} })) } },
    { params: [f.plain], body: { children: [{ nope: {} }] } },
    { params: [f.plain], body: {} },
    { ...missing, body: { children: [] } },
  ],
  "PATCH /blocks/:id": (f) => [
    { params: [f.blocks[0] ?? ""], body: { paragraph: { rich_text: text("b"), color: "blue" } } },
    { params: [f.blocks[2] ?? ""], body: { to_do: { checked: false } } },
    { params: [f.blocks[0] ?? ""], body: { in_trash: true } },
    { params: [f.blocks[0] ?? ""], body: { in_trash: false } },
    { params: [f.blocks[0] ?? ""], body: { heading_1: { rich_text: [] } } },
    { params: [f.blocks[0] ?? ""], body: { paragraph: { rich_text: text("a".repeat(2001)) } } },
    missing,
  ],
  "DELETE /blocks/:id": (f) => [
    { params: [f.blocks[0] ?? ""] },
    { params: [f.blocks[0] ?? ""] },
    missing,
    malformed,
  ],
  "POST /databases": (f) => [
    { body: { parent: { page_id: f.root }, title: text("DB") } },
    {
      body: {
        parent: { type: "page_id", page_id: f.root },
        title: text("DB"),
        description: text("d"),
        is_inline: true,
        icon: { emoji: "📁" },
        initial_data_source: { properties: { T: { title: {} }, S: { status: {} }, P: { place: {} } } },
      },
    },
    { body: { parent: { workspace: true } }, as: "dana" },
    { body: { parent: { workspace: true } } },
    { body: { parent: { page_id: f.hidden } } },
    {
      body: {
        parent: { page_id: f.root },
        initial_data_source: { properties: { A: { title: {} }, B: { title: {} } } },
      },
    },
    { body: {} },
  ],
  "GET /databases/:id": (f) => [
    { params: [f.database] },
    { params: [f.projects] },
    { params: [f.source] },
    missing,
    malformed,
  ],
  "PATCH /databases/:id": (f) => [
    { params: [f.database], body: { title: text("Renamed"), description: text("d"), is_locked: true } },
    { params: [f.database], body: { parent: { type: "page_id", page_id: f.plain } } },
    { params: [f.database], body: { icon: null, cover: { external: { url: "https://example.com/c" } } } },
    { params: [f.database], body: { in_trash: true } },
    { params: [f.database], body: { title: text("no") } },
    { params: [f.database], body: { in_trash: false } },
    { params: [f.database], body: { parent: { type: "workspace", workspace: true } } },
    { params: [f.database], body: { properties: {} } },
    missing,
  ],
  "POST /databases/:id/query": (f) => [{ params: [f.projects], body: {} }, missing],
  "POST /data_sources": (f) => [
    { body: { parent: { database_id: f.database }, properties: { Name: { title: {} }, N: { number: {} } } } },
    {
      body: {
        parent: { database_id: f.database },
        title: text("More"),
        icon: { emoji: "📎" },
        properties: {},
      },
    },
    { body: { parent: { database_id: f.database }, properties: { X: { nope: {} } } } },
    { body: { parent: { database_id: unknownId }, properties: {} } },
    { body: {} },
  ],
  "GET /data_sources/:id": (f) => [
    { params: [f.source] },
    { params: [f.second] },
    { params: [f.projectSource] },
    { params: [f.database] },
    missing,
    malformed,
  ],
  "PATCH /data_sources/:id": (f) => [
    { params: [f.source], body: { properties: { Points: { name: "Effort" } } } },
    {
      params: [f.source],
      body: { properties: { Effort: null, Extra: { rich_text: {}, description: "d" } } },
    },
    { params: [f.source], body: { properties: { Notes: { number: {} } } } },
    { params: [f.source], body: { properties: { Project: null } } },
    { params: [f.source], body: { title: text("Renamed"), icon: { emoji: "📎" } } },
    { params: [f.second], body: { parent: { database_id: f.projects } } },
    { params: [f.second], body: { in_trash: true } },
    { params: [f.second], body: { title: text("no") } },
    { params: [f.second], body: { in_trash: false } },
    { params: [f.source], body: { properties: { Name: null } } },
    { params: [f.source], body: { properties: { Bad: { formula: { expression: "1 +" } } } } },
    { params: [f.source], body: { properties: { Kind: { select: { options: [{ name: "a,b" }] } } } } },
    missing,
  ],
  "GET /data_sources/:id/templates": (f) => [
    { params: [f.source] },
    { params: [f.source], query: { name: "bug" } },
    { params: [f.second] },
    { params: [f.source], query: { page_size: "x" } },
    missing,
  ],
  "POST /data_sources/:id/query": (f) => [
    { params: [f.source], body: {} },
    { params: [f.source], body: { page_size: 1 } },
    { params: [f.source], body: {}, query: { filter_properties: ["title", f.ids.Project ?? ""] } },
    { params: [f.source], body: { filter: { property: "Stage", status: { equals: "In progress" } } } },
    { params: [f.source], body: { filter: { property: "Double", formula: { number: { equals: 7 } } } } },
    { params: [f.source], body: { filter: { property: "Budget", rollup: { number: { equals: 5 } } } } },
    {
      params: [f.source],
      body: {
        filter: {
          and: [
            { property: "Points", number: { greater_than: 1 } },
            {
              or: [
                { property: "Done", checkbox: { equals: true } },
                { property: "Due", date: { past_month: {} } },
              ],
            },
          ],
        },
        sorts: [
          { property: "Points", direction: "descending" },
          { timestamp: "created_time", direction: "ascending" },
        ],
      },
    },
    {
      params: [f.source],
      body: { filter: { timestamp: "created_time", created_time: { before: "2030-01-01" } } },
    },
    { params: [f.source], body: { in_trash: true } },
    { params: [f.source], body: { start_cursor: "bogus" } },
    { params: [f.source], body: { filter: { property: "Nope", number: { equals: 1 } } } },
    { params: [f.source], body: { filter: { property: "Points", rich_text: { equals: "1" } } } },
    { params: [f.source], body: { sorts: [{ property: "Nope", direction: "ascending" }] } },
    { params: [f.source], body: { page_size: 101 } },
    { ...missing, body: {} },
  ],
  "POST /comments": (f) => [
    { body: { parent: { page_id: f.row }, rich_text: text("a") } },
    { body: { parent: { block_id: f.blocks[0] }, markdown: "**b**" } },
    { body: { discussion_id: f.discussion, rich_text: text("c") } },
    {
      body: {
        parent: { page_id: f.row },
        rich_text: text("d"),
        display_name: { type: "custom", custom: { name: "Robot" } },
      },
    },
    { body: { parent: { page_id: f.row } } },
    { body: { parent: { page_id: f.row }, discussion_id: f.discussion, rich_text: text("a") } },
    { body: { parent: { page_id: unknownId }, rich_text: text("a") } },
    { body: { discussion_id: unknownId, rich_text: text("a") } },
    { body: {} },
  ],
  "GET /comments": (f) => [
    { query: { block_id: f.row } },
    { query: { block_id: f.row, page_size: "1" } },
    { query: { block_id: f.blocks[0] ?? "" } },
    { query: {} },
    { query: { block_id: unknownId } },
  ],
  "GET /comments/:id": (f) => [{ params: [f.comment] }, { params: [f.personal] }, missing, malformed],
  "PATCH /comments/:id": (f) => [
    { params: [f.comment], body: { rich_text: text("edited") } },
    { params: [f.comment], body: { markdown: "_edited_" } },
    { params: [f.personal], body: { rich_text: text("not mine") } },
    { params: [f.comment], body: {} },
    { ...missing, body: { rich_text: text("a") } },
  ],
  "DELETE /comments/:id": (f) => [
    { params: [f.comment] },
    { params: [f.comment] },
    { params: [f.personal] },
    malformed,
  ],
  "POST /search": () => [
    { body: {} },
    { body: { query: "plan" } },
    { body: { filter: { property: "object", value: "data_source" } } },
    { body: { filter: { property: "object", value: "page" }, page_size: 2 } },
    { body: { sort: { timestamp: "last_edited_time", direction: "ascending" } } },
    { body: { filter: { property: "object", value: "database" } } },
    { body: { sort: { timestamp: "last_edited_time", direction: "up" } } },
    { body: { start_cursor: "bogus" } },
  ],
  "POST /views": (f) => [
    { body: viewOf(f, "table", { configuration: { type: "table", wrap_cells: true } }) },
    { body: viewOf(f, "board", { configuration: board(f) }) },
    { body: viewOf(f, "list") },
    {
      body: viewOf(f, "timeline", { configuration: { type: "timeline", date_property_id: f.ids.Due } }),
    },
    {
      body: viewOf(f, "calendar", {
        configuration: { type: "calendar", date_property_id: f.ids.Due, view_range: "week" },
      }),
    },
    {
      body: viewOf(f, "table", {
        filter: { property: "Done", checkbox: { equals: false } },
        sorts: [{ property: "Due", direction: "ascending" }],
      }),
    },
    {
      body: viewOf(f, "chart", {
        configuration: {
          type: "chart",
          chart_type: "column",
          x_axis: { type: "status", property_id: f.ids.Stage, group_by: "option", sort: { type: "manual" } },
          y_axis: { aggregator: "count" },
        },
      }),
    },
    { body: viewOf(f, "board", { configuration: { type: "board" } }) },
    { body: viewOf(f, "timeline", { configuration: { type: "timeline", date_property_id: "zzzz" } }) },
    { body: { ...viewOf(f, "table"), data_source_id: unknownId } },
    { body: viewOf(f, "nope") },
    { body: {} },
  ],
  "GET /views": (f) => [
    { query: { database_id: f.database } },
    { query: { data_source_id: f.source } },
    { query: {} },
    { query: { database_id: unknownId } },
  ],
  "GET /views/:id": (f) => [{ params: [f.view] }, missing, malformed],
  "PATCH /views/:id": (f) => [
    { params: [f.view], body: { name: "Renamed" } },
    { params: [f.view], body: { sorts: [{ property: "Due", direction: "descending" }] } },
    { params: [f.view], body: { filter: null } },
    { params: [f.view], body: { colour: "red" } },
    { ...missing, body: { name: "a" } },
  ],
  "DELETE /views/:id": async (f) => {
    const { body } = await f.send("POST", "/views", { body: viewOf(f, "list") });
    return [{ params: [String((body as { id: unknown }).id)] }, missing, malformed];
  },
  "POST /views/:id/queries": (f) => [
    { params: [f.view], body: {} },
    { params: [f.view], body: { page_size: 1 } },
    { params: [f.view], body: { filter: {} } },
    { ...missing, body: {} },
  ],
  "GET /views/:id/queries/:id": async (f) => {
    const id = await viewQuery(f);
    return [
      { params: [f.view, id] },
      { params: [f.view, id], query: { page_size: "1" } },
      { params: [f.view, unknownId] },
    ];
  },
  "DELETE /views/:id/queries/:id": async (f) => {
    const id = await viewQuery(f);
    return [{ params: [f.view, id] }, { params: [f.view, id] }, { params: [unknownId, id] }];
  },
  "GET /async_tasks/:id": async (f) => [{ params: [await asyncTask(f)] }, { params: [unknownId] }],
};
