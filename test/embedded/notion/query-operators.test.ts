import { beforeAll, describe, expect, it } from "vitest";
import { propertyTypes } from "../../../src/embedded/notion/properties/table.ts";
import {
  createDatabase,
  createRow,
  type Loose,
  openWorkspace,
  start,
  text,
  titlesOf,
} from "./open-workspace.ts";

const day = 86_400_000;
const minute = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const date = (days: number): string => iso(start + days * day).slice(0, 10);

/** A first row with every property filled in, a second with other values, a third without any. */
const furnish = async () => {
  const opened = openWorkspace();
  const { bot, dana, workspace, clock } = opened;
  const [danaId = "", pabloId = ""] = workspace.people.map(({ id }) => id);
  const related = await createDatabase(bot, workspace.rootPageId, "Projects", { Name: { title: {} } });
  const one = (await createRow(bot, related.dataSourceId, { Name: { title: text("One") } })).id as string;
  const { dataSourceId } = await createDatabase(bot, workspace.rootPageId, "Rows", {
    Name: { title: {} },
    Text: { rich_text: {} },
    Site: { url: {} },
    Mail: { email: {} },
    Phone: { phone_number: {} },
    Points: { number: {} },
    Pick: { select: { options: [{ name: "Low" }, { name: "High" }] } },
    Tags: { multi_select: {} },
    Stage: { status: {} },
    Due: { date: {} },
    Owner: { people: {} },
    Files: { files: {} },
    Done: { checkbox: {} },
    Project: { relation: { data_source_id: related.dataSourceId, single_property: {} } },
    Place: { place: {} },
    ID: { unique_id: {} },
    Made: { created_time: {} },
    Maker: { created_by: {} },
    Edited: { last_edited_time: {} },
    Editor: { last_edited_by: {} },
  });
  const filled = (word: string, rest: Loose): Loose => ({
    Text: { rich_text: text(word) },
    Site: { url: word },
    Mail: { email: word },
    Phone: { phone_number: word },
    ...rest,
  });
  await createRow(dana, dataSourceId, {
    ...filled("Alpha centauri", {
      Name: { title: text("Alpha centauri") },
      Points: { number: 3 },
      Pick: { select: { name: "High" } },
      Tags: { multi_select: [{ name: "web" }, { name: "data" }] },
      Stage: { status: { name: "Done" } },
      Due: { date: { start: date(0) } },
      Owner: { people: [{ id: danaId }] },
      Files: { files: [{ name: "a", external: { url: "https://example.com/a" } }] },
      Done: { checkbox: true },
      Project: { relation: [{ id: one }] },
      Place: { place: { lat: 52.5, lon: 13.4 } },
    }),
  });
  await clock.advance(5 * minute);
  await createRow(bot, dataSourceId, {
    ...filled("Beta", {
      Name: { title: text("Beta") },
      Points: { number: 10 },
      Pick: { select: { name: "Low" } },
      Tags: { multi_select: [{ name: "data" }] },
      Stage: { status: { name: "In progress" } },
      Due: { date: { start: `${date(3)}T23:30:00-05:00` } },
      Owner: { people: [{ id: pabloId }] },
    }),
  });
  await clock.advance(5 * minute);
  await createRow(bot, dataSourceId, {});
  const find = async (filter: Loose, client = bot) => {
    const query = { data_source_id: dataSourceId, filter };
    const names = titlesOf((await client.dataSources.query(query as never)) as never);
    return names
      .map((name) => name.slice(0, 1) || "-")
      .sort()
      .join("");
  };
  return { ...opened, find, dataSourceId, danaId, pabloId, one };
};
type World = Awaited<ReturnType<typeof furnish>>;

let world: World;
beforeAll(async () => {
  world = await furnish();
});

/** Operator, operand, and the rows it finds by their initials: A, B and "-" for the empty one. */
type Case = [operator: string, operand: unknown | ((world: World) => unknown), found: string];

const textCases: Case[] = [
  ["equals", "alpha CENTAURI", "A"],
  ["does_not_equal", "Beta", "-A"],
  ["contains", "ET", "B"],
  ["does_not_contain", "et", "-A"],
  ["starts_with", "alpha", "A"],
  ["ends_with", "ta", "B"],
  ["is_empty", true, "-"],
  ["is_not_empty", true, "AB"],
];
const choiceCases = (first: string, second: string, empties: Case[], emptyName = "-"): Case[] => [
  ["equals", first, "A"],
  ["equals", [first, second], "AB"],
  ["does_not_equal", first, `${emptyName}B`],
  ["does_not_equal", [first, second], emptyName],
  ...empties,
];
const someEmpty: Case[] = [
  ["is_empty", true, "-"],
  ["is_not_empty", true, "AB"],
];
const dateCases: Case[] = [
  ["equals", date(0), "A"],
  ["equals", `${date(4)}T04:30:00Z`, "B"],
  ["before", date(4), "A"],
  ["after", date(0), "B"],
  ["after", date(4), ""],
  ["on_or_before", date(4), "AB"],
  ["on_or_after", `${date(4)}T05:30:00+01:00`, "B"],
  ["this_week", {}, "AB"],
  ["past_week", {}, "A"],
  ["past_month", {}, "A"],
  ["past_year", {}, "A"],
  ["next_week", {}, "AB"],
  ["next_month", {}, "AB"],
  ["next_year", {}, "AB"],
  ["equals", "today", "A"],
  ["equals", "tomorrow", ""],
  ["after", "yesterday", "AB"],
  ["on_or_after", "one_week_ago", "AB"],
  ["before", "one_week_from_now", "AB"],
  ["after", "one_month_ago", "AB"],
  ["after", "one_month_from_now", ""],
  ...someEmpty,
];
const timeCases: Case[] = [
  ["equals", date(0), "-AB"],
  ["equals", iso(start - (start % minute)), "A"],
  ["before", iso(start + 5 * minute - ((start + 5 * minute) % minute)), "A"],
  ["after", iso(start), "-B"],
  ["on_or_before", "today", "-AB"],
  ["on_or_after", "tomorrow", ""],
  ["this_week", {}, "-AB"],
  ["past_week", {}, "-AB"],
  ["past_month", {}, "-AB"],
  ["past_year", {}, "-AB"],
  ["next_week", {}, "-AB"],
  ["next_month", {}, "-AB"],
  ["next_year", {}, "-AB"],
  ["is_empty", true, ""],
  ["is_not_empty", true, "-AB"],
];
const userCases: Case[] = [
  ["contains", (w: World) => w.danaId, "A"],
  ["does_not_contain", (w: World) => w.danaId, "-B"],
  ["contains", "me", ""],
  ["is_empty", true, ""],
  ["is_not_empty", true, "-AB"],
];

const cases: Record<string, { property: string; cases: Case[] }> = {
  title: { property: "Name", cases: textCases },
  rich_text: { property: "Text", cases: textCases },
  url: { property: "Site", cases: textCases },
  email: { property: "Mail", cases: textCases },
  phone_number: { property: "Phone", cases: textCases },
  number: {
    property: "Points",
    cases: [
      ["equals", 3, "A"],
      ["does_not_equal", 3, "-B"],
      ["greater_than", 3, "B"],
      ["less_than", 10, "A"],
      ["greater_than_or_equal_to", 3, "AB"],
      ["less_than_or_equal_to", 3, "A"],
      ...someEmpty,
    ],
  },
  unique_id: {
    property: "ID",
    cases: [
      ["equals", 1, "A"],
      ["does_not_equal", 1, "-B"],
      ["greater_than", 1, "-B"],
      ["less_than", 3, "AB"],
      ["greater_than_or_equal_to", 2, "-B"],
      ["less_than_or_equal_to", 2, "AB"],
      ["is_empty", true, ""],
      ["is_not_empty", true, "-AB"],
    ],
  },
  select: { property: "Pick", cases: choiceCases("High", "Low", someEmpty) },
  status: {
    property: "Stage",
    cases: [
      ...choiceCases("Done", "In progress", [
        ["is_empty", true, ""],
        ["is_not_empty", true, "-AB"],
      ]),
      ["equals", "Complete", "A"],
      ["equals", ["To-do", "Complete"], "-A"],
      ["does_not_equal", "To-do", "AB"],
    ],
  },
  multi_select: {
    property: "Tags",
    cases: [
      ["contains", "data", "AB"],
      ["contains", ["web", "nothing"], "A"],
      ["does_not_contain", "web", "-B"],
      ...someEmpty,
    ],
  },
  checkbox: {
    property: "Done",
    cases: [
      ["equals", true, "A"],
      ["equals", false, "-B"],
      ["does_not_equal", true, "-B"],
    ],
  },
  date: { property: "Due", cases: dateCases },
  created_time: { property: "Made", cases: timeCases },
  last_edited_time: { property: "Edited", cases: timeCases },
  people: {
    property: "Owner",
    cases: [
      ["contains", (w: World) => w.danaId, "A"],
      ["does_not_contain", (w: World) => w.danaId, "-B"],
      ["contains", "me", ""],
      ...someEmpty,
    ],
  },
  created_by: { property: "Maker", cases: userCases },
  last_edited_by: { property: "Editor", cases: userCases },
  relation: {
    property: "Project",
    cases: [
      ["contains", (w: World) => w.one, "A"],
      ["does_not_contain", (w: World) => w.one, "-B"],
      ["is_empty", true, "-B"],
      ["is_not_empty", true, "A"],
    ],
  },
  place: {
    property: "Place",
    cases: [
      ["is_empty", true, "-B"],
      ["is_not_empty", true, "A"],
    ],
  },
  files: {
    property: "Files",
    cases: [
      ["is_empty", true, "-B"],
      ["is_not_empty", true, "A"],
    ],
  },
};

/** Types whose values are computed from others; see the tests of formulas and rollups. */
const elsewhere = new Set(["formula", "rollup"]);

describe.each(Object.entries(cases))("a filter of %s", (type, { property, cases: rows }) => {
  it.each(rows)("%s %j finds %s", async (operator, operand, found) => {
    const value = typeof operand === "function" ? operand(world) : operand;
    expect(await world.find({ property, [type]: { [operator]: value } })).toBe(found);
  });

  it("has every operator of the type", () => {
    const tried = new Set(rows.map(([operator]) => operator));
    expect(
      Object.keys(propertyTypes[type]?.family.operators ?? {}).filter((name) => !tried.has(name)),
    ).toEqual([]);
  });
});

it("every property type has its filters tried", () => {
  const untried = Object.keys(propertyTypes).filter((type) => !(type in cases) && !elsewhere.has(type));
  expect(untried).toEqual([]);
});

it("`me` is the person whose token asks", async () => {
  expect(await world.find({ property: "Owner", people: { contains: "me" } }, world.dana)).toBe("A");
  expect(await world.find({ property: "Maker", created_by: { contains: "me" } }, world.dana)).toBe("A");
});

it("a filter names a property by name, by id and by its encoded id", async () => {
  const { properties } = (await world.bot.dataSources.retrieve({
    data_source_id: world.dataSourceId,
  })) as Loose;
  const id: string = properties.Points.id;
  for (const property of ["Points", id, decodeURIComponent(id)]) {
    expect(await world.find({ property, number: { equals: 3 } })).toBe("A");
  }
});

describe("relative dates", () => {
  it("move with the clock", async () => {
    const { find, clock } = await furnish();
    const isToday = { property: "Due", date: { equals: "today" } };
    expect(await find(isToday)).toBe("A");
    await clock.advance(day);
    expect(await find(isToday)).toBe("");
    expect(await find({ property: "Due", date: { equals: "yesterday" } })).toBe("A");
    await clock.advance(6 * day);
    expect(await find({ property: "Due", date: { equals: "one_week_ago" } })).toBe("A");
    expect(await find({ property: "Due", date: { this_week: {} } })).toBe("");
  });
});

describe("rows that nobody sorts", () => {
  it("come in an order of their own each time, but once each over all pages of one listing", async () => {
    const { bot, workspace } = openWorkspace();
    const { dataSourceId } = await createDatabase(bot, workspace.rootPageId, "Rows", { Name: { title: {} } });
    for (let index = 0; index < 30; index++) {
      await createRow(bot, dataSourceId, { Name: { title: text(String(index).padStart(2, "0")) } });
    }
    const list = async () => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Loose = await bot.dataSources.query({
          data_source_id: dataSourceId,
          page_size: 7,
          ...(cursor ? { start_cursor: cursor } : {}),
        });
        seen.push(...titlesOf(page as never));
        cursor = page.next_cursor;
      } while (cursor);
      return seen;
    };
    const first = await list();
    const second = await list();
    expect(first.toSorted()).toEqual(
      Array.from({ length: 30 }, (_, index) => String(index).padStart(2, "0")),
    );
    expect(second.toSorted()).toEqual(first.toSorted());
    expect(second).not.toEqual(first);
    expect(first).not.toEqual(first.toSorted());
  });
});
