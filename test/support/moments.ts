import type { Database } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { check } from "./checker/check.ts";
import { botWrites, type Files } from "./checker/facts.ts";
import type { Story } from "./checker/story.ts";
import { copyOf } from "./copy-database.ts";
import { acts, type Outcome, outcomeOf, untilQuiet, untold } from "./scenario.ts";
import { createWorld, tuesdayMorning, type World, type WorldOptions } from "./world.ts";

export type Databases = { readonly workspace: Database; readonly store: Database };
/** Everything that outlives a process, and how far time and people had come. */
export type Moment = { readonly databases: Databases; readonly at: number; readonly story: Story };

export const copyOfAll = ({ workspace, store }: Databases): Databases => ({
  workspace: copyOf(workspace),
  store: copyOf(store),
});
export const closeMoment = ({ databases }: Moment): void => {
  for (const database of Object.values(databases)) database.close();
};

let worlds = 0;
/** A new process goes on from a moment, on its very databases; nothing that it draws by chance was drawn before. */
export const goOn = ({ databases, at }: Moment, options: WorldOptions = {}): World => {
  worlds += 1;
  const webhooks = at === tuesdayMorning;
  return createWorld({ databases, startAt: at, seed: 2 * worlds, webhooks, ...options });
};

/** What every act begins with, and what people see at its end, when nothing fails. */
export type Undisturbed = {
  readonly begins: readonly Moment[];
  readonly outcomes: readonly (Outcome | null)[];
};

export const playUndisturbed = async (options: WorldOptions): Promise<Undisturbed> => {
  const begins: Moment[] = [];
  const outcomes: (Outcome | null)[] = [];
  const empty = { workspace: openNodeDatabase(":memory:"), store: openNodeDatabase(":memory:") };
  let moment: Moment = { databases: empty, at: tuesdayMorning, story: untold };
  for (const { step } of acts) {
    begins.push({ ...moment, databases: copyOfAll(moment.databases) });
    const world = goOn(moment, options);
    const story = await step(world, moment.story);
    await world.pass(untilQuiet);
    outcomes.push(await outcomeOf(world, story));
    moment = { databases: moment.databases, at: world.clock.now(), story };
  }
  closeMoment(moment);
  return { begins, outcomes };
};

/** What is wrong once all has come to rest; `twoPollsMs` is time for two more polls of every database. */
export const faultsAtRest = async (
  world: World,
  story: Story,
  expected: Outcome | null,
  twoPollsMs: number,
): Promise<unknown[]> => {
  await world.pass(untilQuiet);
  const isAsExpected = async (): Promise<boolean> =>
    JSON.stringify(await outcomeOf(world, story)) === JSON.stringify(expected);
  // An event that was on its way when the process stopped may be gone; the next poll finds what it told of.
  if (!(await isAsExpected())) await world.pass(twoPollsMs);
  const files: Files = { workspace: world.workspaceDatabase.exec, milepost: world.store.exec };
  const outcome = await outcomeOf(world, story);
  const faults: unknown[] = check(files, story);
  if (JSON.stringify(outcome) !== JSON.stringify(expected)) faults.push(outcome);
  const written = botWrites(files).length;
  await world.pass(twoPollsMs);
  if (botWrites(files).length > written) faults.push("Milepost went on writing");
  return faults;
};
