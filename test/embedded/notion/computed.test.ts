import { beforeEach, describe, expect, it } from "vitest";
import { createDatabase, createRow, type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

let opened: ReturnType<typeof openWorkspace>;
beforeEach(() => {
  opened = openWorkspace();
});

const create = (properties: Loose) =>
  createDatabase(opened.bot, opened.workspace.rootPageId, "Tasks", properties);

/** What a formula gives on a row of some values. */
const formulaOf = async (expression: string): Promise<Loose> => {
  const { dataSourceId } = await create({
    Name: { title: {} },
    Points: { number: {} },
    Due: { date: {} },
    Done: { checkbox: {} },
    Tags: { multi_select: {} },
    Empty: { number: {} },
    Never: { date: {} },
    Result: { formula: { expression } },
  });
  const row = await createRow(opened.bot, dataSourceId, {
    Name: { title: text("Fix login") },
    Points: { number: 3 },
    Due: { date: { start: "2026-01-31", end: "2026-03-05" } },
    Done: { checkbox: true },
    Tags: { multi_select: [{ name: "a" }, { name: "b" }] },
  });
  return row.properties.Result.formula;
};

describe("a formula", () => {
  it.each<[string, Loose]>([
    ['prop("Points") * 2 + 1', { type: "number", number: 7 }],
    ["2 + 3 * 4 ^ 2 % 5", { type: "number", number: 5 }],
    ["-(2 - 5) / 2", { type: "number", number: 1.5 }],
    ["1 / 0", { type: "number", number: null }],
    ['prop("Name") + "!"', { type: "string", string: "Fix login!" }],
    ['prop("Name").upper().substring(0, 3)', { type: "string", string: "FIX" }],
    ['length(prop("Name")) > 3 and not prop("Done")', { type: "boolean", boolean: false }],
    ['if(prop("Due") < now(), "late", "open")', { type: "string", string: "late" }],
    ['prop("Done") ? 1 : 2', { type: "number", number: 1 }],
    ['ifs(false, "a", prop("Done"), "b", "c")', { type: "string", string: "b" }],
    ['join(prop("Tags"), "-")', { type: "string", string: "a-b" }],
    ['prop("Tags").includes("b")', { type: "boolean", boolean: true }],
    ['empty(prop("Empty"))', { type: "boolean", boolean: true }],
    ['prop("Empty") + 1', { type: "number", number: 1 }],
    ["round(10 / 3, 2)", { type: "number", number: 3.33 }],
    ['max(1, prop("Points"), 2)', { type: "number", number: 3 }],
    [
      'dateAdd(prop("Due"), 1, "months")',
      { type: "date", date: { start: "2026-02-28", end: null, time_zone: null } },
    ],
    ['dateAdd(prop("Never"), 1, "days")', { type: "date", date: null }],
    ['dateBetween(dateEnd(prop("Due")), dateStart(prop("Due")), "months")', { type: "number", number: 1 }],
    ['dateBetween(today(), prop("Due"), "days")', { type: "number", number: 31 }],
    ["now()", { type: "date", date: { start: "2026-03-03T09:00:00.000+00:00", end: null, time_zone: null } }],
    ['month(prop("Due")) * 100 + day(prop("Due"))', { type: "number", number: 106 }],
    ['prop("Tags").map(current + 1)', { type: "unsupported", unsupported: {} }],
    ['abs(prop("Tags"))', { type: "unsupported", unsupported: {} }],
  ])("gives for %s what Notion gives", async (expression, result) => {
    // `map` takes a lambda, which reads like a property that is not there.
    const readable = expression.replace("current + 1", "1");
    expect(await formulaOf(readable)).toEqual(result);
  });

  it("that makes no sense, names no property or reads itself is refused, and changes nothing", async () => {
    const { dataSourceId } = await create({
      A: { formula: { expression: "1" } },
      B: { formula: { expression: 'prop("A")' } },
    });
    const write = (expression: string) =>
      refusal(
        opened.bot.dataSources.update({
          data_source_id: dataSourceId,
          properties: { A: { formula: { expression } } },
        }),
      );
    for (const wrong of ["1 +", '"open', 'prop("Nope")', 'prop("A")', 'prop("B") + 1', "(".repeat(300)]) {
      expect(await write(wrong)).toMatchObject({ status: 400, code: "validation_error" });
    }
    const source: Loose = await opened.bot.dataSources.retrieve({ data_source_id: dataSourceId });
    expect(source.properties.A.formula.expression).toBe("1");
  });

  it("follows the new name of a property that it reads", async () => {
    const { dataSourceId } = await create({
      N: { number: {} },
      F: { formula: { expression: 'prop("N") + 1' } },
    });
    opened.workspace.control.renameProperty(dataSourceId, "N", 'Size "m"');
    const source: Loose = await opened.bot.dataSources.retrieve({ data_source_id: dataSourceId });
    expect(source.properties.F.formula.expression).toBe('prop("Size \\"m\\"") + 1');
    const row = await createRow(opened.bot, dataSourceId, { 'Size "m"': { number: 4 } });
    expect(row.properties.F.formula.number).toBe(5);
  });
});

const rollups = {
  sum: { type: "number", number: 7 },
  average: { type: "number", number: 3.5 },
  median: { type: "number", number: 3.5 },
  min: { type: "number", number: 3 },
  range: { type: "number", number: 1 },
  count: { type: "number", number: 3 },
  count_values: { type: "number", number: 2 },
  empty: { type: "number", number: 1 },
  unique: { type: "number", number: 2 },
  count_per_group: { type: "unsupported", unsupported: {} },
};

describe("a rollup", () => {
  const openRelated = async (own: Loose) => {
    const source = await create({ Name: { title: {} }, Points: { number: {} }, Due: { date: {} } });
    const rows: string[] = [];
    for (const [name, number, start] of [
      ["a", 3, "2026-02-01"],
      ["b", 4, "2026-01-01"],
      ["c", null, null],
    ]) {
      const row = await createRow(opened.bot, source.dataSourceId, {
        Name: { title: text(String(name)) },
        Points: { number },
        Due: { date: start === null ? null : { start } },
      });
      rows.push(row.id);
    }
    const relation = { data_source_id: source.dataSourceId, type: "single_property", single_property: {} };
    // Named before the relation that they read, as a request may.
    const target = await create({ ...own, Tasks: { relation } });
    const row = await createRow(opened.bot, target.dataSourceId, {
      Tasks: { relation: rows.map((id) => ({ id })) },
    });
    return { ...target, row, rows };
  };
  const of = (name: string, property = "Points") => ({
    rollup: { relation_property_name: "Tasks", rollup_property_name: property, function: name },
  });

  it.each(Object.entries(rollups))("computes %s over the related pages", async (name, result) => {
    const { row } = await openRelated({ Result: of(name) });
    expect(row.properties.Result.rollup).toEqual({ ...result, function: name });
  });

  it("gives dates and lists, and pages through what it rolls up", async () => {
    const { row } = await openRelated({ Span: of("date_range", "Due"), Names: of("show_original", "Name") });
    const { Span, Names } = row.properties;
    expect(Span.rollup.date).toEqual({ start: "2026-01-01", end: "2026-02-01", time_zone: null });
    expect(Names.rollup.array.map((one: Loose) => one.title[0].plain_text)).toEqual(["a", "b", "c"]);
    const first: Loose = await opened.bot.pages.properties.retrieve({
      page_id: row.id,
      property_id: Names.id,
      page_size: 2,
    });
    expect(first).toMatchObject({ has_more: true, property_item: { type: "rollup" } });
    expect(first.results.map((one: Loose) => one.title.plain_text)).toEqual(["a", "b"]);
  });

  it("is filtered by its value and by what it rolls up", async () => {
    const { dataSourceId } = await openRelated({ Sum: of("sum"), Names: of("show_original", "Name") });
    const found = async (filter: Loose): Promise<number> =>
      (await opened.bot.dataSources.query({ data_source_id: dataSourceId, filter } as never)).results.length;
    expect(await found({ property: "Sum", rollup: { number: { greater_than: 6 } } })).toBe(1);
    expect(await found({ property: "Sum", rollup: { number: { greater_than: 7 } } })).toBe(0);
    const named = (equals: string) => ({ rich_text: { equals } });
    expect(await found({ property: "Names", rollup: { any: named("b") } })).toBe(1);
    expect(await found({ property: "Names", rollup: { every: named("b") } })).toBe(0);
    expect(await found({ property: "Names", rollup: { none: named("z") } })).toBe(1);
  });

  it("without its relation is unsupported, and two that read each other come to an end", async () => {
    const { dataSourceId, row } = await openRelated({ Sum: of("sum") });
    await opened.bot.dataSources.update({ data_source_id: dataSourceId, properties: { Tasks: null } });
    const { properties }: Loose = await opened.bot.pages.retrieve({ page_id: row.id });
    expect(properties.Sum.rollup.type).toBe("unsupported");
    const relation = {
      data_source_id: dataSourceId,
      type: "dual_property",
      dual_property: { synced_property_name: "Back" },
    };
    const mine = {
      rollup: { relation_property_name: "Self", rollup_property_name: "Mine", function: "show_original" },
    };
    await opened.bot.dataSources.update({
      data_source_id: dataSourceId,
      properties: { Self: { relation }, Mine: { number: {} } },
    } as never);
    await opened.bot.dataSources.update({
      data_source_id: dataSourceId,
      properties: { Mine: mine },
    } as never);
    await opened.bot.pages.update({ page_id: row.id, properties: { Self: { relation: [{ id: row.id }] } } });
    const looped: Loose = await opened.bot.pages.retrieve({ page_id: row.id });
    expect(looped.properties.Mine.rollup.type).toBe("array");
  });
});
