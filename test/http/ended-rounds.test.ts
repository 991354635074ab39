import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setUpWorld } from "../support/prepared-world.ts";
import { problemsOf } from "../support/requests.ts";
import { createWorld, type Network, type World } from "../support/world.ts";

const minute = 60_000;
const untilQuiet = 5 * minute;

let world: World;
afterEach(() => world.close());

const ready = async () => {
  const response = await world.service().app.request("/ready");
  return { http: response.status, ...((await response.json()) as object) };
};
const degraded = { http: 200, status: "degraded", failing: [] };
const codes = async (): Promise<string[]> => (await problemsOf(world)).map(({ code }) => code);

/** Half an hour of rounds, each of which is to end in an error. */
const failingRounds = async (): Promise<void> => {
  for (let time = 0; time < 30; time += 1) {
    await world.clock.advance(minute);
    await expect(world.service().round()).rejects.toThrow();
  }
};

const refusal =
  (status: number, code: string): Network =>
  async () =>
    Response.json({ object: "error", status, code, message: "", request_id: "0" }, { status });

const ofAnotherWorkspace: Network = async ({ path }, goOn) => {
  const answer = await goOn();
  if (path !== "/v1/users/me") return answer;
  const me = (await answer.json()) as { bot: Record<string, unknown> };
  const bot = { ...me.bot, workspace_id: "11111111-2222-4333-8444-555555555555" };
  return Response.json({ ...me, bot }, { headers: answer.headers });
};

const withoutSentinel: Network = async (request, goOn) =>
  request.path.startsWith("/v1/pages/") ? refusal(404, "object_not_found")(request, goOn) : goOn();

describe("a start whose every round ends before its work begins", () => {
  beforeEach(async () => {
    world = await setUpWorld({ pollSeconds: 60 });
    // As with another token: a round then begins with whose it is.
    world.store.exec("UPDATE meta SET value = 'another' WHERE key = 'connection'");
    world.restart();
  });

  test.each([
    ["the token is refused", refusal(401, "unauthorized"), "notion_unauthorized"],
    ["a capability is missing", refusal(403, "restricted_resource"), "notion_forbidden"],
    ["Notion finds a request invalid", refusal(400, "validation_error"), "notion_refused"],
    ["the store is another workspace's", ofAnotherWorkspace, "store_foreign"],
    ["the page of the databases is gone", withoutSentinel, "sentinel_missing"],
  ])(
    "is degraded, not stuck, where %s, and /status alone names it until that is mended",
    async (_what, network, code) => {
      world.setNetwork(network);
      await failingRounds();
      expect(await codes()).toEqual([code]);
      expect(await ready()).toEqual(degraded);
      world.setNetwork(null);
      await world.pass(untilQuiet);
      expect(await codes()).toEqual([]);
      expect(await ready()).toEqual({ http: 200, status: "ok", failing: [] });
    },
  );

  test("is stuck where an exception ends it that nobody foresaw", async () => {
    await world.pass(untilQuiet);
    world.store.exec("UPDATE meta SET value = 'another' WHERE key = 'connection'");
    world.restart((point) => {
      if (point === "notion.me.before") throw new TypeError("nobody foresaw it");
    });
    await failingRounds();
    expect(await ready()).toEqual({ http: 503, status: "failing", failing: ["loop"] });
  });
});

describe("a workspace that cannot be set up", () => {
  beforeEach(() => {
    world = createWorld();
  });

  test("is named by what Notion answers, such as that its page is not shared", async () => {
    world.setNetwork(async (request, goOn) =>
      request.path === "/v1/users/me" ? goOn() : refusal(404, "object_not_found")(request, goOn),
    );
    await failingRounds();
    expect(await codes()).toEqual(["notion_not_found"]);
    expect(await ready()).toEqual(degraded);
    world.setNetwork(null);
    await world.pass(untilQuiet);
    expect(await codes()).toEqual([]);
  });

  test("is named as Notion being away where it gives no clear answer", async () => {
    world.setNetwork(async ({ path }, goOn) =>
      path === "/v1/users/me" ? goOn() : new Response("<h1>502</h1>", { status: 502 }),
    );
    await failingRounds();
    expect(await codes()).toEqual(["notion_unknown"]);
    expect(await ready()).toEqual(degraded);
  });
});
