import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { furnish, type Office, openBrowser, openOffice, readForm, startOfTest } from "./support.ts";

let office: Office;
let browser: ReturnType<typeof openBrowser>;
beforeEach(async () => {
  office = await openOffice();
  browser = openBrowser(office);
});
afterEach(() => office.server.close());

const personId = (name: string): string | undefined =>
  office.workspace.people.find((person) => person.name === name)?.id;
const lastSeq = (): number => office.workspace.control.journal().at(-1)?.seq ?? 0;

type Page = { properties: Record<string, { id: string } & Record<string, unknown>> };
const readPage = async (id: string): Promise<Page["properties"]> =>
  ((await office.as("Dana Reyes").pages.retrieve({ page_id: id })) as unknown as Page).properties;

type Option = { id: string; name: string };
const optionsOf = async (sourceId: string, property: string, type: string): Promise<Option[]> => {
  const source = await office.as("Dana Reyes").dataSources.retrieve({ data_source_id: sourceId });
  const config = (source.properties as Record<string, Record<string, unknown>>)[property]?.[type];
  return (config as { options: Option[] }).options;
};

describe("the pages for people", () => {
  it("lead from the first page to a board by stage, a table and a row", async () => {
    const { databaseId, projectId } = await furnish(office);
    const home = await browser.get("/");
    expect(home.status).toBe(200);
    expect(home.text).toContain(`href="/p/${databaseId}"`);
    const board = await browser.get(`/p/${databaseId}?view=board`);
    expect(board.text).toContain('aria-label="Board by Stage"');
    for (const stage of ["Intake", "Planning", "QA"]) expect(board.text).toContain(`aria-label="${stage}"`);
    const table = await browser.get(`/p/${databaseId}`);
    expect(table.text).toContain('<table class="rows">');
    expect(table.text).toContain(`href="/p/${projectId}"`);
    expect((await browser.get(`/p/${projectId}`)).text).toContain("Acme portal");
  });

  it("move a card as the chosen person, who then stands in the journal", async () => {
    const { databaseId, sourceId, projectId } = await furnish(office);
    await browser.submit("/ui/person", { person: personId("Quinn Abbott") ?? "", return_to: "/" });
    const board = await browser.get(`/p/${databaseId}?view=board`);
    const form = readForm(board.text, `/ui/pages/${projectId}`);
    const { id = "" } = (await readPage(projectId)).Stage ?? {};
    const planning = (await optionsOf(sourceId, "Stage", "status")).find(({ name }) => name === "Planning");
    form.set(`value.${id}`, planning?.id ?? "");
    const before = lastSeq();
    const moved = await browser.submit(`/ui/pages/${projectId}`, form);
    expect(moved.status).toBe(303);
    expect(moved.headers.get("location")).toBe(`/p/${databaseId}?view=board&changed=${startOfTest}`);
    expect((await readPage(projectId)).Stage).toMatchObject({ status: { name: "Planning" } });
    expect(office.workspace.control.journal(before)).toMatchObject([
      {
        kind: "page.properties_updated",
        objectId: projectId,
        actor: { id: personId("Quinn Abbott"), kind: "person" },
        properties: [decodeURIComponent(id)],
      },
    ]);
  });

  it("look out for what follows a change, for fifteen seconds of the clock", async () => {
    await furnish(office);
    const refresh = '<noscript><meta http-equiv="refresh"';
    expect((await browser.get(`/?changed=${startOfTest}`)).text).toContain(refresh);
    expect((await browser.get("/")).text).not.toContain(refresh);
    office.clock.advance(16_000);
    expect((await browser.get(`/?changed=${startOfTest}`)).text).not.toContain(refresh);
  });

  it("tell a browser when an object or something in it has changed", async () => {
    const { databaseId, projectId } = await furnish(office);
    const seqOf = async (id: string) => (await browser.get(`/ui/changes?about=${id}`)).text;
    const [page, database] = [await seqOf(projectId), await seqOf(databaseId)];
    expect((await browser.get(`/p/${projectId}`)).text).toContain(
      `data-seq="${page}" data-about="${projectId}"`,
    );
    await office.as("Diego Santos").comments.create({
      parent: { page_id: projectId },
      rich_text: [{ text: { content: "Hello" } }],
    });
    expect(await seqOf(projectId)).toBe(String(lastSeq()));
    expect(Number(await seqOf(projectId))).toBeGreaterThan(Number(page));
    expect(Number(await seqOf(databaseId))).toBeGreaterThanOrEqual(Number(database));
    expect(await seqOf("nothing")).toBe("0");
  });
});

describe("a page's properties", () => {
  it("are all saved with the control of their type", async () => {
    const { sourceId, projectId, clientId } = await furnish(office);
    const shown = await browser.get(`/p/${projectId}`);
    const form = readForm(shown.text, `/ui/pages/${projectId}`);
    const ids = await readPage(projectId);
    const field = (name: string): string => `value.${ids[name]?.id}`;
    const health = (await optionsOf(sourceId, "Health", "select")).find(({ name }) => name === "At risk");
    const tags = await optionsOf(sourceId, "Tags", "multi_select");
    form.set(field("Name"), "Acme portal 2");
    form.set(field("Note"), "first line\r\nsecond");
    form.set(field("Size"), "2.5");
    form.set(field("Health"), health?.id ?? "");
    for (const tag of tags) form.append(field("Tags"), tag.id);
    form.append(field("Manager"), personId("Pablo Ortiz") ?? "");
    form.delete(field("Start"));
    for (const part of ["2026-12-01", "21:30", "2026-12-02", ""]) form.append(field("Start"), part);
    form.append(field("Signed"), "yes");
    form.set(field("Site"), "https://acme.example");
    form.append(field("Client"), clientId);
    expect((await browser.submit(`/ui/pages/${projectId}`, form)).status).toBe(303);
    expect(await readPage(projectId)).toMatchObject({
      Name: { title: [{ plain_text: "Acme portal 2" }] },
      Note: { rich_text: [{ plain_text: "first line\nsecond" }] },
      Size: { number: 2.5 },
      Health: { select: { name: "At risk" } },
      Tags: { multi_select: [{ name: "Web" }, { name: "Data" }] },
      Manager: { people: [{ id: personId("Pablo Ortiz") }] },
      Start: { date: { start: "2026-12-01T21:30:00.000+00:00", end: "2026-12-02" } },
      Signed: { checkbox: true },
      Site: { url: "https://acme.example" },
      Client: { relation: [{ id: clientId }] },
    });

    const again = readForm((await browser.get(`/p/${projectId}`)).text, `/ui/pages/${projectId}`);
    const before = lastSeq();
    await browser.submit(`/ui/pages/${projectId}`, again);
    expect(lastSeq()).toBe(before);

    for (const name of ["Note", "Size", "Health", "Site"]) again.set(field(name), "");
    for (const name of ["Tags", "Manager", "Signed", "Client"]) again.delete(field(name));
    again.delete(field("Start"));
    for (let part = 0; part < 4; part++) again.append(field("Start"), "");
    await browser.submit(`/ui/pages/${projectId}`, again);
    expect(await readPage(projectId)).toMatchObject({
      Name: { title: [{ plain_text: "Acme portal 2" }] },
      Note: { rich_text: [] },
      Size: { number: null },
      Health: { select: null },
      Tags: { multi_select: [] },
      Manager: { people: [] },
      Start: { date: null },
      Signed: { checkbox: false },
      Site: { url: null },
      Client: { relation: [] },
    });
  });

  it("that somebody else changed meanwhile keep that change when the form did not touch them", async () => {
    const { projectId } = await furnish(office);
    const form = readForm((await browser.get(`/p/${projectId}`)).text, `/ui/pages/${projectId}`);
    await office.as("Clara Voss").pages.update({ page_id: projectId, properties: { Size: { number: 7 } } });
    const { Note } = await readPage(projectId);
    form.set(`value.${Note?.id}`, "mine");
    await browser.submit(`/ui/pages/${projectId}`, form);
    expect(await readPage(projectId)).toMatchObject({
      Size: { number: 7 },
      Note: { rich_text: [{ plain_text: "mine" }] },
    });
  });
});

describe("rows and comments", () => {
  it("a new row is made by the person and opened", async () => {
    const { databaseId, sourceId } = await furnish(office);
    const form = readForm((await browser.get(`/p/${databaseId}?view=board`)).text, "/ui/rows");
    form.set("title", "Globex migration");
    form.set("option", (await optionsOf(sourceId, "Stage", "status")).at(-1)?.id ?? "");
    const before = lastSeq();
    const made = await browser.submit("/ui/rows", form);
    const page = await browser.get(made.headers.get("location") ?? "");
    expect(page.text).toContain("Globex migration");
    const [entry] = office.workspace.control.journal(before);
    expect(entry).toMatchObject({ kind: "page.created", actor: { id: personId("Dana Reyes") } });
    expect((await readPage(entry?.objectId ?? "")).Stage).toMatchObject({ status: { name: "QA" } });
  });

  it("a comment and an answer to it stand in one thread under their authors", async () => {
    const { projectId } = await furnish(office);
    await browser.submit("/ui/comments", {
      page_id: projectId,
      text: "Is it <ready>?",
      return_to: `/p/${projectId}`,
    });
    await browser.submit("/ui/person", { person: personId("Pablo Ortiz") ?? "", return_to: "/" });
    const { results } = await office.as("Dana Reyes").comments.list({ block_id: projectId });
    const [question] = results;
    const thread = question && "discussion_id" in question ? question.discussion_id : "";
    await browser.submit("/ui/comments", {
      discussion_id: thread,
      text: "Yes.",
      return_to: `/p/${projectId}`,
    });
    const { text } = await browser.get(`/p/${projectId}`);
    expect(text.match(/<div class="thread">/g)).toHaveLength(1);
    expect(text).toMatch(/Dana Reyes[\s\S]*Is it &lt;ready&gt;\?[\s\S]*Pablo Ortiz[\s\S]*Yes\./);
  });

  it("mentions and links of a comment lead to pages of this workspace", async () => {
    const { projectId, clientId } = await furnish(office);
    const client = (await office.as("Dana Reyes").pages.retrieve({ page_id: clientId })) as { url?: string };
    await office.as("Dana Reyes").comments.create({
      parent: { page_id: projectId },
      rich_text: [
        { mention: { user: { id: personId("Diego Santos") ?? "" } } },
        { mention: { page: { id: clientId } } },
        { text: { content: "the client", link: { url: client.url ?? "" } } },
      ],
    });
    const { text } = await browser.get(`/p/${projectId}`);
    expect(text).toContain('<span class="mention">@Diego Santos</span>');
    expect(text).toContain(`<a class="mention" href="/p/${clientId}">Acme Ltd</a>`);
    expect(text).toContain(`<a href="/p/${clientId}" rel="noreferrer">the client</a>`);
  });
});

describe("hostile texts", () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;

  it("are shown as texts wherever they stand", async () => {
    const { databaseId, sourceId, projectId } = await furnish(office, hostile);
    const dana = office.as("Dana Reyes");
    await dana.dataSources.update({
      data_source_id: sourceId,
      properties: {
        Health: { name: `<b>${hostile}` },
        Evil: { select: { options: [{ name: `<i>${hostile}` }] } },
      },
    });
    await dana.pages.update({
      page_id: projectId,
      properties: {
        Note: { rich_text: [{ text: { content: hostile } }] },
        Evil: { select: { name: `<i>${hostile}` } },
      },
    });
    await dana.comments.create({
      parent: { page_id: projectId },
      rich_text: [{ text: { content: hostile } }],
    });
    await dana.blocks.children.append({
      block_id: projectId,
      children: [
        { paragraph: { rich_text: [{ text: { content: hostile } }] } },
        { code: { language: "html", rich_text: [{ text: { content: hostile } }] } },
      ],
    });
    for (const path of [
      `/p/${projectId}`,
      `/p/${databaseId}`,
      `/p/${databaseId}?view=board`,
      "/",
      `/p/${databaseId}?view="><script>alert(1)</script>`,
    ]) {
      const { text } = await browser.get(path);
      expect(text).toContain("<!doctype html>");
      expect(text.replace('<script src="/ui.js" defer></script>', "")).not.toMatch(/<script|<img|<b>|<i>/);
    }
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"])(
    "%s is no link",
    async (url) => {
      const { projectId } = await furnish(office);
      const dana = office.as("Dana Reyes");
      await dana.pages.update({ page_id: projectId, properties: { Site: { url } } });
      await dana.comments.create({
        parent: { page_id: projectId },
        rich_text: [{ text: { content: "click", link: { url } } }],
      });
      expect((await browser.get(`/p/${projectId}`)).text).not.toContain(`href="${url}`);
    },
  );

  it("find a policy that lets no foreign or inline script run", async () => {
    const policy = (await browser.get("/")).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("unsafe");
  });
});

describe("forms of other sites", () => {
  it("are refused and change nothing", async () => {
    const { projectId } = await furnish(office);
    const before = lastSeq();
    const fields = { page_id: projectId, text: "planted", return_to: "/" };
    for (const origin of ["http://evil.example", "http://127.0.0.1:1", "null"]) {
      expect((await browser.submit("/ui/comments", fields, { origin })).status).toBe(403);
      expect((await browser.submit("/ui/clock", { step: "60000" }, { origin })).status).toBe(403);
    }
    expect([lastSeq(), office.clock.now()]).toEqual([before, startOfTest]);
  });

  it("cannot send the browser elsewhere afterwards", async () => {
    for (const target of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
    ]) {
      const { headers } = await browser.submit("/ui/clock", { step: "60000", return_to: target });
      expect(headers.get("location")).toMatch(/^\/(\?|[^/\\])/);
    }
  });
});

describe("the clock in the head of the page", () => {
  it("shows the workspace's time and moves by its buttons", async () => {
    expect((await browser.get("/")).text).toContain("Tue 24 Nov, 09:00 UTC");
    await browser.submit("/ui/clock", { step: "60000", return_to: "/" });
    await browser.submit("/ui/clock", { step: "3600000", return_to: "/" });
    await browser.submit("/ui/clock", { step: "86400000", return_to: "/" });
    expect(office.clock.offset()).toBe(60_000 + 3_600_000 + 86_400_000);
    expect((await browser.get("/")).text).toContain("Wed 25 Nov, 10:01 UTC");
    let ran = 0;
    office.clock.after(5 * 60_000, () => ran++);
    await browser.submit("/ui/clock", { step: "next", return_to: "/" });
    expect(ran).toBe(1);
    expect((await browser.get("/")).text).toContain("10:06 UTC");
  });
});

describe("what cannot be shown or saved", () => {
  it("is said on a page", async () => {
    const { projectId } = await furnish(office);
    expect((await browser.get("/p/00000000-0000-4000-8000-000000000000")).status).toBe(404);
    expect((await browser.get("/p/nothing")).status).toBe(404);
    expect((await browser.get("/nothing")).text).toContain("There is no page at this address.");
    const form = readForm((await browser.get(`/p/${projectId}`)).text, `/ui/pages/${projectId}`);
    const { Site } = await readPage(projectId);
    form.set(`value.${Site?.id}`, `https://acme.example/${"a".repeat(2000)}`);
    const refused = await browser.submit(`/ui/pages/${projectId}`, form);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("The workspace refused this");
  });

  it("a person's used-up requests are told as such, not as a crash", async () => {
    await furnish(office);
    office.workspace.control.setHook({
      before: () => ({ status: 429, code: "rate_limited", message: "You have been rate limited." }),
    });
    const { status, text } = await browser.get("/");
    expect(status).toBe(429);
    expect(text).toContain("You have been rate limited.");
  });
});
