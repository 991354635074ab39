import { createHmac, randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Fault } from "../../src/embedded/notion/workspace.ts";
import type { Files } from "./checker/facts.ts";
import { leftoverFaults, mirrorFaults } from "./checker/mirror.ts";
import { conversationFaults, moveFaults, ownershipFaults, type Story } from "./checker/story.ts";
import { structureFaults } from "./checker/structure.ts";
import { prepareWorld } from "./prepared-world.ts";
import { lastRequest, personId, problemsOf, writesAfter } from "./requests.ts";
import { addRow, type DataSources, dataSources } from "./rows.ts";
import { type World, type WorldOptions, webhookToken } from "./world.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const untilQuiet = 5 * minute;

export type Scene = {
  readonly sources: DataSources;
  readonly project: string;
  readonly milestone: string;
  readonly risk: string;
};

/** A project with a milestone and a risk, at rest. Polls are rare, so that a case is about its fault and quick. */
export const prepareScene = (options: WorldOptions = {}) =>
  prepareWorld<Scene>({ pollSeconds: 600, ...options }, async (world) => {
    await world.pass(minute);
    const dana = world.as("Dana Reyes");
    const sources = await dataSources(dana);
    const project = await addRow(dana, sources, "projects", { Name: "Lead bot", Code: "LEAD" });
    const milestone = await addRow(dana, sources, "milestones", { Name: "Kick-off", Project: project });
    const risk = await addRow(dana, sources, "risks", { Title: "No data", Project: project });
    await world.pass(untilQuiet);
    return { sources, project, milestone, risk };
  });

export type FaultWorld = Awaited<ReturnType<typeof prepareScene>> extends { open: () => infer W } ? W : never;

/** What /status names, by code. */
export const codesOf = async (world: Pick<World, "service">): Promise<string[]> =>
  (await problemsOf(world)).map(({ code }) => code);

const filesOf = ({ workspaceDatabase, store }: World): Files => ({
  workspace: workspaceDatabase.exec,
  milepost: store.exec,
});

/**
 * Nothing is lost, doubled, left half done or named any more, by the independent checker; and nothing is written from now
 * on. With a story the moves of its project are judged too.
 */
export const expectHealed = async (world: World, story?: Story): Promise<void> => {
  const files = filesOf(world);
  const faults = [
    ...structureFaults(files),
    ...ownershipFaults(files),
    ...mirrorFaults(files),
    ...leftoverFaults(files),
    ...(story ? [...conversationFaults(files, story), ...moveFaults(files, story)] : []),
  ];
  expect(faults).toEqual([]);
  const quiet = lastRequest(world);
  await world.pass(2 * minute);
  expect(writesAfter(world, quiet)).toEqual([]);
};

/** Gives Milepost an event as Notion signs it; the status of the answer. */
export const deliver = async (world: World, event: object): Promise<number> => {
  const body = JSON.stringify({
    ...{ id: randomUUID(), workspace_id: world.workspace.workspaceId, attempt_number: 1 },
    ...event,
  });
  const signature = `sha256=${createHmac("sha256", webhookToken).update(body).digest("hex")}`;
  const response = await world.service().app.request("/webhooks/notion", {
    ...{ method: "POST", body },
    headers: { "content-type": "application/json", "x-notion-signature": signature },
  });
  return response.status;
};

/** The event that tells of a person's edit of a page. */
export const editEvent = (world: World, pageId: string, at = world.clock.now()) => ({
  ...{ type: "page.properties_updated", entity: { id: pageId, type: "page" } },
  timestamp: new Date(at).toISOString(),
  authors: [{ id: personId(world, "Dana Reyes"), type: "person" }],
  data: {},
});

type Met = { readonly operation: string | null; readonly path: string };

/** Spoils those of Milepost's requests of one operation that `picks` (by their count from 1) names. */
export const spoil = (
  world: World,
  operation: string,
  when: "before" | "after",
  fault: Fault,
  picks: (count: number, met: Met) => boolean = (count) => count === 1,
): void => {
  let count = 0;
  world.workspace.control.setHook({
    [when]: (met: Met & { readonly actorId: string | null }) => {
      if (met.operation !== operation || met.actorId !== world.workspace.botId) return undefined;
      count += 1;
      return picks(count, met) ? fault : undefined;
    },
  });
};

/** A page's mirrored values, as Milepost holds them. */
export const localOf = (world: World, pageId: string): Readonly<Record<string, unknown>> =>
  JSON.parse(String(world.store.exec("SELECT local FROM pages WHERE page_id = ?", pageId)[0]?.local));
