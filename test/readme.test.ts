import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fillTables } from "../scripts/readme-tables.ts";
import { behaviours } from "../scripts/workspace-behaviours.ts";

const root = new URL("../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

test("the README's tables say what the code's tables say (npm run readme writes them)", () => {
  expect(readme).toBe(fillTables(readme));
  expect(readme.match(/<!-- table: \w+ -->/g)).toHaveLength(10);
});

test("every file that the README names is there", () => {
  const named = [
    ...readme.matchAll(/`((?:src|docs|notion-templates|scripts)\/[\w./-]+)`|\]\((docs\/[\w./-]+)\)/g),
  ];
  const missing = named
    .map(([, code, link]) => code ?? link ?? "")
    .filter((path) => !existsSync(new URL(path, root)));
  expect(named.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

test.each(behaviours.flatMap(({ tests }) => tests))(
  "the test that the README names is there: %s, %s",
  (file, title) => {
    const path = new URL(`test/embedded/${file}`, root);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, "utf8")).toContain(`("${title}"`);
  },
);
