import { signWebhookPayload } from "@notionhq/client";
import type { Database, Random, SqlRow } from "../../../ports.ts";
import { delays } from "./event-types.ts";
import { type Outlet, post } from "./post.ts";
import { createRunner, type Runner } from "./run-due.ts";

/**
 * How deliveries go wrong: the chances from 0 to 1 that an event is never sent, is sent twice (the same bytes under the
 * same id), or comes so late that others overtake it. Documented: notion-api §6 promises none of the three.
 */
export type Disturbance = { lose: number; duplicate: number; reorder: number };

export const undisturbed: Disturbance = { lose: 0, duplicate: 0, reorder: 0 };

export type Deliveries = Runner & {
  nextDue(): number | null;
  disturb(disturbance: Disturbance): void;
  disturbance(): Disturbance;
};

type Delivering = Outlet & { database: Database; random: Random };

const dueEvent = `SELECT e.*, s.url, s.verification_token FROM webhook_events e
  JOIN subscriptions s ON s.id = e.subscription_id
  WHERE e.state = 'waiting' AND e.due_at <= ? ORDER BY e.due_at, e.seq LIMIT 1`;

const send = async (outlet: Outlet, event: SqlRow, attempt: number): Promise<boolean> => {
  const body = JSON.stringify({ ...JSON.parse(String(event.payload)), attempt_number: attempt });
  const signature = await signWebhookPayload({ body, verificationToken: String(event.verification_token) });
  return post(outlet, String(event.url), { "x-notion-signature": signature }, body);
};

const deliver = async (outlet: Delivering, event: SqlRow, isDoubled: boolean): Promise<void> => {
  const { database, clock } = outlet;
  const seq = Number(event.seq);
  const attempt = Number(event.attempts) + 1;
  // Stored before the call: from now on no later change joins this event, whose bytes may be known outside.
  database.exec("UPDATE webhook_events SET attempts = ? WHERE seq = ?", attempt, seq);
  if (isDoubled) await send(outlet, event, attempt);
  if (await send(outlet, event, attempt)) {
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

/** Long enough that a later change of the same entity still waits for its window. */
const finishedKeptMs = 3_600_000;

const addPruned = `INSERT INTO pruned_events (name, count) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET count = count + excluded.count`;

/** Of events that were delivered or given up a while ago only the counts stay. */
const prune = (database: Database, now: number): void => {
  const finished = "FROM webhook_events WHERE state = ? AND due_at <= ?";
  const until = now - finishedKeptMs;
  database.transaction(() => {
    for (const state of ["delivered", "lost"]) {
      const [row] = database.exec(
        `SELECT count(*) AS events, sum(failures) AS failures ${finished}`,
        state,
        until,
      );
      if (!row?.events) continue;
      database.exec(addPruned, state, Number(row.events));
      database.exec(addPruned, "failed", Number(row.failures));
      database.exec(`DELETE ${finished}`, state, until);
    }
  });
};

const nextDueIn = (database: Database): number | null => {
  const [row] = database.exec("SELECT min(due_at) AS due FROM webhook_events WHERE state = 'waiting'");
  return row?.due === null || row?.due === undefined ? null : Number(row.due);
};

type Fate = "once" | "twice" | "later" | "never";

/** What becomes of an event at its first attempt; one that was put off once is put off no more. */
const createFates = (random: Random) => {
  const putOff = new Set<number>();
  return (event: SqlRow, { lose, duplicate, reorder }: Disturbance): Fate => {
    const seq = Number(event.seq);
    if (Number(event.attempts) > 0 || putOff.delete(seq)) return "once";
    const happens = (chance: number): boolean => chance > 0 && random() < chance;
    if (happens(lose)) return "never";
    if (happens(duplicate)) return "twice";
    if (!happens(reorder)) return "once";
    putOff.add(seq);
    return "later";
  };
};

const meet = async (outlet: Delivering, event: SqlRow, fate: Fate): Promise<void> => {
  const { database, clock, random } = outlet;
  const seq = Number(event.seq);
  if (fate === "never") database.exec("UPDATE webhook_events SET state = 'lost' WHERE seq = ?", seq);
  else if (fate === "later") {
    const due = clock.now() + Math.ceil(random() * delays.reordered);
    database.exec("UPDATE webhook_events SET due_at = ? WHERE seq = ?", due, seq);
  } else await deliver(outlet, event, fate === "twice");
};

/** Sends waiting events in the order in which they fall due, each at its time on the clock; retries survive a restart. */
export const createDeliveries = (outlet: Delivering): Deliveries => {
  const { database, clock, log } = outlet;
  let disturbance = undisturbed;
  const fateOf = createFates(outlet.random);
  const nextDue = (): number | null => nextDueIn(database);
  const runNext = async (): Promise<boolean> => {
    const [event] = database.exec(dueEvent, clock.now());
    if (!event) return false;
    await meet(outlet, event, fateOf(event, disturbance));
    prune(database, clock.now());
    return true;
  };
  return {
    ...createRunner({ clock, log, nextDue, runNext }),
    nextDue,
    disturb(next) {
      disturbance = next;
    },
    disturbance: () => disturbance,
  };
};
