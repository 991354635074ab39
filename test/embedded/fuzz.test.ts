import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Operation } from "../../src/embedded/notion/api/operation.ts";
import { operations } from "../../src/embedded/notion/api/operations.ts";
import type { Random } from "../../src/ports.ts";
import { seededRandom } from "../support/seeded.ts";
import { type Fixture, filled, type Input, openFixture, unknownId } from "./contract/fixture.ts";
import { generatedInputs } from "./contract/generated.ts";
import { inputs } from "./contract/inputs.ts";
import { keyOf } from "./contract/tally.ts";

/** Each round fuzzes a fresh workspace, in which a request meets what the earlier ones left behind. */
const rounds = 10;
const wanted = 10_000;
const perOperation = Math.ceil(wanted / rounds / operations.length);
const seed = 20_261_121;

type Count = { sent: number; accepted: number };
const counts = new Map<string, Count>(operations.map(({ name }) => [name, { sent: 0, accepted: 0 }]));

const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new RangeError("there is nothing to pick from");
  return found;
};

const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, key: random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);

/** Bodies as no client of a library would send them. */
const rawBodies = [
  "{",
  "null",
  "[]",
  '"x"',
  "1",
  "",
  "\u0000",
  "{}{}",
  `${"[".repeat(5000)}`,
  '{"__proto__":{"a":1}}',
];
const versions = ["2026-03-11", "2025-09-03", "2022-06-28", "1999-01-01", ""];

type Sent = { operation: Operation; input: Input };

/** Ids that answers gave: later requests use them, so that the rounds work on what they made themselves. */
const createPool = (random: Random) => {
  const ids: string[] = [];
  return {
    learn(body: unknown): void {
      const id = (body as { id?: unknown }).id;
      if (typeof id === "string" && ids.length < 2000) ids.push(id);
    },
    some: (): string => (ids.length > 0 ? pick(random, ids) : unknownId),
  };
};
type Pool = ReturnType<typeof createPool>;

const urlOf = ({ operation, input }: Sent, random: Random, pool: Pool): string => {
  const params = (input.params ?? []).map((id) => (random() < 0.1 ? pool.some() : id));
  const url = new URL(`http://workspace/v1${filled(operation.path, params)}`);
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of [value].flat()) url.searchParams.append(name, one);
  }
  return url.href;
};

const requestOf = ({ operation, input }: Sent, { workspace }: Fixture, random: Random): RequestInit => {
  const tokens = {
    bot: workspace.tokens.bot,
    dana: workspace.tokens.people["Dana Reyes"] ?? "",
    nobody: "ntn_x",
  };
  const isOdd = random() < 0.05;
  const version = isOdd ? pick(random, versions) : "2026-03-11";
  const hasBody = operation.method !== "GET" && operation.method !== "DELETE";
  const body = isOdd ? pick(random, rawBodies) : JSON.stringify(input.body ?? {});
  return {
    method: operation.method,
    headers: { authorization: `Bearer ${tokens[input.as ?? "bot"]}`, "notion-version": version },
    ...(hasBody ? { body } : {}),
  };
};

const assertWellFormed = (sent: string, status: number, text: string): unknown => {
  const why = `${sent}\n${status} ${text.slice(0, 500)}`;
  const body: unknown = JSON.parse(text);
  expect(body, why).toBeTypeOf("object");
  if (status === 200 || status === 202) {
    const { object, templates } = body as { object?: unknown; templates?: unknown };
    expect(object === undefined ? Array.isArray(templates) : typeof object === "string", why).toBe(true);
    return body;
  }
  expect([400, 401, 403, 404], why).toContain(status);
  expect(body, why).toMatchObject({
    object: "error",
    status,
    code: expect.stringMatching(/^[a-z_]+$/),
    message: expect.stringMatching(/./),
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  return body;
};

/** Two of five are sent as they were picked by hand (the first half of a list is meant to be accepted), three are changed. */
const samplesFor = async (fixture: Fixture, operation: Operation, round: number): Promise<Sent[]> => {
  const key = keyOf(operation.method, operation.path);
  const handPicked = (await inputs[key]?.(fixture)) ?? [{ params: [fixture.row], body: {} }];
  const right = fc.constantFrom(...handPicked.slice(0, Math.ceil(handPicked.length / 2)));
  const made = generatedInputs(fixture, key, handPicked);
  const mix = fc.oneof({ weight: 2, arbitrary: right }, { weight: 3, arbitrary: made });
  const samples = fc.sample(mix, { numRuns: perOperation, seed: seed + round });
  return samples.map((input) => ({ operation, input }));
};

const fuzz = async (round: number): Promise<void> => {
  const fixture = await openFixture();
  const random = seededRandom(seed + round);
  const pool = createPool(random);
  const samples = [];
  for (const operation of operations) samples.push(...(await samplesFor(fixture, operation, round)));
  for (const [index, sent] of shuffled(random, samples).entries()) {
    const url = urlOf(sent, random, pool);
    const init = requestOf(sent, fixture, random);
    const response = await fixture.workspace.fetch(url, init);
    const text = await response.text();
    const body = assertWellFormed(
      `${init.method} ${url} ${String(init.body).slice(0, 1000)}`,
      response.status,
      text,
    );
    pool.learn(body);
    const count = counts.get(sent.operation.name) ?? { sent: 0, accepted: 0 };
    count.sent++;
    if (response.status < 300) count.accepted++;
    if (index % 100 === 99) await fixture.clock.advance(20_000);
  }
  expect(fixture.workspace.control.requests().length).toBeLessThanOrEqual(10_000);
  await fixture.workspace.close();
};

const total = (key: keyof Count): number => [...counts.values()].reduce((sum, count) => sum + count[key], 0);

describe("whatever arrives", () => {
  afterAll(() => {
    const least = Math.min(...[...counts.values()].map(({ sent }) => sent));
    process.stdout.write(
      `Fuzz: ${total("sent")} requests over ${counts.size} operations, at least ${least} each; ${total("accepted")} accepted\n`,
    );
  });

  it.each(Array.from({ length: rounds }, (_, round) => round))(
    "is answered as Notion would, never with a 500, a hang or a malformed answer (round %i)",
    fuzz,
    20_000,
  );

  it("was enough, of every operation, and often accepted", () => {
    expect(total("sent")).toBeGreaterThanOrEqual(wanted);
    for (const [name, { sent }] of counts) expect(sent, name).toBeGreaterThanOrEqual(50);
    expect(total("accepted") / total("sent")).toBeGreaterThanOrEqual(0.3);
  });

  it("leaves a request log that forgets what is old", async () => {
    const { workspace } = await openFixture();
    for (let index = 0; index < 10_100; index++) await workspace.fetch("http://workspace/v1/nothing");
    const requests = workspace.control.requests();
    expect(requests).toHaveLength(10_000);
    expect(requests[0]?.seq).toBeGreaterThan(100);
  });
});
