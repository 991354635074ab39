import { afterEach, beforeEach, expect, test } from "vitest";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { buildWorld, publicUrl, tuesdayMorning, type World } from "../support/world.ts";

let world: World;
/** Whether each look at the clock finds it 1 ms further on, as in a round that takes its time. */
let creeps: boolean;

beforeEach(async () => {
  creeps = false;
  let crept = 0;
  const still = createVirtualClock(tuesdayMorning);
  const now = (): number => {
    if (creeps) crept += 1;
    return still.now() + crept;
  };
  const built = buildWorld(
    { webhooks: false, pollSeconds: 3_600 },
    {
      ...{ clock: { ...still, now }, notionUrl: () => "http://notion.test", milepostUrl: publicUrl },
      notion: (workspace) => workspace.fetch,
      deliver: (service) => async (input, init) => service().app.fetch(new Request(input, init)),
    },
  );
  world = built;
  built.start();
  await world.pass(300_000);
});
afterEach(() => world.close());

test("what falls due while a round comes to its end is not put off to the next thing that is planned", async () => {
  const { store, clock } = world;
  creeps = true;
  for (let ahead = 1; ahead <= 30; ahead++) {
    const dueAt = clock.now() + ahead;
    store.exec("UPDATE polls SET due_at = ?", dueAt + 3_600_000);
    store.exec("UPDATE polls SET due_at = ? WHERE database = 'risks'", dueAt);
    const next = await world.service().round();
    const [polls] = store.exec("SELECT min(due_at) AS due FROM polls");
    expect(next, `due ${ahead} ms after the round began`).toBeLessThanOrEqual(Number(polls?.due));
  }
});
