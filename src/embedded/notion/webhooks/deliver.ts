import { signWebhookPayload } from "@notionhq/client";
import type { Clock, Database, Fetch, Log, SqlRow } from "../../../ports.ts";
import { delays } from "./event-types.ts";

export type Deliveries = {
  /** Sets the timer for the next event that falls due; to be called after every change of the queue. */
  arm(): void;
  nextDue(): number | null;
  /** Sends nothing more and touches the database no more; resolves when the delivery under way has ended. */
  stop(): Promise<void>;
};

type Outlet = { database: Database; clock: Clock; fetch: Fetch; log: Log };

const dueEvent = `SELECT e.*, s.url, s.verification_token FROM webhook_events e
  JOIN subscriptions s ON s.id = e.subscription_id
  WHERE e.state = 'waiting' AND e.due_at <= ? ORDER BY e.due_at, e.seq LIMIT 1`;

const patienceStepMs = 1_000;

/**
 * Calls `giveUp` after `ms` in which the clock kept its pace; answers how to stop that. A jump counts as one step at most:
 * the receiver did not have the time that people skipped.
 */
const losePatience = (clock: Clock, ms: number, giveUp: () => void): (() => void) => {
  let left = ms;
  let cancel = (): void => undefined;
  const wait = (): void => {
    const step = Math.min(left, patienceStepMs);
    left -= step;
    cancel = clock.after(step, left > 0 ? wait : giveUp);
  };
  wait();
  return () => cancel();
};

const post = async ({ clock, fetch }: Outlet, event: SqlRow, attempt: number): Promise<boolean> => {
  const body = JSON.stringify({ ...JSON.parse(String(event.payload)), attempt_number: attempt });
  const signature = await signWebhookPayload({ body, verificationToken: String(event.verification_token) });
  const timeout = new AbortController();
  const cancel = losePatience(clock, delays.answer, () => timeout.abort(new Error("no answer in time")));
  try {
    const response = await fetch(String(event.url), {
      method: "POST",
      headers: { "content-type": "application/json", "x-notion-signature": signature },
      body,
      signal: timeout.signal,
    });
    await response.body?.cancel();
    return response.ok;
  } finally {
    cancel();
  }
};

/** A receiver that cannot be reached counts as one that refused. */
const isDelivered = async (outlet: Outlet, event: SqlRow, attempt: number): Promise<boolean> => {
  try {
    return await post(outlet, event, attempt);
  } catch (error) {
    outlet.log.info("workspace.webhook_unreachable", {
      error: error instanceof Error ? error.message : String(error),
    });
    return false;
  }
};

const deliver = async (outlet: Outlet, event: SqlRow): Promise<void> => {
  const { database, clock } = outlet;
  const seq = Number(event.seq);
  const attempt = Number(event.attempts) + 1;
  // Stored before the call: from now on no later change joins this event, whose bytes may be known outside.
  database.exec("UPDATE webhook_events SET attempts = ? WHERE seq = ?", attempt, seq);
  if (await isDelivered(outlet, event, attempt)) {
    database.exec("UPDATE webhook_events SET state = 'delivered' WHERE seq = ?", seq);
    return;
  }
  const wait = delays.retries[attempt - 1];
  database.exec(
    "UPDATE webhook_events SET failures = failures + 1, state = ?, due_at = ? WHERE seq = ?",
    wait === undefined ? "lost" : "waiting",
    clock.now() + (wait ?? 0),
    seq,
  );
};

const nextDueIn = (database: Database): number | null => {
  const [row] = database.exec("SELECT min(due_at) AS due FROM webhook_events WHERE state = 'waiting'");
  return row?.due === null || row?.due === undefined ? null : Number(row.due);
};

const sendDue = async (outlet: Outlet, mayGoOn: () => boolean): Promise<void> => {
  const { database, clock } = outlet;
  for (;;) {
    const [event] = mayGoOn() ? database.exec(dueEvent, clock.now()) : [];
    if (!event) return;
    await deliver(outlet, event);
  }
};

/** Sends waiting events in the order in which they fall due, each at its time on the clock; retries survive a restart. */
export const createDeliveries = (outlet: Outlet): Deliveries => {
  const { database, clock, log } = outlet;
  let cancelTimer: (() => void) | null = null;
  let sending: Promise<void> | null = null;
  let stopped = false;
  const nextDue = (): number | null => nextDueIn(database);
  const arm = (): void => {
    if (sending || stopped) return;
    cancelTimer?.();
    cancelTimer = null;
    const due = nextDue();
    if (due !== null) cancelTimer = clock.after(Math.max(0, due - clock.now()), start);
  };
  const start = (): void => {
    cancelTimer = null;
    sending = sendDue(outlet, () => !stopped)
      .catch((error: unknown) =>
        log.error("workspace.webhook_crashed", { stack: error instanceof Error ? error.stack : undefined }),
      )
      .finally(() => {
        sending = null;
        arm();
      });
  };
  const stop = async (): Promise<void> => {
    stopped = true;
    cancelTimer?.();
    await sending;
  };
  return { arm, nextDue, stop };
};
