import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild, untilReady } from "./child.ts";
import { type Figure, median, round } from "./measure.ts";

const runs = 3;

type Start = { readonly ms: number; readonly memory: number };

/** Starts the embedded workspace and Milepost as `npm start` does, until /ready says so, and ends them. */
const startOnce = async (folder: string): Promise<Start> => {
  const from = performance.now();
  const env = { DATA_DIR: join(folder, "data"), PORT: "0", LOG_LEVEL: "error" };
  const child = startChild("src/node.ts", { folder, env });
  try {
    await untilReady(await child.said(/^Milepost:\s+(http:\S+)/m));
    return { ms: performance.now() - from, memory: await child.memory() };
  } finally {
    await child.stop();
  }
};

/** How long a start takes, with nothing there and with what the first start has left, and the memory it takes. */
export const benchStartUp = async (): Promise<Figure[]> => {
  const [cold, filled]: [Start[], Start[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
    try {
      cold.push(await startOnce(folder));
      filled.push(await startOnce(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const ms = (starts: readonly Start[]): number => round(median(starts.map((start) => start.ms)), 0);
  const memory = round(median(filled.map((start) => start.memory)), 0);
  const how = `from \`node src/node.ts\` until /ready says so, with the embedded workspace; median of ${runs}`;
  return [
    {
      ...{ name: "start_cold", value: ms(cold), unit: "ms", goal: "" },
      how: `${how}; nothing there: databases and the sample agency are made`,
    },
    {
      ...{ name: "start_filled", value: ms(filled), unit: "ms", goal: "" },
      how: `${how}; on the stores that the first start has left`,
    },
    {
      ...{ name: "memory_after_start", value: memory, unit: "MB", goal: "" },
      how: "resident memory after that, of the embedded workspace, the mailbox and Milepost together",
    },
  ];
};
