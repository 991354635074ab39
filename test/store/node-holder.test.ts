import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isGone, newHolder } from "../../src/store/node-holder.ts";

const withPid = (pid: number): string => newHolder("other").replace(` ${process.pid} `, ` ${pid} `);
const endedPid = (): number => spawnSync(process.execPath, ["--version"]).pid;
const elsewhere = (holder: string): string => holder.replace(/pid:\[\d+\]/, "pid:[1]");

describe("a holder of the store", () => {
  test("that has this process's number is gone: a container started anew counts from 1 again", () => {
    expect(isGone(newHolder("before"))).toBe(true);
  });

  test("whose process has ended is gone, and one whose process runs is not", () => {
    expect([isGone(withPid(endedPid())), isGone(withPid(process.ppid))]).toEqual([true, false]);
  });

  test.runIf(existsSync("/proc/self/ns/pid"))(
    "in another container with this host name may run, whatever its number",
    () => {
      for (const holder of [newHolder("other"), withPid(endedPid())])
        expect(isGone(elsewhere(holder))).toBe(false);
    },
  );

  test("of a version that named no container may run", () => {
    const [host, pid] = newHolder("before").split(" ");
    expect(isGone(`${host} ${pid} 01234567-89ab-4def-8123-456789abcdef`)).toBe(false);
  });

  test("on another machine may run", () => {
    expect(isGone(`another-${newHolder("other")}`)).toBe(false);
  });
});
