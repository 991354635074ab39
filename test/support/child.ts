import { flushCompileCache } from "node:module";
import { type Idle, type PacedOrders, startPaced } from "./paced.ts";

/**
 * A paced Milepost as a process that ends itself with SIGKILL at one of its probes. Its argument is a `ChildOrders` as
 * JSON, its settings are the environment's; it speaks with its parent over the channel of `fork`.
 */
export type ChildOrders = PacedOrders & { readonly killAt: KillPoint | null };
/** A probe, counted from 1. Its name shows that the run is the one that was counted; "" where any will do. */
export type KillPoint = { readonly index: number; readonly point: string };
/** Moves the clock; answered once there is nothing left to do at that time. */
export type ChildRequest = { readonly advanceMs: number };
export type ChildAnswer =
  | { readonly kind: "ready"; readonly url: string }
  | ({ readonly kind: "idle" } & Idle);

const { killAt, ...orders } = JSON.parse(process.argv[2] ?? "") as ChildOrders;

const met = (count: number, point: string): void => {
  if (count === killAt?.index) dieAt(point, killAt.point);
};

const dieAt = (point: string, expected: string): void => {
  if (expected !== "" && point !== expected) {
    process.stderr.write(`another run than the counted one: ${point} in place of ${expected}\n`);
    process.exit(70);
  }
  process.kill(process.pid, "SIGKILL");
  // The signal ends every thread; until it does, nothing more may happen in this one.
  for (;;);
};

// A test that ends before its time leaves no process behind.
process.on("disconnect", () => process.exit());

const say = (answer: ChildAnswer): void => void process.send?.(answer);

const { url, run, stop } = await startPaced(process.env, orders, met);
process.on(
  "message",
  ({ advanceMs }: ChildRequest) => void run(advanceMs).then((idle) => say({ kind: "idle", ...idle })),
);
// A process that is killed keeps nothing of what it compiled, so it is kept now.
flushCompileCache();
process.once("SIGTERM", () => void stop().then(() => process.exit(0)));
say({ kind: "ready", url });
