import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Probe } from "../../src/ports.ts";
import { check } from "../support/checker/check.ts";
import { botWrites } from "../support/checker/facts.ts";
import { type Outcome, outcomeOf, playMoves, untilQuiet } from "../support/scenario.ts";
import { createWorld, type World } from "../support/world.ts";

/**
 * A process that stops leaves behind what is stored and what Notion has. Two probes between which neither changes are the
 * same stop, so the first probe of each state stands for all of them. Counts and due times change with every request and
 * every round, and decide nothing but when the next one comes; they do not make a state of their own.
 */
const bookkeeping = { tables: ["polls", "counters", "inbox"], facts: ["throttle", "last_round"] };

const stateOf = ({ store, workspaceDatabase }: World): string => {
  const hash = createHash("sha256");
  hash.update(JSON.stringify(workspaceDatabase.exec("SELECT max(seq) FROM journal")));
  for (const { name } of store.exec("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    if (bookkeeping.tables.includes(String(name))) continue;
    hash.update(
      JSON.stringify(
        store.exec(`SELECT * FROM "${name}"`).filter((row) => !bookkeeping.facts.includes(String(row.key))),
      ),
    );
  }
  return hash.digest("hex");
};

/** Two more polls of every database, at the pace of one a minute. */
const twoPolls = 2 * 60_000;

class Dropped extends Error {}

/** Plays the moves on a workspace that is set up; a process that drops is followed by one that does not. */
const play = async (probeOf: (world: World) => Probe) => {
  const world = createWorld();
  await world.pass(untilQuiet);
  const goOn = (error: unknown): void => {
    if (!(error instanceof Dropped)) throw error;
    world.restart();
  };
  try {
    world.restart(probeOf(world));
  } catch (error) {
    goOn(error);
  }
  const pass = async (forMs: number): Promise<void> => {
    const end = world.clock.now() + forMs;
    await world.pass(forMs).catch(goOn);
    await world.pass(end - world.clock.now());
  };
  return { world, story: await playMoves({ as: world.as, pass }) };
};

/** Gone at the probe and ever after: whoever catches the error finds nothing that works any more. */
const dropAt = (index: number): Probe => {
  let count = 0;
  return () => {
    count += 1;
    if (count >= index) throw new Dropped();
  };
};

const drops: { readonly index: number; readonly point: string }[] = [];
let undisturbed: Outcome;

beforeAll(async () => {
  const states = new Set<string>();
  let count = 0;
  const { world, story } = await play((counted) => (point) => {
    count += 1;
    const state = stateOf(counted);
    if (!states.has(state)) drops.push({ index: count, point });
    states.add(state);
  });
  undisturbed = await outcomeOf(world, story);
  world.close();
});

test("a process that stops anywhere leaves nothing doubled and nothing lost", {
  timeout: 180_000,
}, async () => {
  const faults: Record<string, unknown> = {};
  for (const { index, point } of drops) {
    const { world, story } = await play(() => dropAt(index));
    const files = { workspace: world.workspaceDatabase.exec, milepost: world.store.exec };
    const written = botWrites(files).length;
    const found: unknown[] = check(files, story);
    const outcome = await outcomeOf(world, story);
    if (JSON.stringify(outcome) !== JSON.stringify(undisturbed)) found.push(outcome);
    await world.pass(twoPolls);
    if (botWrites(files).length > written) found.push("Milepost went on writing");
    if (found.length > 0) faults[`${point}, ${index}`] = found;
    world.close();
  }
  expect(faults).toEqual({});
  // Each of the story's 18 writes to Notion and what is stored around it.
  expect(drops.length).toBeGreaterThan(50);
});
