import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { check } from "../support/checker/check.ts";
import { botWrites, type Files } from "../support/checker/facts.ts";
import type { Story } from "../support/checker/story.ts";
import { copyOf } from "../support/copy-database.ts";
import { acts, type Outcome, outcomeOf, type Step, untilQuiet, untold } from "../support/scenario.ts";
import { createWorld, tuesdayMorning, type World } from "../support/world.ts";

/** `npm run test:long` polls at the usual pace, and plays the story to its end from every stop. */
const { LONG } = process.env;
const pollSeconds = LONG ? 60 : 3600;
const twoPolls = 2 * pollSeconds * 1_000;

type Databases = { readonly workspace: Database; readonly store: Database };
/** A moment: everything that outlives a process, and how far time and people had come. */
type Moment = { readonly databases: Databases; readonly at: number; readonly story: Story };

const copyOfAll = ({ workspace, store }: Databases): Databases => ({
  workspace: copyOf(workspace),
  store: copyOf(store),
});
const close = ({ databases }: Moment): void => {
  for (const database of Object.values(databases)) database.close();
};

let worlds = 0;
/** A new process goes on from a moment; nothing that it draws by chance was drawn before. */
const goOn = ({ databases, at }: Moment, probe?: (point: string) => void): World => {
  worlds += 1;
  const webhooks = at === tuesdayMorning;
  return createWorld({
    ...{ databases, startAt: at, seed: 2 * worlds, webhooks, pollSeconds },
    ...(probe && { probe }),
  });
};

/** What every act begins with, and what people see at its end, when nothing stops. */
const begins: Moment[] = [];
const outcomes: (Outcome | null)[] = [];

beforeAll(async () => {
  const empty = { workspace: openNodeDatabase(":memory:"), store: openNodeDatabase(":memory:") };
  let moment: Moment = { databases: empty, at: tuesdayMorning, story: untold };
  for (const { step } of acts) {
    begins.push({ ...moment, databases: copyOfAll(moment.databases) });
    const world = goOn(moment);
    const story = await step(world, moment.story);
    await world.pass(untilQuiet);
    outcomes.push(await outcomeOf(world, story));
    moment = { databases: moment.databases, at: world.clock.now(), story };
  }
  close(moment);
});
afterAll(() => begins.forEach(close));

const changes = ({ workspace, store }: Databases): string =>
  JSON.stringify([store.exec("SELECT total_changes()"), workspace.exec("SELECT max(seq) FROM journal")]);

type Stop = Moment & { readonly probe: string };

/**
 * Plays one act, and keeps what a process would leave that stops there, at each of its probes; between two of them where
 * nothing was stored and nothing became of Notion's pages they would leave the same.
 */
const stopsIn = async (step: Step, begin: Moment): Promise<readonly Stop[]> => {
  const databases = copyOfAll(begin.databases);
  const stops: Stop[] = [];
  let { story } = begin;
  let [count, known] = [0, ""];
  let clock = { now: () => begin.at };
  const probe = (point: string): void => {
    count += 1;
    const state = changes(databases);
    if (state !== known)
      stops.push({ databases: copyOfAll(databases), at: clock.now(), story, probe: `${point}, ${count}` });
    known = state;
  };
  const world = goOn({ ...begin, databases }, probe);
  clock = world.clock;
  story = await step(world, begin.story);
  // What the process stored before people came is the end of the act before, which here was setup or nothing.
  if (story !== begin.story) stops.splice(0).forEach(close);
  known = "";
  await world.pass(untilQuiet);
  world.close();
  return stops;
};

/** What is wrong once all has come to rest. */
const faultsAtRest = async (world: World, story: Story, expected: Outcome | null): Promise<unknown[]> => {
  await world.pass(untilQuiet);
  const files: Files = { workspace: world.workspaceDatabase.exec, milepost: world.store.exec };
  const outcome = await outcomeOf(world, story);
  const faults: unknown[] = check(files, story);
  if (JSON.stringify(outcome) !== JSON.stringify(expected)) faults.push(outcome);
  const written = botWrites(files).length;
  await world.pass(twoPolls);
  if (botWrites(files).length > written) faults.push("Milepost went on writing");
  return faults;
};

test.each(acts.map(({ when }, nth) => [when, nth] as const))(
  "a process that stops anywhere %s leaves nothing doubled and nothing lost",
  { timeout: LONG ? 3_600_000 : 60_000 },
  async (_when, nth) => {
    const [act, begin] = [acts[nth], begins[nth]];
    if (!act || !begin) throw new Error("no such act");
    const found: Record<string, unknown> = {};
    const stops = await stopsIn(act.step, begin);
    for (const stop of stops) {
      const world = goOn(stop);
      let { story } = stop;
      const faults = await faultsAtRest(world, story, outcomes[nth] ?? null);
      for (const later of LONG ? acts.keys().drop(nth + 1) : []) {
        story = (await acts[later]?.step(world, story)) ?? story;
        faults.push(...(await faultsAtRest(world, story, outcomes[later] ?? null)));
      }
      if (faults.length > 0) found[stop.probe] = faults;
      world.close();
    }
    expect(found).toEqual({});
    expect(stops.length).toBeGreaterThan(10);
  },
);
