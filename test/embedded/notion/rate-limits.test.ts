import { describe, expect, it } from "vitest";
import { openNodeDatabase } from "../../../src/store/node-sqlite.ts";
import { type Loose, openWorkspace } from "./open-workspace.ts";

/** A workspace of 18 requests a minute and token, and 108 in two minutes for all of them. */
const openLimited = (database = openNodeDatabase(":memory:")) => {
  const opened = openWorkspace({ limitScale: 0.1, database });
  const ask = async (token: string) => {
    const response = await opened.workspace.fetch("http://localhost/v1/users/me", {
      headers: { authorization: `Bearer ${token}`, "notion-version": "2026-03-11" },
    });
    const { additional_data: data } = (await response.json()) as Loose;
    const { status, headers } = response;
    return { status, wait: headers.get("retry-after"), reason: data?.rate_limit_reason };
  };
  const tokens = [opened.workspace.tokens.bot, ...Object.values(opened.workspace.tokens.people)];
  const askAll = async (times: number) => {
    const answers = [];
    for (const token of tokens) for (let index = 0; index < times; index++) answers.push(await ask(token));
    return answers;
  };
  return { ...opened, ask, askAll, bot: opened.workspace.tokens.bot, dana: tokens[1] ?? "" };
};

describe("a token", () => {
  it("may use its window in one burst, waits for its end, and does not hinder others", async () => {
    const { ask, bot, dana, clock } = openLimited();
    for (let index = 0; index < 18; index++) expect((await ask(bot)).status).toBe(200);
    await clock.advance(15_500);
    const refused = { status: 429, wait: "45", reason: "public_api_request_rate_limit" };
    expect(await ask(bot)).toEqual(refused);
    expect((await ask(dana)).status).toBe(200);
    await clock.advance(44_500);
    expect((await ask(bot)).status).toBe(200);
  });
});

describe("the workspace", () => {
  it("has a window of its own, which lasts longer than a minute and outlives a restart", async () => {
    const database = openNodeDatabase(":memory:");
    const { askAll, ask, bot, clock } = openLimited(database);
    expect((await askAll(18)).every(({ status }) => status === 200)).toBe(true);
    await clock.advance(61_000);
    const refused = { status: 429, wait: "59", reason: "public_api_space_request_rate_limit" };
    expect(await ask(bot)).toEqual(refused);
    const restarted = openLimited(database);
    await restarted.clock.advance(61_000);
    expect(await restarted.ask(bot)).toEqual(refused);
    await restarted.clock.advance(59_000);
    expect((await restarted.ask(bot)).status).toBe(200);
  });
});

describe("the request log", () => {
  it("tells of each request what it cost and who made it", async () => {
    const { ask, bot, workspace } = openLimited();
    await ask(bot);
    expect(workspace.control.requests().at(-1)).toMatchObject({
      operation: "users.me",
      method: "GET",
      path: "/v1/users/me",
      actorId: workspace.botId,
      status: 200,
      cost: 1,
      fault: null,
    });
  });
});
