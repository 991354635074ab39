import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fault } from "../../src/embedded/notion/workspace.ts";
import { NotionError } from "../../src/types/errors.ts";
import { lastRequest, problemsOf, writesAfter } from "../support/requests.ts";
import { addRow, type Cells, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const people = ["Dana Reyes", "Pablo Ortiz", "Quinn Abbott"] as const;

/** Longer than the longest wait there is: an hour for a page that Notion does not show. */
const untilSettled = 70 * 60_000;

type Deed =
  | { readonly kind: "edit"; readonly page: "project" | "milestone"; readonly cells: Cells }
  | { readonly kind: "trash" | "restore" | "restart" };
type Step = { readonly who: (typeof people)[number]; readonly deed: Deed; readonly thenMs: number };

const cells = (name: string, values: readonly string[]): fc.Arbitrary<Cells> =>
  fc.constantFrom(...values).map((value) => ({ [name]: value }));

const projectCells = fc.oneof(
  cells("Stage", ["Intake", "Planning", "In production", "QA", "On hold", "Cancelled"]),
  cells("QA certification", ["PASS", "FAIL", "Pending"]),
  cells("Launch sign-off", ["Requested", "Approved", "Not needed"]),
  cells("Requirements signed off", ["yes", "no"]),
  cells("Timeline acknowledged", ["yes", "no"]),
  cells("Client letters", ["Off", "Automatic"]),
  cells("Gate", ["All fine", ""]),
  cells("Name", ["Lead bot", "Order desk"]),
);
const milestoneCells = fc.oneof(
  cells("Sign-off", ["To request", "Requested", "Approved", "Not needed"]),
  cells("Status", ["Done", "In progress"]),
  cells("Baseline", ["2026-12-01"]),
);
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: projectCells.map((c): Deed => ({ kind: "edit", page: "project", cells: c })) },
  { weight: 3, arbitrary: milestoneCells.map((c): Deed => ({ kind: "edit", page: "milestone", cells: c })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Deed>({ kind: "trash" }, { kind: "restore" }, { kind: "restart" }),
  },
);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    who: fc.constantFrom(...people),
    deed: deeds,
    thenMs: fc.constantFrom(0, 2_000, 8_000, 70_000),
  }),
  { minLength: 4, maxLength: 14 },
);

type Spoilt = { readonly when: "before" | "after"; readonly fault: Fault };
const faults: readonly Spoilt[] = [
  { when: "before", fault: { status: 500 } },
  { when: "before", fault: { status: 409, code: "conflict_error" } },
  { when: "before", fault: { status: 429, code: "rate_limited", headers: { "retry-after": "10" } } },
  { when: "before", fault: { status: 404, code: "object_not_found" } },
  { when: "before", fault: { status: 502, html: "<h1>502</h1>" } },
  { when: "before", fault: "reset" },
  { when: "after", fault: { status: 503, code: "service_unavailable" } },
  { when: "after", fault: "reset" },
  { when: "after", fault: "truncated" },
];
/** By the count of Milepost's requests from here on. */
const spoilt = fc.dictionary(fc.integer({ min: 1, max: 60 }).map(String), fc.constantFrom(...faults), {
  maxKeys: 8,
});

const spoil = (world: World, plan: Readonly<Record<string, Spoilt>>): void => {
  let count = 0;
  const faultOf = (when: Spoilt["when"]): Fault | undefined => {
    const planned = plan[count];
    return planned?.when === when ? planned.fault : undefined;
  };
  const isOurs = (actorId: string | null): boolean => actorId === world.workspace.botId;
  world.workspace.control.setHook({
    before: ({ actorId }) => {
      if (!isOurs(actorId)) return undefined;
      count += 1;
      return faultOf("before");
    },
    after: ({ actorId }) => (isOurs(actorId) ? faultOf("after") : undefined),
  });
};

/** A round that fails as a whole, which only a start can, comes again after ten seconds, as in the running service. */
const passThrough = async (world: World, forMs: number): Promise<void> => {
  const end = world.clock.now() + forMs;
  try {
    await world.pass(forMs);
  } catch (error) {
    if (!(error instanceof NotionError)) throw error;
    await world.clock.advance(10_000);
    await passThrough(world, Math.max(0, end - world.clock.now()));
  }
};

const play = async (world: World, pages: Readonly<Record<"project" | "milestone", string>>, step: Step) => {
  const { deed, who } = step;
  const isTrashed = async (): Promise<boolean> => {
    const page = await world.as(who).pages.retrieve({ page_id: pages.project });
    return "in_trash" in page && page.in_trash;
  };
  if (deed.kind === "edit") {
    const database = deed.page === "project" ? "projects" : "milestones";
    const isEditable = deed.page === "milestone" || !(await isTrashed());
    if (isEditable) await edit(world.as(who), database, pages[deed.page], deed.cells);
  } else if (deed.kind === "restart") world.restart();
  else world.workspace.control[deed.kind](pages.project, who);
  await passThrough(world, step.thenMs);
};

const mirror = (world: World) =>
  world.store
    .exec("SELECT page_id, base, local, remote FROM pages WHERE state = 'live' ORDER BY page_id")
    .map(({ page_id, base, local, remote }) => ({
      ...{ pageId: page_id, base: JSON.parse(String(base)), local: JSON.parse(String(local)) },
      remote: remote === null ? null : JSON.parse(String(remote)),
    }));

/** What a new store takes every live page for, before it writes anything: it believes what Notion shows. */
const shownInNotion = async (world: World): Promise<ReadonlyMap<unknown, unknown>> => {
  world.workspace.control.setHook({
    before: ({ operation }) =>
      operation === "pages.update" ? { status: 409, code: "conflict_error" } : undefined,
  });
  world.startAnew();
  // The setup of a new store may use up the first minute's budget.
  await world.pass(2 * 60_000);
  return new Map(mirror(world).map(({ pageId, base }) => [pageId, base]));
};

const begin = async (): Promise<{ world: World; sources: DataSources }> => {
  const world = createWorld();
  await world.pass(60_000);
  return { world, sources: await dataSources(world.as("Dana Reyes")) };
};

test("whatever people do and whatever fails, both sides end up the same and then nothing is written any more", async () => {
  await fc.assert(
    fc.asyncProperty(steps, spoilt, async (deedsOfPeople, plan) => {
      const { world, sources } = await begin();
      const project = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot" });
      const milestone = await addRow(world.as("Dana Reyes"), sources, "milestones", {
        ...{ Name: "Kick-off", Project: project },
      });
      spoil(world, plan);
      for (const step of deedsOfPeople) await play(world, { project, milestone }, step);
      world.workspace.control.setHook(null);
      await passThrough(world, untilSettled);

      expect(await problemsOf(world)).toEqual([]);
      expect(world.store.exec("SELECT * FROM intents")).toEqual([]);
      const settled = lastRequest(world);
      await world.pass(10 * 60_000);
      expect(writesAfter(world, settled)).toEqual([]);

      const known = mirror(world);
      const shown = await shownInNotion(world);
      expect(known.map(({ pageId }) => pageId)).toEqual([...shown.keys()]);
      for (const { pageId, base, local, remote } of known) {
        expect(local).toEqual(shown.get(pageId));
        expect(base).toEqual(local);
        expect(remote ?? local).toEqual(local);
      }
      world.close();
    }),
    { numRuns: 8 },
  );
});
