import type { AdjustableClock } from "../../src/embedded/clock.ts";
import type { Fetch } from "../../src/ports.ts";

/** Sees an exchange when it begins and when it has been answered, at a time (ms) that counts what the clock jumped over. */
export type Watch = (exchange: {
  readonly to: "milepost" | "notion";
  readonly moment: "sent" | "answered";
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly body: string;
}) => void;

/** What the parts of a world share: who watches, whether a round was asked for, and how many exchanges are under way. */
export type Wiring = { watch: Watch | null; woken: boolean; underWay: number };

/** A `fetch` whose exchanges are counted and shown to who watches. */
export const watchedFetch =
  (wiring: Wiring, clock: AdjustableClock) =>
  (to: "milepost" | "notion", send: Fetch): Fetch =>
  async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const tell = (moment: "sent" | "answered"): void =>
      wiring.watch?.({
        ...{ to, moment, method: init?.method ?? "GET", path: url.pathname },
        at: performance.now() + clock.offset(),
        body: typeof init?.body === "string" ? init.body : "",
      });
    tell("sent");
    wiring.underWay++;
    try {
      return await send(input, init);
    } finally {
      wiring.underWay--;
      tell("answered");
    }
  };
