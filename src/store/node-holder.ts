import { hostname } from "node:os";

/** Names this process among those that may serve a store; `id` is its own. */
export const newHolder = (id: string): string => [hostname(), process.pid, id].join(" ");

/** Whether a process of this machine that held the store has ended; of one elsewhere nothing is known. */
export const isGone = (holder: string): boolean => {
  const [host, pid] = holder.split(" ");
  if (host !== hostname()) return false;
  // Started anew in its container, this process may have the number of the one before.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
};
