import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  addClientProject,
  coreBuild,
  formOf,
  linkPathIn,
  readMail,
  sender,
} from "../support/client-scene.ts";
import { codesOf, hour, minute } from "../support/fault-scene.ts";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { problemsOf } from "../support/requests.ts";
import { addRow, dataSources, edit } from "../support/rows.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/smtp-server.ts";
import type { World } from "../support/world.ts";

/** Four more than are never a burst. */
const many = 24;

type There = { readonly milestones: readonly string[] };
let smtp: ScriptedSmtp;
let prepared: Prepared<There>;
let world: World & { readonly there: There };

beforeAll(async () => {
  prepared = await prepareWorld({ pollSeconds: 600 }, async (made) => {
    await made.pass(minute);
    const dana = made.as("Dana Reyes");
    const sources = await dataSources(dana);
    const { project } = await addClientProject(dana, sources, { "Client letters": "Automatic" });
    await made.pass(minute);
    const milestones: string[] = [];
    for (let index = 0; index < many; index += 1)
      milestones.push(
        await addRow(dana, sources, "milestones", { ...coreBuild, Name: `Step ${index}`, Project: project }),
      );
    await made.pass(3 * minute);
    return { milestones };
  });
});
beforeEach(async () => {
  smtp = await startScriptedSmtp();
  world = prepared.open({ mail: { smtpUrl: smtp.url, from: sender } });
});
afterEach(async () => {
  world.close();
  await smtp.close();
});
afterAll(() => prepared.drop());

const finish = async (milestones: readonly string[]): Promise<void> => {
  for (const pageId of milestones)
    await edit(world.as("Dana Reyes"), "milestones", pageId, { Status: "Done" });
  await world.pass(10 * minute);
};
const subjects = async (): Promise<string[]> => {
  const mails = await Promise.all(smtp.messages.map(({ bytes }) => readMail(bytes)));
  return mails.map(({ subject }) => subject);
};
const confirm = () =>
  world.service().app.request("/api/v1/confirm", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ holds: ["letters_burst"] }),
  });

test("more letters within an hour than ever are held, those that answer a click leave, and a person lets the rest go once", async () => {
  const [first = "", ...others] = world.there.milestones;
  await finish([first]);
  await finish(others);
  const held = await problemsOf(world);
  expect(held).toMatchObject([
    {
      ...{ code: "letters_burst", pageId: null, detail: expect.stringContaining("more than 20 letters") },
      todo: expect.stringContaining("milepost -- confirm"),
    },
  ]);
  const left = await subjects();
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThanOrEqual(20);
  world.restart();
  await world.pass(2 * hour);
  expect(await subjects()).toEqual(left);

  const path = linkPathIn(await readMail(smtp.messages[0]?.bytes ?? ""));
  const answer = await world.service().app.request(path, formOf({ choice: "approve", name: "Cleo Marsh" }));
  expect(answer.status).toBe(303);
  await world.pass(5 * minute);
  const answered = await subjects();
  expect(answered).toHaveLength(left.length + 1);

  expect(await (await confirm()).json()).toEqual({ confirmed: ["letters_burst"] });
  await world.pass(10 * minute);
  expect(await codesOf(world)).toEqual([]);
  const all = await subjects();
  expect(all).toHaveLength(many + 1);
  expect(new Set(all).size).toBe(many + 1);
});

test("as many letters as three times the busiest day of the last month are everyday work", async () => {
  for (let index = 0; index < many / 3; index += 1)
    world.store.exec(
      `INSERT INTO letters (action_key, message_id, mail_date, from_address, to_address, subject, text, html,
         mail_references, frozen_at, sent_at) VALUES (?, '', 0, '', '', '', '', '', '', 0, ?)`,
      `before-${index}`,
      world.clock.now() - 5 * 24 * hour,
    );
  await finish(world.there.milestones);
  expect(await codesOf(world)).toEqual([]);
  expect(await subjects()).toHaveLength(many);
});

test("twenty letters within an hour are everyday work", async () => {
  await finish(world.there.milestones.slice(0, 20));
  expect(await codesOf(world)).toEqual([]);
  expect(await subjects()).toHaveLength(20);
});
