import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A script of the repository as a process of its own. */
export type ChildScript = {
  /** Its first line on the standard output; rejects where it ends before. */
  readonly firstLine: Promise<string>;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
  readonly signal: (name: "SIGTERM" | "SIGKILL") => void;
};

export type ChildScriptOptions = {
  readonly arguments?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs, so that it finds no settings but its own. */
  readonly folder: string;
};

/** Runs it with the Node of the tests, not through npm, which keeps signals to itself. `path` is seen from the repository. */
export const startScript = (path: string, options: ChildScriptOptions): ChildScript => {
  const script = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const child = spawn(process.execPath, [script, ...(options.arguments ?? [])], {
    ...{ cwd: options.folder, env: { ...options.env }, stdio: ["ignore", "pipe", "inherit"] },
  });
  // Only after "close" has all of its output been read.
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { firstLine: firstLineOf(child, ended), ended, signal: (name) => void child.kill(name) };
};

const firstLineOf = (child: ChildProcess, ended: Promise<number | null>): Promise<string> => {
  if (!child.stdout) throw new Error("the process has no output");
  const line = once(createInterface(child.stdout), "line").then(([text]) => String(text));
  const silent = ended.then((code): string => {
    throw new Error(`the process ended with ${code} before it said anything`);
  });
  const first = Promise.race([line, silent]);
  // Whoever asks hears of it; a process that the test ends itself is asked nothing.
  first.catch(() => undefined);
  return first;
};
