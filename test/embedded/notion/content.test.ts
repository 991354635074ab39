import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInline } from "../../../src/embedded/notion/markdown/parse-inline.ts";
import { renderInline } from "../../../src/embedded/notion/markdown/render-inline.ts";
import type { RichTextItem } from "../../../src/embedded/notion/model.ts";
import type { Core } from "../../../src/embedded/notion/scope.ts";
import { textItem } from "../../../src/embedded/notion/show/rich-text.ts";
import { createDatabase, createRow, type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

const openPage = async (markdown = "") => {
  const opened = openWorkspace();
  const page: Loose = await opened.bot.pages.create({
    parent: { page_id: opened.workspace.rootPageId },
    properties: { title: { title: text("Note") } },
    markdown,
  });
  const id = String(page.id);
  const read = async (): Promise<string> =>
    (await opened.bot.pages.retrieveMarkdown({ page_id: id })).markdown;
  const blocks = async (): Promise<Loose[]> =>
    (await opened.bot.blocks.children.list({ block_id: id })).results;
  return { ...opened, id, read, blocks };
};

const document = [
  "# Heading",
  "## Smaller",
  "A **bold** and ***bold italic*** word, `code`, ~~gone~~ and [a link](https://agency.example/a_b).",
  "- one",
  "\t- nested",
  "\t\t1. deep",
  "- [ ] open",
  "- [x] done",
  "1. first",
  "2. second",
  "> quoted<br>twice",
  "---",
  "```typescript",
  "const a = [1, 2]; // *literal*",
  "",
  "\tindented",
  "```",
  '<callout icon="💡" color="blue_bg">',
  "\tMind this",
  "\t- really",
  "</callout>",
  "<details>",
  "<summary>More</summary>",
  "\tInside",
  "</details>",
  '<table header-row="true" header-column="false">',
  "<tr>",
  "<td>Week</td>",
  "<td>What</td>",
  "</tr>",
  "<tr>",
  "<td>1</td>",
  "<td>**Plan** \\| check</td>",
  "</tr>",
  "</table>",
  "<empty-block/>",
  "Plain \\[brackets\\] and 2 \\* 3 \\* 4",
].join("\n");

describe("a page's Markdown", () => {
  it("is read as it was written", async () => {
    const { read, blocks } = await openPage(document);
    expect(await read()).toBe(document);
    expect((await blocks()).map((block) => block.type)).toEqual([
      "heading_1",
      "heading_2",
      "paragraph",
      "bulleted_list_item",
      "to_do",
      "to_do",
      "numbered_list_item",
      "numbered_list_item",
      "quote",
      "divider",
      "code",
      "callout",
      "toggle",
      "table",
      "paragraph",
      "paragraph",
    ]);
  });

  it("takes standard tables and blank lines between blocks", async () => {
    const { read } = await openPage(
      "| A | B |\n| --- | :-: |\n| 1 | **2** |\n\nAfter\n\n* item\n    * below",
    );
    expect(await read()).toBe(
      '<table header-row="true" header-column="false">\n<tr>\n<td>A</td>\n<td>B</td>\n</tr>\n<tr>\n<td>1</td>\n<td>**2**</td>\n</tr>\n</table>\nAfter\n- item\n\t- below',
    );
  });

  it("gives the page its title from the first heading when none is given", async () => {
    const { bot, workspace } = openWorkspace();
    const page: Loose = await bot.pages.create({
      parent: { page_id: workspace.rootPageId },
      markdown: "# Handover\nText",
    });
    expect(page.properties.title.title[0].plain_text).toBe("Handover");
    expect((await bot.pages.retrieveMarkdown({ page_id: page.id })).markdown).toBe("Text");
  });

  it("changes one place and keeps the blocks around it", async () => {
    const { bot, id, read, blocks } = await openPage("One\nTwo\nThree");
    const before = await blocks();
    const replace = (old_str: string, new_str: string) =>
      bot.pages.updateMarkdown({
        page_id: id,
        type: "update_content",
        update_content: { content_updates: [{ old_str, new_str }] },
      });
    await replace("Two", "2\n- and a half");
    expect(await read()).toBe("One\n2\n- and a half\nThree");
    const after = await blocks();
    expect([after[0]?.id, after[3]?.id]).toEqual([before[0]?.id, before[2]?.id]);
    expect((await refusal(replace("Four", "4"))).code).toBe("validation_error");
    await replace("Three", "One");
    expect((await refusal(replace("One", "1"))).code).toBe("validation_error");
  });

  it("is not replaced over a child page unless that is asked for", async () => {
    const { bot, id, read } = await openPage("Text");
    const child: Loose = await bot.pages.create({
      parent: { page_id: id },
      properties: { title: { title: text("Child") } },
    });
    const replace = (new_str: string, allow_deleting_content = false) =>
      bot.pages.updateMarkdown({
        page_id: id,
        type: "replace_content",
        replace_content: { new_str, allow_deleting_content },
      });
    expect((await refusal(replace("New"))).code).toBe("validation_error");
    const kept = (await read()).split("\n")[1];
    await replace(`${kept}\nNew`);
    expect(await read()).toBe(`${kept}\nNew`);
    expect(((await bot.pages.retrieve({ page_id: child.id })) as Loose).in_trash).toBe(false);
    await replace("Newer", true);
    expect(((await bot.pages.retrieve({ page_id: child.id })) as Loose).in_trash).toBe(true);
  });

  it("says any text so that it is read back as that text", () => {
    const annotations = fc.record({ bold: fc.boolean(), italic: fc.boolean(), strikethrough: fc.boolean() });
    const content = fc.stringMatching(/^[a-z][a-z \\*~`[\]<>{}|_#.-]{0,12}[a-z]$/);
    fc.assert(
      fc.property(content, annotations, content, (first, marks, second) => {
        const items: RichTextItem[] = [textItem(`${first} `), textItem(second, marks)];
        const plain = (parsed: readonly RichTextItem[]) =>
          parsed.map((item) => (item.type === "text" ? item.text.content : "")).join("");
        const read = parseInline(renderInline(items, {} as Core));
        expect(plain(read)).toBe(`${first} ${second}`);
        expect(read.at(-1)?.annotations).toMatchObject(marks);
      }),
    );
  });
});

describe("blocks", () => {
  it("are appended where they are asked to stand, and found below their parents", async () => {
    const { bot, id, blocks } = await openPage("One\nTwo");
    const [one] = await blocks();
    const add = (content: string, position: Loose) =>
      bot.blocks.children.append({
        block_id: id,
        children: [{ toggle: { rich_text: text(content), children: [{ divider: {} }] } }],
        position,
      } as never);
    await add("start", { type: "start" });
    await add("middle", { type: "after_block", after_block: { id: one?.id } });
    const all = await blocks();
    expect(all.map((block) => block[block.type].rich_text[0].plain_text)).toEqual([
      "start",
      "One",
      "middle",
      "Two",
    ]);
    expect(all.map((block) => block.has_children)).toEqual([true, false, true, false]);
    const below = await bot.blocks.children.list({ block_id: all[0]?.id });
    expect(below.results).toMatchObject([
      { type: "divider", parent: { type: "block_id", block_id: all[0]?.id } },
    ]);
  });

  it("change, keep what is not named, and go to the trash", async () => {
    const { bot, id, blocks } = await openPage("- [x] done");
    const [todo] = await blocks();
    await bot.blocks.update({ block_id: todo?.id, to_do: { rich_text: text("again") } });
    expect((await blocks())[0]?.to_do).toMatchObject({ checked: true, rich_text: [{ plain_text: "again" }] });
    expect(
      (await refusal(bot.blocks.update({ block_id: todo?.id, paragraph: { rich_text: [] } }))).message,
    ).toBe("Expected block type to_do in request body");
    await bot.blocks.delete({ block_id: todo?.id });
    expect(await blocks()).toEqual([]);
    expect((await bot.blocks.retrieve({ block_id: todo?.id })) as Loose).toMatchObject({ in_trash: true });
    expect((await bot.blocks.retrieve({ block_id: id })) as Loose).toMatchObject({
      type: "child_page",
      child_page: { title: "Note" },
    });
  });

  it("written through the connection do not move the page's last edit; a person's do", async () => {
    const { bot, dana, id, clock } = await openPage("One");
    const append = async (client: typeof bot): Promise<string> => {
      await clock.advance(60_000);
      await client.blocks.children.append({ block_id: id, children: [{ divider: {} }] });
      return ((await bot.pages.retrieve({ page_id: id })) as Loose).last_edited_time;
    };
    expect(await append(bot)).toBe("2026-03-03T09:00:00.000Z");
    expect(await append(dana)).toBe("2026-03-03T09:02:00.000Z");
  });
});

describe("comments", () => {
  it("are listed oldest first with their threads, and belong to their authors", async () => {
    const { workspace, bot, dana, clock } = openWorkspace();
    const { dataSourceId } = await createDatabase(bot, workspace.rootPageId, "Rows", {});
    const row = await createRow(bot, dataSourceId, { Name: { title: text("Acme") } });
    const opening: Loose = await bot.comments.create({
      parent: { page_id: row.id },
      markdown: `**Not yet**, <mention-user url="user://${workspace.people[0]?.id}">Dana</mention-user>`,
    });
    await clock.advance(1_234);
    const reply: Loose = await dana.comments.create({
      discussion_id: opening.discussion_id,
      rich_text: text("Done"),
    });
    const listed: Loose[] = (await bot.comments.list({ block_id: row.id })).results;
    expect(listed.map((comment) => comment.id)).toEqual([opening.id, reply.id]);
    expect(listed[0]?.rich_text.map((item: Loose) => item.plain_text)).toEqual([
      "Not yet",
      ", ",
      "@Dana Reyes",
    ]);
    expect(reply).toMatchObject({
      discussion_id: opening.discussion_id,
      created_time: "2026-03-03T09:00:13.234Z",
    });

    expect(
      await refusal(dana.comments.update({ comment_id: opening.id, rich_text: text("No") })),
    ).toMatchObject({
      status: 403,
      code: "restricted_resource",
    });
    await bot.comments.update({ comment_id: opening.id, rich_text: text("All met") });
    expect((await bot.comments.retrieve({ comment_id: opening.id })) as Loose).toMatchObject({
      rich_text: [{ plain_text: "All met" }],
    });
    await bot.comments.delete({ comment_id: opening.id });
    expect((await bot.comments.list({ block_id: row.id })).results).toHaveLength(1);
  });
});
