import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMailer } from "../../src/mail/smtp.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { problemsOf } from "../support/requests.ts";
import { addRow, cellsOf, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World, type WorldOptions } from "../support/world.ts";

const minute = 60_000;

/** Takes every connection and never says a word. */
let hole: Server;
let port: number;
let open: Set<Socket>;

beforeEach(async () => {
  open = new Set();
  hole = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined).on("close", () => open.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => hole.listen(0, "127.0.0.1", resolve));
  const address = hole.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => hole.close(resolve));
});

const untilNoneIsOpen = async (): Promise<void> => {
  for (const socket of open) await new Promise((resolve) => socket.once("close", resolve));
};

test("F54: requests to a Notion that takes connections and never answers are given up one by one, hold no socket, and are made up for", async () => {
  const world = await setUpWorld({ pollSeconds: 600 });
  const dana = world.as("Dana Reyes");
  const project = await addRow(dana, await dataSources(dana), "projects", { Name: "Lead bot" });
  await world.pass(5 * minute);
  await edit(dana, "projects", project, { Stage: "QA" });
  const until = world.clock.now() + 20 * minute;
  const named = new Set<string>();
  let [asked, most] = [0, 0];
  world.setNetwork(async ({ signal }, goOn) => {
    if (world.clock.now() >= until) return goOn();
    asked += 1;
    const answer = fetch(`http://127.0.0.1:${port}`, { signal });
    answer.catch(() => undefined);
    await new Promise((resolve) => hole.once("connection", resolve));
    most = Math.max(most, open.size);
    for (const { code } of await problemsOf(world)) named.add(code);
    while (!signal?.aborted) await world.clock.advance(5_000);
    return answer;
  });
  await world.pass(60 * minute);
  expect(asked).toBeGreaterThan(5);
  // A socket that was given up may still be on its way out when the next one opens.
  expect(most).toBeLessThanOrEqual(3);
  expect([...named]).toContain("notion_unknown");
  await untilNoneIsOpen();
  expect((await cellsOf(dana, project)).Stage).toBe("Intake");
  expect(await problemsOf(world)).toEqual([]);
  world.close();
});

test("F54: a mail server that takes connections and never speaks is given up, and holds no socket", async () => {
  const timeouts = { connect: 50, greeting: 50, talk: 200, reply: 200, whole: 300 };
  const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, timeouts });
  const mail = {
    ...{
      messageId: "<one@agency.example>",
      date: 0,
      from: "letters@agency.example",
      to: "cleo@acme.example",
    },
    ...{ subject: "A letter", text: "Hello", html: "<p>Hello</p>", references: null },
  };
  expect(await mailer.send(mail)).toEqual({ kind: "channel", code: "connect_ETIMEDOUT" });
  await untilNoneIsOpen();
});

test("F53: a token that was revoked loses nothing: webhooks are still taken, one line says why, and a start with the new one makes up for it", async () => {
  const service: { notionToken?: string } = {};
  const options: WorldOptions = { pollSeconds: 600, service };
  const world: World = createWorld(options);
  await world.pass(5 * minute);
  const dana = world.as("Dana Reyes");
  const project = await addRow(dana, await dataSources(dana), "projects", { Name: "Lead bot" });
  await world.pass(5 * minute);
  service.notionToken = "ntn_revoked";
  world.restart();
  await edit(dana, "projects", project, { Stage: "QA" });
  await world.pass(10 * minute);
  expect(world.workspace.control.webhooks()).toMatchObject({ lost: 0, failed: 0 });
  const status = (await (await world.service().app.request("/status")).json()) as {
    notion: { reason: string };
  };
  expect(status.notion.reason).toBe("unauthorized");
  expect((await cellsOf(dana, project)).Stage).toBe("QA");

  delete service.notionToken;
  world.restart();
  await world.pass(5 * minute);
  expect((await cellsOf(dana, project)).Stage).toBe("Intake");
  expect(await problemsOf(world)).toEqual([]);
  world.close();
});
