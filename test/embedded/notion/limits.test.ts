import { describe, expect, it } from "vitest";
import { createDatabase, createRow, type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

const openLimits = async () => {
  const opened = openWorkspace();
  const { bot, workspace } = opened;
  const ids = await createDatabase(bot, workspace.rootPageId, "Rows", {
    Name: { title: {} },
    Note: { rich_text: {} },
    Site: { url: {} },
    Mail: { email: {} },
    Phone: { phone_number: {} },
    Tags: { multi_select: {} },
    Owner: { people: {} },
    Files: { files: {} },
    Self: { status: {} },
  });
  const row = await createRow(bot, ids.dataSourceId, {});
  return { ...opened, ...ids, row };
};

const many = (count: number, one: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => one(index));
const a = (length: number): string => "a".repeat(length);

/** What each limit allows and the next it refuses (notion-api §4). */
const limits: readonly [string, number, (size: number) => Loose, string][] = [
  ["text", 2000, (size) => ({ Note: { rich_text: text(a(size)) } }), "Note.rich_text[0].text.content.length"],
  [
    "a rich text",
    100,
    (size) => ({ Note: { rich_text: many(size, () => text("a")[0]) } }),
    "Note.rich_text.length",
  ],
  [
    "a link",
    2000,
    (size) => ({ Note: { rich_text: [{ text: { content: "a", link: { url: a(size) } } }] } }),
    "Note.rich_text[0].text.link.url.length",
  ],
  [
    "an equation",
    1000,
    (size) => ({ Note: { rich_text: [{ equation: { expression: a(size) } }] } }),
    "Note.rich_text[0].equation.expression.length",
  ],
  ["a URL", 2000, (size) => ({ Site: { url: a(size) } }), "Site.url.length"],
  ["an address", 200, (size) => ({ Mail: { email: a(size) } }), "Mail.email.length"],
  ["a telephone number", 200, (size) => ({ Phone: { phone_number: a(size) } }), "Phone.phone_number.length"],
  [
    "options",
    100,
    (size) => ({ Tags: { multi_select: many(size, (index) => ({ name: `t${index}` })) } }),
    "Tags.multi_select.length",
  ],
  [
    "a file's name",
    100,
    (size) => ({ Files: { files: [{ name: a(size), external: { url: "https://example.com" } }] } }),
    "Files.files[0].name.length",
  ],
];

describe("a limit", () => {
  it.each(limits)("of %s is %d", async (_name, limit, valuesOf, place) => {
    const { bot, row } = await openLimits();
    const write = (size: number) =>
      bot.pages.update({ page_id: row.id, properties: valuesOf(size) } as never);
    await write(limit);
    expect((await refusal(write(limit + 1))).message).toBe(
      `body failed validation: body.properties.${place} should be ≤ \`${limit}\`, instead was \`${limit + 1}\`.`,
    );
  });

  it("of one request is 1,000 blocks at all depths, 500 KB and two hundred levels of JSON", async () => {
    const { bot, row, workspace } = await openLimits();
    const children = many(100, () => ({
      toggle: { rich_text: [], children: many(10, () => ({ divider: {} })) },
    }));
    expect(await refusal(bot.blocks.children.append({ block_id: row.id, children } as never))).toMatchObject({
      code: "validation_error",
    });
    const send = async (body: string): Promise<Loose> => {
      const response = await workspace.fetch("http://workspace/v1/search", {
        method: "POST",
        headers: { authorization: `Bearer ${workspace.tokens.bot}`, "notion-version": "2026-03-11" },
        body,
      });
      return (await response.json()) as Loose;
    };
    expect(await send(JSON.stringify({ query: a(500_000) }))).toMatchObject({ code: "validation_error" });
    expect(await send(`{"query":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)).toMatchObject({
      code: "invalid_json",
    });
  });

  it("of a schema is 500 properties or 50 KB, and the refusal names the largest", async () => {
    const { bot, dataSourceId } = await openLimits();
    const update = (properties: Loose) =>
      bot.dataSources.update({ data_source_id: dataSourceId, properties } as never);
    const named = Object.fromEntries(
      many(500, (index) => [`p${index}`, { checkbox: {} }]) as [string, Loose][],
    );
    expect(await refusal(update(named))).toMatchObject({ status: 400, code: "validation_error" });
    const options = (index: number) => many(100, (option) => ({ name: `${index}-${option}-${a(80)}` }));
    const wide = Object.fromEntries(
      many(6, (index) => [`wide${index}`, { select: { options: options(index) } }]) as [string, Loose][],
    );
    expect((await refusal(update(wide))).message).toContain("Its largest property is wide");
    const source: Loose = await bot.dataSources.retrieve({ data_source_id: dataSourceId });
    expect(Object.keys(source.properties)).toHaveLength(9);
  });
});
