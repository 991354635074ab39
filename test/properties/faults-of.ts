import type { Stage } from "./cast.ts";
import type { History } from "./deeds.ts";
import { restFaults } from "./invariants.ts";
import { play } from "./play.ts";
import { proposalFaults, quiescenceFaults } from "./quiet.ts";
import { settleDown } from "./settling.ts";

/** Histories differ by themselves; what the workspace makes up is the same in all of them. */
const seed = 7;

/** Everything that is wrong with what a history led to, one sentence each, beginning with the invariant it breaks. */
export const faultsOf = async (stage: Stage, history: History): Promise<string[]> => {
  const faults = await faultsAfter(stage, history);
  if (faults.length === 0 || history.stops.length === 0) return faults;
  // P8: a history with stops must end like one without.
  const uncrashed = await faultsAfter(stage, { ...history, stops: [] });
  return uncrashed.length > 0 ? faults : faults.map((fault) => `P8 only where the process stops: ${fault}`);
};

const faultsAfter = async (stage: Stage, history: History): Promise<string[]> => {
  const played = await play(stage, history, seed);
  try {
    if (played.halted.length > 0) return [...played.halted];
    const open = await settleDown(played.run);
    if (open.length > 0) return open;
    return [...restFaults(played), ...(await quiescenceFaults(played)), ...(await proposalFaults(played))];
  } finally {
    played.run.close();
  }
};
