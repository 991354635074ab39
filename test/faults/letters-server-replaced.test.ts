import { afterEach, expect, test } from "vitest";
import { addClientProject, cleo, coreBuild, sender } from "../support/client-scene.ts";
import { problemsOf } from "../support/requests.ts";
import { addRow, dataSources, edit } from "../support/rows.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/smtp-server.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;

let world: World;
const servers: ScriptedSmtp[] = [];
afterEach(async () => {
  world.close();
  for (const server of servers.splice(0)) await server.close();
});

const startServer = async (login: string): Promise<ScriptedSmtp> => {
  const server = await startScriptedSmtp(login);
  servers.push(server);
  return server;
};

test("F53: a letter that a mail server with a revoked password keeps waiting leaves at once when Milepost starts with another one", async () => {
  const [revoked, renewed] = [await startServer("agency:old@"), await startServer("agency:new@")];
  revoked.script({ auth: "535 wrong password" });
  const service = { mail: { smtpUrl: revoked.url, from: sender } };
  world = createWorld({ service });
  await world.pass(2 * minute);
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const { project } = await addClientProject(dana, sources, { "Client letters": "Automatic" }, cleo);
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(3 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(5 * minute);
  expect(await problemsOf(world)).toMatchObject([{ code: "mail_channel_down" }]);
  world.restart();
  await world.pass(minute);
  expect(revoked.connections()).toBe(1);
  service.mail = { smtpUrl: renewed.url, from: sender };
  world.restart();
  await world.pass(minute);
  expect(renewed.messages.map(({ taken }) => taken)).toEqual([true]);
  expect(await problemsOf(world)).toEqual([]);
});
