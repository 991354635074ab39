import { signWebhookPayload } from "@notionhq/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setUpWorld } from "../support/prepared-world.ts";
import { lastRequest, requestsAfter } from "../support/requests.ts";
import { addRow, dataSources } from "../support/rows.ts";
import { type World, type WorldOptions, webhookToken } from "../support/world.ts";

const apiToken = "an-operator-token-of-32-characters";

let world: World;
let project: string;

const open = async (options: WorldOptions["service"] = {}): Promise<void> => {
  world = await setUpWorld({
    webhooks: false,
    pollSeconds: 3_600,
    service: { apiTokens: [apiToken], ...options },
  });
  const sources = await dataSources(world.as("Dana Reyes"));
  project = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot" });
  await world.pass(3_600_000);
};
beforeEach(() => open());
afterEach(() => world.close());

type Json = Readonly<Record<string, unknown>>;

const eventId = "0f0e0d0c-0b0a-4908-8706-050403020100";
const stranger = "11111111-2222-4333-8444-555555555555";

const event = (changes: Json = {}): Json => ({
  ...{ id: eventId, type: "page.properties_updated", workspace_id: world.workspace.workspaceId },
  ...{ authors: [{ id: stranger, type: "person" }], entity: { id: project, type: "page" }, data: {} },
  ...changes,
});

const sign = (body: string, token = webhookToken): Promise<string> =>
  signWebhookPayload({ body, verificationToken: token });

const post = async (body: string | ReadableStream, headers: Record<string, string>): Promise<number> => {
  const duplex = typeof body === "string" ? {} : { duplex: "half" };
  const request = new Request("http://milepost.test/webhooks/notion", {
    ...{ method: "POST", body, headers },
    ...duplex,
  });
  return (await world.service().app.fetch(request)).status;
};

const postSigned = async (content: Json | string, token?: string): Promise<number> => {
  const body = typeof content === "string" ? content : JSON.stringify(content);
  return post(body, { "x-notion-signature": await sign(body, token) });
};

/** Everything that the store holds, by table; counters apart. */
const contents = (): Json =>
  Object.fromEntries(
    world.store
      .exec("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'counters' ORDER BY name")
      .map(({ name }) => [name, world.store.exec(`SELECT * FROM "${name}"`)]),
  );
const counters = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    world.store.exec("SELECT name, count FROM counters").map(({ name, count }) => [name, Number(count)]),
  );

/** Makes a request that is to be refused, and sees that it leaves one count and nothing else. */
const refused = async (send: () => Promise<number>, status: number, counter: string): Promise<void> => {
  const [before, counted] = [contents(), counters()];
  expect(await send()).toBe(status);
  expect(contents()).toEqual(before);
  expect(counters()).toEqual({ ...counted, [counter]: (counted[counter] ?? 0) + 1 });
};

const chunked = (bytes: number): ReadableStream => {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      const size = Math.min(left, 10_000);
      left -= size;
      if (size === 0) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(32));
    },
  });
};

describe("a webhook that is refused leaves nothing but a counter:", () => {
  test.each([
    { what: "64 kB and one byte", body: () => " ".repeat(65_537), headers: {} },
    { what: "10 MB in pieces, of no declared length", body: () => chunked(10_000_000), headers: {} },
    { what: "a length that is only declared", body: () => "{}", headers: { "content-length": "65537" } },
  ])("A7: $what", async ({ body, headers }) => {
    await refused(() => post(body(), headers), 413, "webhook_refused_too_large");
  });

  const hex = "ab".repeat(32);
  test.each([
    ["no signature", null],
    ["an empty one", ""],
    ["one of another kind", `sha1=${hex}`],
    ["one without its kind", hex],
    ["one digit too few", `sha256=${hex.slice(1)}`],
    ["one digit too many", `sha256=${hex}a`],
    ["no hexadecimal", `sha256=${"zz".repeat(32)}`],
    ["two of them", `sha256=${hex}, sha256=${hex}`],
    ["a megabyte of it", `sha256=${"a".repeat(1_000_000)}`],
    ["a right form", `sha256=${hex}`],
  ])("A1, A3: a wrong signature: %s", async (_what, signature) => {
    const headers: Record<string, string> = signature === null ? {} : { "x-notion-signature": signature };
    await refused(() => post(JSON.stringify(event()), headers), 401, "webhook_refused_signature");
  });

  test("A1: a signature under another token", async () => {
    await refused(() => postSigned(event(), "secret_of_somebody_else"), 401, "webhook_refused_signature");
  });

  test("A2: a body that differs in one byte, or in its spaces only", async () => {
    const body = JSON.stringify(event());
    const headers = { "x-notion-signature": await sign(body) };
    const changed = body.replace(stranger, stranger.replace("1", "2"));
    await refused(() => post(changed, headers), 401, "webhook_refused_signature");
    const spaced = JSON.stringify(JSON.parse(body), null, 1);
    await refused(() => post(spaced, headers), 401, "webhook_refused_signature");
  });

  test.each([
    ["no JSON", "not json"],
    ["half of it", '{"id":'],
    ["nothing", ""],
    ["a list", "[]"],
    ["ten thousand levels", "[".repeat(10_000) + "]".repeat(10_000)],
    ["no id", JSON.stringify({ type: "page.created" })],
    [
      "as many keys as fit",
      `{${Array.from({ length: 5_000 }, (_, index) => `"k${index}":${index}`).join(",")}}`,
    ],
    ["a null byte", "\u0000"],
  ])("A8: malformed content: %s", async (_what, body) => {
    await refused(() => postSigned(body), 400, "webhook_refused_malformed");
  });

  test("A9: an entity that is no id", async () => {
    const entity = { id: "../../users", type: "page" };
    await refused(() => postSigned(event({ entity })), 400, "webhook_refused_malformed");
  });

  test("A9: another workspace's event, which is answered 200 so that it is not sent again", async () => {
    await refused(() => postSigned(event({ workspace_id: stranger })), 200, "webhook_foreign");
  });

  test("A6: a handshake while a token is configured", async () => {
    const token = "secret_chosen_by_an_attacker";
    const body = JSON.stringify({ verification_token: token });
    await refused(() => postSigned(body, token), 401, "webhook_refused_signature");
  });
});

test("only POST is answered", async () => {
  const { app } = world.service();
  for (const method of ["GET", "PUT", "DELETE"]) {
    expect((await app.request("/webhooks/notion", { method })).status).toBe(405);
  }
});

test("A8: an attempt to reach into objects changes no prototype", async () => {
  const body = JSON.stringify(event()).replace("{", '{"__proto__":{"polluted":true},');
  expect(await postSigned(body)).toBe(200);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("A8: of a key that is there twice the last one counts, as for every reader of JSON", async () => {
  const body = JSON.stringify(event()).replace("{", `{"workspace_id":"${stranger}",`);
  expect(await postSigned(body)).toBe(200);
  expect(world.store.exec("SELECT event_id FROM inbox")).toEqual([{ event_id: eventId }]);
});

describe("a signed event", () => {
  const reads = (after: number) => requestsAfter(world, after).filter(({ path }) => path.endsWith(project));

  test("A5: costs one read and one row, however often it is sent again", async () => {
    const before = lastRequest(world);
    const body = JSON.stringify(event());
    const headers = { "x-notion-signature": await sign(body) };
    expect(await post(body, headers)).toBe(200);
    await world.pass(60_000);
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => post(body, headers)));
    expect(new Set(answers)).toEqual(new Set([200]));
    await world.pass(60_000);
    expect(reads(before)).toHaveLength(1);
    expect(world.store.exec("SELECT count(*) AS count FROM inbox")).toEqual([{ count: 1 }]);
  });

  test.each([
    ["of a type that is not known yet", { type: "page.sparkled" }],
    ["without authors", { authors: undefined }],
    ["with authors of an unknown form", { authors: "somebody" }],
    ["with data of an unknown form", { type: "page.sparkled", data: ["a", { parent: 7 }] }],
    ["with an id without dashes", { id: eventId.replaceAll("-", "").toUpperCase() }],
  ])("%s has the page read that it is about", async (_what, changes) => {
    const before = lastRequest(world);
    expect(await postSigned(event(changes))).toBe(200);
    await world.pass(60_000);
    expect(reads(before)).toHaveLength(1);
  });

  test("A9: about a page that is not ours asks nothing of Notion", async () => {
    const before = lastRequest(world);
    expect(await postSigned(event({ entity: { id: stranger, type: "page" } }))).toBe(200);
    await world.pass(60_000);
    expect(requestsAfter(world, before)).toEqual([]);
  });

  test("F53: counts under each of two tokens while they are exchanged", async () => {
    world.close();
    await open({ webhookTokens: [webhookToken, "secret_next_webhook_token"] });
    expect(await postSigned(event(), webhookToken)).toBe(200);
    expect(await postSigned(event({ id: stranger }), "secret_next_webhook_token")).toBe(200);
  });
});

describe("while no token is configured", () => {
  beforeEach(async () => {
    world.close();
    await open({ webhookTokens: [] });
  });
  const status = async (): Promise<Json> => {
    const headers = { authorization: `Bearer ${apiToken}` };
    return (await world.service().app.request("/status", { headers })).json() as Promise<Json>;
  };

  test("the handshake's token is shown to the operator and to nobody else", async () => {
    const token = "secret_from_notion";
    expect(await postSigned({ verification_token: token }, token)).toBe(200);
    expect((await status()).webhook_handshake).toBe(token);
    expect(world.logLines.join("\n")).not.toContain(token);
    expect(await postSigned(event(), token)).toBe(401);
  });

  test("A10: a flood of handshakes is turned away without a commit each", async () => {
    const answers: number[] = [];
    for (let index = 0; index < 300; index++)
      answers.push(await postSigned({ verification_token: `of_${index}` }, `of_${index}`));
    expect(answers.filter((status) => status === 429)).toHaveLength(100);
    expect((await status()).webhook_handshake).toBe("of_199");
  });

  test("A6: once a token is configured the handshake's is shown no more", async () => {
    const service = { apiTokens: [apiToken], webhookTokens: [] as string[] };
    world.close();
    world = await setUpWorld({ webhooks: false, pollSeconds: 3_600, service });
    const token = "secret_from_notion";
    await postSigned({ verification_token: token }, token);
    expect((await status()).webhook_handshake).toBe(token);
    service.webhookTokens = [token];
    world.restart();
    await world.pass(60_000);
    expect((await status()).webhook_handshake).toBeNull();
  });

  test("A6: a handshake that is not signed with its own token is refused", async () => {
    const body = { verification_token: "secret_from_notion" };
    await refused(() => postSigned(body, "secret_of_another"), 401, "webhook_refused_unexpected");
    expect((await status()).webhook_handshake).toBeNull();
  });
});

test("A10: a flood of forgeries is turned away without a commit each, and a genuine event still comes through", async () => {
  const forged = JSON.stringify(event());
  const answers: number[] = [];
  for (let index = 0; index < 1_000; index++)
    answers.push(await post(forged, { "x-notion-signature": `sha256=${"0".repeat(64)}` }));
  expect(answers.filter((status) => status === 401)).toHaveLength(200);
  expect(answers.filter((status) => status === 429)).toHaveLength(800);
  const counted = world.store.exec("SELECT count FROM counters WHERE name = 'webhook_refused_signature'");
  expect(counted).toEqual([{ count: 200 }]);
  expect(await postSigned(event())).toBe(200);
  await world.clock.advance(1_000);
  expect(await post(forged, { "x-notion-signature": "none" })).toBe(401);
});
