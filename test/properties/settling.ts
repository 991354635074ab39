import { databases } from "../../notion-templates/databases.ts";
import { leftoverFaults, mirrorFaults } from "../support/checker/mirror.ts";
import type { Part } from "./deeds.ts";
import { minute, type Run } from "./run.ts";

export const filesOf = ({ workspaceDatabase, store }: Run) => ({
  workspace: workspaceDatabase.exec,
  milepost: store.exec,
});

/** What may stand in /status after a history in which events were lost and people wrote in the very moment of a write. */
const expectedProblems = /^problem: (suspected_overwrite|webhook_silent)/;

/** Actions end in other ways than done where a page was trashed. */
const ended = /^action/;

const leftovers = (run: Run): string[] =>
  leftoverFaults(filesOf(run)).filter((fault) => !expectedProblems.test(fault) && !ended.test(fault));

/** What is not done yet, or not the same on both sides. */
export const openFaults = (run: Run): string[] => [...leftovers(run), ...mirrorFaults(filesOf(run))];

/**
 * Every database that holds or held a row is listed now, as if its poll and its next whole listing had come due. The others
 * are polled in their turn.
 */
export const listAll = (run: Run): void => {
  run.store.exec("UPDATE polls SET due_at = 0, whole_due = 0 WHERE database IN (SELECT database FROM pages)");
};

/** Longer each time: a brake or a settling write takes a minute, a page that was not shown an hour. */
const patience = [3, 3, 20, 65, 65] as const;

const settle = async (run: Run, faults: () => string[]): Promise<string[]> => {
  for (const minutes of patience) {
    listAll(run);
    await run.pass(minutes * minute);
    if (faults().length === 0) return [];
  }
  return faults();
};

/** P1: after a while both sides are the same and nothing is left to do. What is still open otherwise. */
export const settleDown = async (run: Run): Promise<string[]> =>
  (await settle(run, () => openFaults(run))).map((fault) => `P1 ${fault}`);

/**
 * A move whose gate reads what is broken waits, and /status says so (design §8); so does the put-back of an earlier move that
 * it came upon. Nothing else may.
 */
const waitsByDesign = ({ store }: Run): RegExp => {
  const waiting = store.exec("SELECT page_id FROM problems WHERE code = 'record_incomplete'");
  const pages = waiting.map(({ page_id }) => `(page to be read|refusal to be put back): ${page_id}`);
  return pages.length === 0 ? /^$/ : new RegExp(`^(${pages.join("|")})|of Projects.stage is `);
};

/** P14: the same of everything but a property that is broken, and what is said about it. */
export const settleAround = async (run: Run, { role, property }: Part): Promise<string[]> => {
  const itself = `${databases[role].title}.${property} is `;
  const said = /^problem: (schema_broken|record_incomplete)/;
  const faults = await settle(run, () => {
    const waiting = waitsByDesign(run);
    return openFaults(run).filter(
      (fault) => !fault.includes(itself) && !said.test(fault) && !waiting.test(fault),
    );
  });
  return faults.map((fault) => `P14 while ${role}.${property} is broken: ${fault}`);
};
