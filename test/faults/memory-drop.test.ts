import { afterAll, beforeAll, expect, test } from "vitest";
import {
  closeMoment,
  copyOfAll,
  type Databases,
  faultsAtRest,
  goOn,
  type Moment,
  playUndisturbed,
  type Undisturbed,
} from "../support/moments.ts";
import { acts, type Step, untilQuiet } from "../support/scenario.ts";

/** `npm run test:long` polls at the usual pace, and plays the story to its end from every stop. */
const { LONG } = process.env;
const pollSeconds = LONG ? 60 : 3600;
const twoPolls = 2 * pollSeconds * 1_000;

let undisturbed: Undisturbed;
beforeAll(async () => {
  undisturbed = await playUndisturbed({ pollSeconds });
});
afterAll(() => undisturbed.begins.forEach(closeMoment));

const changes = ({ workspace, store }: Databases): string =>
  JSON.stringify([store.exec("SELECT total_changes()"), workspace.exec("SELECT max(seq) FROM journal")]);

type Stop = Moment & { readonly point: string };

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
      stops.push({ databases: copyOfAll(databases), at: clock.now(), story, point: `${point}, ${count}` });
    known = state;
  };
  const world = goOn({ ...begin, databases }, { pollSeconds, probe });
  clock = world.clock;
  story = await step(world, begin.story);
  // What the process stored before people came is the end of the act before.
  if (story !== begin.story) stops.splice(0).forEach(closeMoment);
  known = "";
  await world.pass(untilQuiet);
  world.close();
  return stops;
};

/** Setup makes dozens of views and databases, each as the one before: the usual run looks at some stops of each kind. */
const someOfEach = (stops: readonly Stop[]): readonly Stop[] => {
  const kinds = Map.groupBy(stops, ({ point }) => point.split(",")[0]);
  const chosen = new Set([...kinds.values()].flatMap((all) => [...all.slice(0, 3), ...all.slice(-1)]));
  for (const stop of stops) if (!chosen.has(stop)) closeMoment(stop);
  return [...chosen];
};

test.each(acts.map(({ when }, nth) => [when, nth] as const))(
  "F42: a process that stops anywhere %s leaves nothing doubled and nothing lost",
  { timeout: LONG ? 3_600_000 : 180_000 },
  async (_when, nth) => {
    const { begins, outcomes } = undisturbed;
    const [act, begin] = [acts[nth], begins[nth]];
    if (!act || !begin) throw new Error("no such act");
    const found: Record<string, unknown> = {};
    const stops = await stopsIn(act.step, begin);
    for (const stop of LONG ? stops : someOfEach(stops)) {
      const world = goOn(stop, { pollSeconds });
      let { story } = stop;
      const faults = await faultsAtRest(world, story, outcomes[nth] ?? null, twoPolls);
      for (const later of LONG ? acts.keys().drop(nth + 1) : []) {
        story = (await acts[later]?.step(world, story)) ?? story;
        faults.push(...(await faultsAtRest(world, story, outcomes[later] ?? null, twoPolls)));
      }
      if (faults.length > 0) found[stop.point] = faults;
      world.close();
    }
    expect(found).toEqual({});
    expect(stops.length).toBeGreaterThan(10);
  },
);
