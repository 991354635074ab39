import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Defect, defects } from "./defects.ts";

/**
 * Plants one defect after the other into a copy of the sources and lets the property suite alone look for it. Fails where one
 * stays unseen. `node scripts/plant-defects.ts [runs] [seconds] [part of a name]`; each line of the output ends with the shortest history found.
 */
const [runs = "1000", seconds = "120", named = ""] = process.argv.slice(2);
const root = fileURLToPath(new URL("..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "milepost-defects-"));
for (const folder of ["src", "notion-templates", "test", "package.json"])
  cpSync(join(root, folder), join(copy, folder), { recursive: true });
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

const plant = (defect: Defect): (() => void) => {
  const path = join(copy, defect.file);
  const before = readFileSync(path, "utf8");
  if (!before.includes(defect.find))
    throw new Error(`${defect.file} has changed: ${defect.name} finds nothing`);
  writeFileSync(path, before.replace(defect.find, defect.replace));
  return () => writeFileSync(path, before);
};

type Found = {
  readonly failed: boolean;
  readonly runs: number;
  readonly error: string | null;
  readonly history: unknown;
};

const hunt = (): Found => {
  const child = spawnSync(process.execPath, ["test/properties/hunt.ts", runs, "1", seconds], {
    ...{ cwd: copy, encoding: "utf8", maxBuffer: 2 ** 26 },
  });
  const line = child.stdout.trim().split("\n").at(-1) ?? "";
  if (!line.startsWith("{")) throw new Error(`the suite did not run: ${child.stderr.slice(-2_000)}`);
  return JSON.parse(line) as Found;
};

const unseen: string[] = [];
const planted = defects.filter(({ name }) => name.includes(named));
for (const defect of planted) {
  const mend = plant(defect);
  const { failed, runs: tried, error, history } = hunt();
  mend();
  if (!failed) unseen.push(defect.name);
  const said = failed ? `seen after ${tried} runs: ${error?.split("\n")[0]}` : `NOT SEEN in ${tried} runs`;
  process.stdout.write(`${defect.name}: ${said}\n${failed ? `  ${JSON.stringify(history)}\n` : ""}`);
}
rmSync(copy, { recursive: true });
process.stdout.write(`${planted.length - unseen.length} of ${planted.length} defects seen\n`);
if (unseen.length > 0) process.exitCode = 1;
