import { test, expect } from "vitest";
import { createWorld } from "../support/world.ts";
import { playMoves, untilQuiet } from "../support/scenario.ts";
import { check } from "../support/checker/check.ts";
import { createChildWorld } from "../support/child-world.ts";
test("one", async () => {
  for (let i = 0; i < 3; i++) {
  let t = performance.now();
  const world = createWorld();
  await world.pass(untilQuiet);
  console.log("setup", Math.round(performance.now()-t));
  t = performance.now();
  const states = new Map<string, string>(); let n = 0; const names: string[] = [];
  world.restart((p) => { n++; const k = String(world.store.exec("SELECT total_changes() AS n")[0]?.n) + "|" + world.workspaceDatabase.exec("select count(*) AS n from journal")[0]?.n; if (!states.has(k)) {states.set(k, p);} });
  const story = await playMoves(world);
  console.log("moves", Math.round(performance.now()-t), n, states.size);
  if (i == 0) console.log([...Map.groupBy(states.values(), (x) => x)].map(([k, v]) => `${k} ${v.length}`).join("\n"));
  }
});
