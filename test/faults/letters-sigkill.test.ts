import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../support/checker/check.ts";
import { botWrites, type Files } from "../support/checker/facts.ts";
import type { KillPoint } from "../support/child.ts";
import { type ChildWorld, createChildWorld, type LeftBehind, leaveBehind } from "../support/child-world.ts";
import { addClientProject, coreBuild, readMail, sender, updateRows } from "../support/client-scene.ts";
import { addRow, cellsOf, commentTexts, dataSources, edit } from "../support/rows.ts";
import { untilQuiet } from "../support/scenario.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/smtp-server.ts";

const kills = Array.from({ length: 25 }, (_, index) => index);

/** Two more polls of every database, at the pace of one in two minutes. */
const twoPolls = 4 * 60_000;
/** Setup spends the request budgets of three minutes. */
const setUp = 3 * 60_000;

const filesOf = ({ workspaceDatabase, store }: ChildWorld): Files => ({
  workspace: workspaceDatabase.exec,
  milepost: store.exec,
});

type Played = { readonly world: ChildWorld; readonly smtp: ScriptedSmtp; readonly outcome: unknown };

let folder: string;
/** A workspace that is set up, with a live project whose milestone is about to be Done. */
let begin: { readonly left: LeftBehind; readonly project: string; readonly milestone: string };

const settingsOf = (smtp: ScriptedSmtp) => ({
  ...{ SMTP_URL: smtp.url, MAIL_FROM: sender, POLL_SECONDS: "120" },
});

const prepare = async (): Promise<typeof begin> => {
  const smtp = await startScriptedSmtp();
  const world = await createChildWorld(null, settingsOf(smtp));
  await world.pass(setUp);
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const { project } = await addClientProject(dana, sources, { "Client letters": "Automatic" });
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(setUp);
  const left = leaveBehind(world, folder);
  await close({ world, smtp, outcome: null });
  return { left, project, milestone };
};

/** The milestone becomes Done and is mailed with its link. */
const play = async (killAt: KillPoint | null): Promise<Played> => {
  const { left, project, milestone } = begin;
  const smtp = await startScriptedSmtp();
  const world = await createChildWorld(killAt, settingsOf(smtp), left);
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(untilQuiet);
  const updates = await updateRows(dana, sources);
  const signOff = (await cellsOf(dana, milestone))["Sign-off"];
  const comments = await commentTexts(dana, project);
  const rows = updates.map(({ cells }) => [cells.Kind, cells.State, cells["Held because"]]);
  return { world, smtp, outcome: { rows, signOff, comments } };
};

const close = async ({ world, smtp }: Played): Promise<void> => {
  await world.close();
  await smtp.close();
};

/** Probes from the first letter's beginnings to well after its page and the sign-off say that it was sent. */
const span = { before: 20, after: 160 };

/** Where the kills fall: around the update's creation and the mail one by one, after each write that tells of it, the others spread evenly. */
const choose = (probes: readonly string[]): KillPoint[] => {
  const [created, sent] = [probes.lastIndexOf("notion.createRow.before"), probes.indexOf("mail.send.before")];
  const [first, last] = [created - span.before, sent + span.after];
  const around = (index: number): number[] => [-2, -1, 0, 1, 2, 3].map((step) => index + step);
  const writes = probes.flatMap((point, index) =>
    point === "notion.updatePage.after" && index > first && index < last ? [index] : [],
  );
  const indexes = new Set([...around(created), ...around(sent), ...writes]);
  const free = probes.flatMap((_, index) =>
    index >= first && index < last && !indexes.has(index) ? [index] : [],
  );
  const others = kills.length - indexes.size;
  for (let nth = 0; nth < others; nth += 1)
    indexes.add(free[Math.floor(((nth + 0.5) * free.length) / others)] ?? -1);
  return [...indexes]
    .sort((one, other) => one - other)
    .map((index) => ({ index: index + 1, point: probes[index] ?? "never" }));
};

let points: readonly KillPoint[] = [];
let undisturbed: unknown;
/** The probes, counted from 1, at which the server has the mail and nothing of its reply is stored. */
let unclear: { readonly from: number; readonly to: number };
/** The mails that the server took, by the number of the kill's probe. */
const mailsAfter = new Map<number, number>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "milepost-letters-"));
  begin = await prepare();
  const played = await play(null);
  const { probes } = played.world;
  points = choose(probes);
  const answered = probes.indexOf("mail.send.after");
  unclear = { from: answered + 1, to: probes.indexOf("store.transaction.after", answered) };
  undisturbed = played.outcome;
  expect(played.smtp.messages).toHaveLength(1);
  await close(played);
});

const isUnclear = (index: number): boolean => index >= unclear.from && index <= unclear.to;

afterAll(() => {
  begin.left.workspace.close();
  rmSync(folder, { recursive: true });
  const twice = [...mailsAfter].flatMap(([index, mails]) => (mails > 1 ? [index] : []));
  expect(twice).toEqual([...mailsAfter.keys()].filter(isUnclear));
  expect(points.filter(({ index }) => isUnclear(index))).not.toEqual([]);
});

test.concurrent.for(kills)(
  "no page is doubled, and a mail only where its reply was lost, when the process is killed at point %i of 25",
  async (nth, { expect }) => {
    const point = points[nth];
    if (!point) throw new Error("two of the chosen points are one");
    const played = await play(point);
    const { world, smtp } = played;
    try {
      expect(world.killed()).toBe(true);
      expect(check(filesOf(world), { project: begin.project, moves: [] })).toEqual([]);
      expect(played.outcome).toEqual(undisturbed);
      const bytes = smtp.messages.map((message) => message.bytes);
      expect(bytes).toHaveLength(isUnclear(point.index) ? 2 : 1);
      expect(new Set(bytes).size).toBe(1);
      expect(
        new Set(await Promise.all(bytes.map(async (mail) => (await readMail(mail)).messageId))).size,
      ).toBe(1);
      mailsAfter.set(point.index, bytes.length);
      const written = botWrites(filesOf(world)).length;
      await world.pass(twoPolls);
      expect(botWrites(filesOf(world))).toHaveLength(written);
      expect(smtp.messages).toHaveLength(bytes.length);
    } finally {
      await close(played);
    }
  },
);
