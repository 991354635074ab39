import type { Stage } from "./cast.ts";
import type { History } from "./deeds.ts";
import { proposalFaults, quiescenceFaults, restFaults, settleDown } from "./invariants.ts";
import { play } from "./play.ts";

/** Histories differ by themselves; what the workspace makes up is the same in all of them. */
const seed = 7;

/** Everything that is wrong with what a history led to, one sentence each. */
export const faultsOf = async (stage: Stage, history: History): Promise<string[]> => {
  const played = await play(stage, history, seed);
  try {
    const open = await settleDown(played);
    if (open.length > 0) return open;
    return [...restFaults(played), ...(await quiescenceFaults(played)), ...(await proposalFaults(played))];
  } finally {
    played.run.close();
  }
};
