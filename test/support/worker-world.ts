import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { Client, signWebhookPayload } from "@notionhq/client";
import { expect, inject, vi } from "vitest";
import type { Workspace } from "../../src/worker.ts";

const announced = inject("workspace");

/** The object that `PUBLIC_URL` names. */
export const agency = (): DurableObjectStub<Workspace> => env.WORKSPACE.getByName("agency");

/** Looks at the object from inside; nothing else happens to it meanwhile. */
export const inside = <T>(
  look: (object: Workspace, state: DurableObjectState) => T | Promise<T>,
): Promise<T> => runInDurableObject(agency(), look);

/** A request as it comes to the Worker from outside, below its mount. */
export const call = async (path: string, init?: RequestInit): Promise<Response> => {
  const response = await exports.default.fetch(`${env.PUBLIC_URL}${path}`, init);
  // A body that nobody reads would keep the object from being evicted.
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, response);
};

export type Status = {
  readonly workspace_id: string | null;
  readonly problems: readonly unknown[];
  readonly loop: { readonly last_round: string | null };
  readonly counters: Readonly<Record<string, number>>;
};

/** What the operator sees. */
export const status = async (): Promise<Status> => {
  const response = await call("/status", { headers: { authorization: `Bearer ${env.API_TOKEN}` } });
  expect(response.status).toBe(200);
  return response.json();
};

/** Waits until a look at the world satisfies the expectations in it; fails with the last of them. */
export const until = <T>(look: () => Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 30_000, interval: 200 });

/** When the object last finished a round (UTC ms). Looked up without a request, which would wake it. */
export const lastRound = (): Promise<number> =>
  inside((_object, { storage }) =>
    Number(storage.sql.exec("SELECT value FROM meta WHERE key = 'last_round'").one().value),
  );

/** Waits until no round runs, and lets none begin by itself until `at` (UTC ms). */
export const moveAlarm = (at: number): Promise<void> =>
  until(() =>
    inside(async (_object, { storage }) => {
      expect(await storage.getAlarm()).toBeGreaterThan(Date.now() + 1_000);
      await storage.setAlarm(at);
    }),
  );

/** The official SDK with a person's token, over HTTP. */
export const as = (name: string): Client => {
  const auth = announced.tokens.people[name];
  if (auth === undefined) throw new Error(`nobody is called ${name}`);
  return new Client({ auth, baseUrl: announced.url, notionVersion: "2026-03-11", retry: false });
};

/** What Notion tells of a page that a person changed. */
export const pageEvent = async (type: string, person: Client, pageId: string): Promise<string> => {
  const [author, page] = await Promise.all([person.users.me({}), person.pages.retrieve({ page_id: pageId })]);
  const parent = "parent" in page && page.parent.type === "data_source_id" ? page.parent : null;
  return JSON.stringify({
    ...{ id: crypto.randomUUID(), type, timestamp: new Date().toISOString(), attempt_number: 1 },
    ...{ workspace_id: (await status()).workspace_id, subscription_id: crypto.randomUUID() },
    authors: [{ id: author.id, type: "person" }],
    entity: { id: pageId, type: "page" },
    data: { parent: { id: parent?.database_id, type: "database", data_source_id: parent?.data_source_id } },
  });
};

/** A webhook with the signature of a token; the configured one where none is given. */
export const signed = async (body: string, token = env.NOTION_WEBHOOK_TOKEN): Promise<RequestInit> => ({
  method: "POST",
  body,
  headers: {
    "content-type": "application/json",
    "x-notion-signature": await signWebhookPayload({ body, verificationToken: token }),
  },
});

/** Tells Milepost what a person did to a page, as Notion would. */
export const tell = async (type: string, person: Client, pageId: string): Promise<void> => {
  const response = await call("/webhooks/notion", await signed(await pageEvent(type, person, pageId)));
  expect(response.status).toBe(200);
};

/** A request of Milepost's to Notion. */
type Sent = { readonly method: string; readonly path: string; readonly body: string };

/**
 * Lets the object's next such request reach Notion and its answer get lost, and throws the object out of memory while it
 * waits. Resolves afterwards; the object comes back when its alarm does.
 */
export const abortAt = async (
  isAwaited: (sent: Sent) => boolean,
  cause: () => Promise<void>,
): Promise<void> => {
  const send = globalThis.fetch;
  let isWaiting = false;
  const network = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const response = await send(input, init);
    const { method = "GET", body } = init ?? {};
    if (!isAwaited({ method, path: new URL(String(input)).pathname, body: String(body) })) return response;
    isWaiting = true;
    return new Promise(() => undefined);
  });
  await cause();
  // Looked at from the test's own context: what the object resolves, workerd would go on with inside of the object.
  await until(async () => expect(isWaiting).toBe(true));
  network.mockRestore();
  await abortAllDurableObjects();
};
