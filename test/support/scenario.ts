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

const refused = [
  { by: "Dana Reyes", from: "Intake", to: "QA", allowed: false },
  { by: "Pablo Ortiz", from: "Intake", to: "Planning", allowed: false },
] as const satisfies readonly Move[];
const accepted: Move = { by: "Pablo Ortiz", from: "Intake", to: "Planning", allowed: true };

/** What people do at once, and what they have done then. */
export type Step = (scene: Scene, before: Story) => Promise<Story>;

const addProject: Step = async ({ as }) => {
  const dana = as("Dana Reyes");
  const sources = await dataSources(dana);
  const project = await addRow(dana, sources, "projects", { Name: "Lead bot", Code: "LEAD" });
  await addRow(dana, sources, "milestones", { Name: "Kick-off", Project: project });
  return { project, moves: [] };
};

const ask =
  (move: Move): Step =>
  async ({ as }, { project, moves }) => {
    await edit(as(move.by), "projects", project, { Stage: move.to });
    return { project, moves: [...moves, move] };
  };

const mend: Step = async ({ as }, story) => {
  const agreed = { "Requirements signed off": "yes", "Timeline acknowledged": "yes" };
  await edit(as("Dana Reyes"), "projects", story.project, agreed);
  return { ...story };
};

const setUp: Step = async (_scene, story) => story;

/** Milepost sets the workspace up; then a project is added, moved too early twice by two people, mended and moved. */
export const acts: readonly { readonly when: string; readonly step: Step }[] = [
  { when: "while it sets the workspace up", step: setUp },
  { when: "while a project is new", step: addProject },
  { when: "while a move is refused", step: ask(refused[0]) },
  { when: "while a second move is refused", step: ask(refused[1]) },
  { when: "while the project is mended", step: mend },
  { when: "while a move is accepted", step: ask(accepted) },
];

export const untold: Story = { project: "", moves: [] };

/** Plays all of it in a workspace that is set up; after each act all of it comes to rest. */
export const playMoves = async (scene: Scene): Promise<Story> => {
  let story = untold;
  for (const { step } of acts.slice(1)) {
    story = await step(scene, story);
    await scene.pass(untilQuiet);
  }
  return story;
};

/** What people see in the end: where the project stands, and what was said about it. */
export type Outcome = { readonly stage: string; readonly gate: string; readonly comments: readonly string[] };

/** Null before there is a project. */
export const outcomeOf = async ({ as }: Pick<Scene, "as">, { project }: Story): Promise<Outcome | null> => {
  if (project === "") return null;
  const dana = as("Dana Reyes");
  const { Stage: stage = "", Gate: gate = "" } = await cellsOf(dana, project);
  return { stage, gate, comments: await commentTexts(dana, project) };
};
