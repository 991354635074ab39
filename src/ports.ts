import type { NotionGateway } from "./types/notion-gateway.ts";

export type { NotionGateway };

/** The only source of time. Milliseconds since the epoch, UTC. */
export type Clock = {
  now(): number;
  /** Calls `fn` once, `ms` from now; the returned function cancels it. */
  after(ms: number, fn: () => void): () => void;
};

/** A number in [0, 1). Seeded in tests. */
export type Random = () => number;

/** A new UUID, dashed, lower case. Seeded in tests. */
export type NewId = () => string;

/** The `fetch` that adapters use; the embedded workspace is one. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Resolves a few milliseconds later, behind everything that has arrived meanwhile. Never rejects. */
export type Gather = () => Promise<void>;

/** Called before and after every call through a port, with the call's name. Crash tests end the process here. */
export type Probe = (point: string) => void;

/** One column value as SQLite gives and takes it. */
export type SqlValue = string | number | null;
export type SqlRow = Record<string, SqlValue>;

/** A SQLite database with one writer, synchronous in both runtimes. */
export type Database = {
  /** Runs one statement with at most 100 parameters (the Workers limit, enforced everywhere) and returns its rows. */
  exec(sql: string, ...params: SqlValue[]): SqlRow[];
  /** All of `fn` or nothing: rolls back when it throws. Not nested. */
  transaction<T>(fn: () => T): T;
  close(): void;
};

/** Values a log line may carry. Texts that people wrote are not among them. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log. `event` is a fixed dotted name ("sync.refused"), never interpolated. */
export type Log = {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/** What the request budget remembers, as JSON: requests by second, and the pause that Notion asked for (UTC ms). */
export type ThrottleState = {
  /** Requests counted in each second of the last minute; `bulk` is the part of `total` that bulk work took. */
  readonly buckets: readonly { readonly second: number; readonly total: number; readonly bulk: number }[];
  readonly pausedUntil: number | null;
  readonly pauseReason: string | null;
  /** Since when Notion has answered nothing but pauses; absent in what an older version stored. */
  readonly pausedSince?: number | null;
  /** When this state was last used, so that a clock that jumps back does not lengthen a pause. */
  readonly seenAt: number;
};

/** Keeps the request budget over a restart. `save` is called once a request, before it is sent. */
export type ThrottleStore = { load(): ThrottleState | null; save(state: ThrottleState): void };

/** Whether a signature fits the exact bytes under one of the tokens, in constant time. */
export type VerifyWebhook = (
  body: Uint8Array,
  signature: string,
  tokens: readonly string[],
) => Promise<boolean>;

/** One mail to one recipient, fixed from its first attempt on: every attempt sends the same bytes (design §9). */
export type Mail = {
  readonly messageId: string;
  /** The `Date` header (UTC ms). */
  readonly date: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Groups the letters of a project in the client's mail program. */
  readonly references: string | null;
};

/**
 * What became of one attempt. `temporary` and `permanent` are the server's word before the message was taken (4xx, 5xx);
 * `channel` concerns every mail (no connection, refused login, TLS); `unknown` broke off after the final dot.
 */
export type MailOutcome =
  | { readonly kind: "sent"; readonly response: string }
  | { readonly kind: "temporary" | "permanent" | "channel" | "unknown"; readonly code: string };

export type Mailer = { send(mail: Mail): Promise<MailOutcome> };
