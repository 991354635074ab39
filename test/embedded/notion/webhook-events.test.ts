import { verifyWebhookSignature } from "@notionhq/client";
import { describe, expect, it } from "vitest";
import { eventTypes } from "../../../src/embedded/notion/webhooks/event-types.ts";
import type { Fetch } from "../../../src/ports.ts";
import { createDatabase, createRow, type Loose, openWorkspace, start, text } from "./open-workspace.ts";

const url = "https://milepost.example/webhooks/notion";
const verificationToken = "secret_0123456789";
type Received = {
  url: string;
  body: Loose;
  signature: string | null;
  headers: Headers;
  raw: string;
  at: number;
};

/** A workspace with one row, whose posts are kept and answered with `answer`. */
const openReceived = async (answer: () => number = () => 200) => {
  const received: Received[] = [];
  const fetch: Fetch = async (to, init) => {
    const headers = new Headers(init?.headers);
    const raw = String(init?.body);
    const signature = headers.get("x-notion-signature");
    received.push({
      url: String(to),
      body: JSON.parse(raw),
      signature,
      headers,
      raw,
      at: opened.clock.now(),
    });
    return new Response(null, { status: answer() });
  };
  const opened = openWorkspace({ fetch });
  const { workspace, bot, dana } = opened;
  const { dataSourceId, databaseId } = await createDatabase(bot, workspace.rootPageId, "Rows", {
    Name: { title: {} },
    Points: { number: {} },
    Note: { rich_text: {} },
  });
  const row = await createRow(bot, dataSourceId, { Name: { title: text("Acme") } });
  const count = (points: number, client = dana) =>
    client.pages.update({ page_id: row.id, properties: { Points: { number: points } } });
  const types = () => received.map(({ body }) => body.type);
  return { ...opened, control: workspace.control, received, types, dataSourceId, databaseId, row, count };
};

const openSubscribed = async (answer?: () => number) => {
  const opened = await openReceived(answer);
  opened.control.subscribe({ url, verificationToken });
  return opened;
};

describe("a subscription", () => {
  it("hears nothing before its token, which it was posted signed with itself, is pasted back", async () => {
    const { control, received, count, clock } = await openReceived();
    const id = await control.requestSubscription({ url });
    const [handshake] = received;
    const token = handshake?.body.verification_token;
    expect(Object.keys(handshake?.body ?? {})).toEqual(["verification_token"]);
    expect(token).toMatch(/^secret_/);
    const { raw: body = "", signature = null } = handshake ?? {};
    expect(await verifyWebhookSignature({ body, signature, verificationToken: token })).toBe(true);
    await count(1);
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
    expect(control.verifySubscription(id, "secret_other")).toBe(false);
    expect(control.subscriptions()).toMatchObject([{ id, state: "pending" }]);
    expect(await control.resendToken(id)).toBe(true);
    expect(received[1]?.raw).toBe(body);
    expect(control.verifySubscription(id, token)).toBe(true);
    await count(2);
    await clock.advance(600_000);
    expect(received.map((one) => one.body.type)).toEqual([undefined, undefined, "page.properties_updated"]);
  });

  it("is made even when nobody takes its token", async () => {
    const { control } = await openReceived(() => 500);
    const id = await control.requestSubscription({ url });
    expect(control.subscriptions()).toMatchObject([{ id, url, state: "pending" }]);
  });

  it("is told in its own API version, of its own event types", async () => {
    const { control, received, count, clock, dana, row } = await openReceived();
    control.subscribe({ url, verificationToken, apiVersion: "2025-09-03", eventTypes: ["comment.created"] });
    await count(1);
    await dana.comments.create({ parent: { page_id: row.id }, rich_text: text("hi") });
    await clock.advance(600_000);
    expect(received.map(({ body }) => [body.type, body.api_version])).toEqual([
      ["comment.created", "2025-09-03"],
    ]);
  });

  it("that is paused hears nothing of what happens meanwhile", async () => {
    const { control, received, count, clock } = await openSubscribed();
    const [{ id = "" } = {}] = control.subscriptions();
    await count(1);
    control.pauseSubscription(id);
    await count(2);
    await clock.advance(600_000);
    control.resumeSubscription(id);
    expect(received).toEqual([]);
    await count(3);
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
  });

  it("does not hear of comments without the capability to read them", async () => {
    const { control, received, clock, dana, row } = await openSubscribed();
    control.setCapabilities(["read_content", "update_content", "insert_content"]);
    await dana.comments.create({ parent: { page_id: row.id }, rich_text: text("hi") });
    await clock.advance(600_000);
    expect(received).toEqual([]);
  });

  it("does not hear of what was unshared", async () => {
    const { control, received, clock, count, databaseId } = await openSubscribed();
    control.unshare(databaseId);
    await count(1);
    await clock.advance(600_000);
    expect(received).toEqual([]);
  });
});

describe("events", () => {
  it("tell of a data source when rows come and go", async () => {
    const { received, clock, bot, dataSourceId, databaseId } = await openSubscribed();
    const other = await createRow(bot, dataSourceId, {});
    await clock.advance(600_000);
    expect(received.map(({ body }) => body.type).sort()).toEqual([
      "data_source.content_updated",
      "page.created",
    ]);
    expect(received.find(({ body }) => body.type === "data_source.content_updated")?.body).toMatchObject({
      entity: { id: dataSourceId, type: "data_source" },
      data: {
        parent: { id: databaseId, type: "database" },
        updated_blocks: [{ id: other.id, type: "page" }],
      },
    });
  });

  it("of a lock and its end are two", async () => {
    const { types, clock, dana, row } = await openSubscribed();
    await dana.pages.update({ page_id: row.id, is_locked: true });
    await dana.pages.update({ page_id: row.id, is_locked: false });
    await clock.advance(600_000);
    expect(types()).toEqual(["page.locked", "page.unlocked"]);
  });

  it("of a schema name its properties, which no other event does", async () => {
    const { received, clock, dana, dataSourceId } = await openSubscribed();
    await dana.dataSources.update({ data_source_id: dataSourceId, properties: { Points: { name: "Size" } } });
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toMatchObject({
      type: "data_source.schema_updated",
      data: { updated_properties: [{ name: "Size", action: "updated" }] },
    });
  });

  it("carry neither values nor names of properties", async () => {
    const { received, clock, dana, row } = await openSubscribed();
    await dana.pages.update({ page_id: row.id, properties: { Note: { rich_text: text("a secret word") } } });
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
    expect(received[0]?.raw).not.toMatch(/secret word|Note/);
    expect(received[0]?.body.data.updated_properties).toEqual([row.properties.Note.id]);
  });

  it.each(Object.entries(eventTypes))("%s says where its knowledge is from", (_type, row) => {
    expect(row.source).toMatch(/^(documented|observed|assumed)\b/);
  });
});

describe("disturbed deliveries", () => {
  it("lose events for good", async () => {
    const { control, received, count, clock } = await openSubscribed();
    control.disturbWebhooks({ lose: 1 });
    await count(1);
    await clock.advance(86_400_000);
    expect(received).toEqual([]);
    expect(control.webhooks()).toEqual({ pending: 0, delivered: 0, failed: 0, lost: 1 });
    control.disturbWebhooks({});
    await count(2);
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
  });

  it("send the same bytes twice under the same id", async () => {
    const { control, received, count, clock } = await openSubscribed();
    control.disturbWebhooks({ duplicate: 1 });
    await count(1);
    await clock.advance(600_000);
    expect(received).toHaveLength(2);
    expect(received[1]?.raw).toBe(received[0]?.raw);
    expect(control.webhooks()).toMatchObject({ pending: 0, delivered: 1 });
  });

  it("let later events overtake earlier ones, each sent once", async () => {
    const { control, received, clock, dana, row } = await openSubscribed();
    control.disturbWebhooks({ reorder: 0.5 });
    for (let index = 0; index < 20; index++) {
      await dana.comments.create({ parent: { page_id: row.id }, rich_text: text(`${index}`) });
      await clock.advance(1_000);
    }
    await clock.advance(600_000);
    const times = received.map(({ body }) => body.timestamp);
    expect(new Set(received.map(({ body }) => body.id)).size).toBe(20);
    expect(received).toHaveLength(20);
    expect(times).not.toEqual([...times].sort());
  });
});

describe("an automation with Send webhook", () => {
  const automationUrl = "https://milepost.example/webhooks/automation";
  const openAutomated = async (extra: Loose = {}, answer?: () => number) => {
    const opened = await openReceived(answer);
    const id = opened.control.createAutomation({
      url: automationUrl,
      dataSourceId: opened.dataSourceId,
      properties: ["Points"],
      headers: { "x-secret": "s" },
      ...extra,
    });
    return { ...opened, id };
  };

  it("posts the row with the chosen properties three seconds after an edit", async () => {
    const { received, count, clock, id, row, dataSourceId, workspace } = await openAutomated();
    await count(1);
    await clock.advance(1_000);
    await count(2);
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
    const [call] = received;
    expect(call).toMatchObject({ url: automationUrl, signature: null, at: start + 3_000 });
    expect(call?.headers.get("x-secret")).toBe("s");
    expect(call?.headers.get("user-agent")).toBe("NotionAutomation");
    expect(call?.body).toMatchObject({
      source: { type: "automation", automation_id: id, user_id: workspace.people[0]?.id, attempt: 1 },
      data: {
        object: "page",
        id: row.id,
        archived: false,
        parent: { type: "data_source_id", data_source_id: dataSourceId },
        properties: { Points: { type: "number", number: 2 } },
      },
    });
    expect(Object.keys(call?.body.data.properties ?? {})).toEqual(["Points"]);
  });

  it("pauses when a call fails, until a person resumes it", async () => {
    let status = 403;
    const { received, count, clock, control, id } = await openAutomated({}, () => status);
    await count(1);
    await clock.advance(600_000);
    expect(control.automations()).toMatchObject([{ id, state: "paused" }]);
    status = 200;
    await count(2);
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
    control.resumeAutomation(id);
    await count(3);
    await clock.advance(600_000);
    expect(received).toHaveLength(2);
    control.removeAutomation(id);
    await count(4);
    await clock.advance(600_000);
    expect(received).toHaveLength(2);
  });

  it("looks at the properties, the changes and the authors that it was told to", async () => {
    const { received, count, clock, bot, dana, row, dataSourceId } = await openAutomated({
      on: ["property_edited"],
      watched: ["Points"],
      byConnections: false,
    });
    await createRow(dana, dataSourceId, {});
    await dana.pages.update({ page_id: row.id, properties: { Note: { rich_text: text("x") } } });
    await count(1, bot);
    await clock.advance(600_000);
    expect(received).toEqual([]);
    await count(2);
    await clock.advance(600_000);
    expect(received).toHaveLength(1);
  });

  it("refuses a property that is not there", async () => {
    const { control, dataSourceId } = await openReceived();
    expect(() =>
      control.createAutomation({ url: automationUrl, dataSourceId, properties: ["Colour"] }),
    ).toThrow("Could not find property with name or id: Colour");
  });
});
