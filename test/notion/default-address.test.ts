import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkspace } from "../../src/embedded/notion/workspace.ts";
import { createNotionGateway } from "../../src/notion/gateway.ts";
import { workspaceTable } from "../../src/settings-table.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { seededIds, seededRandom } from "../support/seeded.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const clock = createVirtualClock(Date.UTC(2026, 10, 24, 9));
const workspace = createWorkspace({
  database: openNodeDatabase(":memory:"),
  ...{ clock, newId: seededIds(1), random: seededRandom(1), plan: "plus", log: quiet, fetch },
});
const asked: string[] = [];
const server = setupServer(
  http.all("https://api.notion.com/*", ({ request }) => {
    asked.push(new URL(request.url).origin);
    return workspace.fetch(request);
  }),
);

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());

test("without a base address the requests go to Notion itself", async () => {
  const gateway = createNotionGateway({
    token: workspace.tokens.bot,
    baseUrl: String(workspaceTable.NOTION_BASE_URL.parse(undefined)),
    ...{ plan: "plus", clock, log: quiet, probe: () => {}, throttle: { load: () => null, save: () => {} } },
    fetch: globalThis.fetch,
  });
  expect(await gateway.pull.me()).toEqual({ botId: workspace.botId, workspaceId: workspace.workspaceId });
  expect(asked).toEqual(["https://api.notion.com"]);
});
