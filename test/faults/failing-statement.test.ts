import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/ports.ts";
import { MilepostError } from "../../src/types/errors.ts";
import {
  closeMoment,
  copyOfAll,
  faultsAtRest,
  goOn,
  type Moment,
  playUndisturbed,
  type Undisturbed,
} from "../support/moments.ts";
import { acts, type Step, untilQuiet } from "../support/scenario.ts";
import type { World } from "../support/world.ts";

/** `npm run test:long` lets every write of every act fail; otherwise every other one of an act that is refused. */
const { LONG } = process.env;
const every = LONG ? 1 : 2;
const pollSeconds = 3_600;
const twoPolls = 2 * pollSeconds * 1_000;
const failing = acts.flatMap(({ when }, nth) => (LONG || nth === 2 ? [[when, nth] as const] : []));

let undisturbed: Undisturbed;
beforeAll(async () => {
  undisturbed = await playUndisturbed({ pollSeconds });
});
afterAll(() => undisturbed.begins.forEach(closeMoment));

/** SQLite, but from when it is armed its n-th write or commit fails as on a full disk. */
type FailingDatabase = {
  readonly database: Database;
  readonly arm: (nth: number) => void;
  readonly count: () => number;
};

const failingAt = (database: Database): FailingDatabase => {
  let [count, failsAt] = [0, Number.POSITIVE_INFINITY];
  const mayFail = (): void => {
    count += 1;
    if (count === failsAt) throw new MilepostError("store_unwritable", "milepost.sqlite: SQLITE_FULL");
  };
  const exec: Database["exec"] = (sql, ...params) => {
    if (!/^\s*SELECT\b/i.test(sql)) mayFail();
    return database.exec(sql, ...params);
  };
  const transaction: Database["transaction"] = (fn) =>
    database.transaction(() => {
      const result = fn();
      mayFail();
      return result;
    });
  const arm = (nth: number): void => {
    [count, failsAt] = [0, nth];
  };
  return { database: { exec, transaction, close: database.close }, arm, count: () => count };
};

/** Plays one act with the n-th write failing. */
const play = async (step: Step, begin: Moment, nth: number) => {
  const databases = copyOfAll(begin.databases);
  const store = failingAt(databases.store);
  const world: World = goOn(
    { ...begin, databases: { ...databases, store: store.database } },
    { pollSeconds },
  );
  const story = await step(world, begin.story);
  store.arm(nth);
  await world.pass(untilQuiet);
  return { world, story, writes: store.count() };
};

test.each(failing)(
  "F45: whichever write to the store fails %s, nothing is doubled and nothing is lost",
  { timeout: LONG ? 3_600_000 : 180_000 },
  async (_when, nth) => {
    const { begins, outcomes } = undisturbed;
    const [act, begin] = [acts[nth], begins[nth]];
    if (!act || !begin) throw new Error("no such act");
    const { world: unharmed, writes } = await play(act.step, begin, 0);
    unharmed.close();
    expect(writes).toBeGreaterThan(20);
    const found: Record<string, unknown> = {};
    for (let write = 1; write <= writes; write += every) {
      const { world, story } = await play(act.step, begin, write);
      const faults = await faultsAtRest(world, story, outcomes[nth] ?? null, twoPolls);
      if (faults.length > 0) found[`write ${write} of ${writes}`] = faults;
      world.close();
    }
    expect(found).toEqual({});
  },
);
