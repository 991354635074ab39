import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { operations } from "../../../src/embedded/notion/api/operations.ts";
import { closedHalves, deviations } from "./deviations.ts";
import { type Input, openFixture, type Sender } from "./fixture.ts";
import { generatedInputs } from "./generated.ts";
import { inputs } from "./inputs.ts";
import { documentPath, hasDocument, officialCheck } from "./official-document.ts";
import { failuresOf, keyOf, summary, tallied } from "./tally.ts";

/** Without the document nothing can be held against it: on a person's machine that is said, in CI it is a failure. */
const withoutDocument = process.env.CI ? "fail" : "skip";

/** Requests made up for each operation, the same on every run. */
const generated = { numRuns: 100, seed: 20_260_311 };

/** Operations of the version before data sources existed; the document describes 2026-03-11 alone. */
const current = operations.filter(({ until }) => until === undefined);

const check = async (send: Sender, method: string, path: string, input: Input): Promise<void> => {
  const answer = await send(method, path, input);
  const failures = failuresOf(method, path, answer);
  if (failures.length === 0) return;
  const shown = JSON.stringify(answer.body).slice(0, 2000);
  expect.fail(
    `${method} ${path} ${JSON.stringify(input)}\n${answer.status} ${shown}\n${failures.join("\n")}`,
  );
};

if (!hasDocument) {
  describe("the official document", () => {
    it.skipIf(withoutDocument === "skip")("is at hand", () => {
      expect.fail(`there is no ${documentPath}`);
    });
    process.stdout.write(`The contract was not checked: there is no ${documentPath}\n`);
  });
}

describe.skipIf(!hasDocument)("every answer is one that Notion documents", () => {
  afterAll(() => {
    const lines = [
      "Deviations:",
      `- ${closedHalves}`,
      ...deviations.map(({ at, why }) => `- ${at.join(" ")}: ${why}`),
    ];
    process.stdout.write(`${[...summary(), ...lines].join("\n")}\n`);
  });

  for (const { name, method, path } of current) {
    const key = keyOf(method, path);
    it(`of ${name}`, async () => {
      const fixture = await openFixture();
      const handPicked = (await inputs[key]?.(fixture)) ?? [];
      for (const input of handPicked) await check(fixture.send, method, path, input);
      expect(tallied(key).accepted, "answers of success").toBeGreaterThan(0);
      expect(tallied(key).refused, "answers of refusal").toBeGreaterThan(0);
      const property = fc.asyncProperty(generatedInputs(fixture, key, handPicked), (input) =>
        check(fixture.send, method, path, input),
      );
      await fc.assert(property, generated);
    });
  }

  it("which a wrong answer is not", async () => {
    const { send, row } = await openFixture();
    const { status, body } = await send("GET", "/pages/:page_id", { params: [row] });
    const failures = (changes: object): string[] =>
      officialCheck().failures("GET", "/pages/:page_id", status, { ...(body as object), ...changes });
    expect(failures({})).toEqual([]);
    for (const wrong of [{ id: "x" }, { extra: 1 }, { in_trash: null }, { parent: { type: "page_id" } }]) {
      expect(failures(wrong), JSON.stringify(wrong)).not.toEqual([]);
    }
  });
});
