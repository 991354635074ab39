import { ownershipFaults } from "../support/checker/story.ts";
import { boundProperty } from "./cast.ts";
import { lossFaults } from "./overwrites.ts";
import type { Played } from "./play.ts";
import { filesOf } from "./settling.ts";
import { valueFaults } from "./values.ts";

/** P11: accepted moves form one chain from where the project began, and it stands where the last one ended. */
const transitionFaults = ({ run, stage }: Played): string[] => {
  const pageId = stage.pages.projects;
  const moves = run.store.exec(
    `SELECT from_value, to_value FROM transitions WHERE page_id = ? AND outcome = 'accepted' AND property = 'stage'
     ORDER BY version`,
    pageId,
  );
  const stops = moves.map(({ to_value }) => to_value);
  const chain = moves.flatMap(({ from_value }, index) => {
    const before = stops[index - 1] ?? "Intake";
    return before === from_value
      ? []
      : [`P11 a move begins at ${from_value}, the one before ended at ${before}`];
  });
  const page = run.store.exec("SELECT local FROM pages WHERE page_id = ? AND state = 'live'", pageId)[0];
  if (!page) return chain;
  const { stage: held } = JSON.parse(String(page.local)) as { stage: string };
  const expected = boundProperty(stage.bindings, "projects", "stage").options[
    String(stops.at(-1) ?? "Intake")
  ];
  return held === expected ? chain : [...chain, "P11 the project stands where no accepted move led"];
};

/**
 * P11: every word of Milepost's was said once: a kept comment each, and a reply or note for each that the ledger says was
 * sent. One whose answer was lost before its page went into the trash may have been said.
 */
const conversationFaults = ({ run }: Played): string[] => {
  const count = (sql: string): number => Number(run.store.exec(sql)[0]?.count);
  const [row] = run.workspaceDatabase.exec(
    "SELECT count(*) AS count FROM comments WHERE created_by = ?",
    run.workspace.botId,
  );
  const said = Number(row?.count);
  const known =
    count("SELECT count(*) AS count FROM comments WHERE comment_id IS NOT NULL") +
    count(
      "SELECT count(*) AS count FROM actions WHERE state = 'done' AND (key LIKE 'reply|%' OR key LIKE 'note|%')",
    );
  const unknown =
    count("SELECT count(*) AS count FROM comments WHERE comment_id IS NULL AND attempted = 1") +
    count("SELECT count(*) AS count FROM actions WHERE state <> 'done' AND attempted = 1");
  return said >= known && said <= known + unknown
    ? []
    : [`P11 ${said} comments, the ledger knows of ${known} and is not sure of ${unknown}`];
};

/** P9: what lies in the trash was put there by people, and Milepost writes nothing into it nor takes it out. */
const trashFaults = (played: Played): string[] =>
  played.facts.flatMap((fact) =>
    fact.kind === "write" && /"(in_trash|archived)"/.test(fact.body) ? ["P9 Milepost moved a page"] : [],
  );

const windowMs = 60_000;
const limit = 144;

/** P12: no sixty seconds hold more requests than the budget, and none is made within a pause that Notion asked for. */
const budgetFaults = ({ run, early }: Played): string[] => {
  const times = run.workspace.control
    .requests()
    .filter(({ actorId }) => actorId === run.workspace.botId)
    .map(({ at }) => at);
  const over = times.some((at, index) => {
    const before = times[index - limit];
    return before !== undefined && at - before < windowMs;
  });
  return [
    ...(over ? ["P12 more requests in a minute than the budget allows"] : []),
    ...early.map((request) => `P12 ${request}`),
  ];
};

/** P4 to P12: all that can be said once everything is at rest. */
export const restFaults = (played: Played): string[] => [
  ...ownershipFaults(filesOf(played.run)).map((fault) => `P6 ${fault}`),
  ...lossFaults(played),
  ...valueFaults(played),
  ...transitionFaults(played),
  ...conversationFaults(played),
  ...trashFaults(played),
  ...played.run.witness.faults(),
  ...budgetFaults(played),
];
