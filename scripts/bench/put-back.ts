import { databases } from "../../notion-templates/databases.ts";
import { type Figure, median, quantile, round } from "./measure.ts";
import { title } from "./person.ts";
import type { Watch } from "./watched-fetch.ts";
import { type BenchWorld, openBenchWorld } from "./world.ts";

const [edits, burstRows, polls] = [50, 100, 10];
const minuteMs = 60_000;
/** Where only webhooks are measured: no poll falls into the time that passes. */
const hardlyEverSeconds = 7 * 24 * 3_600;

const { name, stage } = databases.projects.properties;
const inQa = { [stage.name]: { [stage.type]: { name: "QA" } } };

const addProject = (world: BenchWorld, called: string): Promise<string> =>
  world.addRow("projects", { [name.name]: title(called) });

type Refusal = { readonly ms: number; readonly requests: number };

/** Asks for a stage that is refused; from the webhook's arrival to the answered request that puts it back. */
const refuse = async (world: BenchWorld, pageId: string): Promise<Refusal> => {
  let [arrived, back] = [Number.NaN, Number.NaN];
  const watch: Watch = ({ to, moment, method, path, at }) => {
    if (to === "milepost" && moment === "sent" && Number.isNaN(arrived)) arrived = at;
    const isPutBack = to === "notion" && method === "PATCH" && path.endsWith(pageId);
    if (isPutBack && moment === "answered" && Number.isNaN(back)) back = at;
  };
  const before = world.lastRequest();
  world.watch(watch);
  await world.edit(pageId, inQa);
  await world.pass(5 * minuteMs);
  world.watch(null);
  if (!(back >= arrived)) throw new Error("a refused edit was not put back after its webhook");
  return { ms: back - arrived, requests: world.requests(before).length };
};

const refusals = async (world: BenchWorld): Promise<Figure[]> => {
  const [first, again]: [Refusal[], Refusal[]] = [[], []];
  for (let count = 0; count < edits / 2; count++) {
    const pageId = await addProject(world, `Project ${count}`);
    await world.pass(5 * minuteMs);
    first.push(await refuse(world, pageId));
    again.push(await refuse(world, pageId));
  }
  const times = [...first, ...again].map(({ ms }) => ms);
  const how = `webhook arrives → the put-back is answered; ${edits} refused edits one after another; waits count, the network does not`;
  const cost = (refused: readonly Refusal[]): number => median(refused.map(({ requests }) => requests));
  const requests = { unit: "requests", goal: "<= 8" } as const;
  return [
    { name: "put_back_p50", value: round(median(times), 1), unit: "ms", goal: "<= 5000", how },
    { name: "put_back_p99", value: round(quantile(times, 0.99), 1), unit: "ms", goal: "<= 60000", how },
    {
      ...{ name: "requests_first_refusal", value: cost(first), ...requests },
      how: "all of Milepost's requests for the first refused move of a project, Intake → QA: 4, and 1 for each of the 4 databases that its findings name",
    },
    {
      ...{ name: "requests_repeated_refusal", value: cost(again), ...requests },
      how: "the same for the second refused move of that project, whose comment is there already",
    },
  ];
};

const burst = async (world: BenchWorld): Promise<Figure> => {
  const pageIds: string[] = [];
  for (let count = 0; count < burstRows; count++) pageIds.push(await addProject(world, `Row ${count}`));
  await world.pass(30 * minuteMs);
  const before = world.lastRequest();
  for (const pageId of pageIds) await world.edit(pageId, { [name.name]: title("Renamed") });
  await world.pass(10 * minuteMs);
  return {
    ...{ name: "requests_100_edits_told", value: world.requests(before).length, unit: "requests", goal: "" },
    how: `${burstRows} projects renamed at once, told of one by one by webhooks that arrive within a minute; all of Milepost's requests`,
  };
};

const quietPolls = async (): Promise<Figure> => {
  const world = await openBenchWorld({ pollSeconds: 60, webhooks: true, plan: "business" });
  await world.pass(30 * minuteMs);
  const before = world.lastRequest();
  await world.pass(polls * minuteMs);
  const count = world.requests(before).length;
  await world.close();
  if (count === 0) throw new Error("nothing was polled");
  const perDatabase = count / polls / Object.keys(databases).length;
  return {
    ...{ name: "requests_quiet_poll", value: round(perDatabase, 2), unit: "requests/database", goal: "<= 1" },
    how: `all of Milepost's requests in ${polls} minutes in which nobody edits, polling every minute`,
  };
};

/** How fast and at what price a refused edit is put back, and what watching costs. */
export const benchPutBack = async (): Promise<Figure[]> => {
  const world = await openBenchWorld({ pollSeconds: hardlyEverSeconds, webhooks: true, plan: "business" });
  const figures = [...(await refusals(world)), await burst(world)];
  await world.close();
  return [...figures, await quietPolls()];
};
