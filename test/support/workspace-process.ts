import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startScript } from "./child-script.ts";

/** Runs an embedded workspace in another process as long as the tests of a project run, and tells them where it is. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-worker-"));
  // All tests share one workspace in real time; the smaller plan's requests of a minute would hold them up.
  const given = ["--port", "0", "--empty", "--plan", "business", "--data", folder];
  const child = startScript("scripts/workspace.ts", {
    arguments: given,
    env: { LOG_LEVEL: "error" },
    folder,
  });
  project.provide("workspace", JSON.parse(await child.firstLine));
  return async () => {
    child.signal("SIGTERM");
    await child.ended;
    rmSync(folder, { recursive: true });
  };
};
