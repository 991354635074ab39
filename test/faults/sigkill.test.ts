import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, type ExpectStatic, test } from "vitest";
import { check } from "../support/checker/check.ts";
import { botWrites, type Files } from "../support/checker/facts.ts";
import type { Story } from "../support/checker/story.ts";
import type { KillPoint } from "../support/child.ts";
import { type ChildWorld, createChildWorld, type LeftBehind, leaveBehind } from "../support/child-world.ts";
import { acts, type Outcome, outcomeOf, untilQuiet, untold } from "../support/scenario.ts";

/** `npm run test:long` kills the process wherever it leaves something else behind. */
const { LONG } = process.env;
const kills = Array.from({ length: 40 }, (_, index) => index);

/** Requests after which Notion has something that is not stored here yet. */
const creates = ["createPage", "createDatabase", "createView", "createRow", "createComment"];
const edits = ["addProperties", "updatePage", "updateComment"];
const writes = [...creates, ...edits].map((operation) => `notion.${operation}.after`);

const pollSeconds = 600;
const twoPolls = 2 * pollSeconds * 1_000;
const settings = { POLL_SECONDS: String(pollSeconds) };

const filesOf = ({ workspaceDatabase, store }: ChildWorld): Files => ({
  workspace: workspaceDatabase.exec,
  milepost: store.exec,
});

type Act = {
  readonly step: (typeof acts)[number]["step"];
  readonly begin: { readonly left: LeftBehind | null; readonly story: Story };
  readonly outcome: Outcome | null;
};
type Kill = { readonly act: Act; readonly at: KillPoint };

let folder: string;

/** Plays all acts undisturbed, each with a process of its own; where killing it would leave something else behind. */
const playAll = async (): Promise<Kill[]> => {
  const found: Kill[] = [];
  let begin: Act["begin"] = { left: null, story: untold };
  for (const { step } of acts) {
    const world = await createChildWorld(null, settings, begin.left);
    const story = await step(world, begin.story);
    await world.pass(untilQuiet);
    const act = { step, begin, outcome: await outcomeOf(world, story) };
    begin = { left: leaveBehind(world, folder), story };
    const { probes, stored } = world;
    for (const [index, point] of probes.entries())
      if (stored.includes(index + 1) || writes.includes(point))
        found.push({ act, at: { index: index + 1, point } });
    await world.close();
  }
  return found;
};

/** After the first and the last answer to each kind of write, before any of it is stored; the others are spread evenly. */
const spread = (all: readonly Kill[]): Kill[] => {
  const chosen = new Set<number>();
  for (const write of writes) {
    chosen.add(all.findIndex(({ at }) => at.point === write));
    chosen.add(all.findLastIndex(({ at }) => at.point === write));
  }
  chosen.delete(-1);
  const free = [...all.keys()].filter((index) => !chosen.has(index));
  const others = kills.length - chosen.size;
  for (let nth = 0; nth < others; nth += 1)
    chosen.add(free[Math.floor(((nth + 0.5) * free.length) / others)] ?? -1);
  return [...chosen].map((index) => all[index]).filter((kill) => kill !== undefined);
};

let chosen: readonly Kill[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "milepost-kills-"));
  const all = await playAll();
  // Which webhook comes when differs from run to run; where every probe is met, it need not be the counted one.
  chosen = LONG ? all.map(({ act, at }) => ({ act, at: { ...at, point: "" } })) : spread(all);
}, 180_000);
afterAll(() => {
  for (const left of new Set(chosen.map(({ act }) => act.begin.left))) left?.workspace.close();
  rmSync(folder, { recursive: true });
});

const killOnce = async ({ act, at }: Kill, expect: ExpectStatic): Promise<void> => {
  const { begin, step, outcome } = act;
  const world = await createChildWorld(at, settings, begin.left);
  try {
    const story = await step(world, begin.story);
    await world.pass(untilQuiet);
    expect(world.killed()).toBe(true);
    expect(check(filesOf(world), story)).toEqual([]);
    expect(await outcomeOf(world, story)).toEqual(outcome);
    const written = botWrites(filesOf(world)).length;
    await world.pass(twoPolls);
    expect(botWrites(filesOf(world))).toHaveLength(written);
  } finally {
    await world.close();
  }
};

test.concurrent.for(kills)(
  "nothing is doubled and nothing is lost when the process is killed at point %i of 40",
  { timeout: LONG ? 3_600_000 : 180_000 },
  async (nth, { expect }) => {
    const own = chosen.filter((_kill, index) => index % kills.length === nth);
    expect(own.length).toBeGreaterThan(0);
    for (const kill of own) await killOnce(kill, expect);
  },
);
