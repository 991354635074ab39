import { createInterface } from "node:readline/promises";
import { z } from "zod";
import { readSettings } from "../../src/config.ts";
import { holds } from "../../src/store/holds.ts";
import { errorCatalogue } from "../../src/types/errors.ts";
import { askService, notMilepost } from "./ask-service.ts";
import type { Command } from "./command.ts";

const statusShape = z.looseObject({ holds: z.array(z.enum(holds)) });
const answerShape = z.object({ confirmed: z.array(z.string()) });

const agreed = async (question: string): Promise<boolean> => {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

/** Lets go on what stands still until a person confirms it; exit code 1 where it was not confirmed. */
export const confirm: Command = {
  summary: "confirm a mass change, a restored store or a burst of letters, so that work goes on",
  async run(environment, { json, yes }) {
    const settings = readSettings(environment);
    const status = await askService(settings, "/status");
    const read = statusShape.safeParse(status?.json);
    if (!status || !read.success) throw notMilepost(status ?? { json: null, address: "/status" });
    const { holds: open } = read.data;
    if (!json) {
      for (const hold of open)
        console.log(`! ${errorCatalogue[hold].message}\n  ${errorCatalogue[hold].todo}`);
      if (open.length === 0) console.log("Nothing waits for a confirmation.");
    }
    if (open.length > 0 && !yes && !(await agreed("Is this right, and shall work go on?"))) {
      if (!json) console.log("Nothing was confirmed.");
      else console.log(JSON.stringify({ confirmed: [] }));
      return 1;
    }
    const answer = open.length === 0 ? null : await askService(settings, "/api/v1/confirm", { holds: open });
    const { confirmed } = answerShape.parse(answer?.json ?? { confirmed: [] });
    if (json) console.log(JSON.stringify({ confirmed }));
    else if (confirmed.length > 0) console.log("Confirmed; work goes on.");
    return 0;
  },
};
