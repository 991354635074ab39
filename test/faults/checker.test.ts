import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../support/checker/check.ts";
import type { Files } from "../support/checker/facts.ts";
import type { Story } from "../support/checker/story.ts";
import { playMoves, untilQuiet } from "../support/scenario.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;
let story: Story;
let files: Files;

beforeAll(async () => {
  world = createWorld();
  await world.pass(untilQuiet);
  story = await playMoves(world);
  files = { workspace: world.workspaceDatabase.exec, milepost: world.store.exec };
});
afterAll(() => world.close());

test("the checker finds nothing wrong with a story that nothing disturbed", () => {
  expect(check(files, story)).toEqual([]);
});

const copyOf = (table: string, columns: string, where: string): string =>
  `INSERT INTO ${table} (id, ${columns}) SELECT id || 'x', ${columns} FROM ${table} WHERE ${where}`;
const objectColumns =
  "kind, parent_type, parent_id, created_at, created_by, edited_at, edited_by, in_trash, shared, data";
const commentColumns =
  "discussion_id, parent_type, parent_id, page_id, created_at, created_by, edited_at, display_name, rich_text";
const bot = "(SELECT id FROM users WHERE kind = 'bot')";
const office =
  "(SELECT parent_id FROM objects WHERE kind = 'page' AND parent_type = 'data_source_id' ORDER BY seq LIMIT 1)";
const accepted = "outcome = 'accepted' AND property = 'stage'";

/** What the checker has to find, and how it comes about: in which file, by which SQL. */
const defects: readonly (readonly [string, keyof Files, string, RegExp])[] = [
  [
    "a start page twice",
    "workspace",
    copyOf("objects", objectColumns, `kind = 'page' AND parent_type = 'page_id' AND created_by = ${bot}`),
    /start pages/,
  ],
  ["a view twice", "workspace", copyOf("objects", objectColumns, "kind = 'view'"), /the view .* 2 times/],
  [
    "a database lost",
    "workspace",
    "UPDATE objects SET in_trash = 1 WHERE kind = 'database'",
    /the database .* 0 times/,
  ],
  [
    "a row twice",
    "workspace",
    copyOf("objects", objectColumns, `kind = 'page' AND parent_id = ${office}`),
    /rows in Office/,
  ],
  [
    "a property lost",
    "workspace",
    "DELETE FROM properties WHERE json_extract(data, '$.name') = 'Gate'",
    /"Gate" is there 0 times/,
  ],
  [
    "a reply twice",
    "workspace",
    copyOf("comments", commentColumns, `seq = (SELECT max(seq) FROM comments)`),
    /2 replies/,
  ],
  ["a gate comment lost", "workspace", "DELETE FROM comments", /0 gate comments/],
  [
    "a value of the team's written",
    "workspace",
    "UPDATE journal SET entry = json_set(entry, '$.properties', json_array('title')) WHERE json_extract(entry, '$.actor.kind') = 'bot'",
    /is the team's/,
  ],
  [
    "a value that the mirror has not",
    "workspace",
    `UPDATE page_values SET "values" = '{}'`,
    /the workspace has/,
  ],
  ["an accepted move lost", "milepost", `DELETE FROM transitions WHERE ${accepted}`, /moves judged/],
  [
    "another person's move",
    "milepost",
    `UPDATE transitions SET actor = '{"kind":"unknown"}' WHERE ${accepted}`,
    /moves judged/,
  ],
  ["a move before its time", "milepost", "UPDATE transitions SET at = 0", /before it was made/],
  ["an open write", "milepost", "INSERT INTO intents VALUES ('p', 'unknown', '{}', '{}', 0)", /open outcome/],
  ["an action left", "milepost", "UPDATE actions SET state = 'pending'", /not done/],
  [
    "a page left to read",
    "milepost",
    "INSERT INTO dirty_pages (page_id, sequence, urgent, since, not_before) VALUES ('p', 1, 0, 0, 0)",
    /to be read/,
  ],
];

test.for(defects)("the checker finds %s", ([, file, sql, sentence]) => {
  const exec = files[file];
  exec("BEGIN");
  try {
    exec(sql);
    expect(check(files, story).join("\n")).toMatch(sentence);
  } finally {
    exec("ROLLBACK");
  }
});
