import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fetch } from "../../src/ports.ts";
import { nextDirty } from "../../src/store/dirty.ts";
import { createLedgerWorld, type LedgerWorld } from "../support/ledger.ts";
import { cellsOf } from "../support/rows.ts";

let ledger: LedgerWorld;
beforeEach(async () => {
  ledger = await createLedgerWorld("smtp://127.0.0.1:1");
});
afterEach(() => ledger.world.close());

const dana = () => ledger.world.as("Dana Reyes");
const rows = async (): Promise<string[]> =>
  (await dana().dataSources.query({ data_source_id: ledger.sources.updates })).results.map(({ id }) => id);

const wantUpdate = async (): Promise<{ key: string; contactId: string }> => {
  const { projectId, contactId, updateId } = await ledger.prepare();
  await dana().pages.update({ page_id: updateId, in_trash: true });
  const key = ledger.want(
    projectId,
    {
      ...{ kind: "update", projectId, title: "Week 48", updateKind: "Weekly summary", period: "2026-W48" },
      ...{ milestoneId: null, contactIds: [contactId], markdown: "## This week\n- Shipped", state: "Draft" },
    },
    projectId,
  );
  return { key, contactId };
};

test("an update is one new row with its text, its reader and its key, and is read soon", async () => {
  const { key, contactId } = await wantUpdate();
  expect(await ledger.step(key, ledger.context())).toBe("done");
  const [row = ""] = await rows();
  expect(ledger.action(key).result).toBe(row);
  expect(await cellsOf(dana(), row)).toMatchObject({
    ...{ Title: "Week 48", Kind: "Weekly summary", Period: "2026-W48", State: "Draft", To: contactId },
    "Milepost key": key,
  });
  expect((await dana().pages.retrieveMarkdown({ page_id: row })).markdown).toContain("- Shipped");
  expect(nextDirty(ledger.world.store, ledger.world.clock.now(), true)?.pageId).toBe(row);
});

test("an update whose creation was answered with silence is found by its key, not made twice", async () => {
  const { key } = await wantUpdate();
  const silent: Fetch = async (input, init) => {
    const answer = await ledger.world.workspace.fetch(input, init);
    if (init?.method === "POST" && String(input).endsWith("/pages")) throw new TypeError("connection reset");
    return answer;
  };
  expect(await ledger.step(key, ledger.context({ fetch: silent }))).toBe("running");
  expect(await ledger.step(key, ledger.context())).toBe("running");
  await ledger.world.clock.advance(60_000);
  expect(await ledger.step(key, ledger.context())).toBe("done");
  expect(await rows()).toEqual([ledger.action(key).result]);
});

test("an update that needs a property which was deleted waits, and nothing was attempted: it can still be withdrawn", async () => {
  const columns = { Period: null } as const;
  await dana().dataSources.update({ data_source_id: ledger.sources.updates, properties: columns });
  await ledger.world.pass(70 * 60_000);
  expect(ledger.problemCodes()).toContain("schema_broken");
  const { key } = await wantUpdate();
  expect(await ledger.step(key, ledger.context())).toBe("pending");
  expect(ledger.action(key)).toMatchObject({ attempted: 0, attempts: 0 });
  expect(await rows()).toEqual([]);
});
