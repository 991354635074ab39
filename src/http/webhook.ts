import { Hono } from "hono";
import { z } from "zod";
import { readableFrom } from "../engine/reading.ts";
import type { Clock, Database, Gather, Log, VerifyWebhook } from "../ports.ts";
import { markDirty } from "../store/dirty.ts";
import { forgetEvents, noteEvent } from "../store/inbox.ts";
import { countUp, dropMeta, getMeta, setMeta } from "../store/meta.ts";
import { clearProblem } from "../store/problems.ts";
import type { Bindings } from "../types/bindings.ts";
import { dashed } from "../types/page-id.ts";
import { createIntakeLimiter, type IntakeLimiter } from "./intake-limiter.ts";
import { noteOverwrite } from "./note-overwrite.ts";
import { readLimited } from "./read-limited.ts";
import { type Batch, storeInBatches } from "./store-in-batches.ts";
import { authorOf, type Event, event, isEdit } from "./webhook-event.ts";

/** A signal holds ids only; anything larger is not one (reliability W1). */
const bodyLimit = 64 * 1024;

const handshake = z.strictObject({ verification_token: z.string().min(1).max(200) });

export type WebhookOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly bindings: () => Bindings;
  readonly verify: VerifyWebhook;
  /** Tokens that sign events now; empty while the subscription has not been verified. */
  readonly tokens: readonly string[];
  /** Starts the loop; called after the mark is stored. */
  readonly wake: () => void;
  readonly gather: Gather;
};

/**
 * Notion's webhook: a hint that something changed, never what changed (reliability W1-W6). Raw bytes are verified before
 * they are parsed; a refused request leaves nothing but a counter.
 */
export const notionWebhook = (options: WebhookOptions): Hono => {
  const limiter = createIntakeLimiter(options.clock);
  const refuse = (reason: string, status: 400 | 401 | 413): Response => {
    // A counter costs a commit, which a flood of forgeries must not buy.
    if (!limiter.take("refused")) return tooMany();
    countUp(options.database, `webhook_refused_${reason}`);
    return new Response(null, { status });
  };
  const take = storeInBatches<Event>({
    ...{ database: options.database, gather: options.gather, stored: options.wake },
    begin: () => beginTaking(options),
  });
  const route = new Hono().post("/", async (c) => {
    const body = await readLimited(c.req.raw, bodyLimit);
    if (body === null) return refuse("too_large", 413);
    const signature = c.req.header("x-notion-signature") ?? "";
    if (options.tokens.length === 0)
      return (await takeHandshake(options, limiter, body, signature)) ?? refuse("unexpected", 401);
    if (!(await options.verify(body, signature, options.tokens))) return refuse("signature", 401);
    if (!limiter.take("genuine")) return tooMany();
    const parsed = event.safeParse(parseJson(body));
    if (!parsed.success) return refuse("malformed", 400);
    await take(parsed.data);
    return c.body(null, 200);
  });
  return route.all("/", () => new Response(null, { status: 405, headers: { allow: "POST" } }));
};

/** Notion delivers again later what is answered so. */
const tooMany = (): Response => new Response(null, { status: 429, headers: { "retry-after": "1" } });

const parseJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    return undefined;
  }
};

/** What holds for all events of one transaction. */
type Intake = WebhookOptions & {
  readonly now: number;
  readonly workspaceId: string | null;
  readonly botId: string | null;
  readonly readableFrom: (pageId: string) => number | null;
};

const beginTaking = (options: WebhookOptions): Batch<Event> => {
  const { database } = options;
  const now = options.clock.now();
  const [workspaceId, botId] = [getMeta(database, "workspace_id"), getMeta(database, "bot_id")];
  const intake: Intake = {
    ...{ ...options, now, workspaceId, botId },
    readableFrom: readableFrom(database, now),
  };
  const counts = { foreign: 0, duplicate: 0, accepted: 0 };
  forgetEvents(database, now);
  return {
    store: (received) => {
      counts[takeEvent(intake, received)] += 1;
    },
    end: () => {
      for (const [fate, count] of Object.entries(counts))
        if (count > 0) countUp(database, `webhook_${fate}`, count);
      if (counts.accepted > 0) endSilence(database);
    },
  };
};

/** The event's id, the mark, done. Duplicates and other workspaces' events are counted and dropped. */
const takeEvent = (intake: Intake, received: Event): Fate => {
  const { database, now } = intake;
  const fate = fateOf(intake, received);
  if (fate !== "accepted") return fate;
  const pageId = dashed(received.entity.id);
  const notBefore = intake.readableFrom(pageId) ?? (isOfOurs(intake, received) ? now : null);
  if (notBefore !== null) {
    const urgent = isUrgent(intake, received);
    const editedAt = isEdit(received) ? received.timestamp : undefined;
    markDirty(database, { pageId, urgent, author: authorOf(received), editedAt, notBefore }, now);
    noteOverwrite(intake, received, pageId, now);
  } else if (asksForSchema(intake, received, pageId)) {
    setMeta(database, "schema_due", String(now));
  }
  return fate;
};

/** An event shows that the subscription lives. */
const endSilence = (database: Database): void => {
  dropMeta(database, "unannounced_since");
  clearProblem(database, "webhook_silent");
};

type Fate = "foreign" | "duplicate" | "accepted";

const fateOf = ({ database, now, workspaceId }: Intake, received: Event): Fate => {
  if (workspaceId !== null && dashed(received.workspace_id) !== workspaceId) return "foreign";
  return noteEvent(database, dashed(received.id), now) ? "accepted" : "duplicate";
};

/** Whether the event is about a page that lies in one of our databases; its type does not matter. */
const isOfOurs = (options: WebhookOptions, received: Event): boolean => {
  const source = received.data.parent?.data_source_id;
  return (
    received.entity.type === "page" && source !== undefined && sourcesOf(options).includes(dashed(source))
  );
};

/** Rows that come and go change no schema; a database in the trash takes its data source with it. */
const asksForSchema = (intake: Intake, received: Event, entityId: string): boolean => {
  const { type } = received;
  // What setup makes it has looked at; each of its databases would ask for all of them again.
  if (type === "data_source.content_updated" || isEcho(intake, received)) return false;
  const bound = Object.values(intake.bindings());
  return (
    (type.startsWith("data_source.") && bound.some(({ dataSourceId }) => dataSourceId === entityId)) ||
    (type.startsWith("database.") && bound.some(({ databaseId }) => databaseId === entityId))
  );
};

const sourcesOf = (options: WebhookOptions): string[] =>
  Object.values(options.bindings()).map((binding) => binding.dataSourceId);

/** A change of the body alone asks for nothing at once, nor does an echo of our own write. It is read all the same. */
const isUrgent = (intake: Intake, received: Event): boolean =>
  received.type.startsWith("page.") && received.type !== "page.content_updated" && !isEcho(intake, received);

const isEcho = ({ botId }: Intake, { authors }: Event): boolean =>
  authors.length > 0 && authors.every((author) => dashed(author.id) === botId);

/**
 * The subscription's handshake signs itself with the token it carries, so it proves nothing. It is taken only while no
 * token is configured, and only shown to the operator in /status (reliability W6).
 */
const takeHandshake = async (
  options: WebhookOptions,
  limiter: IntakeLimiter,
  body: Uint8Array,
  signature: string,
): Promise<Response | null> => {
  const parsed = handshake.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const token = parsed.data.verification_token;
  if (!(await options.verify(body, signature, [token]))) return null;
  // Anybody can make one.
  if (!limiter.take("refused")) return tooMany();
  setMeta(options.database, "webhook_handshake", token);
  options.log.info("webhook.handshake");
  return new Response(null, { status: 200 });
};
