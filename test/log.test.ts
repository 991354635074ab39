import { describe, expect, it } from "vitest";
import { createLog } from "../src/log.ts";
import type { Clock, Log, LogFields } from "../src/ports.ts";

const clockAt = (now: number): Clock => ({ now: () => now, after: () => () => {} });

const logInto = (lines: string[], level: keyof Log = "debug"): Log =>
  createLog({ level, write: (line) => lines.push(line), clock: clockAt(Date.UTC(2026, 0, 6, 9, 0, 0, 5)) });

const lineOf = (fields: LogFields, event = "sync.refused"): string => {
  const lines: string[] = [];
  logInto(lines).info(event, fields);
  return lines[0] ?? "";
};

describe("the log", () => {
  it("writes one JSON object a line with the passed clock's time in UTC", () => {
    expect(lineOf({ page_id: "0123-ab", findingCount: 2, isDry: false, ms: 14 })).toBe(
      '{"ts":"2026-01-06T09:00:00.005Z","level":"info","event":"sync.refused","page_id":"0123-ab","findingCount":2,"isDry":false,"ms":14}',
    );
  });

  it("names the action that failed, so that its letter can be found", () => {
    const key = "letter|0123-ab:4567-cd|state#2";
    expect(JSON.parse(lineOf({ key }, "action.failed"))).toMatchObject({ key });
  });

  it("leaves out what is not known", () => {
    expect(JSON.parse(lineOf({ pageId: null, status: undefined }))).not.toHaveProperty("dropped");
  });

  it("writes nothing below its level", () => {
    const lines: string[] = [];
    const log = logInto(lines, "warn");
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: "warn", event: "c" },
      { level: "error", event: "d" },
    ]);
  });

  it("shares nothing with another log of the same process", () => {
    const [first, second]: [string[], string[]] = [[], []];
    const quiet = logInto(first, "error");
    const loud = logInto(second, "debug");
    quiet.info("only.quiet");
    loud.debug("only.loud");
    quiet.error("quiet.error");
    expect(first.map((line) => JSON.parse(line).event)).toEqual(["quiet.error"]);
    expect(second.map((line) => JSON.parse(line).event)).toEqual(["only.loud"]);
  });
});

describe("what never reaches the log", () => {
  const canaries: LogFields = {
    title: "Relaunch of the shop",
    name: "Canary",
    comment: "please\ncall",
    email: "canary@client.example",
    url: "https://www.notion.so/Canary-1",
    token: "canary-token",
    reason: "The client has not signed: canary",
    kind: "canary@client.example",
    pageId: "canary id",
    state: "\u001b[31mcanary",
    status: "canary\nlevel",
    event: "canary",
    level: "canary",
    ts: "canary",
    "canary field": 1,
  };

  it.each(Object.entries(canaries))("%s: %j", (name, value) => {
    const line = lineOf({ [name]: value, rows: 3 });
    expect(line).not.toMatch(/canary|call|shop|client/i);
    expect(JSON.parse(line)).toMatchObject({ rows: 3, level: "info", event: "sync.refused" });
  });

  it("is named where its name is safe, so that a missing field is no riddle", () => {
    expect(JSON.parse(lineOf({ title: "Relaunch", reason: "two words" })).dropped).toEqual([
      "title",
      "reason",
    ]);
  });

  it.each<[LogFields, string]>([
    [{ id: "ntn_canary123" }, "[token]"],
    [{ id: "secret_canary123" }, "[token]"],
    [{ key: "letter|ntn_canary|1" }, "letter|[token]|1"],
    [{ route: "/l/canary-0123/answer" }, "/l/[link]/answer"],
    [{ path: "/w/acme/l/canary.0123" }, "/w/acme/l/[link]"],
    [{ operation: "Bearer:canary" }, "[bearer]"],
    [{ id: "eyJjYW5hcnk.eyJjYW5hcnk.canary" }, "[jwt]"],
  ])("credentials and client links in fields that may be written: %j", (fields, shown) => {
    const line = lineOf(fields);
    expect(line).not.toMatch(/canary|eyJ/i);
    expect(Object.values(JSON.parse(line))).toContain(shown);
  });

  it("an event name that was put together from a text", () => {
    expect(JSON.parse(lineOf({}, "refused Canary project"))).toMatchObject({ event: "log.unnamed" });
  });

  it("an error's message, while the places of its stack are kept", () => {
    const stack = [
      "Error: canary@client.example said no",
      "    at src/canary:1:1 is what the client wrote",
      "    at decide (file:///home/someone/milepost/src/rules/decide.ts:12:5)",
      "    at file:///home/someone/milepost/node_modules/hono/dist/hono.js:3:9",
      "    at node:internal/process:1:1",
    ].join("\n");
    const line = lineOf({ stack, error: "TypeError" });
    expect(JSON.parse(line)).toMatchObject({
      error: "TypeError",
      stack: "src/rules/decide.ts:12:5 node_modules/hono/dist/hono.js:3:9",
    });
    expect(line).not.toMatch(/canary|someone/);
  });
});
