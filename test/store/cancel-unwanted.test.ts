import { expect, test } from "vitest";
import { addAction } from "../../src/store/actions.ts";
import { cancelUnwanted } from "../../src/store/cancel-unwanted.ts";
import { noteFailure } from "../../src/store/dead-letters.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { problems, raiseStepProblem } from "../../src/store/problems.ts";

test("an action that failed is named no longer once no rule wants it", () => {
  const database = openNodeDatabase(":memory:");
  migrate(database);
  const now = 1_000_000;
  const payload = {
    kind: "letter",
    updateId: "update",
    contactId: "contact",
    atOnce: true,
    link: null,
  } as const;
  const action = {
    key: "letter|update|1",
    subject: "update",
    cause: { kind: "date", date: "2026-11-24" },
    causedAt: now,
    window: null,
    payload,
    rule: "mail",
  } as const;
  addAction(database, "project", action, "pending", now);
  const place = { pageId: "update", database: null, property: null, detail: "action, trace 1" };
  raiseStepProblem(database, "action", action.key, { code: "internal_error", ...place }, now);
  const failure = {
    step: "action",
    subject: action.key,
    pageId: "update",
    input: "{}",
    error: "",
    traceId: "1",
  };
  noteFailure(database, failure);
  cancelUnwanted(database, "project", { wanted: new Set([action.key]), waiting: [] }, now);
  expect(problems(database)).toHaveLength(1);
  cancelUnwanted(database, "project", { wanted: new Set(), waiting: [] }, now);
  expect(problems(database)).toEqual([]);
  expect(noteFailure(database, failure)).toBe(1);
  database.close();
});
