import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** A script of the repository as a process of its own. */
export type Child = {
  /** What the pattern's first group matches, once the output holds it; rejects where the process ends before. */
  readonly said: (pattern: RegExp) => Promise<string>;
  /** Resident memory in MB, as `ps` tells. */
  readonly memory: () => Promise<number>;
  /** Ends it, if it has not ended; resolves when it is gone. */
  readonly stop: () => Promise<void>;
};

export type ChildOptions = {
  readonly arguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs, so that it finds no settings but its own. */
  readonly folder: string;
};

const run = promisify(execFile);

/** What `npm start` tells Node before the script. */
const startFlags = (): string[] => {
  const file = new URL("../../package.json", import.meta.url);
  const { scripts } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
};

/** `path` is seen from the repository. */
export const startChild = (path: string, options: ChildOptions): Child => {
  const script = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const child = spawn(process.execPath, [...startFlags(), script, ...(options.arguments ?? [])], {
    ...{ cwd: options.folder, env: { ...options.env }, stdio: ["ignore", "pipe", "inherit"] },
  });
  const ended = once(child, "close");
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const said = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(output)?.[1];
      if (found !== undefined) return found;
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${path} ended before it said ${pattern}`);
      await Promise.race([once(child.stdout, "data"), ended]);
    }
  };
  const memory = async (): Promise<number> => {
    const { stdout } = await run("ps", ["-o", "rss=", "-p", String(child.pid)]);
    return Number(stdout) / 1024;
  };
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  return { said, memory, stop };
};

/** Asks until the service says that it is ready. */
export const untilReady = async (url: string): Promise<void> => {
  while (!(await fetch(`${url}/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 5));
};
