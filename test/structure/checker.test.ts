import { expect, it } from "vitest";
import { readSources, readTree } from "./source.ts";

it("the checker of stories takes nothing of the product's code, so that it does not share its mistakes", () => {
  const imports = [...readSources(readTree("test/support/checker"))].flatMap(([, source]) =>
    source.imports.map(({ from }) => from),
  );
  const foreign = imports.filter((from) => !/^\.\/|\/notion-templates\/databases\.ts$/.test(from));
  expect(foreign).toEqual([]);
  expect(imports).toContain("./structure.ts");
});
