import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Defect, defects } from "./defects.ts";

/**
 * Plants each defect into a copy of the sources and lets the property suite alone look for it, as many at a time as there
 * are cores. Fails where one stays unseen. `node scripts/plant-defects.ts [runs] [seconds] [part of a name] [shortest]`;
 * with `shortest` each line is followed by the shortest history found.
 */
const [runs = "5000", seconds = "240", named = "", shortest] = process.argv.slice(2);
const root = fileURLToPath(new URL("..", import.meta.url));

/** A copy of the sources with one defect in it. */
const planted = (defect: Defect): string => {
  const copy = mkdtempSync(join(tmpdir(), "milepost-defects-"));
  for (const folder of ["src", "notion-templates", "test", "package.json"])
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const path = join(copy, defect.file);
  const before = readFileSync(path, "utf8");
  if (before.split(defect.find).length !== 2)
    throw new Error(`${defect.file} has changed: ${defect.name} does not fit one place`);
  writeFileSync(
    path,
    before.replace(defect.find, () => defect.replace),
  );
  return copy;
};

type Found = {
  readonly failed: boolean;
  readonly runs: number;
  readonly error: string | null;
  readonly history: unknown;
};

const hunt = (cwd: string, suite: string): Promise<Found> =>
  new Promise((resolve, reject) => {
    const limits = [suite, runs, "1", seconds, ...(shortest === undefined ? [] : [shortest])];
    const child = spawn(process.execPath, ["test/properties/hunt.ts", ...limits], { cwd });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (part) => {
      said.stdout += part;
    });
    child.stderr.on("data", (part) => {
      said.stderr += part;
    });
    child.on("error", reject);
    child.on("close", () => {
      const line = said.stdout.trim().split("\n").at(-1) ?? "";
      if (line.startsWith("{")) resolve(JSON.parse(line) as Found);
      else reject(new Error(`the suite did not run: ${said.stderr.slice(-2_000)}`));
    });
  });

const unseen: string[] = [];
const look = async (defect: Defect): Promise<void> => {
  const copy = planted(defect);
  const startedAt = performance.now();
  try {
    const { failed, runs: tried, error, history } = await hunt(copy, defect.suite ?? "histories");
    if (!failed) unseen.push(defect.name);
    const took = `${Math.round((performance.now() - startedAt) / 1000)} s`;
    const said = failed ? `seen after ${tried} runs, ${took}: ${error?.split("\n")[0]}` : `NOT SEEN, ${took}`;
    process.stdout.write(`${defect.name}: ${said}\n`);
    if (failed && shortest !== undefined) process.stdout.write(`  ${JSON.stringify(history)}\n`);
  } finally {
    rmSync(copy, { recursive: true });
  }
};

const all = defects.filter(({ name }) => name.includes(named));
const waiting = [...all];
const work = async (): Promise<void> => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await look(next);
};
await Promise.all(Array.from({ length: availableParallelism() }, work));
process.stdout.write(`${all.length - unseen.length} of ${all.length} defects seen\n`);
if (unseen.length > 0) process.exitCode = 1;
