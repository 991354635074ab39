import { afterEach, beforeEach, expect, test } from "vitest";
import { startingPages } from "../../notion-templates/starting-pages.ts";
import type { Fetch } from "../../src/ports.ts";
import { createLedgerWorld, type LedgerWorld } from "../support/ledger.ts";

let ledger: LedgerWorld;
let pageId: string;
let key: string;
beforeEach(async () => {
  ledger = await createLedgerWorld("smtp://127.0.0.1:1");
  pageId = (await ledger.prepare()).projectId;
  key = ledger.want(pageId, { kind: "page", pageId, database: "projects" }, pageId);
});
afterEach(() => ledger.world.close());

const dana = () => ledger.world.as("Dana Reyes");
const body = async (): Promise<string> =>
  (await dana().pages.retrieveMarkdown({ page_id: pageId })).markdown.trim();
const write = (content: string) =>
  dana().pages.updateMarkdown({ page_id: pageId, type: "insert_content", insert_content: { content } });

test("an empty page gets the starting text of its database", async () => {
  expect(await ledger.step(key, ledger.context())).toBe("done");
  for (const heading of startingPages.projects.match(/^## .*$/gm) ?? [])
    expect(await body()).toContain(heading);
});

test("a page on which somebody wrote already stays as it is", async () => {
  await write("Kick-off on Monday.");
  expect(await ledger.step(key, ledger.context())).toBe("done");
  expect(await body()).toBe("Kick-off on Monday.");
});

test("a text whose writing was answered with silence is not written twice", async () => {
  const silent: Fetch = async (input, init) => {
    const answer = await ledger.world.workspace.fetch(input, init);
    if (init?.method === "PATCH" && String(input).endsWith("/markdown"))
      throw new TypeError("connection reset");
    return answer;
  };
  expect(await ledger.step(key, ledger.context({ fetch: silent }))).toBe("running");
  await ledger.world.clock.advance(60_000);
  expect(await ledger.step(key, ledger.context())).toBe("done");
  expect((await body()).match(/^## Brief$/gm)).toHaveLength(1);
});

test("a page that is gone is left alone for good", async () => {
  ledger.world.workspace.control.unshare(pageId);
  expect(await ledger.step(key, ledger.context())).toBe("done");
});
