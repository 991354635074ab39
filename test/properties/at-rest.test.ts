import { expect, test } from "vitest";
import { seededIds, seededRandom } from "../support/seeded.ts";
import { editAsPerson, prepareStage } from "./cast.ts";
import { minute } from "./run.ts";

test("once everything is done, a thousand events, polls and restarts cause not one write", {
  timeout: 120_000,
}, async () => {
  const stage = await prepareStage();
  const run = stage.open(3);
  const [random, newId] = [seededRandom(4), seededIds(5)];
  run.workspace.control.subscribe({ url: "http://milepost.test/webhooks/notion", verificationToken: "none" });
  for (const [role, values] of [
    ["projects", { name: "Order desk", requirementsSignedOff: true }],
    ["risks", { likelihood: stage.bindings.risks?.properties.likelihood?.options.High ?? null }],
    ["milestones", { target: { start: "2026-12-01", end: null, zone: null } }],
  ] as const)
    await editAsPerson(run, "Dana Reyes", stage.bindings, { role, pageId: stage.pages[role] }, values);
  await run.pass(40 * minute);
  const events = run.workspaceDatabase
    .exec("SELECT payload FROM webhook_events")
    .map(({ payload }) => JSON.parse(String(payload)) as Record<string, unknown>);
  expect(events.length).toBeGreaterThan(2);

  const before = run.workspace.control.requests().at(-1)?.seq ?? 0;
  for (let index = 0; index < 1_000; index++) {
    const [what, which] = [random(), events[Math.floor(random() * events.length)]];
    if (what < 0.7) await run.deliver(JSON.stringify({ ...which, ...(what < 0.5 ? { id: newId() } : {}) }));
    else if (what < 0.9) run.store.exec("UPDATE polls SET due_at = 0, whole_due = 0");
    else run.restart();
    await run.pass(what < 0.95 ? 0 : minute);
  }
  await run.pass(5 * minute);
  const writes = run.workspace.control
    .requests(before)
    .filter(({ actorId, method }) => actorId === run.workspace.botId && method !== "GET")
    .filter(({ operation }) => operation !== "data_sources.query" && operation !== "search");
  expect(writes).toEqual([]);
  expect(run.store.exec("SELECT * FROM dirty_pages")).toEqual([]);
  run.close();
  stage.drop();
});
