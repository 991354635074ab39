import { describe, expect, it } from "vitest";
import { createDatabase, createRow, type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

const openRows = async (properties: Loose) => {
  const opened = openWorkspace();
  const ids = await createDatabase(opened.bot, opened.workspace.rootPageId, "Rows", properties);
  const update = (changes: Loose) =>
    opened.bot.dataSources.update({ data_source_id: ids.dataSourceId, properties: changes } as never);
  const schema = async (): Promise<Loose> =>
    ((await opened.bot.dataSources.retrieve({ data_source_id: ids.dataSourceId })) as Loose).properties;
  return { ...opened, ...ids, update, schema };
};

describe("a data source", () => {
  it("has a title and Notion's three status groups when nothing is said", async () => {
    const { schema } = await openRows({ Stage: { status: {} } });
    const { Name, Stage } = await schema();
    expect(Name).toMatchObject({ id: "title", type: "title" });
    expect(Stage.status.options.map((option: Loose) => option.name)).toEqual([
      "Not started",
      "In progress",
      "Done",
    ]);
    expect(Stage.status.groups.map((group: Loose) => [group.name, group.option_ids.length])).toEqual([
      ["To-do", 1],
      ["In progress", 1],
      ["Complete", 1],
    ]);
  });

  it("keeps a property's id and its rows' values when it is renamed", async () => {
    const { bot, dataSourceId, schema, update } = await openRows({ Points: { number: {} } });
    const row = await createRow(bot, dataSourceId, { Points: { number: 5 } });
    const before = await schema();
    await update({ Points: { name: "Effort" } });
    expect((await schema()).Effort.id).toBe(before.Points.id);
    expect(((await bot.pages.retrieve({ page_id: row.id })) as Loose).properties.Effort.number).toBe(5);
  });

  it("takes an option list as the whole list, and keeps known options' ids", async () => {
    const { schema, update } = await openRows({
      Health: { select: { options: [{ name: "Green" }, { name: "Red" }] } },
    });
    const { options } = (await schema()).Health.select;
    await update({ Health: { select: { options: [{ name: "Red" }, { name: "Amber" }] } } });
    const after = (await schema()).Health.select.options;
    expect(after.map((option: Loose) => option.name)).toEqual(["Red", "Amber"]);
    expect(after[0].id).toBe(options[1].id);
    expect(
      await refusal(update({ Health: { select: { options: [{ name: "Red", color: "red" }] } } })),
    ).toMatchObject({
      code: "validation_error",
    });
  });

  it("puts a new status option into the group it names, else into To-do", async () => {
    const { schema, update } = await openRows({ Stage: { status: {} } });
    const known = (await schema()).Stage.status.options.map(({ name }: Loose) => ({ name }));
    await update({
      Stage: { status: { options: [...known, { name: "Shipped", group: "Complete" }, { name: "New" }] } },
    });
    const { options, groups } = (await schema()).Stage.status;
    const grouped = groups.map((group: Loose) =>
      group.option_ids.map((id: string) => options.find((option: Loose) => option.id === id).name),
    );
    expect(grouped).toEqual([["Not started", "New"], ["In progress"], ["Done", "Shipped"]]);
  });

  it("deletes a two-way relation with its twin", async () => {
    const { bot, workspace, dataSourceId, schema, update } = await openRows({});
    const other = await createDatabase(bot, workspace.rootPageId, "Others", {
      Row: { relation: { data_source_id: dataSourceId, type: "dual_property", dual_property: {} } },
    });
    const twin = Object.keys(await schema()).find((name) => name !== "Name") ?? "";
    expect(twin).toBe("Related to Others (Row)");
    await update({ [twin]: null });
    const left: Loose = await bot.dataSources.retrieve({ data_source_id: other.dataSourceId });
    expect(Object.keys(left.properties)).toEqual(["Name"]);
  });

  it("converts values through text when a property changes its type", async () => {
    const { bot, dataSourceId, update } = await openRows({
      Points: { rich_text: {} },
      Kind: { rich_text: {} },
    });
    const row = await createRow(bot, dataSourceId, {
      Points: { rich_text: text("12") },
      Kind: { rich_text: text("many") },
    });
    await update({ Points: { number: {} }, Kind: { number: {} } });
    const { properties }: Loose = await bot.pages.retrieve({ page_id: row.id });
    expect([properties.Points.number, properties.Kind.number]).toEqual([12, null]);
  });

  it("refuses a second title, a property type that it does not have and a comma in an option", async () => {
    const { update } = await openRows({});
    expect((await refusal(update({ Other: { title: {} } }))).code).toBe("validation_error");
    expect((await refusal(update({ Press: { button: {} } }))).message).toBe(
      "body failed validation: body.properties.Press.button should be not present, instead was `{}`.",
    );
    expect((await refusal(update({ Kind: { select: { options: [{ name: "a, b" }] } } }))).message).toBe(
      "Invalid select option, commas not allowed: a, b",
    );
  });
});

describe("a view", () => {
  it("is kept as it was given, and refused when it names a property that is not there", async () => {
    const { bot, databaseId, dataSourceId, schema } = await openRows({
      Stage: { status: {} },
      Due: { date: {} },
    });
    const { Stage, Due } = await schema();
    const board = {
      type: "board",
      group_by: { type: "status", property_id: Stage.id, group_by: "option", sort: { type: "manual" } },
    };
    const create = (type: string, configuration: Loose): Promise<Loose> =>
      bot.views.create({
        database_id: databaseId,
        data_source_id: dataSourceId,
        name: type,
        type,
        configuration,
      } as never);
    const made = await create("board", board);
    await create("timeline", { type: "timeline", date_property_id: Due.id });
    expect(await bot.views.retrieve({ view_id: made.id })).toMatchObject({
      name: "board",
      type: "board",
      configuration: board,
    });
    expect((await bot.views.list({ database_id: databaseId })).results).toHaveLength(3);
    expect((await refusal(create("timeline", { type: "timeline", date_property_id: "zzzz" }))).message).toBe(
      "Could not find property with name or id: zzzz",
    );
    expect((await refusal(create("board", { type: "board" }))).message).toBe(
      "body failed validation: body.configuration.group_by should be defined, instead was `undefined`.",
    );
  });
});
