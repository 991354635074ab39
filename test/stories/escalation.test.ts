import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addDelivery,
  advance,
  type DeliveryScene,
  type ShownRow,
  untilReview,
} from "../support/delivery-scene.ts";
import { personId } from "../support/requests.ts";
import { addRow, commentsOf, edit, type ShownComment } from "../support/rows.ts";
import { createWorld } from "../support/world.ts";

/** Friday, 4 December 2026, 09:00 in Berlin; the plan starts on Monday. The office works from 09:00 to 18:00. */
const friday = Date.parse("2026-12-04T08:00:00Z");
/** At a time on Berlin's clocks. */
const at = (date: string, time: string): number => Date.parse(`${date}T${time}:00+01:00`);

const forms = "Leads of the second form are lost";

let scene: DeliveryScene;
let issue = "";
beforeAll(async () => {
  const world = createWorld({ startAt: friday, pollSeconds: 43_200 });
  await world.pass(600_000);
  scene = await addDelivery(world, { "Service type": "Single-purpose agent", Start: "2026-12-07" });
  const { results } = await scene.dana.dataSources.query({ data_source_id: scene.sources.office });
  await edit(scene.dana, "office", results[0]?.id ?? "", {
    "Practice lead": personId(world, "Pablo Ortiz"),
    Executive: personId(world, "Clara Voss"),
  });
  for (const stage of untilReview) await advance(scene, stage);
});
afterAll(() => scene.world.close());

const escalation = async (): Promise<ShownRow> => {
  const row = (await scene.rows("risks")).get(`Critical: ${forms}`);
  if (!row) throw new Error("nothing was escalated");
  return row;
};

const notesOn = async (pageId: string): Promise<readonly Pick<ShownComment, "text" | "mentions">[]> =>
  (await commentsOf(scene.dana, pageId)).map(({ text, mentions }) => ({ text, mentions }));

/** When an answer is due, on Berlin's clocks. */
const dueAt = async (): Promise<number> => Date.parse((await escalation()).cells["Respond by"] ?? "");

const goOn = async (to: number): Promise<void> => {
  await scene.world.clock.advance(to - scene.world.clock.now());
  await scene.world.pass(180_000);
};

describe("an escalation", () => {
  test("is raised on Friday at 16:30, put to the manager, and the issue's page says so", async () => {
    await goOn(at("2026-12-04", "16:27"));
    issue = await addRow(scene.dana, scene.sources, "risks", {
      ...{ Title: forms, Project: scene.project, Kind: "Issue", Severity: "Critical" },
    });
    await scene.rest();
    expect((await escalation()).cells).toMatchObject({
      ...{ Kind: "Escalation", Status: "Open", Severity: "Critical", Level: "1 Manager" },
      To: "Dana Reyes",
    });
    // An hour and a half on Friday, the rest on Monday.
    expect(Math.abs((await dueAt()) - at("2026-12-07", "11:30"))).toBeLessThan(15 * 60_000);
    expect(await notesOn(issue)).toMatchObject([
      {
        mentions: [personId(scene.world, "Dana Reyes")],
        text: expect.stringContaining(`Critical: ${forms}. It is an escalation in Risks now`),
      },
    ]);
    expect(await notesOn((await escalation()).id)).toEqual([]);
  });

  test("waits over the weekend and the night", async () => {
    await goOn(at("2026-12-07", "11:10"));
    expect((await escalation()).cells.Level).toBe("1 Manager");
  });

  test("that nobody answers goes to the practice lead on Monday morning, with 24 hours of their own", async () => {
    await goOn(at("2026-12-07", "11:45"));
    const { id, cells } = await escalation();
    expect(cells).toMatchObject({ Level: "2 Practice lead", To: "Pablo Ortiz" });
    // Six and a half on Monday, nine on Tuesday, eight and a half on Wednesday.
    expect(Math.abs((await dueAt()) - at("2026-12-09", "17:30"))).toBeLessThan(20 * 60_000);
    expect(await notesOn(id)).toMatchObject([
      {
        mentions: [personId(scene.world, "Pablo Ortiz")],
        text: expect.stringContaining("Nobody has answered this escalation in time, so it is put to you"),
      },
    ]);
  });

  test("that is acknowledged moves no more", async () => {
    await edit(scene.world.as("Pablo Ortiz"), "risks", (await escalation()).id, { Status: "Mitigating" });
    await goOn(at("2026-12-10", "10:00"));
    const { id, cells } = await escalation();
    expect(cells).toMatchObject({ Level: "2 Practice lead", Status: "Mitigating" });
    expect(await notesOn(id)).toHaveLength(1);
  });

  test("keeps the record from being closed until it is resolved, and says how", async () => {
    await edit(scene.dana, "risks", issue, { Status: "Resolved" });
    await advance(scene, "Complete");
    expect(await scene.shows()).toMatchObject({
      Stage: "Review",
      Gate: expect.stringContaining(`Resolve the escalation “Critical: ${forms}”`),
    });
    await edit(scene.dana, "risks", (await escalation()).id, {
      ...{ Status: "Resolved", Resolution: "The second form sends to the same address now" },
    });
    await scene.rest();
    await scene.set({ Stage: "Complete" });
    expect(await scene.shows()).toMatchObject({ Stage: "Complete" });
    const escalations = [...(await scene.rows("risks")).values()].filter(
      ({ cells }) => cells.Kind === "Escalation",
    );
    expect(escalations).toHaveLength(1);
  });
});
