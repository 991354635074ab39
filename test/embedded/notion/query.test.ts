import { beforeAll, describe, expect, it } from "vitest";
import {
  createDatabase,
  createRow,
  type Loose,
  openWorkspace,
  refusal,
  text,
  titlesOf,
} from "./open-workspace.ts";

const rows: Loose[] = [
  {
    Name: "alpha",
    Stage: "Intake",
    Points: 3,
    Due: "2026-03-03",
    Tags: ["red", "blue"],
    Done: true,
    Note: "First",
  },
  {
    Name: "beta",
    Stage: "QA",
    Points: 10,
    Due: "2026-03-04T10:00:00Z",
    Tags: ["red"],
    Done: false,
    Note: "second",
  },
  { Name: "gamma", Stage: "Complete", Points: null, Due: null, Tags: [], Done: false, Note: "" },
  {
    Name: "delta",
    Stage: "QA",
    Points: -1,
    Due: "2026-02-20",
    Tags: ["blue"],
    Done: true,
    Note: "FIRST again",
  },
];

const written = (row: Loose, personId: string): Loose => ({
  Name: { title: text(row.Name) },
  Stage: { status: { name: row.Stage } },
  Points: { number: row.Points },
  Due: { date: row.Due && { start: row.Due } },
  Tags: { multi_select: row.Tags.map((name: string) => ({ name })) },
  Done: { checkbox: row.Done },
  Note: { rich_text: row.Note ? text(row.Note) : [] },
  Owner: { people: row.Done ? [{ id: personId }] : [] },
});

const openRows = async () => {
  const opened = openWorkspace();
  const person = opened.workspace.people[2]?.id ?? "";
  const { dataSourceId } = await createDatabase(opened.bot, opened.workspace.rootPageId, "Rows", {
    Name: { title: {} },
    Stage: {
      status: {
        options: [
          { name: "Intake", group: "To-do" },
          { name: "QA", group: "In progress" },
          { name: "Complete", group: "Complete" },
        ],
      },
    },
    Points: { number: {} },
    Due: { date: {} },
    Tags: { multi_select: { options: [{ name: "red" }, { name: "blue" }] } },
    Done: { checkbox: {} },
    Note: { rich_text: {} },
    Owner: { people: {} },
  });
  for (const row of rows) {
    await createRow(opened.bot, dataSourceId, written(row, person));
    await opened.clock.advance(60_000);
  }
  const query = (body: Loose) =>
    opened.bot.dataSources.query({ data_source_id: dataSourceId, ...body } as never);
  return { ...opened, dataSourceId, person, query };
};

describe("a query", () => {
  let opened: Awaited<ReturnType<typeof openRows>>;
  beforeAll(async () => {
    opened = await openRows();
  });

  it.each<[string, Loose, string[]]>([
    [
      "text contains, whatever the case",
      { property: "Note", rich_text: { contains: "first" } },
      ["alpha", "delta"],
    ],
    ["title begins with", { property: "Name", title: { starts_with: "DE" } }, ["delta"]],
    ["empty text", { property: "Note", rich_text: { is_empty: true } }, ["gamma"]],
    ["number above", { property: "Points", number: { greater_than: 2 } }, ["alpha", "beta"]],
    [
      "another number, or none",
      { property: "Points", number: { does_not_equal: 3 } },
      ["beta", "gamma", "delta"],
    ],
    ["status by name", { property: "Stage", status: { equals: "QA" } }, ["beta", "delta"]],
    ["status by group", { property: "Stage", status: { equals: "In progress" } }, ["beta", "delta"]],
    [
      "status not in a list",
      { property: "Stage", status: { does_not_equal: ["QA", "Complete"] } },
      ["alpha"],
    ],
    ["tag among several", { property: "Tags", multi_select: { contains: "blue" } }, ["alpha", "delta"]],
    ["checkbox", { property: "Done", checkbox: { equals: false } }, ["beta", "gamma"]],
    ["date as a whole UTC day", { property: "Due", date: { equals: "2026-03-04" } }, ["beta"]],
    [
      "date before an instant",
      { property: "Due", date: { before: "2026-03-04T10:00:00Z" } },
      ["alpha", "delta"],
    ],
    ["date from a day on", { property: "Due", date: { on_or_after: "2026-03-03" } }, ["alpha", "beta"]],
    ["relative date", { property: "Due", date: { equals: "today" } }, ["alpha"]],
    ["no date", { property: "Due", date: { is_empty: true } }, ["gamma"]],
    ["the bot's own rows by `me`, which has no user", { property: "Owner", people: { contains: "me" } }, []],
    [
      "a minute on, against times that are rounded to it",
      { timestamp: "last_edited_time", last_edited_time: { on_or_after: "2026-03-03T09:02:00Z" } },
      ["gamma", "delta"],
    ],
    [
      "after a second of a minute, which misses that minute",
      { timestamp: "created_time", created_time: { after: "2026-03-03T09:02:05Z" } },
      ["delta"],
    ],
    [
      "either of two, and a third",
      {
        and: [
          {
            or: [
              { property: "Points", number: { equals: 3 } },
              { property: "Stage", status: { equals: "QA" } },
            ],
          },
          { property: "Done", checkbox: { equals: true } },
        ],
      },
      ["alpha", "delta"],
    ],
  ])("finds rows by %s", async (_name, filter, expected) => {
    expect(titlesOf(await opened.query({ filter })).sort()).toEqual(expected.toSorted());
  });

  it("finds rows by person, with the id in any spelling", async () => {
    const contains = opened.person.replaceAll("-", "").toUpperCase();
    const found = await opened.query({ filter: { property: "Owner", people: { contains } } });
    expect(titlesOf(found).sort()).toEqual(["alpha", "delta"]);
  });

  it.each<[Loose[], string[]]>([
    [[{ property: "Points", direction: "ascending" }], ["delta", "alpha", "beta", "gamma"]],
    [[{ property: "Points", direction: "descending" }], ["beta", "alpha", "delta", "gamma"]],
    [
      [
        { property: "Stage", direction: "descending" },
        { property: "Name", direction: "descending" },
      ],
      ["gamma", "delta", "beta", "alpha"],
    ],
    [[{ timestamp: "created_time", direction: "descending" }], ["delta", "gamma", "beta", "alpha"]],
  ])("sorts by %j, empty values last", async (sorts, expected) => {
    expect(titlesOf(await opened.query({ sorts }))).toEqual(expected);
  });

  it.each<[Loose, string]>([
    [
      { filter: { property: "Colour", number: { equals: 1 } } },
      "Could not find property with name or id: Colour",
    ],
    [
      { filter: { property: "Points", rich_text: { equals: "1" } } },
      "The property type in the database does not match the property type of the filter provided: database property number does not match filter rich_text",
    ],
    [
      { filter: { property: "Points", number: { contains: 1 } } },
      "body failed validation: body.filter.number.contains should be not present, instead was `1`.",
    ],
    [
      { filter: { and: [{ or: [{ and: [] }] }] } },
      "body failed validation: body.filter.and[0].or[0].and should be not present, instead was `[]`.",
    ],
    [
      { sorts: [{ property: "Colour", direction: "ascending" }] },
      "Could not find sort property with name or id: Colour",
    ],
    [{ start_cursor: "bogus" }, "The start_cursor provided is invalid: bogus"],
    [
      { page_size: 101 },
      "body failed validation: body.page_size should be ≤ `100` or `undefined`, instead was `101`.",
    ],
  ])("refuses %j in Notion's words", async (body, message) => {
    expect(await refusal(opened.query(body))).toEqual({ status: 400, code: "validation_error", message });
  });

  it("limits the properties by name or id, in the plain and in the bracket form", async () => {
    const { workspace, dataSourceId } = opened;
    const [row] = (await opened.query({ page_size: 1 })).results as Loose[];
    const id: string = row?.properties.Points.id;
    for (const search of [
      `filter_properties=${id}&filter_properties=Name`,
      `filter_properties[]=${id}&filter_properties[]=title`,
    ]) {
      const response = await workspace.fetch(
        `http://localhost/v1/data_sources/${dataSourceId}/query?${search}`,
        {
          method: "POST",
          headers: { authorization: `Bearer ${workspace.tokens.bot}`, "notion-version": "2026-03-11" },
        },
      );
      const { results } = (await response.json()) as Loose;
      expect(Object.keys(results[0].properties)).toEqual(["Name", "Points"]);
    }
  });
});

describe("paging", () => {
  it("gives every row once while rows change places between two pages", async () => {
    const opened = await openRows();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const list: Loose = await opened.query({
        sorts: [{ timestamp: "created_time", direction: "descending" }],
        page_size: 1,
        ...(cursor ? { start_cursor: cursor } : {}),
      });
      seen.push(...titlesOf(list as never));
      cursor = list.next_cursor;
      await createRow(opened.bot, opened.dataSourceId, { Name: { title: text("newer") } });
      await opened.clock.advance(60_000);
    } while (cursor);
    expect(seen).toEqual(["delta", "gamma", "beta", "alpha"]);
  });

  it("ends at 10,000 rows and says that the result is incomplete", async () => {
    const { bot, workspace } = openWorkspace();
    const { dataSourceId } = await createDatabase(bot, workspace.rootPageId, "Many", { Name: { title: {} } });
    for (let index = 0; index < 10_001; index++) await createRow(bot, dataSourceId, {});
    let count = 0;
    let cursor: string | null = null;
    let last: Loose = {};
    do {
      last = await bot.dataSources.query({
        data_source_id: dataSourceId,
        ...(cursor ? { start_cursor: cursor } : {}),
      });
      count += last.results.length;
      cursor = last.next_cursor;
    } while (cursor);
    expect(count).toBe(10_000);
    expect(last).toMatchObject({
      has_more: false,
      request_status: { type: "incomplete", incomplete_reason: "query_result_limit_reached" },
    });
  });
});
