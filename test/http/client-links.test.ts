import { afterEach, beforeEach, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { coverOf } from "../../src/domain/workflow.ts";
import { signLink } from "../../src/links/sign.ts";
import { freezeLetter } from "../../src/store/letters.ts";
import { findLink, putLink } from "../../src/store/links.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { addRow, cellsOf, dataSources, edit } from "../support/rows.ts";
import { publicUrl, type World } from "../support/world.ts";

const minutes = 60_000;
const secrets = ["a link secret of thirty-two bytes."];
const content = {
  deliverable: "A <b>working</b> bot",
  whatWorksNow: "It scores leads",
  demo: "https://demo.acme.example/",
};
let world: World;
let milestone: string;
let project: string;
let contact: string;

beforeEach(async () => {
  world = await setUpWorld({ pollSeconds: 600 });
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  contact = await addRow(dana, sources, "contacts", { Name: "Cleo Marsh", Email: "cleo@acme.example" });
  project = await addRow(dana, sources, "projects", {
    ...{
      Name: "Lead bot",
      Contacts: contact,
      "Health note": "canary-note",
      "Override reason": "canary-override",
    },
  });
  await world.pass(2 * minutes);
  milestone = await addRow(dana, sources, "milestones", {
    ...{ Name: "Core build", "Client visible": "yes", Project: project, Deliverable: content.deliverable },
    ...{ "What works now": content.whatWorksNow, Demo: content.demo },
  });
  await world.pass(2 * minutes);
  await edit(dana, "milestones", milestone, { "Sign-off": "To request" });
  await world.pass(2 * minutes);
});
afterEach(() => world.close());

const newLink = async (covers = coverOf(databases.milestones, "signOff", content) ?? ""): Promise<string> => {
  const linkId = crypto.randomUUID();
  const terms = {
    purpose: "sign-off",
    pageId: milestone,
    contactId: contact,
    projectId: project,
    covers,
  } as const;
  putLink(world.store, { ...terms, linkId, now: world.clock.now() });
  const link = findLink(world.store, linkId);
  if (!link) throw new Error("no link");
  return `/l/${await signLink(secrets, link)}`;
};

const get = (path: string, init: RequestInit = {}) => world.service().app.request(path, init);
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  get(path, {
    ...{ method: "POST", body: new URLSearchParams(fields).toString() },
    headers: { origin: publicUrl, ...headers },
  });
const approval = { choice: "approve", name: "Cleo Marsh" };

const contents = (): string =>
  JSON.stringify(
    world.store
      .exec("SELECT name FROM sqlite_master WHERE type = 'table'")
      .map(({ name }) => [name, world.store.exec(`SELECT * FROM "${name}"`)]),
  );

test("reading a link changes nothing, however often and by whomever it is read", async () => {
  const path = await newLink();
  const before = contents();
  for (let turn = 0; turn < 50; turn++) {
    const response = await get(path, {
      method: turn % 2 ? "HEAD" : "GET",
      headers: { "user-agent": "SafeLinks" },
    });
    expect(response.status).toBe(200);
  }
  expect(contents()).toBe(before);
});

test("the page shows what is to be signed as text and nothing else of the project", async () => {
  const response = await get(await newLink());
  const page = await response.text();
  expect(page).toContain("A &lt;b&gt;working&lt;/b&gt; bot");
  expect(page).toContain("It scores leads");
  expect(page).not.toMatch(/canary|cleo@acme\.example/);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(response.headers.get("referrer-policy")).toBe("same-origin");
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("an approval takes a choice and a typed name, and stands in Notion with who and when", async () => {
  const path = await newLink();
  expect((await post(path, {})).status).toBe(422);
  expect((await post(path, { choice: "approve", name: "  " })).status).toBe(422);
  expect((await post(path, { choice: "changes", name: "Cleo" })).status).toBe(422);
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);
  const done = await post(path, approval);
  expect(done.status).toBe(303);
  expect(await (await get(path)).text()).toContain("Approved");
  await world.pass(3 * minutes);
  const cells = await cellsOf(world.as("Dana Reyes"), milestone);
  expect(cells["Sign-off"]).toBe("Approved");
  expect(cells["Signed by"]).toContain("Cleo Marsh");
  expect(cells["Signed at"]).not.toBe("");
});

test("of a hundred answers at once the first stands, and the others are shown it", async () => {
  const paths = [await newLink(), await newLink()];
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, turn) =>
      post(
        paths[turn % 2] ?? "",
        turn % 2 ? approval : { ...approval, choice: "changes", comment: "More colour" },
      ),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(world.store.exec("SELECT choice FROM answers")).toEqual([{ choice: "changes" }]);
  expect(await (await get(paths[1] ?? "")).text()).toContain("Changes requested");
});

test.each(["Robert'); DROP TABLE answers; --", '100 % of _all_ \\ "done"', "Grüße, 東京 👩‍💻"])(
  "A39: what a client types is stored exactly: %s",
  async (typed) => {
    expect((await post(await newLink(), { choice: "changes", name: typed, comment: typed })).status).toBe(
      303,
    );
    expect(world.store.exec("SELECT name, comment FROM answers")).toEqual([{ name: typed, comment: typed }]);
  },
);

test("A26: a form cannot name another column or page: what it carries beside the choice and the words is not looked at", async () => {
  const more = { stage: "Live", status: "Done", page: project, approved_by: "Dana Reyes" };
  expect((await post(await newLink(), { ...approval, ...more })).status).toBe(303);
  await world.pass(2 * minutes);
  expect((await cellsOf(world.as("Dana Reyes"), project)).Stage).toBe("Intake");
  expect((await cellsOf(world.as("Dana Reyes"), milestone)).Status).not.toBe("Done");
});

test("A26: by an old form: a version that has changed since is not signed", async () => {
  const path = await newLink();
  await edit(world.as("Dana Reyes"), "milestones", milestone, { Deliverable: "Something else" });
  await world.pass(3 * minutes);
  expect((await post(path, approval)).status).toBe(409);
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);
});

test("an expired, a revoked, a tampered and a trashed link meet the same page", async () => {
  const path = await newLink();
  const revoked = await newLink();
  world.store.exec("UPDATE links SET revoked_at = 1 WHERE rowid = 2");
  const pages = [await get(`${path.slice(0, -1)}${path.endsWith("A") ? "B" : "A"}`), await get(revoked)];
  world.workspace.control.trash(milestone);
  await world.pass(2 * minutes);
  pages.push(await get(path), await post(path, approval));
  await world.clock.advance(8 * 24 * 60 * minutes);
  pages.push(await get(path));
  expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect(new Set(await Promise.all(pages.map((page) => page.text()))).size).toBe(1);
});

test("a form of another site is refused", async () => {
  const path = await newLink();
  expect((await post(path, approval, { origin: "https://evil.example" })).status).toBe(403);
  expect((await post(path, approval, { origin: "null" })).status).toBe(403);
  const body = new URLSearchParams(approval).toString();
  const nameless = await get(path, { method: "POST", body });
  expect(nameless.status).toBe(403);
  expect(await nameless.text()).toContain("open the link from your mail again");
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);
  expect((await post(path, approval, { origin: publicUrl })).status).toBe(303);
});

test("A39: a body that is too large is refused", async () => {
  expect((await post(await newLink(), { ...approval, comment: "x".repeat(70_000) })).status).toBe(413);
});

test("an answer may be as long as the form lets it be, in every script and with all its lines", async () => {
  const lines = `${"字".repeat(39)}\r\n`.repeat(100);
  const path = await newLink();
  expect((await post(path, { ...approval, choice: "changes", comment: lines })).status).toBe(303);
  const [answer] = world.store.exec("SELECT comment FROM answers");
  expect(answer?.comment).toBe(lines.replaceAll("\r\n", "\n").trim());
});

test("an answer that is too long comes back to the client, who is told the limit", async () => {
  const typed = "x".repeat(4_001);
  const response = await post(await newLink(), { ...approval, comment: typed });
  expect(response.status).toBe(422);
  const page = await response.text();
  expect(page).toContain("Write no more than 4000 characters.");
  expect(page).toContain(typed);
});

test("while what is to be signed cannot be read, reading and answering meet the same page", async () => {
  const path = await newLink();
  const sources = await dataSources(dana());
  await dana().dataSources.update({
    data_source_id: sources.milestones,
    properties: { Deliverable: { type: "number", number: {} } },
  });
  await world.pass(65 * minutes);
  expect((await get(path)).status).toBe(503);
  expect((await post(path, approval)).status).toBe(503);
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);
});

const dana = () => world.as("Dana Reyes");

test("asked again about the same words after changes were requested, the client can approve", async () => {
  const comment = "The logo is wrong";
  expect((await post(await newLink(), { ...approval, choice: "changes", comment })).status).toBe(303);
  await world.pass(3 * minutes);
  await edit(dana(), "milestones", milestone, { "Sign-off": "To request" });
  await world.pass(3 * minutes);
  const second = await newLink();
  expect(await (await get(second)).text()).toContain("Send my answer");
  expect((await post(second, approval)).status).toBe(303);
  await world.pass(3 * minutes);
  expect((await cellsOf(dana(), milestone))["Sign-off"]).toBe("Approved");
});

test("a contact in the trash decides nothing any more", async () => {
  const path = await newLink();
  world.workspace.control.trash(contact);
  await world.pass(3 * minutes);
  expect((await post(path, approval)).status).toBe(404);
});

test("a contact who left the project neither reads nor decides any more", async () => {
  const path = await newLink();
  await edit(dana(), "projects", project, { Contacts: "" });
  await world.pass(3 * minutes);
  expect((await get(path)).status).toBe(404);
  expect((await post(path, approval)).status).toBe(404);
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);
});

test("a link that went to a wrong address is worth nothing there once the address is corrected", async () => {
  const path = await newLink();
  const letter = { messageId: "<a@b>", mailDate: 1, from: "f", subject: "s", text: "t", html: "h" } as const;
  const [row] = world.store.exec("SELECT link_id FROM links");
  const sentTo = { ...letter, actionKey: "k", references: "r", linkId: String(row?.link_id) };
  freezeLetter(world.store, { ...sentTo, to: "cleo@acme.example" }, 1);
  expect((await get(path)).status).toBe(200);
  await edit(dana(), "contacts", contact, { Email: "cleo.marsh@acme.example" });
  await world.pass(3 * minutes);
  expect((await get(path)).status).toBe(404);
  expect((await post(path, approval)).status).toBe(404);
});

test("a milestone that is no longer Client visible shows nothing of itself, answered or not", async () => {
  const path = await newLink();
  await edit(dana(), "milestones", milestone, { "Client visible": "" });
  await world.pass(3 * minutes);
  const hidden = await get(path);
  expect(hidden.status).toBe(409);
  expect(await hidden.text()).not.toContain("It scores leads");
  expect((await post(path, approval)).status).toBe(409);
});

test("the day and time of an answer are those of the client's clock", async () => {
  const path = await newLink();
  expect((await post(path, approval)).status).toBe(303);
  expect(await (await get(path)).text()).toMatch(
    /by Cleo Marsh on Tuesday, 24 November 2026, 10:\d\d \(Europe\/Berlin\)/,
  );
  await edit(dana(), "contacts", contact, {
    ...{ "Time zone": "Asia/Tokyo", Role: { multi_select: [{ name: "Primary" }] } },
  });
  await world.pass(3 * minutes);
  expect(await (await get(path)).text()).toMatch(/2026, 18:\d\d \(Asia\/Tokyo\)/);
});

test("a sign-off that the team has withdrawn asks nothing", async () => {
  const path = await newLink();
  await edit(dana(), "milestones", milestone, { "Sign-off": "Not needed" });
  await world.pass(3 * minutes);
  for (const response of [await get(path), await post(path, approval)]) {
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("Nothing is asked any more");
  }
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);
});

test("the sixth attempt in a minute waits, the next minute it counts", async () => {
  const path = await newLink();
  for (let turn = 0; turn < 5; turn++) expect((await post(path, {})).status).toBe(422);
  expect((await post(path, approval)).status).toBe(429);
  await world.clock.advance(minutes + 1);
  expect((await post(path, approval)).status).toBe(303);
});

test("other methods are not allowed", async () => {
  expect((await get(await newLink(), { method: "OPTIONS" })).status).toBe(405);
});

test("hidden characters leave a name, and another contact does not read the comment", async () => {
  const [first, second] = [await newLink(), await newLink()];
  const fields = { choice: "changes", name: "Cleo\u202e\u0000 Marsh", comment: "between us" };
  expect((await post(first, fields)).status).toBe(303);
  expect(world.store.exec("SELECT name FROM answers")).toEqual([{ name: "Cleo Marsh" }]);
  expect(await (await get(first)).text()).toContain("between us");
  const other = await (await get(second)).text();
  expect(other).toContain("Cleo Marsh");
  expect(other).not.toContain("between us");
});

test("while Notion lacks one of the answers none is taken", async () => {
  const path = await newLink();
  const [row] = world.store.exec("SELECT value FROM meta WHERE key = 'bindings'");
  const bindings = JSON.parse(String(row?.value));
  delete bindings.milestones.properties.signOff.options.Approved;
  world.store.exec("UPDATE meta SET value = ? WHERE key = 'bindings'", JSON.stringify(bindings));
  world.restart();
  expect((await post(path, approval)).status).toBe(503);
  expect(world.store.exec("SELECT * FROM answers")).toEqual([]);
});

test("an answer that a client gives while the team's own is being judged stands", async () => {
  const path = await newLink();
  await dana().comments.create({
    parent: { page_id: milestone },
    rich_text: [{ text: { content: "Cleo approved it on the call." } }],
  });
  await world.pass(2 * minutes);
  const answers: number[] = [];
  world.setNetwork(async (request, goOn) => {
    const isJudged = request.method === "GET" && request.path.startsWith("/v1/comments");
    if (isJudged && answers.length === 0)
      answers.push(
        (await post(path, { choice: "changes", name: "Cleo Marsh", comment: "The colour" })).status,
      );
    return goOn();
  });
  await edit(dana(), "milestones", milestone, { "Sign-off": "Approved" });
  await world.pass(5 * minutes);
  expect(answers).toEqual([303]);
  expect((await cellsOf(dana(), milestone))["Sign-off"]).toBe("Changes requested");
});
