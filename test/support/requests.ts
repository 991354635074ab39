import type { World } from "./world.ts";

type Seen = Pick<World, "workspace">;
type Request = ReturnType<World["workspace"]["control"]["requests"]>[number];

/** The number of the last request that anybody made. */
export const lastRequest = ({ workspace }: Seen): number => workspace.control.requests().at(-1)?.seq ?? 0;

/** What Milepost asked of Notion after a request. */
export const requestsAfter = ({ workspace }: Seen, seq: number): Request[] =>
  workspace.control.requests(seq).filter(({ actorId }) => actorId === workspace.botId);

const asksOnly = new Set(["data_sources.query", "search"]);

/** Those among them that change something. */
export const writesAfter = (world: Seen, seq: number): Request[] =>
  requestsAfter(world, seq).filter(
    ({ method, operation }) => method !== "GET" && !asksOnly.has(operation ?? ""),
  );

/** The workspace's id of a person. */
export const personId = ({ workspace }: Seen, name: string): string => {
  const person = workspace.people.find((one) => one.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person.id;
};

export type Reported = {
  readonly code: string;
  readonly pageId: string | null;
  readonly database: string | null;
  readonly property: string | null;
  readonly detail: string;
  readonly since: string;
  readonly message: string;
  readonly todo: string;
};

/** What /status names now. */
export const problemsOf = async ({ service }: Pick<World, "service">): Promise<readonly Reported[]> => {
  const response = await service().app.request("/status");
  return ((await response.json()) as { problems: Reported[] }).problems;
};
