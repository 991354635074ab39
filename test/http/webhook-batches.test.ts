import { signWebhookPayload } from "@notionhq/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addRow, dataSources } from "../support/rows.ts";
import { settle } from "../support/virtual-clock.ts";
import { createWorld, type World, webhookToken } from "../support/world.ts";

const size = 20;
const person = "11111111-2222-4333-8444-555555555555";

let world: World;
let projects: string[];
/** Ends the gathering; until then the events wait. */
let endGathering: () => void;

beforeEach(async () => {
  endGathering = () => undefined;
  world = createWorld({
    ...{ webhooks: false, pollSeconds: 3_600 },
    gather: () =>
      new Promise((resolve) => {
        endGathering = resolve;
      }),
  });
  await world.pass(300_000);
  const sources = await dataSources(world.as("Dana Reyes"));
  projects = [];
  for (let index = 0; index < size; index++) {
    projects.push(await addRow(world.as("Dana Reyes"), sources, "projects", { Name: `Project ${index}` }));
  }
  await world.pass(3_600_000);
});
afterEach(() => world.close());

const bodyOf = (pageId: string, index: number): string =>
  JSON.stringify({
    ...{ id: `0f0e0d0c-0b0a-4908-8706-${String(index).padStart(12, "0")}`, type: "page.properties_updated" },
    ...{ workspace_id: world.workspace.workspaceId, authors: [{ id: person, type: "person" }] },
    ...{ entity: { id: pageId, type: "page" }, data: {} },
  });

type Delivery = { status: number | null };

const deliver = async (body: string, signature: string): Promise<number> => {
  const headers = { "x-notion-signature": signature };
  const init = { method: "POST", body, headers };
  return (await world.service().app.request("/webhooks/notion", init)).status;
};

/** Delivers the bodies at once; they have all been verified when it resolves, and wait for the end of the gathering. */
const deliverAll = async (bodies: readonly string[]): Promise<{ all: Delivery[]; end: Promise<unknown> }> => {
  const all: Delivery[] = bodies.map(() => ({ status: null }));
  const answers = bodies.map(async (body, index) => {
    const signature = await signWebhookPayload({ body, verificationToken: webhookToken });
    all[index] = { status: await deliver(body, signature) };
  });
  await settle();
  return { all, end: Promise.all(answers) };
};

const answered = (deliveries: readonly Delivery[]): number[] =>
  deliveries.flatMap(({ status }) => status ?? []);
const rowsIn = (table: "inbox" | "dirty_pages"): number =>
  Number(world.store.exec(`SELECT count(*) AS count FROM ${table}`)[0]?.count);
const repeat = (status: number, count: number): number[] => Array.from({ length: count }, () => status);

describe("events that arrive together", () => {
  test("are stored in one transaction, and none is answered before its commit", async () => {
    const atCommit: number[] = [];
    let deliveries: readonly Delivery[] = [];
    world.restart((point) => {
      if (point === "store.transaction.after") atCommit.push(answered(deliveries).length);
    });
    const { all, end } = await deliverAll(projects.map(bodyOf));
    deliveries = all;
    expect([answered(all), rowsIn("inbox")]).toEqual([[], 0]);
    endGathering();
    await end;
    expect(atCommit).toEqual([0]);
    expect(answered(all)).toEqual(repeat(200, size));
    expect([rowsIn("inbox"), rowsIn("dirty_pages")]).toEqual([size, size]);
  });

  test("are all answered 500 where the commit fails, and taken when Notion sends them again", async () => {
    world.store.exec("CREATE TABLE unmet (id INTEGER PRIMARY KEY)");
    world.store.exec("CREATE TABLE demand (id REFERENCES unmet DEFERRABLE INITIALLY DEFERRED)");
    world.store.exec(
      "CREATE TRIGGER no_commit AFTER INSERT ON inbox BEGIN INSERT INTO demand (id) VALUES (1); END",
    );
    const first = await deliverAll(projects.map(bodyOf));
    endGathering();
    await first.end;
    expect(answered(first.all)).toEqual(repeat(500, size));
    expect([rowsIn("inbox"), rowsIn("dirty_pages")]).toEqual([0, 0]);

    world.store.exec("DROP TRIGGER no_commit");
    const again = await deliverAll(projects.map(bodyOf));
    endGathering();
    await again.end;
    expect(answered(again.all)).toEqual(repeat(200, size));
    expect(rowsIn("inbox")).toBe(size);
  });

  test("suffer nothing from one among them that cannot be stored", async () => {
    world.store.exec(
      `CREATE TRIGGER not_this AFTER INSERT ON dirty_pages WHEN new.page_id = '${projects[7]}'
       BEGIN SELECT raise(ABORT, 'this page cannot be marked'); END`,
    );
    const { all, end } = await deliverAll(projects.map(bodyOf));
    endGathering();
    await end;
    expect(all.map(({ status }) => status)).toEqual([...repeat(200, 7), 500, ...repeat(200, size - 8)]);
    expect([rowsIn("inbox"), rowsIn("dirty_pages")]).toEqual([size - 1, size - 1]);
  });

  test("suffer nothing from those that are refused", async () => {
    const { all, end } = await deliverAll(["not json", ...projects.map(bodyOf)]);
    const forged = await deliver(bodyOf(projects[0] ?? "", 99), `sha256=${"ab".repeat(32)}`);
    endGathering();
    await end;
    expect([forged, ...all.map(({ status }) => status)]).toEqual([401, 400, ...repeat(200, size)]);
  });
});
