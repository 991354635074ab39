import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../../src/embedded/notion/markdown/parse-markdown.ts";
import { renderMarkdown } from "../../../src/embedded/notion/markdown/render-markdown.ts";
import type { Core } from "../../../src/embedded/notion/scope.ts";
import { type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

const openPage = async (markdown = "") => {
  const opened = openWorkspace();
  const { bot } = opened;
  const page: Loose = await bot.pages.create({
    parent: { page_id: opened.workspace.rootPageId },
    properties: { title: { title: text("Note") } },
    markdown,
  });
  const id = String(page.id);
  return {
    ...opened,
    id,
    answer: (blockId = id): Promise<Loose> => bot.pages.retrieveMarkdown({ page_id: blockId }),
    read: async (): Promise<string> => (await bot.pages.retrieveMarkdown({ page_id: id })).markdown,
    below: async (blockId = id): Promise<Loose[]> =>
      (await bot.blocks.children.list({ block_id: blockId })).results,
    change: (body: Loose): Promise<Loose> => bot.pages.updateMarkdown({ page_id: id, ...body } as never),
    addChild: async (): Promise<string> => {
      const child = await bot.pages.create({
        parent: { page_id: id },
        properties: { title: { title: text("Child") } },
      });
      return child.id;
    },
  };
};

/** One of each block that Markdown can say, with the type it makes. */
const samples: readonly [type: string, markdown: string][] = [
  ["paragraph", "Plain **bold** *italic* ~~gone~~ `code` [link](https://a.example/b)"],
  ["paragraph", 'Blue {color="blue"}'],
  ["paragraph", '<span color="red"><span underline="true">both</span></span> and $`a^2 + b^2`$'],
  ["paragraph", "Outer\n\tInner\n\t\tInmost"],
  ["heading_1", "# One"],
  ["heading_2", '## Two {color="gray_bg"}'],
  ["heading_3", '### Three {toggle="true"}\n\tHidden'],
  ["heading_4", '#### Four {toggle="true" color="red"}\n\t- Hidden'],
  ["bulleted_list_item", "- one\n\t- two\n\t\t1. three\n\t\t2. four"],
  ["bulleted_list_item", "- \n\t> a quote in an empty item"],
  ["numbered_list_item", "1. first"],
  ["to_do", "- [x] done\n\t- [ ] open"],
  ["quote", "> line<br>next\n\t- below"],
  ["toggle", '<details color="green">\n<summary>More</summary>\n\tInside\n</details>'],
  ["callout", '<callout icon="💡" color="blue_bg">\n\tMind **this**\n\t- really\n</callout>'],
  ["callout", "<callout>\n\t<empty-block/>\n\tA block, not the callout's text\n</callout>"],
  [
    "table",
    '<table header-row="true" header-column="true">\n<tr>\n<td>A</td>\n<td></td>\n</tr>\n<tr>\n<td>**1**<br>2</td>\n<td>a \\| b</td>\n</tr>\n</table>',
  ],
  [
    "column_list",
    '<columns>\n\t<column ratio="25">\n\t\tLeft\n\t</column>\n\t<column>\n\t\t- Right\n\t\t\t- Deeper\n\t</column>\n</columns>',
  ],
  ["code", "```typescript\nconst a = [1];\n\n\t`literal` **text** </callout>\n```"],
  ["code", "````markdown\n```\nfence in a fence\n```\n````"],
  ["equation", "$$\nE = mc^2\n$$"],
  ["divider", "---"],
  ["table_of_contents", '<table_of_contents color="gray"/>'],
  ["image", "![A **fine** picture](https://a.example/p_(1%29.png)".replace("_(1%29", "_1")],
  ["video", '<video src="https://a.example/v.mp4">Caption</video>'],
  ["audio", '<audio src="https://a.example/v.mp3"></audio>'],
  ["pdf", '<pdf src="https://a.example/v.pdf">Terms</pdf>'],
  ["file", '<file src="https://a.example/v.zip">All of it</file>'],
  ["paragraph", '<mention-date start="2026-03-03" end="2026-03-05"/>'],
  ["paragraph", '<mention-date start="2026-03-03" startTime="10:30" timeZone="Europe/Paris"/>'],
  ["paragraph", "\\- no list"],
  ["paragraph", "1\\. no list"],
  ["paragraph", "\\# no heading"],
  ["paragraph", "!\\[no\\](image)"],
  ["paragraph", "\\<callout\\> costs \\$5, \\`a\\`"],
];

describe("Markdown, block for block", () => {
  it.each(samples)("makes a %s of %j and says it again", async (type, markdown) => {
    const { read, below } = await openPage(markdown);
    expect((await below())[0]?.type).toBe(type);
    expect(await read()).toBe(markdown);
  });

  it("says together what it says of each", async () => {
    // Without two lists next to each other, whose numbers would go on.
    const whole = samples.map(([, markdown]) => markdown).join("\n");
    const { read } = await openPage(whole);
    expect(await read()).toBe(whole);
  });

  it("keeps the widths of columns, the children of toggles and the addresses of files", async () => {
    const { below } = await openPage(
      `${samples.find(([type]) => type === "column_list")?.[1]}\n<file src="https://a.example/x/terms.pdf?v=2">T</file>`,
    );
    const [list, file] = await below();
    expect(list).toMatchObject({ has_children: true, column_list: {} });
    const columns = await below(list?.id);
    expect(columns.map((column) => column.column)).toEqual([{ width_ratio: 0.25 }, {}]);
    expect((await below(columns[1]?.id))[0]).toMatchObject({
      type: "bulleted_list_item",
      has_children: true,
    });
    expect(file?.file).toMatchObject({
      type: "external",
      external: { url: "https://a.example/x/terms.pdf?v=2" },
      name: "terms.pdf",
      caption: [{ plain_text: "T" }],
    });
  });

  it("mentions people, pages, databases and times", async () => {
    const { bot, id, workspace, read, below, change } = await openPage();
    const [dana] = workspace.people;
    const markdown = [
      `<mention-user url="user://${dana?.id}">Dana Reyes</mention-user>`,
      `<mention-page url="https://app.notion.com/p/${id.replaceAll("-", "")}">Note</mention-page>`,
    ].join(" and ");
    await change({ type: "replace_content", replace_content: { new_str: markdown } });
    const [paragraph] = await below();
    expect(
      paragraph?.paragraph.rich_text.map((item: Loose) => [item.mention?.type, item.plain_text]),
    ).toEqual([
      ["user", "@Dana Reyes"],
      [undefined, " and "],
      ["page", "Note"],
    ]);
    expect(await read()).toBe(markdown);
    await bot.blocks.children.append({
      block_id: id,
      children: [
        {
          paragraph: {
            rich_text: [{ mention: { date: { start: "2026-03-03T10:30:00.000+02:00" } } }],
          },
        },
      ],
    });
    expect((await read()).split("\n")[1]).toBe('<mention-date start="2026-03-03" startTime="08:30"/>');
  });

  it("is a fixed point: what is read says the same when it is written", () => {
    const line = fc.stringMatching(/^[ \t]{0,3}[-*+>#|<$`!1. [\]()a-z/"=_{}~\\]{0,24}$/);
    const core = { objects: { get: () => undefined }, users: [] } as unknown as Core;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const once = renderMarkdown(parseMarkdown(lines.join("\n")), core);
        expect(renderMarkdown(parseMarkdown(once), core)).toBe(once);
      }),
      { seed: 4, numRuns: 3000 },
    );
  });

  it("survives text that is all marks", async () => {
    const hostile = [
      "[".repeat(200_000),
      "**".repeat(100_000),
      "<span ".repeat(30_000),
      "<callout>\n".repeat(90),
      `${"`".repeat(999)}a`.repeat(100),
    ];
    const { change, id, answer } = await openPage();
    for (const new_str of hostile) await change({ type: "replace_content", replace_content: { new_str } });
    const nested = change({
      type: "replace_content",
      replace_content: { new_str: "<callout>\n".repeat(40_000) },
    });
    expect(await refusal(nested)).toMatchObject({ status: 400, code: "validation_error" });
    expect((await answer()).id).toBe(id);
  });

  it("of more than 5,000 blocks makes no page", async () => {
    const { bot, workspace } = openWorkspace();
    const create = (count: number) =>
      bot.pages.create({ parent: { page_id: workspace.rootPageId }, markdown: "- a\n".repeat(count) });
    expect(await refusal(create(5001))).toMatchObject({ status: 400, code: "validation_error" });
    expect((await create(5000)).object).toBe("page");
  });
});

describe("a change of Markdown", () => {
  it("is put in at the start, at the end or after a selection", async () => {
    const { change, read } = await openPage("One\nTwo words here\nThree");
    const insert = (content: string, where: Loose = {}) =>
      change({ type: "insert_content", insert_content: { content, ...where } });
    await insert("0", { position: { type: "start" } });
    await insert("4");
    await insert("5", { position: { type: "end" } });
    await insert("2.5", { after: "Two...here" });
    expect(await read()).toBe("0\nOne\nTwo words here\n2.5\nThree\n4\n5");
    expect((await refusal(insert("x", { after: "Nine...ten" }))).code).toBe("validation_error");
    const both = { after: "One", position: { type: "end" } };
    expect((await refusal(insert("x", both))).code).toBe("validation_error");
  });

  it("replaces a range, a place, or every place", async () => {
    const { change, read } = await openPage("a\nb c\nd e\na");
    await change({
      type: "replace_content_range",
      replace_content_range: { content: "B", content_range: "b c...d e" },
    });
    expect(await read()).toBe("a\nB\na");
    const update = (...content_updates: Loose[]) =>
      change({ type: "update_content", update_content: { content_updates } });
    expect((await refusal(update({ old_str: "a", new_str: "x" }))).code).toBe("validation_error");
    expect((await refusal(update({ old_str: "A", new_str: "x" }))).code).toBe("validation_error");
    expect((await refusal(update({ old_str: "", new_str: "x" }))).code).toBe("validation_error");
    await update({ old_str: "a", new_str: "x", replace_all_matches: true }, { old_str: "B", new_str: "y" });
    expect(await read()).toBe("x\ny\nx");
  });

  it("keeps the blocks between two changed places, and the comments on them", async () => {
    const { bot, change, below } = await openPage("one\ntwo\n---\nthree\n---\nfour");
    const before = await below();
    await bot.comments.create({ parent: { block_id: before[3]?.id }, rich_text: text("keep") });
    await change({
      type: "update_content",
      update_content: {
        content_updates: [
          { old_str: "one", new_str: "1" },
          { old_str: "four", new_str: "4\n5" },
        ],
      },
    });
    const after = await below();
    expect(after.slice(1, 5).map(({ id }) => id)).toEqual(before.slice(1, 5).map(({ id }) => id));
    expect(after).toHaveLength(7);
    expect((await bot.comments.list({ block_id: after[3]?.id })).results).toHaveLength(1);
  });

  it("never loses a child page unasked, wherever it stands", async () => {
    const { bot, addChild, change, read, below, id } = await openPage("Text");
    const child = await addChild();
    const line = (await read()).split("\n")[1] ?? "";
    const replace = (new_str: string, allow_deleting_content?: boolean) =>
      change({ type: "replace_content", replace_content: { new_str, allow_deleting_content } });
    await replace(`<details>\n<summary>Pages</summary>\n\t${line}\n</details>`);
    const [toggle] = await below();
    expect(await below(toggle?.id)).toMatchObject([{ id: child, type: "child_page" }]);
    expect(await refusal(replace("Gone"))).toMatchObject({ status: 400, code: "validation_error" });
    await replace(`Moved\n${line}`);
    expect((await below()).map((block) => block.type)).toEqual(["paragraph", "child_page"]);
    const state = async () => ((await bot.pages.retrieve({ page_id: child })) as Loose).in_trash;
    expect(await state()).toBe(false);
    await replace("Gone", true);
    expect(await state()).toBe(true);
    await bot.pages.update({ page_id: child, in_trash: false });
    expect((await below(id)).at(-1)).toMatchObject({ id: child });
  });

  it("cannot name a page of another place, nor one page twice", async () => {
    const { addChild, change, read, workspace } = await openPage("Text");
    await addChild();
    const line = (await read()).split("\n")[1] ?? "";
    const other = `<page url="https://app.notion.com/p/${workspace.rootPageId.replaceAll("-", "")}">Root</page>`;
    for (const new_str of [`${line}\n${line}`, `${line}\n${other}`]) {
      const call = change({ type: "replace_content", replace_content: { new_str } });
      expect(await refusal(call)).toMatchObject({ status: 400, code: "validation_error" });
    }
    expect(await read()).toBe(`Text\n${line}`);
  });

  it("leaves blocks that Markdown cannot say where they are", async () => {
    const { bot, id, answer, change, below } = await openPage("Text");
    await bot.blocks.children.append({
      block_id: id,
      children: [{ bookmark: { url: "https://a.example" } }, { breadcrumb: {} }],
    });
    const { markdown, unknown_block_ids } = await answer();
    const [, bookmark, breadcrumb] = await below();
    expect(unknown_block_ids).toEqual([bookmark?.id, breadcrumb?.id]);
    const [, first] = markdown.split("\n");
    await change({ type: "replace_content", replace_content: { new_str: `${first}\nNew` } });
    expect(await below()).toMatchObject([
      { id: bookmark?.id, bookmark: { url: "https://a.example" } },
      { type: "paragraph" },
    ]);
  });

  it("needs the version in which it exists", async () => {
    const { workspace, id } = await openPage();
    const call = (method: string) =>
      workspace.fetch(`http://w/v1/pages/${id}/markdown`, {
        method,
        headers: { authorization: `Bearer ${workspace.tokens.bot}`, "notion-version": "2025-09-03" },
        ...(method === "PATCH" ? { body: "{}" } : {}),
      });
    for (const method of ["GET", "PATCH"]) {
      expect(await (await call(method)).json()).toMatchObject({ code: "invalid_request_url" });
    }
  });
});

describe("a long page", () => {
  it("is cut near 20,000 blocks, and what is left out can be read by itself", async () => {
    const { change, answer, below } = await openPage();
    const insert = (content: string) => change({ type: "insert_content", insert_content: { content } });
    expect(await insert(`${"- a\n".repeat(19_999)}- last`)).toMatchObject({ truncated: false });
    const cut = await insert("- over\n\tdeep");
    expect(cut).toMatchObject({ truncated: true, unknown_block_ids: [expect.any(String)] });
    const rest = await answer(cut.unknown_block_ids[0]);
    expect(rest).toMatchObject({ markdown: "- over\n\tdeep", truncated: false });
    expect((await below()).length).toBe(100);
  });
});

describe("a change that may be asynchronous", () => {
  it("is answered with a task, which succeeds on the clock and is its author's alone", async () => {
    const { workspace, clock, id, bot, dana, read } = await openPage("Before");
    const response = await workspace.fetch(`http://w/v1/pages/${id}/markdown`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${workspace.tokens.bot}`, "notion-version": "2026-03-11" },
      body: JSON.stringify({
        type: "replace_content",
        replace_content: { new_str: "After" },
        allow_async: true,
      }),
    });
    expect(response.status).toBe(202);
    const task = (await response.json()) as Loose;
    expect(task).toMatchObject({ object: "async_task", status: "queued", poll_after_seconds: 1 });
    const state = (client: typeof bot) => client.asyncTasks.retrieve({ task_id: task.id });
    await clock.advance(1_000);
    expect(await state(bot)).toMatchObject({ status: "running" });
    await clock.advance(2_000);
    expect(await state(bot)).toMatchObject({
      status: "succeeded",
      result: { object: "page_markdown", id, markdown: "After" },
    });
    expect(await refusal(state(dana))).toMatchObject({ status: 404, code: "object_not_found" });
    expect(await read()).toBe("After");
  });

  it("creates a page too, but only one made of Markdown", async () => {
    const { workspace, bot } = openWorkspace();
    const create = (content: Loose): Promise<Loose> =>
      bot.pages.create({ parent: { page_id: workspace.rootPageId }, allow_async: true, ...content } as never);
    expect(await create({ markdown: "Text" })).toMatchObject({ object: "async_task" });
    expect(await create({ children: [] })).toMatchObject({ object: "page" });
  });
});
