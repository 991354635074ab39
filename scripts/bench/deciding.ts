import { tmpdir } from "node:os";
import { startChild } from "./child.ts";
import { type Figure, median, round } from "./measure.ts";

const [projects, decisions] = [220, 10_000];

type DecidingResult = {
  readonly times: readonly number[];
  readonly all: number;
  readonly rows: readonly number[];
  readonly memory: number;
};

/** What deciding takes: one project at the median, and ten thousand one after another, as after an update of the rules. */
export const benchDeciding = async (): Promise<Figure[]> => {
  const child = startChild("test/support/decide-many.ts", {
    ...{ folder: tmpdir(), arguments: [String(projects), String(decisions)] },
  });
  const result = JSON.parse(await child.said(/^(\{.*\})$/m)) as DecidingResult;
  const { times, all, rows, memory } = result;
  const what = `${projects} different projects in production in turn, each with ${median(rows)} milestones, checks and risks at the median`;
  return [
    {
      ...{ name: "decide_one", value: round(median(times), 3), unit: "ms", goal: "<= 0.4" },
      how: `all rules on one project, without reading and storing; median of ${decisions}, ${what}`,
    },
    {
      ...{ name: "decide_10000", value: round(all / 1_000, 2), unit: "s", goal: "<= 5" },
      how: "all of these one after another",
    },
    {
      ...{ name: "memory_deciding", value: round(memory, 0), unit: "MB", goal: "<= 300" },
      how: "resident memory of that process then",
    },
  ];
};
