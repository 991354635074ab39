import { describe, expect, it } from "vitest";
import { importViolations } from "./import-rules.ts";
import { readTree } from "./source.ts";

const check = (files: Readonly<Record<string, string>>) => importViolations(new Map(Object.entries(files)));

describe("the import rules", () => {
  it("hold in the whole repository", () => {
    expect(importViolations(readTree("src", "notion-templates", "scripts"))).toEqual([]);
  });
});

describe("a planted violation is found:", () => {
  it.each<[what: string, path: string, text: string, told: string]>([
    [
      "upwards",
      "src/domain/gates.ts",
      'import { a } from "../rules/a.ts";',
      "domain may import types, notion-templates",
    ],
    [
      "upwards, as a type",
      "src/types/a.ts",
      'import type { A } from "../store/a.ts";',
      "types may import nothing",
    ],
    ["upwards, inline", "src/sync/a.ts", 'type A = import("../engine/a.ts").A;', "sync may import"],
    ["upwards, re-exported", "src/rules/a.ts", 'export { a } from "../engine/a.ts";', "rules may import"],
    [
      "upwards, at run time",
      "src/engine/a.ts",
      'const a = await import("../http/a.ts");',
      "engine may import",
    ],
    ["on one level", "src/sync/a.ts", 'import { a } from "../ledger/a.ts";', "sync may import"],
    [
      "between adapters",
      "src/mail/a.ts",
      'import { a } from "../store/a.ts";',
      "mail may import types, notion-templates",
    ],
    ["past a port", "src/engine/a.ts", 'import { a } from "../notion/a.ts";', "engine may import"],
    ["a pure layer on the store", "src/rules/a.ts", 'import { a } from "../store/a.ts";', "rules may import"],
    [
      "embedded on a template",
      "src/embedded/a.ts",
      'import { a } from "../../notion-templates/a.ts";',
      "embedded may import types",
    ],
    ["a script on an entry", "scripts/a.ts", 'import "../src/node.ts";', "scripts may import"],
    ["a folder without a layer", "src/helpers/a.ts", "export const a = 1;", "belongs to no layer"],
    [
      "of a folder without a layer",
      "src/sync/a.ts",
      'import "../helpers/a.ts";',
      "that file belongs to no layer",
    ],
    [
      "the SDK outside of its adapter",
      "src/sync/a.ts",
      'import type { Client } from "@notionhq/client";',
      "only src/notion",
    ],
    [
      "the SDK's client in embedded",
      "src/embedded/a.ts",
      'import { Client } from "@notionhq/client";',
      "only src/notion",
    ],
    [
      "all of the SDK in embedded",
      "src/embedded/a.ts",
      'import * as sdk from "@notionhq/client";',
      "only src/notion",
    ],
    [
      "nodemailer outside of mail",
      "src/chat/a.ts",
      'import { createTransport } from "nodemailer";',
      "only src/mail",
    ],
    [
      "node: in shared code",
      "src/store/pages.ts",
      'import { readFileSync } from "node:fs";',
      "node: modules stay on Node",
    ],
    [
      "cloudflare: in shared code",
      "src/http/a.ts",
      'import { env } from "cloudflare:workers";',
      "stay on Workers",
    ],
    [
      "Node's driver in shared code",
      "src/compose.ts",
      'import { a } from "./store/node-sqlite.ts";',
      "opened on Node alone",
    ],
    [
      "the other driver on Node",
      "src/node.ts",
      'import { a } from "./store/durable-object.ts";',
      "opened on Workers alone",
    ],
    [
      "the environment",
      "src/compose.ts",
      "const { PORT } = process.env;",
      "only src/config.ts reads the environment",
    ],
    [
      "the environment, by a longer way",
      "scripts/a.ts",
      "globalThis.process?.env.PORT;",
      "only src/config.ts",
    ],
    ["Date.now", "src/engine/a.ts", "const now = Date.now();", "the clock is passed in"],
    ["Date.now as a value", "src/compose.ts", "const clock = { now: Date.now };", "the clock is passed in"],
    ["new Date()", "src/domain/a.ts", "const now = () => new Date();", "the clock is passed in"],
    ["Date()", "src/domain/a.ts", "const now = Date();", "the clock is passed in"],
    ["Math.random", "src/notion/a.ts", "const jitter = Math.random();", "randomness and ids are passed in"],
    [
      "crypto.randomUUID",
      "src/ledger/a.ts",
      "const id = crypto.randomUUID();",
      "randomness and ids are passed in",
    ],
    [
      "node:crypto's randomUUID",
      "src/embedded/a.ts",
      'import { randomUUID } from "node:crypto"; randomUUID();',
      "randomness and ids",
    ],
    [
      "setTimeout",
      "src/notion/a.ts",
      "await new Promise((done) => setTimeout(done, 5));",
      "timers belong to the clock",
    ],
    [
      "a timer as a default",
      "src/embedded/a.ts",
      "const { after = setTimeout } = options;",
      "timers belong to the clock",
    ],
  ])("%s", (_what, path, text, told) => {
    const violations = check({ [path]: text });
    expect(violations).toHaveLength(1);
    expect(violations[0]).toContain(`${path} `);
    expect(violations[0]).toContain(told);
  });

  it("a circle of files", () => {
    const files = {
      "src/domain/a.ts": 'import { b } from "./b.ts";',
      "src/domain/b.ts": 'import type { C } from "./c.ts";',
      "src/domain/c.ts": 'import { a } from "./a.ts";',
      "src/domain/d.ts": 'import { a } from "./a.ts";',
    };
    expect(check(files)).toEqual([
      "src/domain/a.ts -> src/domain/b.ts -> src/domain/c.ts -> src/domain/a.ts: files import each other in a circle",
    ]);
  });
});

describe("what the rules allow is not reported:", () => {
  it.each<[what: string, path: string, text: string]>([
    ["downwards", "src/engine/a.ts", 'import { a } from "../sync/a.ts"; import { b } from "../store/b.ts";'],
    ["a template's type", "notion-templates/a.ts", 'import type { A } from "../src/types/schema.ts";'],
    [
      "building adapters",
      "src/compose.ts",
      'import { a } from "./notion/a.ts"; import { b } from "./mail/b.ts";',
    ],
    [
      "the SDK's signing helper",
      "src/embedded/a.ts",
      'import { type Client, signWebhookPayload } from "@notionhq/client";',
    ],
    ["the SDK's types in embedded", "src/embedded/a.ts", 'import type { Client } from "@notionhq/client";'],
    ["a given time", "src/domain/a.ts", "const iso = (ms: number) => new Date(ms).toISOString();"],
    [
      "own names",
      "src/engine/a.ts",
      "const x = { setTimeout: 1 }; clock.now(); office.Date.now; x.setTimeout;",
    ],
    [
      "words in texts and comments",
      "src/embedded/a.ts",
      "// Date.now()\nconst page = `<script>setTimeout(f)</script>`;",
    ],
    ["a runtime's clock", "src/node.ts", "const clock = { now: () => Date.now(), after: setTimeout };"],
    ["the environment's one reader", "src/config.ts", "export const all = () => process.env;"],
  ])("%s", (_what, path, text) => expect(check({ [path]: text })).toEqual([]));
});
