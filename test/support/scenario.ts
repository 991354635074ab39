import type { Client } from "@notionhq/client";
import type { Move, Story } from "./checker/story.ts";
import { addRow, cellsOf, commentTexts, dataSources, edit } from "./rows.ts";

/** Where a story is played; a world of any kind. */
export type Scene = {
  readonly as: (name: string) => Client;
  readonly pass: (forMs: number) => Promise<void>;
};

/** Longer than every wait in a row: a webhook that came to a dead process, an outcome that has to settle, a write a minute. */
export const untilQuiet = 5 * 60_000;

const refused: readonly Move[] = [
  { by: "Dana Reyes", from: "Intake", to: "QA", allowed: false },
  { by: "Pablo Ortiz", from: "Intake", to: "Planning", allowed: false },
];
const accepted: Move = { by: "Pablo Ortiz", from: "Intake", to: "Planning", allowed: true };

/** A project is added, moved too early twice by two people, mended and moved; after each step all of it comes to rest. */
export const playMoves = async ({ as, pass }: Scene): Promise<Story> => {
  const dana = as("Dana Reyes");
  const sources = await dataSources(dana);
  const project = await addRow(dana, sources, "projects", { Name: "Lead bot", Code: "LEAD" });
  await addRow(dana, sources, "milestones", { Name: "Kick-off", Project: project });
  await pass(untilQuiet);
  const move = async ({ by, to }: Move): Promise<void> => {
    await edit(as(by), "projects", project, { Stage: to });
    await pass(untilQuiet);
  };
  for (const attempt of refused) await move(attempt);
  await edit(dana, "projects", project, { "Requirements signed off": "yes", "Timeline acknowledged": "yes" });
  await pass(untilQuiet);
  await move(accepted);
  return { project, moves: [...refused, accepted] };
};

/** What people see in the end: where the project stands, and what was said about it. */
export type Outcome = { readonly stage: string; readonly gate: string; readonly comments: readonly string[] };

export const outcomeOf = async ({ as }: Pick<Scene, "as">, { project }: Story): Promise<Outcome> => {
  const dana = as("Dana Reyes");
  const { Stage: stage = "", Gate: gate = "" } = await cellsOf(dana, project);
  return { stage, gate, comments: await commentTexts(dana, project) };
};
