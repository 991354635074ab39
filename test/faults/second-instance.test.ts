import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { attendStore, type Stoppable } from "../../src/engine/attend-store.ts";
import type { Database } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";
import { tuesdayMorning } from "../support/world.ts";

const minute = 60_000;

let folder: string;
let clock: VirtualClock;
let open: Database[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "milepost-lease-"));
  clock = createVirtualClock(tuesdayMorning);
  open = [];
});
afterEach(() => {
  for (const database of open) database.close();
  rmSync(folder, { recursive: true });
});

const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

type Instance = Stoppable & { readonly stores: readonly Database[]; serves: () => boolean };

/** One process on the store; `frozen` keeps its timers from firing, as a paused machine does. */
const start = async (
  holder: string,
  options: {
    readonly frozen?: () => boolean;
    readonly gone?: readonly string[];
    readonly endsIn?: number;
    /** Why it cannot serve; null where it can. */
    readonly fails?: () => Error | null;
  } = {},
): Promise<Instance> => {
  const database = openNodeDatabase(join(folder, "milepost.sqlite"));
  open.push(database);
  const stores: Database[] = [];
  let serves = false;
  const attended = await attendStore({
    ...{ database, log, holder, isGone: (other) => options.gone?.includes(other) ?? false },
    clock: {
      now: clock.now,
      after: (ms, fn) => {
        const fire = (): void => (options.frozen?.() ? void clock.after(1_000, fire) : fn());
        return clock.after(ms, fire);
      },
    },
    serve: async (store) => {
      const failure = options.fails?.() ?? null;
      if (failure) throw failure;
      serves = true;
      stores.push(store);
      store.exec("CREATE TABLE IF NOT EXISTS written (by TEXT)");
      return {
        stop: async () => {
          if (options.endsIn !== undefined)
            await new Promise<void>((resolve) => void clock.after(options.endsIn ?? 0, resolve));
          serves = false;
        },
      };
    },
  });
  return { ...attended, stores, serves: () => serves };
};

const written = (): unknown[] => open[0]?.exec("SELECT by FROM written").map(({ by }) => by) ?? [];

test("F43: a second instance waits and takes over when the first one ends", async () => {
  const first = await start("first");
  const second = await start("second");
  await clock.advance(10 * minute);
  expect([first.serves(), second.serves()]).toEqual([true, false]);
  await first.stop();
  await clock.advance(5_000);
  expect([first.serves(), second.serves()]).toEqual([false, true]);
  await second.stop();
});

test("F43: one that ends keeps the store while its last round does, so that what a slow mail server took is not sent again", async () => {
  const first = await start("first", { endsIn: 90_000 });
  const second = await start("second");
  const stopped = first.stop();
  await clock.advance(80_000);
  first.stores[0]?.exec("INSERT INTO written VALUES ('first')");
  expect([written(), second.serves()]).toEqual([["first"], false]);
  await clock.advance(20_000);
  await stopped;
  expect(second.serves()).toBe(true);
  await second.stop();
});

test("F43: one that is paused for two minutes is superseded; what it writes afterwards is refused, and it waits in its turn", async () => {
  let paused = false;
  const first = await start("first", { frozen: () => paused });
  const second = await start("second");
  paused = true;
  await clock.advance(2 * minute);
  expect(second.serves()).toBe(true);
  const late = first.stores[0];
  expect(() => late?.exec("INSERT INTO written VALUES ('first')")).toThrow("Another Milepost serves");
  expect(() => late?.transaction(() => late.exec("INSERT INTO written VALUES ('first')"))).toThrow(
    "Another Milepost serves",
  );
  second.stores[0]?.exec("INSERT INTO written VALUES ('second')");
  expect(written()).toEqual(["second"]);
  paused = false;
  await clock.advance(minute);
  expect([first.serves(), second.serves()]).toEqual([false, true]);
  await second.stop();
  await clock.advance(5_000);
  expect(first.serves()).toBe(true);
  first.stores[1]?.exec("INSERT INTO written VALUES ('first')");
  expect(written()).toEqual(["second", "first"]);
  await first.stop();
});

test("F43: one that was superseded and cannot serve when its turn comes keeps nobody else from it", async () => {
  let [isFrozen, failure]: [boolean, Error | null] = [false, null];
  const first = await start("first", { frozen: () => isFrozen, fails: () => failure });
  isFrozen = true;
  const second = await start("second");
  await clock.advance(2 * minute);
  expect(second.serves()).toBe(true);
  await second.stop();
  failure = new Error("the store belongs to a newer version");
  isFrozen = false;
  await clock.advance(minute);
  expect(first.serves()).toBe(false);
  failure = null;
  await clock.advance(minute);
  expect(first.serves()).toBe(true);
  await first.stop();
});

test("F42: a process of this machine that was killed is not waited for", async () => {
  await start("killed");
  const next = await start("next", { gone: ["killed"] });
  expect(next.serves()).toBe(true);
  await next.stop();
});

test("F34: a clock that was set back an hour does not keep the store from being served", async () => {
  await start("killed");
  const earlier = createVirtualClock(tuesdayMorning - 60 * minute);
  clock = earlier;
  const next = await start("next");
  expect(next.serves()).toBe(true);
  await next.stop();
});
