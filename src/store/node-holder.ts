import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Names this process among those that may serve a store; `id` is its own. */
export const newHolder = (id: string): string => [hostname(), process.pid, pidNamespace(), id].join(" ");

/**
 * Whether a process that held the store is known to have ended. Its number tells that only where this process counts in the
 * same pid namespace. Two containers with one host name that took each other for gone would take the store from each other
 * for ever, so that of a holder elsewhere the lease is waited for, even where its container has ended.
 */
export const isGone = (holder: string): boolean => {
  const [host, pid, namespace] = holder.split(" ");
  if (host !== hostname() || namespace !== pidNamespace()) return false;
  // Two that live have not both numbers in common; a container started anew may be given those of the one before.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
};

/** "" on systems whose processes are all counted together. */
const pidNamespace = (): string => {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
};
