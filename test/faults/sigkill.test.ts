import { beforeAll, test } from "vitest";
import { check } from "../support/checker/check.ts";
import { botWrites, type Files } from "../support/checker/facts.ts";
import type { KillPoint } from "../support/child.ts";
import { type ChildWorld, createChildWorld } from "../support/child-world.ts";
import { type Outcome, outcomeOf, playMoves, untilQuiet } from "../support/scenario.ts";

const kills = Array.from({ length: 25 }, (_, index) => index);

/** Requests after which Notion has something that is not stored here yet. */
const creates = ["createPage", "createDatabase", "createView", "createRow", "createComment"];
const edits = ["addProperties", "updatePage", "updateComment"];

/** Two more polls of every database, at the pace of one a minute. */
const twoPolls = 2 * 60_000;

const filesOf = ({ workspaceDatabase, store }: ChildWorld): Files => ({
  workspace: workspaceDatabase.exec,
  milepost: store.exec,
});

/** From an empty workspace: setup, then the moves of a project. */
const play = async (killAt: KillPoint | null) => {
  const world = await createChildWorld(killAt);
  try {
    await world.pass(untilQuiet);
    return { world, story: await playMoves(world) };
  } catch (error) {
    await world.close();
    throw error;
  }
};

/** After the first and the last answer to each kind of write, before any of it is stored; the others are spread evenly over the run. */
const choose = (probes: readonly string[]): KillPoint[] => {
  const indexes = new Set<number>();
  for (const operation of [...creates, ...edits]) {
    const answered = `notion.${operation}.after`;
    indexes.add(probes.indexOf(answered)).add(probes.lastIndexOf(answered));
  }
  const others = kills.length - indexes.size;
  for (let nth = 0; nth < others; nth += 1) indexes.add(Math.floor(((nth + 0.5) * probes.length) / others));
  return [...indexes]
    .sort((one, other) => one - other)
    .map((index) => ({ index: index + 1, point: probes[index] ?? "never" }));
};

let points: readonly KillPoint[] = [];
let undisturbed: Outcome;

beforeAll(async () => {
  const { world, story } = await play(null);
  points = choose(world.probes);
  undisturbed = await outcomeOf(world, story);
  await world.close();
}, 180_000);

test.concurrent.for(kills)(
  "nothing is doubled and nothing is lost when the process is killed at point %i of 25",
  { timeout: 180_000 },
  async (nth, { expect }) => {
    const point = points[nth];
    if (!point) throw new Error("two of the chosen points are one");
    const { world, story } = await play(point);
    try {
      expect(world.killed()).toBe(true);
      expect(check(filesOf(world), story)).toEqual([]);
      expect(await outcomeOf(world, story)).toEqual(undisturbed);
      const written = botWrites(filesOf(world)).length;
      await world.pass(twoPolls);
      expect(botWrites(filesOf(world))).toHaveLength(written);
    } finally {
      await world.close();
    }
  },
);
