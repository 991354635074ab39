import { createInterface } from "node:readline/promises";
import { z } from "zod";
import { readSettings, type Settings } from "../../src/config.ts";
import { holds } from "../../src/store/holds.ts";
import { errorCatalogue } from "../../src/types/error-catalogue.ts";
import { askService, whyNot } from "./ask-service.ts";
import type { Command } from "./command.ts";

const statusShape = z.looseObject({
  holds: z.array(z.enum(holds)),
  held_pages: z.array(z.object({ database: z.string(), change: z.string(), url: z.string() })),
  problems: z.array(z.object({ code: z.string(), detail: z.string() })),
});
type Status = z.infer<typeof statusShape>;
const answerShape = z.object({ confirmed: z.array(z.string()) });

const agreed = async (question: string): Promise<boolean> => {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

/** What the person is asked about: why each hold is there, what to do, and the pages of a mass change. */
const questions = ({ holds: open, held_pages: pages, problems }: Status): string[] => [
  ...open.flatMap((hold) => [
    `! ${errorCatalogue[hold].message}`,
    ...problems
      .filter(({ code, detail }) => code === hold && detail !== "")
      .map(({ detail }) => `  ${detail}`),
    `  ${errorCatalogue[hold].todo}`,
  ]),
  ...(open.includes("mass_change") ? pages : []).map(
    ({ database, change, url }) => `  ${change} in ${database}: ${url}`,
  ),
];

const letGo = async (settings: Settings, open: Status["holds"]): Promise<readonly string[]> => {
  const answer = await askService(settings, "/api/v1/confirm", { holds: open });
  const read = answerShape.safeParse(answer?.json);
  if (!answer || !read.success) throw whyNot(answer ?? { json: null, address: "/api/v1/confirm" });
  return read.data.confirmed;
};

/** Lets go on what stands still until a person confirms it; exit code 1 where it was not confirmed. */
export const confirm: Command = {
  summary: "confirm a mass change, a restored store or a burst of letters, so that work goes on",
  async run(environment, { json, yes }) {
    const settings = readSettings(environment);
    const status = await askService(settings, "/status");
    const read = statusShape.safeParse(status?.json);
    if (!status || !read.success) throw whyNot(status ?? { json: null, address: "/status" });
    const { holds: open } = read.data;
    if (!json) {
      for (const line of questions(read.data)) console.log(line);
      if (open.length === 0) console.log("Nothing waits for a confirmation.");
    }
    if (open.length > 0 && !yes && !(await agreed("Is this right, and shall work go on?"))) {
      if (!json) console.log("Nothing was confirmed.");
      else console.log(JSON.stringify({ confirmed: [] }));
      return 1;
    }
    const confirmed = open.length === 0 ? [] : await letGo(settings, open);
    if (json) console.log(JSON.stringify({ confirmed }));
    else if (confirmed.length > 0) console.log("Confirmed; work goes on.");
    return 0;
  },
};
