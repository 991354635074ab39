import { parseArgs } from "node:util";
import { benchAcks } from "./bench/acks.ts";
import { benchDeciding } from "./bench/deciding.ts";
import { benchFirstSync } from "./bench/first-sync.ts";
import { type Figure, isMissed } from "./bench/measure.ts";
import { benchPolling } from "./bench/polling.ts";
import { benchPutBack } from "./bench/put-back.ts";
import { benchScale } from "./bench/scale.ts";
import { benchSignatureTiming } from "./bench/signature-timing.ts";
import { benchStartUp } from "./bench/startup.ts";
import { benchStorm } from "./bench/storm.ts";
import { benchWorkspace } from "./bench/workspace.ts";

const usage = `Usage: npm run bench [-- --json]

  --json     print one object: name → value, unit, goal`;

/** What is measured, in this order, one after another. */
const suites: readonly (readonly [what: string, run: () => Promise<Figure[]>])[] = [
  ["start-up", benchStartUp],
  ["webhooks", benchAcks],
  ["what a refusal's time tells", benchSignatureTiming],
  ["put back, polls and edits", benchPutBack],
  ["what polling costs", benchPolling],
  ["a storm of webhooks", benchStorm],
  ["a first sync", benchFirstSync],
  ["ten thousand projects", benchScale],
  ["what deciding takes", benchDeciding],
  ["the embedded workspace", benchWorkspace],
];

const asJson = (figures: readonly Figure[]): string =>
  JSON.stringify(
    Object.fromEntries(figures.map(({ name, value, unit, goal }) => [name, { value, unit, goal }])),
  );

const asTable = (figures: readonly Figure[]): string => {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .flatMap((figure) => {
      const { name, value, unit, goal, how } = figure;
      const verdict = goal === "" ? "" : `   goal ${goal}: ${isMissed(figure) ? "MISSED" : "met"}`;
      return [`${name.padEnd(width)}  ${value} ${unit}${verdict}`, `${" ".repeat(width)}  ${how}`, ""];
    })
    .join("\n");
};

const misses = (figures: readonly Figure[]): string[] =>
  figures
    .filter(isMissed)
    .map(({ name, value, unit, goal }) => `MISSED: ${name} is ${value} ${unit}, the goal is ${goal}`);

const wantsJson = (): boolean | null => {
  try {
    return parseArgs({ options: { json: { type: "boolean", default: false } } }).values.json;
  } catch {
    return null;
  }
};

/** A goal that is missed is told and no failure; what breaks the measurement ends it with exit code 1. */
const main = async (): Promise<number> => {
  const json = wantsJson();
  if (json === null) {
    console.error(usage);
    return 2;
  }
  const figures: Figure[] = [];
  for (const [what, run] of suites) {
    console.error(`Measuring ${what} …`);
    figures.push(...(await run()));
  }
  console.log(json ? asJson(figures) : asTable(figures));
  for (const line of misses(figures)) console.error(line);
  return 0;
};

process.exitCode = await main();
