import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { controlActions } from "../../src/embedded/notion/control-actions/table.ts";
import { furnish, type Office, openOffice } from "./ui/support.ts";

let office: Office;
let ids: Awaited<ReturnType<typeof furnish>>;
beforeEach(async () => {
  office = await openOffice();
  ids = await furnish(office);
});
afterEach(() => office.server.close());

const control = async (path: string, body?: unknown) => {
  const response = await fetch(`${office.server.url}/control/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${office.workspace.tokens.control}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads deep into answers whose shape is what it checks
  return { status: response.status, body: (await response.json()) as any };
};

const asBot = (path: string) =>
  fetch(`${office.server.url}/v1/${path}`, {
    headers: { authorization: `Bearer ${office.workspace.tokens.bot}`, "notion-version": "2026-03-11" },
  });
const schema = async () =>
  (await (await asBot(`data_sources/${ids.sourceId}`)).json()) as {
    properties: Record<string, { type: string; select?: { options: { name: string }[] } }>;
  };
const optionNames = async () => (await schema()).properties.Health?.select?.options.map(({ name }) => name);

describe("the control routes", () => {
  it("set fault rules and tell what became of them", async () => {
    const rule = { fault: "overloaded", path: "/v1/users/*", count: 1, retry_after_seconds: 7 };
    expect((await control("faults", { rules: [rule] })).status).toBe(200);
    const refused = await asBot("users/me");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([529, "7"]);
    expect((await asBot("users/me")).status).toBe(200);
    expect((await control("faults")).body.rules).toEqual([
      { fault: "overloaded", path: "/v1/users/*", count: 1, retryAfterSeconds: 7, matched: 2, applied: 1 },
    ]);
    expect((await control("faults", { rules: [{ fault: "gremlins" }] })).status).toBe(400);
  });

  it("take a page's access away and give it again", async () => {
    await control("unshare", { object_id: ids.databaseId });
    expect((await asBot(`pages/${ids.projectId}`)).status).toBe(404);
    await control("share", { object_id: ids.databaseId });
    expect((await asBot(`pages/${ids.projectId}`)).status).toBe(200);
  });

  it("take capabilities away", async () => {
    await control("capabilities", { capabilities: ["read_content"] });
    expect((await asBot("users")).status).toBe(403);
    expect((await control("capabilities", { capabilities: ["fly"] })).status).toBe(400);
  });

  it("put a page into the trash and take it out, as a person", async () => {
    await control("trash", { page_id: ids.projectId, as: "Clara Voss" });
    expect(await (await asBot(`pages/${ids.projectId}`)).json()).toMatchObject({ in_trash: true });
    await control("restore", { page_id: ids.projectId });
    expect(await (await asBot(`pages/${ids.projectId}`)).json()).toMatchObject({ in_trash: false });
    expect(await control("trash", { page_id: ids.projectId, as: "Nobody" })).toEqual({
      status: 400,
      body: { error: "no person Nobody" },
    });
  });

  it("change a schema as a person does", async () => {
    const at = { data_source_id: ids.sourceId };
    await control("rename-property", { ...at, property: "Note", name: "Remark" });
    await control("delete-property", { ...at, property: "Size" });
    await control("retype-property", { ...at, property: "Site", definition: { rich_text: {} } });
    await control("rename-option", { ...at, property: "Health", option: "At risk", name: "In danger" });
    const { properties } = await schema();
    expect(properties.Remark?.type).toBe("rich_text");
    expect(properties.Size).toBeUndefined();
    expect(properties.Site?.type).toBe("rich_text");
    expect(await optionNames()).toEqual(["On track", "In danger"]);
    await control("delete-option", { ...at, property: "Health", option: "On track" });
    expect(await optionNames()).toEqual(["In danger"]);
    expect((await control("delete-property", { ...at, property: "Colour" })).status).toBe(400);
  });

  it("add a data source and a template", async () => {
    const added = await control("add-data-source", { database_id: ids.databaseId, title: "Archive" });
    expect((await asBot(`data_sources/${added.body.id}`)).status).toBe(200);
    const template = await control("add-template", { data_source_id: ids.sourceId, name: "New client" });
    expect((await asBot(`pages/${template.body.id}`)).status).toBe(200);
  });

  it("seed rows in bulk, all or none", async () => {
    const row = (name: string) => ({ Name: { title: [{ text: { content: name } }] } });
    const rows = Array.from({ length: 250 }, (_, index) => row(`Row ${index}`));
    const seeded = await control("seed", { data_source_id: ids.sourceId, rows });
    expect(seeded.body.ids).toHaveLength(250);
    expect((await asBot(`pages/${seeded.body.ids[249]}`)).status).toBe(200);
    const before = office.workspace.control.journal().length;
    const wrong = await control("seed", { data_source_id: ids.sourceId, rows: [row("x"), { Colour: {} }] });
    expect(wrong).toEqual({ status: 400, body: { error: "Colour is not a property that exists." } });
    expect(office.workspace.control.journal()).toHaveLength(before);
  });

  it("lead a subscription from its request to its end", async () => {
    const url = "http://127.0.0.1:9/hook";
    const { id } = (await control("webhooks/request", { url })).body;
    expect((await control("webhooks/verify", { id, token: "wrong" })).body).toEqual({ verified: false });
    expect((await control("webhooks/resend", { id })).body).toEqual({ taken: true });
    expect((await control("webhooks")).body.results).toMatchObject([{ id, url, state: "pending" }]);
    await control("webhooks/resume", { id });
    expect((await control("webhooks")).body.results).toMatchObject([{ state: "active" }]);
    await control("webhooks/pause", { id });
    expect((await control("webhooks")).body.results).toMatchObject([{ state: "paused" }]);
    await control("webhooks/remove", { id });
    expect((await control("webhooks")).body.results).toEqual([]);
    const disturbed = await control("webhooks/disturb", { lose: 0.5 });
    expect(disturbed.body).toEqual({ lose: 0.5, duplicate: 0, reorder: 0 });
    expect((await control("webhooks/disturb", { lose: 2 })).status).toBe(400);
  });

  it("make, resume and remove an automation", async () => {
    const wanted = {
      url: "http://127.0.0.1:9/automation",
      data_source_id: ids.sourceId,
      properties: ["Name"],
    };
    const { id } = (await control("automations", wanted)).body;
    expect((await control("automations")).body.results).toMatchObject([{ id, state: "active" }]);
    expect((await control("automations/resume", { id })).status).toBe(200);
    await control("automations/remove", { id });
    expect((await control("automations")).body.results).toEqual([]);
  });

  it("limit the blocks that may be created", async () => {
    expect((await control("block-limit", { blocks: 10 })).body).toEqual({ done: true });
    expect((await control("block-limit", { blocks: null })).body).toEqual({ done: true });
  });

  it.each(Object.keys(controlActions))("refuse nonsense for %s and stay as they were", async (name) => {
    const before = office.workspace.control.journal().length;
    expect((await control(name, { nonsense: 1 })).status).toBe(400);
    expect((await control(name, null)).status).toBe(400);
    expect(office.workspace.control.journal()).toHaveLength(before);
  });
});
