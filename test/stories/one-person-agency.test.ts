import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDelivery, advance, type DeliveryScene, untilReview } from "../support/delivery-scene.ts";
import { personId } from "../support/requests.ts";
import { addRow, commentsOf, edit } from "../support/rows.ts";
import { createWorld } from "../support/world.ts";

/** Friday, 4 December 2026, 09:00 in Berlin; the plan starts on Monday. */
const friday = Date.parse("2026-12-04T08:00:00Z");
/** At a time on Berlin's clocks. */
const at = (date: string, time: string): number => Date.parse(`${date}T${time}:00+01:00`);

const dana = "Dana Reyes";
const cast = { manager: dana, production: dana, qa: dana, deployment: dana };

let scene: DeliveryScene;
beforeAll(async () => {
  const world = createWorld({ startAt: friday, pollSeconds: 43_200 });
  await world.pass(600_000);
  const plan = { "Service type": "Single-purpose agent", Start: "2026-12-07" };
  scene = await addDelivery(world, plan, cast);
  for (const stage of untilReview) await advance(scene, stage);
});
afterAll(() => scene.world.close());

describe("an agency of one person", () => {
  test("passes the gates, and the record says that she certified her own work", async () => {
    expect(await scene.shows()).toMatchObject({ Stage: "Review", "QA certification": "PASS" });
    expect([...(await scene.rows("decisions")).keys()]).toEqual([
      "Self-certified: QA certification was set to PASS by the Production lead",
    ]);
  });

  test("is told of an escalation once, while it climbs to the top", async () => {
    const title = "The CRM is down";
    const issue = await addRow(scene.dana, scene.sources, "risks", {
      ...{ Title: title, Project: scene.project, Kind: "Issue", Severity: "Critical" },
    });
    await scene.rest();
    const escalation = async () => (await scene.rows("risks")).get(`Critical: ${title}`);
    const mentions = (await commentsOf(scene.dana, issue)).map((comment) => comment.mentions);
    expect(mentions).toEqual([[personId(scene.world, dana)]]);
    for (const [date, time, level] of [
      ["2026-12-04", "18:00", "2 Practice lead"],
      ["2026-12-09", "18:00", "3 Executive"],
    ] as const) {
      await scene.until(at(date, time));
      expect((await escalation())?.cells).toMatchObject({ Level: level, To: dana, Status: "Open" });
    }
    const { id = "" } = (await escalation()) ?? {};
    expect(await commentsOf(scene.dana, id)).toEqual([]);
    expect(await commentsOf(scene.dana, issue)).toHaveLength(1);
    const solved = { Status: "Resolved", Resolution: "It is up again" };
    for (const page of [issue, id]) await edit(scene.dana, "risks", page, solved);
    await advance(scene, "Complete");
    expect(await scene.shows()).toMatchObject({ Stage: "Complete" });
  });
});
