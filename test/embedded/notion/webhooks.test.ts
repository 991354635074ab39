import { verifyWebhookSignature } from "@notionhq/client";
import { describe, expect, it } from "vitest";
import { createAdjustableClock } from "../../../src/embedded/clock.ts";
import type { Fetch } from "../../../src/ports.ts";
import { openNodeDatabase } from "../../../src/store/node-sqlite.ts";
import { createVirtualClock, settle } from "../../support/virtual-clock.ts";
import { createDatabase, createRow, type Loose, openWorkspace, start, text } from "./open-workspace.ts";

const verificationToken = "secret_0123456789";
type Delivery = { event: Loose; isSigned: boolean; at: number };

/** A workspace whose subscription is answered with the statuses given, then with 200. */
const openSubscribed = async (
  options: { statuses?: number[]; database?: ReturnType<typeof openNodeDatabase> } = {},
) => {
  const deliveries: Delivery[] = [];
  const statuses = [...(options.statuses ?? [])];
  const fetch: Fetch = async (_url, init) => {
    const body = String(init?.body);
    const signature = new Headers(init?.headers).get("x-notion-signature");
    const isSigned = await verifyWebhookSignature({ body, signature, verificationToken });
    deliveries.push({ event: JSON.parse(body), isSigned, at: opened.clock.now() });
    return new Response(null, { status: statuses.shift() ?? 200 });
  };
  const opened = openWorkspace({ fetch, ...(options.database ? { database: options.database } : {}) });
  const { bot, workspace } = opened;
  const { dataSourceId, databaseId } = await createDatabase(bot, workspace.rootPageId, "Rows", {
    Name: { title: {} },
    Points: { number: {} },
    Due: { date: {} },
  });
  const row = await createRow(bot, dataSourceId, { Name: { title: text("Acme") } });
  workspace.control.subscribe({ url: "https://milepost.example/webhooks/notion", verificationToken });
  return { ...opened, deliveries, dataSourceId, databaseId, row };
};

describe("a webhook", () => {
  it("tells signed, within seconds, which properties of which page a person changed", async () => {
    const { workspace, dana, clock, deliveries, row, databaseId, dataSourceId } = await openSubscribed();
    await dana.pages.update({ page_id: row.id, properties: { Points: { number: 1 } } });
    await clock.advance(10_000);
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).toMatchObject({
      isSigned: true,
      at: start + 3_000,
      event: {
        type: "page.properties_updated",
        attempt_number: 1,
        api_version: "2026-03-11",
        workspace_id: workspace.workspaceId,
        authors: [{ id: workspace.people[0]?.id, type: "person" }],
        entity: { id: row.id, type: "page" },
        data: {
          parent: { id: databaseId, type: "database", data_source_id: dataSourceId },
          updated_properties: [row.properties.Points.id],
        },
      },
    });
    expect(workspace.control.nextDue()).toBeNull();
  });

  it("joins the changes of the next minute into one, with all their authors and properties", async () => {
    const { bot, dana, clock, deliveries, row } = await openSubscribed();
    await dana.pages.update({ page_id: row.id, properties: { Points: { number: 1 } } });
    await clock.advance(5_000);
    await dana.pages.update({ page_id: row.id, properties: { Points: { number: 2 } } });
    await clock.advance(5_000);
    await bot.pages.update({ page_id: row.id, properties: { Due: { date: { start: "2026-05-01" } } } });
    await clock.advance(120_000);
    expect(deliveries.map(({ at }) => at - start)).toEqual([3_000, 63_000]);
    const { authors, data } = deliveries[1]?.event ?? {};
    expect(authors.map((author: Loose) => author.type)).toEqual(["person", "bot"]);
    expect(data.updated_properties).toEqual([row.properties.Points.id, row.properties.Due.id]);
  });

  it("of a comment comes at once and alone", async () => {
    const { dana, clock, deliveries, row } = await openSubscribed();
    for (const words of ["one", "two"]) {
      await dana.comments.create({ parent: { page_id: row.id }, rich_text: text(words) });
    }
    await clock.advance(2_000);
    expect(deliveries.map(({ event }) => event.type)).toEqual(["comment.created", "comment.created"]);
    expect(deliveries[0]?.event.data).toEqual({ parent: { id: row.id, type: "page" }, page_id: row.id });
  });

  it("is not sent for a row that was made and deleted in the same moment", async () => {
    const { bot, clock, deliveries, dataSourceId, workspace } = await openSubscribed();
    const brief = await createRow(bot, dataSourceId, {});
    workspace.control.trash(brief.id);
    await clock.advance(600_000);
    expect(deliveries.filter(({ event }) => event.type.startsWith("page."))).toEqual([]);
  });

  it("is not sent for a page that is not shared with the connection", async () => {
    const { dana, clock, deliveries } = await openSubscribed();
    await dana.pages.create({ parent: { type: "workspace", workspace: true }, properties: {} });
    await clock.advance(600_000);
    expect(deliveries).toEqual([]);
  });

  it("comes again with the same id until it is taken", async () => {
    const { dana, workspace, clock, deliveries, row } = await openSubscribed({ statuses: [500, 503] });
    await dana.pages.update({ page_id: row.id, properties: { Points: { number: 1 } } });
    await clock.advance(3_600_000);
    expect(deliveries.map(({ event }) => event.attempt_number)).toEqual([1, 2, 3]);
    expect(new Set(deliveries.map(({ event }) => event.id)).size).toBe(1);
    expect(workspace.control.webhooks()).toEqual({ pending: 0, delivered: 1, failed: 2, lost: 0 });
  });

  it("is lost after eight attempts in a day", async () => {
    const { dana, workspace, clock, deliveries, row } = await openSubscribed({
      statuses: Array(20).fill(500),
    });
    await dana.pages.update({ page_id: row.id, properties: { Points: { number: 1 } } });
    await clock.advance(3 * 86_400_000);
    expect(deliveries).toHaveLength(8);
    expect((deliveries.at(-1)?.at ?? 0) - (deliveries[0]?.at ?? 0)).toBe(86_400_000);
    expect(workspace.control.webhooks()).toEqual({ pending: 0, delivered: 0, failed: 8, lost: 1 });
  });

  it("that waits is sent after a restart", async () => {
    const database = openNodeDatabase(":memory:");
    const first = await openSubscribed({ database });
    await first.dana.pages.update({ page_id: first.row.id, properties: { Points: { number: 1 } } });
    const received: string[] = [];
    const { clock } = openWorkspace({
      database,
      fetch: async (_url, init) => {
        received.push(JSON.parse(String(init?.body)).type);
        return new Response(null, { status: 200 });
      },
    });
    await clock.advance(5_000);
    expect(received).toEqual(["page.properties_updated"]);
  });
});

describe("a webhook that is under way", () => {
  /** A workspace whose one event has been sent and not been answered yet. */
  const openWaiting = async () => {
    const real = createVirtualClock(start);
    const setTimer = (fn: () => void, ms: number) => real.after(ms, fn);
    const clock = createAdjustableClock({ realNow: real.now, setTimer });
    let sent = 0;
    let answer = (): void => undefined;
    const fetch: Fetch = (_url, init) =>
      new Promise((resolve, reject) => {
        sent++;
        answer = () => resolve(new Response(null, { status: 200 }));
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    const { workspace, dana } = openWorkspace({ clock, fetch });
    workspace.control.subscribe({ url: "https://milepost.example/webhooks/notion", verificationToken });
    await dana.pages.update({
      page_id: workspace.rootPageId,
      properties: { title: { title: text("Acme") } },
    });
    await real.advance(3_000);
    expect(sent).toBe(1);
    return { real, clock, control: workspace.control, answer: () => answer() };
  };

  it("is not broken off when people move the clock on", async () => {
    const { clock, control, answer } = await openWaiting();
    clock.advance(3_600_000);
    await settle();
    answer();
    await settle();
    expect(control.webhooks()).toEqual({ pending: 0, delivered: 1, failed: 0, lost: 0 });
    expect(control.nextDue()).toBeNull();
  });

  it("is broken off after ten seconds without an answer, and comes again", async () => {
    const { real, control } = await openWaiting();
    await real.advance(9_999);
    expect(control.webhooks()).toMatchObject({ pending: 1, failed: 0 });
    await real.advance(1);
    expect(control.webhooks()).toMatchObject({ pending: 1, failed: 1 });
    expect(control.nextDue()).toBe(start + 3_000 + 10_000 + 60_000);
  });
});

describe("the journal", () => {
  it("keeps who changed what, when to the millisecond, and the values before and after", async () => {
    const { dana, workspace, clock, row } = await openSubscribed();
    await clock.advance(1_234);
    await dana.pages.update({ page_id: row.id, properties: { Points: { number: 7 } } });
    const id = decodeURIComponent(row.properties.Points.id);
    expect(workspace.control.journal().at(-1)).toMatchObject({
      at: start + 1_234,
      actor: { id: workspace.people[0]?.id, kind: "person" },
      kind: "page.properties_updated",
      objectId: row.id,
      properties: [id],
      before: { [id]: null },
      after: { [id]: 7 },
    });
  });
});
