import { describe, expect, it } from "vitest";
import { readSources, readTree, type Source, type SourceFiles } from "./source.ts";

const fileLimit = 200;
const functionLimit = 40;

/**
 * A table may be as long as its subject. Every file of notion-templates is one; elsewhere a file counts as one while
 * its functions are small (10 lines at most) and few (a quarter of its lines at most): the rest is data and types.
 */
const isTable = (path: string, lines: number, source: Source): boolean =>
  path.startsWith("notion-templates/") ||
  (source.functions.every((one) => one.lines <= 10) && source.functionLines * 4 <= lines);

const sizeViolations = (files: SourceFiles): readonly string[] =>
  [...readSources(files)].flatMap(([path, source]) => {
    const lines = files.get(path)?.trimEnd().split("\n").length ?? 0;
    const tooLong = source.functions
      .filter((one) => one.lines > functionLimit)
      .map((one) => `${path}:${one.line} ${one.name} has ${one.lines} lines, ${functionLimit} are allowed`);
    return lines <= fileLimit || isTable(path, lines, source)
      ? tooLong
      : [`${path} has ${lines} lines, ${fileLimit} are allowed`, ...tooLong];
  });

const check = (path: string, text: string) => sizeViolations(new Map([[path, text]]));
const rows = (count: number) => `export const table = [\n${"  1,\n".repeat(count)}];\n`;
const body = (count: number) => "  step();\n".repeat(count);

describe("sizes", () => {
  it("stay within 200 lines a file and 40 a function in the whole repository", () => {
    expect(sizeViolations(readTree("src", "notion-templates", "scripts"))).toEqual([]);
  });

  it.each([
    ["an arrow function", (text: string) => `export const long = () => {\n${text}};\n`],
    ["a declared function", (text: string) => `export function long() {\n${text}}\n`],
    ["a method", (text: string) => `export const a = {\nlong() {\n${text}},\n};\n`],
    [
      "a function in another",
      (text: string) => `export const long = () => {\n${text}};\n`.replace("step();", "() => {\n};"),
    ],
  ])("count the lines of %s", (_what, around) => {
    expect(check("src/engine/a.ts", around(body(37)))).toEqual([]);
    expect(check("src/engine/a.ts", around(body(39)))[0]).toMatch(
      /^src\/engine\/a\.ts:[12] long has 4[12] lines, 40 are allowed$/,
    );
  });

  it("find a file that is too long", () => {
    const small = "const step = () => {\n  a();\n};\n";
    expect(check("src/engine/a.ts", small.repeat(66))).toEqual([]);
    expect(check("src/engine/a.ts", small.repeat(67))).toEqual([
      "src/engine/a.ts has 201 lines, 200 are allowed",
    ]);
  });

  it("let a table be longer, but not with much code beside it", () => {
    const code = `export const run = () => {\n${body(20)}};\n`;
    expect(check("src/embedded/operations.ts", rows(300))).toEqual([]);
    expect(check("src/embedded/operations.ts", rows(300) + code)).toHaveLength(1);
    expect(check("notion-templates/databases/projects.ts", rows(300) + code)).toEqual([]);
  });
});
