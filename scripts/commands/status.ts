import { z } from "zod";
import { readSettings } from "../../src/config.ts";
import { errorCatalogue } from "../../src/types/error-catalogue.ts";
import { askService, isErrorCode, whyNot } from "./ask-service.ts";
import type { Command } from "./command.ts";

/** What is read of the service's answer; the rest is printed as it is. */
const statusShape = z.looseObject({
  problems: z.array(
    z.looseObject({
      code: z.string(),
      since: z.string(),
      pageId: z.string().nullish(),
      database: z.string().nullish(),
      property: z.string().nullish(),
      detail: z.string().nullish(),
    }),
  ),
});
type Status = z.infer<typeof statusShape>;

const problemLines = ({ code, since, pageId, database, property, detail }: Status["problems"][number]) => {
  const known = isErrorCode(code) ? errorCatalogue[code] : null;
  const where = [database, property, pageId, detail].filter(Boolean).join(", ");
  return [
    `! ${known?.message ?? code} (${code}, since ${since})`,
    ...(where === "" ? [] : [`  Where: ${where}`]),
    ...(known ? [`  To do: ${known.todo}`] : []),
  ];
};

const plain = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(plain).join("; ") || "none"
    : typeof value === "object" && value !== null
      ? Object.entries(value)
          .map(([name, part]) => `${name}: ${plain(part)}`)
          .join(", ") || "none"
      : String(value ?? "none");

const sentences = ({ problems, ...rest }: Status): string =>
  [
    ...(problems.length === 0 ? ["No problems."] : problems.flatMap(problemLines)),
    "",
    ...Object.entries(rest).map(([name, value]) => `${name.replaceAll("_", " ")}: ${plain(value)}`),
  ].join("\n");

/** What the running service says of itself, problems first; exit code 1 where it names one. */
export const status: Command = {
  summary: "ask the running service what is wrong and what waits",
  async run(environment, { json }) {
    const asked = await askService(readSettings(environment), "/status");
    const read = statusShape.safeParse(asked?.json);
    if (!asked || !read.success) throw whyNot(asked ?? { json: null, address: "/status" });
    const answer = read.data;
    console.log(json ? JSON.stringify(answer) : sentences(answer));
    return answer.problems.length === 0 ? 0 : 1;
  },
};
