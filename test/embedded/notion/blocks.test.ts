import { describe, expect, it } from "vitest";
import { type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

const openPage = async () => {
  const opened = openWorkspace();
  const { bot, workspace } = opened;
  const page = await bot.pages.create({
    parent: { page_id: workspace.rootPageId },
    properties: { title: { title: text("Note") } },
  });
  const append = (children: Loose[], id: string = page.id, position?: Loose): Promise<Loose> =>
    bot.blocks.children.append({ block_id: id, children, ...(position ? { position } : {}) } as never);
  return {
    ...opened,
    id: page.id,
    append,
    add: async (block: Loose, id?: string): Promise<Loose> => (await append([block], id)).results[0],
    below: async (id: string = page.id): Promise<Loose[]> =>
      (await bot.blocks.children.list({ block_id: id })).results,
    retrieve: async (id: string): Promise<Loose> => bot.blocks.retrieve({ block_id: id }),
    update: (id: string, body: Loose): Promise<Loose> =>
      bot.blocks.update({ block_id: id, ...body } as never),
  };
};

const paragraph = (content: string, children?: Loose[]): Loose => ({
  paragraph: { rich_text: text(content), ...(children ? { children } : {}) },
});
const url = "https://a.example/files/plan.pdf?v=1";

/** Every type that a request may create: what it sends, what it gets, what it may change. */
const types: readonly [type: string, content: Loose, shown: Loose, change: Loose | null][] = [
  ["paragraph", { rich_text: text("a"), color: "red" }, { color: "red" }, { rich_text: text("b") }],
  ["heading_1", { rich_text: text("a") }, { is_toggleable: false }, { rich_text: text("b") }],
  ["heading_2", { rich_text: text("a") }, { color: "default" }, { rich_text: text("b") }],
  ["heading_3", { rich_text: text("a"), is_toggleable: true }, { is_toggleable: true }, { rich_text: [] }],
  ["heading_4", { rich_text: text("a") }, { color: "default" }, { rich_text: text("b") }],
  ["bulleted_list_item", { rich_text: text("a") }, { color: "default" }, { rich_text: text("b") }],
  ["numbered_list_item", { rich_text: text("a") }, { color: "default" }, { rich_text: text("b") }],
  ["quote", { rich_text: text("a") }, { color: "default" }, { rich_text: text("b") }],
  ["toggle", { rich_text: text("a") }, { color: "default" }, { rich_text: text("b") }],
  ["to_do", { rich_text: text("a") }, { checked: false }, { checked: true }],
  ["callout", { rich_text: text("a"), icon: { emoji: "💡" } }, { color: "default" }, { color: "blue" }],
  ["template", { rich_text: text("a") }, {}, { rich_text: text("b") }],
  ["synced_block", { synced_from: null }, { synced_from: null }, null],
  ["code", { rich_text: text("a"), language: "sql" }, { language: "sql", caption: [] }, { language: "r" }],
  ["divider", {}, {}, {}],
  ["breadcrumb", {}, {}, {}],
  ["equation", { expression: "a" }, { expression: "a" }, { expression: "b" }],
  ["table_of_contents", {}, { color: "default" }, { color: "gray" }],
  ["bookmark", { url }, { url, caption: [] }, { caption: text("c") }],
  ["embed", { url }, { url, caption: [] }, { url: "https://b.example" }],
  ["image", { external: { url } }, { type: "external", caption: [] }, { caption: text("c") }],
  [
    "video",
    { external: { url } },
    { type: "external", external: { url } },
    { external: { url: "https://b" } },
  ],
  ["pdf", { external: { url } }, { type: "external", external: { url } }, { caption: text("c") }],
  ["audio", { external: { url } }, { type: "external", external: { url } }, { caption: text("c") }],
  ["file", { external: { url } }, { type: "external", name: "plan.pdf" }, { name: "Plan" }],
  ["link_to_page", { page_id: "11111111111141118111111111111111" }, { type: "page_id" }, null],
  [
    "table",
    { table_width: 2, children: [{ table_row: { cells: [text("a"), []] } }] },
    { table_width: 2, has_column_header: false },
    { has_column_header: true },
  ],
  [
    "column_list",
    {
      children: [
        { column: { children: [] } },
        { column: { children: [paragraph("in it")], width_ratio: 0.5 } },
      ],
    },
    {},
    null,
  ],
];

describe("a block of every type", () => {
  it.each(types)("%s is made, read, changed and trashed", async (type, content, shown, change) => {
    const { add, retrieve, update, below, bot } = await openPage();
    const made = await add({ [type]: content });
    expect(made).toMatchObject({ object: "block", type, [type]: shown, in_trash: false });
    expect(made.has_children).toBe("children" in content);
    expect(await retrieve(made.id)).toEqual(made);
    if (change)
      expect(await update(made.id, { [type]: change })).toMatchObject({
        [type]: { ...shown, ...readable(change) },
      });
    expect(await bot.blocks.delete({ block_id: made.id })).toMatchObject({ in_trash: true });
    expect(await below()).toEqual([]);
    expect(await update(made.id, { in_trash: false })).toMatchObject({ in_trash: false });
    expect(await below()).toHaveLength(1);
  });
});

/** Rich text comes back longer than it was sent. */
const readable = (change: Loose): Loose =>
  Object.fromEntries(
    Object.entries(change).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map((item) => ({ plain_text: item.text.content })) : value,
    ]),
  );

const deep = (levels: number): Loose => paragraph("x", levels > 0 ? [deep(levels - 1)] : undefined);
const column = { column: { children: [paragraph("x")] } };
const cells = (count: number): Loose => ({ table_row: { cells: Array(count).fill([]) } });

describe("what cannot be a block", () => {
  it.each<[name: string, block: Loose, message: string]>([
    [
      "has a type that does not exist",
      { nothing: {} },
      "body.children[0].nothing should be not present, instead was `{}`.",
    ],
    [
      "has two types",
      { divider: {}, breadcrumb: {} },
      "body.children[0].breadcrumb should be not present, instead was `{}`.",
    ],
    [
      "says another type than it is",
      { type: "quote", divider: {} },
      "body.children[0].quote should be defined, instead was `undefined`.",
    ],
    [
      "has an unknown field",
      { divider: { a: 1 } },
      "body.children[0].divider.a should be not present, instead was `1`.",
    ],
    [
      "has no language",
      { code: { rich_text: [] } },
      "body.children[0].code.language should be defined, instead was `undefined`.",
    ],
    [
      "has a row of another width",
      { table: { table_width: 2, children: [cells(3)] } },
      "body.children[0].table.children[0].table_row.cells.length should be `2`, instead was `3`.",
    ],
    [
      "has no rows",
      { table: { table_width: 2 } },
      "body.children[0].table.children should be defined, instead was `undefined`.",
    ],
    [
      "has something but rows in a table",
      { table: { table_width: 2, children: [{ divider: {} }] } },
      "body.children[0].table.children[0].table_row should be defined, instead was `undefined`.",
    ],
    [
      "has one column",
      { column_list: { children: [column] } },
      "body.children[0].column_list.children.length should be ≥ `2`, instead was `1`.",
    ],
    [
      "has children where none can be",
      { divider: { children: [] } },
      "body.children[0].divider.children should be not present, instead was `[]`.",
    ],
    [
      "has no address",
      { image: { caption: [] } },
      "body.children[0].image.external should be defined, instead was `undefined`.",
    ],
    [
      "is a page",
      { child_page: { title: "x" } },
      'body.children[0].child_page should be not present, instead was `{"title":"x"}`.',
    ],
  ])("%s", async (_name, block, message) => {
    const { append, below } = await openPage();
    const given = await refusal(append([paragraph("first")].concat(block).reverse()));
    expect(given).toMatchObject({ status: 400, code: "validation_error" });
    expect(given.message).toBe(`body failed validation: ${message}`);
    expect(await below()).toEqual([]);
  });

  it("lies deeper than two levels, or is too many", async () => {
    const { append, add } = await openPage();
    expect(await add(deep(2))).toMatchObject({ has_children: true });
    expect((await refusal(append([deep(3)]))).message).toMatch(
      /paragraph\.children\[0\]\.paragraph\.children\[0\]\.paragraph\.children should be not present/,
    );
    const inColumns = { column_list: { children: [column, { column: { children: [deep(1)] } }] } };
    expect(await add(inColumns)).toMatchObject({ type: "column_list" });
    expect((await refusal(append([paragraph("x", [inColumns])]))).code).toBe("validation_error");
    const many = (count: number) => Array.from({ length: count }, () => paragraph("x"));
    expect((await refusal(append(many(101)))).message).toBe(
      "body failed validation: body.children.length should be ≤ `100`, instead was `101`.",
    );
    const thousand = Array.from({ length: 11 }, () => paragraph("x", many(99)));
    expect((await refusal(append(thousand))).code).toBe("validation_error");
    await append(thousand.slice(1));
  });

  it("stands below a block of the wrong kind", async () => {
    const { add, append } = await openPage();
    const divider = await add({ divider: {} });
    expect((await refusal(append([paragraph("x")], divider.id))).message).toBe(
      "Block does not support children.",
    );
    const table = await add({ table: { table_width: 2, children: [cells(2)] } });
    expect((await refusal(append([paragraph("x")], table.id))).code).toBe("validation_error");
    expect((await refusal(append([cells(1)], table.id))).code).toBe("validation_error");
    expect(await add(cells(2), table.id)).toMatchObject({ type: "table_row" });
    const columns = await add({ column_list: { children: [column, column] } });
    expect((await refusal(append([paragraph("x")], columns.id))).code).toBe("validation_error");
    expect(await add(column, columns.id)).toMatchObject({ type: "column", has_children: true });
  });

  it("names an upload that nobody made", async () => {
    const { append, id } = await openPage();
    expect(await refusal(append([{ image: { file_upload: { id } } }]))).toMatchObject({
      status: 404,
      code: "object_not_found",
    });
  });
});

describe("the trash", () => {
  it("takes what lies below along, and gives it back", async () => {
    const { add, below, bot, retrieve, update, append } = await openPage();
    const outer = await add(paragraph("outer", [paragraph("inner")]));
    const [inner] = await below(outer.id);
    await bot.blocks.delete({ block_id: outer.id });
    expect(await retrieve(inner?.id)).toMatchObject({ in_trash: true });
    for (const call of [
      () => update(inner?.id, { paragraph: { rich_text: [] } }),
      () => append([paragraph("x")], inner?.id),
      () => bot.blocks.delete({ block_id: outer.id }),
    ]) {
      expect((await refusal(call())).message).toBe(
        "Can't edit block that is archived. You must unarchive the block before editing.",
      );
    }
    await update(outer.id, { in_trash: false });
    expect((await below(outer.id)).map(({ id }) => id)).toEqual([inner?.id]);
  });

  it("takes a page that is deleted as a block, a row of a database too", async () => {
    const { bot, id, workspace } = await openPage();
    const database: Loose = await bot.databases.create({
      parent: { type: "page_id", page_id: workspace.rootPageId },
      initial_data_source: { properties: {} },
    });
    const row = await bot.pages.create({ parent: { data_source_id: database.data_sources[0].id } });
    for (const page of [id, row.id]) {
      expect(await bot.blocks.delete({ block_id: page })).toMatchObject({
        type: "child_page",
        in_trash: true,
      });
      expect(await bot.pages.retrieve({ page_id: page })).toMatchObject({ in_trash: true });
      expect(await bot.blocks.update({ block_id: page, in_trash: false })).toMatchObject({ in_trash: false });
    }
  });
});

describe("comments", () => {
  it("say who speaks: the connection, its user, or a name of its own", async () => {
    const { bot, dana, id } = await openPage();
    const say = async (client: typeof bot, display_name?: Loose): Promise<Loose> =>
      (
        (await client.comments.create({
          parent: { page_id: id },
          rich_text: text("Hello"),
          ...(display_name ? { display_name } : {}),
        } as never)) as Loose
      ).display_name;
    expect(await say(bot)).toEqual({ type: "integration", resolved_name: "Milepost" });
    expect(await say(bot, { type: "user" })).toEqual({ type: "user", resolved_name: "Milepost" });
    expect(await say(bot, { type: "custom", custom: { name: "Gatekeeper" } })).toEqual({
      type: "custom",
      resolved_name: "Gatekeeper",
    });
    expect(await say(dana)).toEqual({ type: "user", resolved_name: "Dana Reyes" });
    expect((await refusal(say(bot, { type: "custom", custom: { name: "" } }))).code).toBe("validation_error");
  });

  it("on a block are a thread of their own, which its answers join", async () => {
    const { bot, dana, id, add } = await openPage();
    const block = await add(paragraph("Check this"));
    const opening: Loose = await dana.comments.create({
      parent: { block_id: block.id },
      markdown: "**Why?**",
    });
    const reply: Loose = await bot.comments.create({
      discussion_id: opening.discussion_id,
      rich_text: text("Because"),
    });
    expect(reply.parent).toEqual({ type: "block_id", block_id: block.id });
    const on = async (block_id: string) =>
      (await bot.comments.list({ block_id })).results.map(({ id }) => id);
    expect(await on(block.id)).toEqual([opening.id, reply.id]);
    expect(await on(id)).toEqual([]);
    await dana.comments.delete({ comment_id: opening.id });
    expect(await on(block.id)).toEqual([reply.id]);
    expect(await refusal(bot.comments.retrieve({ comment_id: opening.id }))).toMatchObject({ status: 404 });
  });

  it.each<[name: string, body: Loose, status: number]>([
    ["nothing to say", { parent: "page" }, 400],
    ["text twice", { parent: "page", rich_text: [], markdown: "x" }, 400],
    ["no place", { rich_text: [] }, 400],
    [
      "two places",
      { parent: "page", discussion_id: "11111111-1111-4111-8111-111111111111", rich_text: [] },
      400,
    ],
    [
      "a thread that is not there",
      { discussion_id: "11111111-1111-4111-8111-111111111111", rich_text: [] },
      404,
    ],
    [
      "an upload that is not there",
      {
        parent: "page",
        rich_text: [],
        attachments: [{ file_upload_id: "11111111-1111-4111-8111-111111111111" }],
      },
      404,
    ],
    [
      "four attachments",
      {
        parent: "page",
        rich_text: [],
        attachments: Array(4).fill({ file_upload_id: "11111111-1111-4111-8111-111111111111" }),
      },
      400,
    ],
  ])("with %s are refused", async (_name, { parent, ...body }, status) => {
    const { bot, id } = await openPage();
    const place = parent ? { parent: { page_id: id } } : {};
    const call = bot.comments.create({ ...place, ...body } as never);
    expect((await refusal(call)).status).toBe(status);
  });
});
