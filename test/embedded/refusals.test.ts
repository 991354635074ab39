import { beforeAll, describe, expect, it } from "vitest";
import type { FaultName } from "../../src/embedded/notion/api/fault-table.ts";
import { createDatabase, createRow, type Loose, openWorkspace, text } from "./notion/open-workspace.ts";

const nobody = "00000000-0000-4000-8000-000000000000";
const paragraph = { paragraph: { rich_text: text("x") } };
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const toggles = (levels: number): Loose => ({
  toggle: { rich_text: [], ...(levels > 1 ? { children: [toggles(levels - 1)] } : {}) },
});

/** A workspace with one of everything that a request can be wrong about. */
const furnish = async () => {
  const opened = openWorkspace();
  const { bot, dana, workspace } = opened;
  const root = workspace.rootPageId;
  const target = await createDatabase(bot, root, "Projects", { Name: { title: {} } });
  const { dataSourceId: source, databaseId: database } = await createDatabase(bot, root, "Tasks", {
    Name: { title: {} },
    Estimate: { number: {} },
    Note: { rich_text: {} },
    Stage: { status: {} },
    Priority: { select: { options: [{ name: "High" }] } },
    Tags: { multi_select: {} },
    Due: { date: {} },
    Owner: { people: {} },
    Done: { checkbox: {} },
    Site: { url: {} },
    Mail: { email: {} },
    Phone: { phone_number: {} },
    Project: { relation: { data_source_id: target.dataSourceId, single_property: {} } },
    ID: { unique_id: {} },
    Made: { created_time: {} },
    Maker: { created_by: {} },
    Edited: { last_edited_time: {} },
    Editor: { last_edited_by: {} },
  });
  const page = (await createRow(bot, source, { Name: { title: text("A task") } })).id as string;
  const trashed = (await createRow(bot, source, {})).id as string;
  await bot.pages.update({ page_id: trashed, in_trash: true });
  const hidden: Loose = await dana.pages.create({
    parent: { type: "workspace", workspace: true },
    properties: {},
  });
  const { results } = await bot.blocks.children.append({ block_id: page, children: [paragraph] });
  const block = results[0]?.id ?? "";
  const comment: Loose = await dana.comments.create({ parent: { page_id: page }, rich_text: text("hi") });
  const several = await createDatabase(bot, root, "Several", { Name: { title: {} } });
  await bot.dataSources.create({
    parent: { database_id: several.databaseId },
    properties: { Name: { title: {} } },
  });
  return {
    ...opened,
    root,
    source,
    database,
    page,
    trashed,
    hidden: String(hidden.id),
    block,
    comment: comment.id as string,
    several,
  };
};
type World = Awaited<ReturnType<typeof furnish>>;

type Asked = {
  method?: string;
  path: string;
  body?: unknown;
  /** The body as it stands, where it is no JSON. */
  raw?: string;
  headers?: Record<string, string | undefined>;
  fault?: FaultName;
};
/** What is asked, and how it is refused: status, code, and the message where notion-api.md §7 has it. */
type Row = [name: string, ask: (world: World) => Asked, status: number, code: string, message?: string];

let world: World;
beforeAll(async () => {
  world = await furnish();
});

const send = async ({ method = "GET", path, body, raw, headers, fault }: Asked) => {
  const { workspace } = world;
  workspace.control.setFaultRules(fault ? [{ fault, count: 1 }] : []);
  const sent = {
    authorization: `Bearer ${workspace.tokens.bot}`,
    "notion-version": "2026-03-11",
    ...headers,
  };
  const given = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await workspace.fetch(`http://localhost/v1${path}`, {
    method,
    headers: given,
    ...(content === undefined ? {} : { body: content }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const post = (path: string, body: unknown): Asked => ({ method: "POST", path, body });
const patch = (path: string, body: unknown): Asked => ({ method: "PATCH", path, body });
const query = (body: unknown) => (w: World) => post(`/data_sources/${w.source}/query`, body);
const write = (properties: unknown) => (w: World) => patch(`/pages/${w.page}`, { properties });
const append = (children: unknown) => (w: World) => patch(`/blocks/${w.page}/children`, { children });
const invalid = (line: string): string => `body failed validation: ${line}`;
const missing = (kind: string, id: string): string =>
  `Could not find ${kind} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "Milepost".`;

const requestRefusals: Row[] = [
  [
    "a body that is no JSON",
    () => ({ method: "POST", path: "/pages", raw: "{" }),
    400,
    "invalid_json",
    "Error parsing JSON body.",
  ],
  ["an unknown path", () => ({ path: "/planets" }), 400, "invalid_request_url", "Invalid request URL."],
  [
    "a wrong method",
    (w) => ({ method: "PUT", path: `/pages/${w.page}` }),
    400,
    "invalid_request_url",
    "Invalid request URL.",
  ],
  [
    "Markdown under an older version",
    (w) => ({ path: `/pages/${w.page}/markdown`, headers: { "notion-version": "2025-09-03" } }),
    400,
    "invalid_request_url",
  ],
  [
    "no version",
    () => ({ path: "/users/me", headers: { "notion-version": undefined } }),
    400,
    "missing_version",
    "Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.",
  ],
  [
    "an unknown version",
    () => ({ path: "/users/me", headers: { "notion-version": "1999-01-01" } }),
    400,
    "validation_error",
  ],
  [
    "an unknown beta",
    () => ({ path: "/users/me", headers: { "notion-beta": "time-travel" } }),
    400,
    "invalid_beta",
  ],
  [
    "no token",
    () => ({ path: "/users/me", headers: { authorization: undefined } }),
    401,
    "unauthorized",
    "API token is invalid.",
  ],
  [
    "a wrong token",
    () => ({ path: "/users/me", headers: { authorization: "Bearer ntn_x" } }),
    401,
    "unauthorized",
    "API token is invalid.",
  ],
  [
    "another scheme",
    (w) => ({ path: "/users/me", headers: { authorization: `Basic ${w.workspace.tokens.bot}` } }),
    401,
    "unauthorized",
  ],
  ["more than 500 KB", () => post("/search", { query: "x".repeat(500_001) }), 400, "validation_error"],
  ["an array as a body", () => post("/search", []), 400, "validation_error"],
];

const faultRefusals: Row[] = [
  [
    "what is not supported",
    () => ({ path: "/users/me", fault: "unsupported" }),
    400,
    "invalid_request",
    "Unsupported request: users.me.",
  ],
  [
    "a resource out of reach",
    () => ({ path: "/users/me", fault: "no_access" }),
    403,
    "restricted_resource",
    "API token does not have access to this resource.",
  ],
  [
    "a conflict",
    () => ({ path: "/users/me", fault: "conflict" }),
    409,
    "conflict_error",
    "Conflict occurred while saving. Please try again.",
  ],
  [
    "too many requests",
    () => ({ path: "/users/me", fault: "rate_limited" }),
    429,
    "rate_limited",
    "You have been rate limited. Please try again later.",
  ],
  [
    "an error of its own",
    () => ({ path: "/users/me", fault: "internal_error" }),
    500,
    "internal_server_error",
    "Unexpected error occurred.",
  ],
  [
    "an outage",
    () => ({ path: "/users/me", fault: "unavailable" }),
    503,
    "service_unavailable",
    "Notion is unavailable, please try again later.",
  ],
  [
    "its database's outage",
    () => ({ path: "/users/me", fault: "database_unavailable" }),
    503,
    "database_connection_unavailable",
    "Notion is unavailable, please try again later.",
  ],
  [
    "a gateway's timeout",
    () => ({ path: "/users/me", fault: "gateway_timeout" }),
    504,
    "gateway_timeout",
    "Gateway Timeout",
  ],
  [
    "an overload",
    () => ({ path: "/users/me", fault: "overloaded" }),
    529,
    "service_overload",
    "Notion is temporarily overloaded. Please try again later.",
  ],
];

const notFoundRefusals: Row[] = [
  ["an unknown page", () => ({ path: `/pages/${nobody}` }), 404, "object_not_found", missing("page", nobody)],
  [
    "an unknown page, its id undashed and in capitals",
    () => ({ path: `/pages/${nobody.replaceAll("-", "")}` }),
    404,
    "object_not_found",
    missing("page", nobody),
  ],
  ["a page that is not shared", (w) => ({ path: `/pages/${w.hidden}` }), 404, "object_not_found"],
  ["a database's id as a page's", (w) => ({ path: `/pages/${w.database}` }), 404, "object_not_found"],
  [
    "an unknown database",
    () => ({ path: `/databases/${nobody}` }),
    404,
    "object_not_found",
    missing("database", nobody),
  ],
  [
    "a data source's id as a database's",
    (w) => ({ path: `/databases/${w.source}` }),
    404,
    "object_not_found",
  ],
  [
    "an unknown data source",
    () => ({ path: `/data_sources/${nobody}` }),
    404,
    "object_not_found",
    missing("data_source", nobody),
  ],
  [
    "a database's id as a data source's",
    (w) => ({ path: `/data_sources/${w.database}` }),
    404,
    "object_not_found",
  ],
  [
    "a query of an unknown data source",
    () => post(`/data_sources/${nobody}/query`, {}),
    404,
    "object_not_found",
    missing("data_source", nobody),
  ],
  [
    "an unknown block",
    () => ({ path: `/blocks/${nobody}` }),
    404,
    "object_not_found",
    missing("block", nobody),
  ],
  [
    "children of an unknown block",
    () => ({ path: `/blocks/${nobody}/children` }),
    404,
    "object_not_found",
    missing("block", nobody),
  ],
  [
    "an unknown comment",
    () => ({ path: `/comments/${nobody}` }),
    404,
    "object_not_found",
    missing("comment", nobody),
  ],
  ["an unknown user", () => ({ path: `/users/${nobody}` }), 404, "object_not_found", missing("user", nobody)],
  ["an unknown view", () => ({ path: `/views/${nobody}` }), 404, "object_not_found"],
  [
    "a page below an unknown page",
    () => post("/pages", { parent: { page_id: nobody }, properties: {} }),
    404,
    "object_not_found",
    missing("page", nobody),
  ],
  [
    "a row of an unknown data source",
    () => post("/pages", { parent: { data_source_id: nobody }, properties: {} }),
    404,
    "object_not_found",
    missing("data_source", nobody),
  ],
  [
    "an unknown property of a page",
    (w) => ({ path: `/pages/${w.page}/properties/none` }),
    404,
    "object_not_found",
  ],
  [
    "a comment on an unknown page",
    () => post("/comments", { parent: { page_id: nobody }, rich_text: text("x") }),
    404,
    "object_not_found",
  ],
  [
    "a reply in an unknown discussion",
    () => post("/comments", { discussion_id: nobody, rich_text: text("x") }),
    404,
    "object_not_found",
  ],
  [
    "an unknown person",
    write({ Owner: { people: [{ id: nobody }] } }),
    404,
    "object_not_found",
    missing("user", nobody),
  ],
  [
    "a relation to an unknown page",
    write({ Project: { relation: [{ id: nobody }] } }),
    404,
    "object_not_found",
    missing("page", nobody),
  ],
];

const permissionRefusals: Row[] = [
  [
    "another's comment, edited",
    (w) => patch(`/comments/${w.comment}`, { rich_text: text("x") }),
    403,
    "restricted_resource",
    "Insufficient permissions for this endpoint.",
  ],
  [
    "another's comment, deleted",
    (w) => ({ method: "DELETE", path: `/comments/${w.comment}` }),
    403,
    "restricted_resource",
    "Insufficient permissions for this endpoint.",
  ],
  [
    "a page of the workspace itself, made by a connection",
    () => post("/pages", { parent: { workspace: true }, properties: {} }),
    400,
    "validation_error",
  ],
];

const shapeRefusals: Row[] = [
  [
    "an id that is none",
    () => ({ path: "/pages/not-an-id" }),
    400,
    "validation_error",
    'path failed validation: path.page_id should be a valid uuid, instead was `"not-an-id"`.',
  ],
  [
    "no children",
    (w) => patch(`/blocks/${w.page}/children`, {}),
    400,
    "validation_error",
    invalid("body.children should be defined, instead was `undefined`."),
  ],
  [
    "an unknown key",
    (w) => patch(`/pages/${w.page}`, { colour: "red" }),
    400,
    "validation_error",
    invalid('body.colour should be not present, instead was `"red"`.'),
  ],
  [
    "101 children",
    append(times(101, paragraph)),
    400,
    "validation_error",
    invalid("body.children.length should be ≤ `100`, instead was `101`."),
  ],
  [
    "2,001 characters",
    append([{ paragraph: { rich_text: text("x".repeat(2001)) } }]),
    400,
    "validation_error",
    invalid(
      "body.children[0].paragraph.rich_text[0].text.content.length should be ≤ `2000`, instead was `2001`.",
    ),
  ],
  ["three levels", append([toggles(4)]), 400, "validation_error"],
  [
    "101 pieces of rich text",
    append([{ paragraph: { rich_text: times(101, text("x")[0]) } }]),
    400,
    "validation_error",
    invalid("body.children[0].paragraph.rich_text.length should be ≤ `100`, instead was `101`."),
  ],
  ["an unknown block type", append([{ hologram: {} }]), 400, "validation_error"],
  ["a block of two types", append([{ ...paragraph, divider: {} }]), 400, "validation_error"],
  ["a block of no type", append([{}]), 400, "validation_error"],
  [
    "an equation of 1,001 characters",
    append([{ equation: { expression: "x".repeat(1001) } }]),
    400,
    "validation_error",
  ],
  [
    "a block of another type",
    (w) => patch(`/blocks/${w.block}`, { heading_1: { rich_text: [] } }),
    400,
    "validation_error",
  ],
  [
    "an edit in the trash",
    (w) => patch(`/pages/${w.trashed}`, { icon: null }),
    400,
    "validation_error",
    "Can't edit block that is archived. You must unarchive the block before editing.",
  ],
  [
    "blocks for a page in the trash",
    (w) => patch(`/blocks/${w.trashed}/children`, { children: [paragraph] }),
    400,
    "validation_error",
    "Can't edit block that is archived. You must unarchive the block before editing.",
  ],
  [
    "a page without a parent",
    () => post("/pages", { properties: {} }),
    400,
    "validation_error",
    invalid("body.parent should be defined, instead was `undefined`."),
  ],
  [
    "children beside Markdown",
    (w) => post("/pages", { parent: { page_id: w.page }, properties: {}, children: [], markdown: "x" }),
    400,
    "validation_error",
  ],
  [
    "a row by the id of a database with several data sources",
    (w) => post("/pages", { parent: { database_id: w.several.databaseId }, properties: {} }),
    400,
    "validation_error",
    "Databases with multiple data sources are not supported in this API version.",
  ],
  [
    "`archived` in the newest version",
    (w) => patch(`/pages/${w.page}`, { archived: true }),
    400,
    "validation_error",
    invalid("body.archived should be not present, instead was `true`."),
  ],
  [
    "`after` in the newest version",
    (w) => patch(`/blocks/${w.page}/children`, { children: [paragraph], after: w.block }),
    400,
    "validation_error",
  ],
  [
    "a search direction",
    () => post("/search", { sort: { timestamp: "last_edited_time", direction: "up" } }),
    400,
    "validation_error",
    invalid(
      'body.sort.direction should be `"ascending"`, `"descending"`, or `undefined`, instead was `"up"`.',
    ),
  ],
  [
    "a search for blocks",
    () => post("/search", { filter: { property: "object", value: "block" } }),
    400,
    "validation_error",
  ],
  ["comments of nothing", () => ({ path: "/comments" }), 400, "validation_error"],
  [
    "a comment without text",
    (w) => post("/comments", { parent: { page_id: w.page } }),
    400,
    "validation_error",
  ],
  ["a comment to nobody", () => post("/comments", { rich_text: text("x") }), 400, "validation_error"],
  [
    "a comment to a page and to a discussion",
    (w) => post("/comments", { parent: { page_id: w.page }, discussion_id: nobody, rich_text: text("x") }),
    400,
    "validation_error",
  ],
  ["views of nothing", () => ({ path: "/views" }), 400, "validation_error"],
  [
    "an unknown view type",
    (w) => post("/views", { data_source_id: w.source, database_id: w.database, name: "V", type: "spiral" }),
    400,
    "validation_error",
  ],
];

const valueRefusals: Row[] = [
  [
    "an unknown property",
    write({ Colour: { number: 1 } }),
    400,
    "validation_error",
    "Colour is not a property that exists.",
  ],
  [
    "another type",
    write({ Estimate: { rich_text: [] } }),
    400,
    "validation_error",
    "Estimate is expected to be number.",
  ],
  [
    "an unknown status",
    write({ Stage: { status: { name: "Blocked" } } }),
    400,
    "validation_error",
    'Invalid status option. Status option "Blocked" does not exist".',
  ],
  [
    "a comma in an option",
    write({ Priority: { select: { name: "High, really" } } }),
    400,
    "validation_error",
    "Invalid select option, commas not allowed: High, really",
  ],
  ["a comma in a tag", write({ Tags: { multi_select: [{ name: "a,b" }] } }), 400, "validation_error"],
  ["101 tags", write({ Tags: { multi_select: times(101, { name: "a" }) } }), 400, "validation_error"],
  ["a number as text", write({ Estimate: { number: "8" } }), 400, "validation_error"],
  ["a checkbox as text", write({ Done: { checkbox: "yes" } }), 400, "validation_error"],
  ["a day that is none", write({ Due: { date: { start: "soon" } } }), 400, "validation_error"],
  [
    "an end before its start",
    write({ Due: { date: { start: "2026-03-04", end: "2026-03-03" } } }),
    400,
    "validation_error",
  ],
  [
    "an unknown time zone",
    write({ Due: { date: { start: "2026-03-04T10:00:00", time_zone: "Mars/Base" } } }),
    400,
    "validation_error",
  ],
  [
    "an offset beside a time zone",
    write({ Due: { date: { start: "2026-03-04T10:00:00Z", time_zone: "Europe/Berlin" } } }),
    400,
    "validation_error",
  ],
  ["a URL of 2,001 characters", write({ Site: { url: "x".repeat(2001) } }), 400, "validation_error"],
  ["a mail address of 201 characters", write({ Mail: { email: "x".repeat(201) } }), 400, "validation_error"],
  [
    "a phone number of 201 characters",
    write({ Phone: { phone_number: "1".repeat(201) } }),
    400,
    "validation_error",
  ],
  [
    "101 people",
    (w) => write({ Owner: { people: times(101, { id: w.workspace.botId }) } })(w),
    400,
    "validation_error",
  ],
  [
    "101 relations",
    (w) => write({ Project: { relation: times(101, { id: w.page }) } })(w),
    400,
    "validation_error",
  ],
  [
    "a relation to a row of another data source",
    (w) => write({ Project: { relation: [{ id: w.page }] } })(w),
    400,
    "validation_error",
  ],
  ["a person that is no id", write({ Owner: { people: [{ id: "Dana" }] } }), 400, "validation_error"],
  ["a unique id", write({ ID: { unique_id: { number: 1 } } }), 400, "validation_error"],
  ["a created time", write({ Made: { created_time: "2026-01-01" } }), 400, "validation_error"],
  ["a creator", write({ Maker: { created_by: {} } }), 400, "validation_error"],
  ["an edit's time", write({ Edited: { last_edited_time: "2026-01-01" } }), 400, "validation_error"],
  ["an editor", write({ Editor: { last_edited_by: {} } }), 400, "validation_error"],
];

const queryRefusals: Row[] = [
  [
    "a filter of an unknown property",
    query({ filter: { property: "Colour", number: { equals: 1 } } }),
    400,
    "validation_error",
    "Could not find property with name or id: Colour",
  ],
  [
    "a sort by an unknown property",
    query({ sorts: [{ property: "Colour", direction: "ascending" }] }),
    400,
    "validation_error",
    "Could not find sort property with name or id: Colour",
  ],
  [
    "a filter of another type",
    query({ filter: { property: "Estimate", rich_text: { equals: "1" } } }),
    400,
    "validation_error",
    "The property type in the database does not match the property type of the filter provided: database property number does not match filter rich_text",
  ],
  ["an empty filter", query({ filter: {} }), 400, "validation_error"],
  [
    "an unknown operator",
    query({ filter: { property: "Estimate", number: { resembles: 1 } } }),
    400,
    "validation_error",
  ],
  ["three levels of a filter", query({ filter: { and: [{ or: [{ and: [] }] }] } }), 400, "validation_error"],
  [
    "101 conditions",
    query({ filter: { and: times(101, { property: "Done", checkbox: { equals: true } }) } }),
    400,
    "validation_error",
  ],
  [
    "a date that is none",
    query({ filter: { property: "Due", date: { equals: "someday" } } }),
    400,
    "validation_error",
  ],
  [
    "a timestamp filter with a property",
    query({ filter: { timestamp: "created_time", property: "Made", created_time: { after: "2026-01-01" } } }),
    400,
    "validation_error",
  ],
  [
    "a sort direction",
    query({ sorts: [{ property: "Name", direction: "sideways" }] }),
    400,
    "validation_error",
  ],
  [
    "a page size that is none",
    query({ page_size: "ten" }),
    400,
    "validation_error",
    invalid('body.page_size should be a number or `undefined`, instead was `"ten"`.'),
  ],
  [
    "a page size of 101 in a URL",
    (w) => ({ path: `/blocks/${w.page}/children?page_size=101` }),
    400,
    "validation_error",
    "query failed validation: query.page_size should be ≤ `100` or `undefined`, instead was `101`.",
  ],
  ["a negative page size", query({ page_size: -1 }), 400, "validation_error"],
  [
    "a cursor in the URL of a query",
    (w) => post(`/data_sources/${w.source}/query?start_cursor=abc`, {}),
    400,
    "validation_error",
    'query failed validation: query.start_cursor should be not present, instead was `"abc"`.',
  ],
  [
    "a cursor that is none",
    query({ start_cursor: "bogus" }),
    400,
    "validation_error",
    "The start_cursor provided is invalid: bogus",
  ],
  [
    "an unknown filter_properties",
    (w) => post(`/data_sources/${w.source}/query?filter_properties=Colour`, {}),
    400,
    "validation_error",
  ],
];

const schemaRefusals: Row[] = [
  [
    "an unknown property type",
    (w) => patch(`/data_sources/${w.source}`, { properties: { New: { telepathy: {} } } }),
    400,
    "validation_error",
  ],
  [
    "a property of two types",
    (w) => patch(`/data_sources/${w.source}`, { properties: { New: { number: {}, date: {} } } }),
    400,
    "validation_error",
  ],
  [
    "a second title",
    (w) => patch(`/data_sources/${w.source}`, { properties: { New: { title: {} } } }),
    400,
    "validation_error",
  ],
  [
    "no title any more",
    (w) => patch(`/data_sources/${w.source}`, { properties: { Name: null } }),
    400,
    "validation_error",
  ],
  [
    "another title type",
    (w) => patch(`/data_sources/${w.source}`, { properties: { Name: { number: {} } } }),
    400,
    "validation_error",
  ],
  [
    "a name that is taken",
    (w) => patch(`/data_sources/${w.source}`, { properties: { Note: { name: "Estimate" } } }),
    400,
    "validation_error",
  ],
  [
    "the end of a property that is not there",
    (w) => patch(`/data_sources/${w.source}`, { properties: { Colour: null } }),
    400,
    "validation_error",
  ],
  [
    "another colour of an option",
    (w) =>
      patch(`/data_sources/${w.source}`, {
        properties: { Priority: { select: { options: [{ name: "High", color: "red" }] } } },
      }),
    400,
    "validation_error",
  ],
  [
    "a comma in a new option",
    (w) =>
      patch(`/data_sources/${w.source}`, {
        properties: { Priority: { select: { options: [{ name: "a, b" }] } } },
      }),
    400,
    "validation_error",
  ],
  [
    "101 options",
    (w) =>
      patch(`/data_sources/${w.source}`, {
        properties: {
          Tags: {
            multi_select: { options: Array.from({ length: 101 }, (_, index) => ({ name: `${index}` })) },
          },
        },
      }),
    400,
    "validation_error",
  ],
  [
    "a relation to nothing",
    (w) =>
      patch(`/data_sources/${w.source}`, {
        properties: { New: { relation: { data_source_id: nobody, single_property: {} } } },
      }),
    404,
    "object_not_found",
  ],
  [
    "a formula that is none",
    (w) => patch(`/data_sources/${w.source}`, { properties: { New: { formula: { expression: "1 +" } } } }),
    400,
    "validation_error",
  ],
  [
    "a description of 281 characters",
    (w) => patch(`/data_sources/${w.source}`, { properties: { Note: { description: "x".repeat(281) } } }),
    400,
    "validation_error",
  ],
  ["a database without a parent", () => post("/databases", {}), 400, "validation_error"],
  [
    "a database below nothing",
    () => post("/databases", { parent: { page_id: nobody } }),
    404,
    "object_not_found",
  ],
];

const groups: [string, Row[]][] = [
  ["a request", requestRefusals],
  ["the service", faultRefusals],
  ["what is not there", notFoundRefusals],
  ["what is not allowed", permissionRefusals],
  ["a shape", shapeRefusals],
  ["a value", valueRefusals],
  ["a query", queryRefusals],
  ["a schema", schemaRefusals],
];

describe.each(groups)("refused because of %s:", (_group, rows) => {
  it.each(rows)("%s", async (_name, ask, status, code, message) => {
    const before = world.workspace.control.journal().length;
    const answer = await send(ask(world));
    const body = JSON.parse(answer.text) as Loose;
    expect({ status: answer.status, code: body.code, message: message ? body.message : undefined }).toEqual({
      status,
      code,
      message,
    });
    expect(body).toMatchObject({
      object: "error",
      status,
      request_id: answer.headers.get("x-notion-request-id"),
    });
    expect(body.message).not.toBe("");
    expect(answer.headers.get("cf-ray")).not.toBeNull();
    expect(world.workspace.control.journal()).toHaveLength(before);
  });
});

it("a gateway answers with a page for people, not with JSON", async () => {
  const answer = await send({ path: "/users/me", fault: "bad_gateway" });
  expect(answer.status).toBe(502);
  expect(answer.headers.get("content-type")).toBe("text/html");
  expect(answer.text).toMatch(/^<html>/);
});

it("writes with three levels of toggles name the level that is too deep", async () => {
  const path = "body.children[0].toggle.children[0].toggle.children[0].toggle.children";
  const answer = await send(append([toggles(4)])(world));
  expect(JSON.parse(answer.text).message).toContain(`${path} should be not present, instead was`);
});

it("an empty filter is told every way to put it right", async () => {
  const answer = await send(query({ filter: {} })(world));
  const message = JSON.parse(answer.text).message as string;
  expect(message).toMatch(/^body failed validation\. Fix one:\n/);
  expect(message).toContain("body.filter.or should be defined, instead was `undefined`.");
  expect(message).toContain("body.filter.and should be defined, instead was `undefined`.");
});

it("a block of another type is told which type it has to be", async () => {
  const { results } = await world.bot.blocks.children.append({
    block_id: world.page,
    children: [{ heading_1: { rich_text: text("x") } }],
  });
  const answer = await send(patch(`/blocks/${results[0]?.id}`, paragraph));
  expect(JSON.parse(answer.text).message).toBe("Expected block type heading_1 in request body");
});

it("there are at least eighty of them", () => {
  expect(groups.reduce((sum, [, rows]) => sum + rows.length, 0)).toBeGreaterThanOrEqual(80);
});
