import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { startWorkspaceServer } from "../../src/embedded/notion/server.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createLog } from "../../src/log.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { type Child, startChild } from "./child.ts";
import { realTime } from "./world.ts";

export const apiToken = "bench-token-of-the-operator";
export const verificationToken = "secret_bench_verification_token";

/** Where Milepost says that it listens. */
export const serviceAddress = / at (http:\S+)/;

/** What a run ends, latest first; also where it fails. */
export type Ends = (() => Promise<void> | void)[];

export type Served = { readonly url: string; readonly workspace: Workspace };

/** An empty workspace behind HTTP in this process, which has nothing else to do meanwhile. */
export const serveWorkspace = async (ends: Ends): Promise<Served> => {
  const clock = createAdjustableClock(realTime);
  const database = openNodeDatabase(":memory:");
  const log = createLog({ level: "error", write: (line) => console.error(line), clock });
  const workspace = createWorkspace({
    ...{ database, clock, log, fetch, newId: randomUUID, random: Math.random },
    ...{ plan: "business", limitScale: 100 },
  });
  const server = await startWorkspaceServer({ workspace, clock, host: "127.0.0.1", port: 0, log });
  ends.push(async () => {
    await server.close();
    await workspace.close();
    database.close();
  });
  return { url: server.url, workspace };
};

/** Milepost as it is started beside a real workspace, with its store on disk and its loop at work. */
export const startMilepost = async ({ url, workspace }: Served, folder: string): Promise<Child> =>
  startChild("src/node.ts", {
    folder,
    env: {
      ...{ NOTION_TOKEN: workspace.tokens.bot, NOTION_BASE_URL: url, NOTION_PLAN: "business" },
      ...{ NOTION_PARENT_PAGE: workspace.rootPageId, NOTION_WEBHOOK_TOKEN: verificationToken },
      ...{ PUBLIC_URL: "https://milepost.example", LINK_SECRET: "bench".repeat(8), API_TOKEN: apiToken },
      ...{ DATA_DIR: join(folder, "data"), PORT: "0", POLL_SECONDS: "10", LOG_LEVEL: "error" },
    },
  });
