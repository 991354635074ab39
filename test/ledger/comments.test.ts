import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../../src/embedded/notion/workspace.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { lastRequest, personId, problemsOf, requestsAfter, writesAfter } from "../support/requests.ts";
import { addRow, commentsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

let world: World;
let sources: DataSources;
let project: string;

beforeEach(async () => {
  world = await setUpWorld({ pollSeconds: 600 });
  const dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
  project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
});
afterEach(() => world.close());

const comments = () => commentsOf(world.as("Dana Reyes"), project);
const attempt = async (name = "Dana Reyes", to = "Planning"): Promise<void> => {
  await edit(world.as(name), "projects", project, { Stage: to });
  await world.pass(untilQuiet);
};

/** Faults for Milepost's next creations of a comment, one after another. */
const spoilCreates = (when: "before" | "after", faults: readonly Fault[]): void => {
  const waiting = [...faults];
  world.workspace.control.setHook({
    [when]: ({ operation, actorId }: { operation: string | null; actorId: string | null }) =>
      operation === "comments.create" && actorId === world.workspace.botId ? waiting.shift() : undefined,
  });
};

const answersThatHideSuccess: readonly { readonly how: string; readonly fault: Fault }[] = [
  { how: "answered 503", fault: { status: 503, code: "service_unavailable" } },
  { how: "answered 504 by a proxy", fault: { status: 504, html: "<h1>504</h1>" } },
  { how: "cut off", fault: "reset" },
  { how: "answered with half a body", fault: "truncated" },
];

describe.each(answersThatHideSuccess)("a comment that was made, but whose request was $how", ({ fault }) => {
  test("is found again: there is one gate comment", async () => {
    spoilCreates("after", [fault]);
    await attempt();
    expect(await comments()).toHaveLength(1);
    await edit(world.as("Dana Reyes"), "projects", project, { "Requirements signed off": "yes" });
    await world.pass(untilQuiet);
    const [comment, ...others] = await comments();
    expect(others).toEqual([]);
    expect(comment?.text).not.toContain("Requirements signed off");
  });

  test("is found again: there is one reply", async () => {
    await attempt();
    spoilCreates("after", [fault]);
    await attempt("Pablo Ortiz");
    const [, ...replies] = await comments();
    expect(replies.map(({ mentions }) => mentions)).toEqual([[personId(world, "Pablo Ortiz")]]);
    expect(world.store.exec("SELECT state FROM actions WHERE key LIKE 'reply|%'")).toEqual([
      { state: "done" },
    ]);
  });
});

test("a comment that was not made is made by the next try, once", async () => {
  spoilCreates("before", [{ status: 500 }, { status: 409, code: "conflict_error" }]);
  await attempt();
  expect(await comments()).toHaveLength(1);
});

test("a comment that Notion answers with a pause is made in the instant in which the pause ends, and not looked for", async () => {
  spoilCreates("before", [{ status: 429, code: "rate_limited", headers: { "retry-after": "5" } }]);
  const before = lastRequest(world);
  await attempt();
  expect(await comments()).toHaveLength(1);
  const asked = requestsAfter(world, before).filter(({ operation }) => operation?.startsWith("comments."));
  expect(asked.map(({ operation, status }) => [operation, status])).toEqual([
    ["comments.create", 429],
    ["comments.create", 200],
  ]);
  const [refused, made] = asked;
  expect((made?.at ?? 0) - (refused?.at ?? 0)).toBe(5_000);
});

test("a copy of the comment's link by somebody else is not taken for the comment", async () => {
  const text = { content: "see", link: { url: `http://milepost.test/#made-gate%7C${project}` } };
  await world.as("Pablo Ortiz").comments.create({ parent: { page_id: project }, rich_text: [{ text }] });
  spoilCreates("before", [{ status: 500 }]);
  await attempt();
  expect((await comments()).map(({ by }) => by)).toEqual([
    personId(world, "Pablo Ortiz"),
    world.workspace.botId,
  ]);
});

/** People delete any comment in Notion's own menus; its API lets only the author do so. */
const remove = (commentId: string) =>
  world.workspace.fetch(`http://notion.test/v1/comments/${commentId}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${world.workspace.tokens.bot}`, "notion-version": "2026-03-11" },
  });

test("a comment that people delete stays deleted until there is something new to say", async () => {
  await attempt();
  const [first] = await comments();
  await remove(first?.id ?? "");
  const deleted = lastRequest(world);
  await world.pass(untilQuiet);
  expect(writesAfter(world, deleted)).toEqual([]);
  await edit(world.as("Dana Reyes"), "projects", project, { "Requirements signed off": "yes" });
  await world.pass(untilQuiet);
  await edit(world.as("Dana Reyes"), "projects", project, { "Timeline acknowledged": "yes" });
  await world.pass(untilQuiet);
  const [again, ...others] = await comments();
  expect(others).toEqual([]);
  expect(again?.text).toContain("Everything that was missing is there now");
});

test("a reply that Notion refuses five times is a dead letter that /status names, and others go on", async () => {
  await attempt();
  spoilCreates("before", Array(5).fill({ status: 400, code: "validation_error" }));
  await attempt("Pablo Ortiz");
  await world.pass(60 * 60_000);
  expect(await problemsOf(world)).toMatchObject([
    { code: "notion_refused", pageId: project, detail: expect.stringContaining("dead letter") },
  ]);
  await attempt("Clara Voss");
  const [, ...replies] = await comments();
  // That a gate refused three times is put to the manager; here there is none to mention.
  const answered = replies.flatMap(({ mentions }) => mentions);
  expect(answered).toEqual([personId(world, "Clara Voss")]);
});

test("an attempt that is settled before its reply went out needs no reply any more", async () => {
  await attempt();
  spoilCreates("before", Array(4).fill({ status: 409, code: "conflict_error" }));
  await edit(world.as("Pablo Ortiz"), "projects", project, { Stage: "QA" });
  await world.pass(10_000);
  await attempt("Pablo Ortiz", "On hold");
  await world.pass(60 * 60_000);
  expect(await comments()).toHaveLength(1);
  expect(world.store.exec("SELECT state FROM actions WHERE key LIKE 'reply|%'")).toEqual([
    { state: "cancelled" },
  ]);
});
