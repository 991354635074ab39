import { z } from "zod";
import { readSettings, type Settings } from "../../src/config.ts";
import { type ErrorCode, errorCatalogue, MilepostError } from "../../src/types/errors.ts";
import type { Command } from "./command.ts";

const answerMs = 10_000;

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

const addressOf = ({ host, port }: Settings): string => {
  const everywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const name = everywhere[host] ?? host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}/status`;
};

const ask = async (settings: Settings): Promise<Status> => {
  const address = addressOf(settings);
  const headers: Record<string, string> =
    settings.mode === "workspace" ? { authorization: `Bearer ${settings.apiToken[0]}` } : {};
  const failed = (why: string): MilepostError => new MilepostError("service_silent", `${address}: ${why}`);
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(answerMs) }).catch(() => {
    throw failed("no answer");
  });
  if (!response.ok) throw failed(`status ${response.status}`);
  const read = statusShape.safeParse(await response.json().catch(() => null));
  if (!read.success) throw failed("the answer is not Milepost's");
  return read.data;
};

const problemLines = ({ code, since, pageId, database, property, detail }: Status["problems"][number]) => {
  const known = Object.hasOwn(errorCatalogue, code) ? errorCatalogue[code as ErrorCode] : null;
  const where = [database, property, pageId, detail].filter(Boolean).join(", ");
  return [
    `! ${known?.message ?? code} (${code}, since ${since})`,
    ...(where === "" ? [] : [`  Where: ${where}`]),
    ...(known ? [`  To do: ${known.todo}`] : []),
  ];
};

const plain = (value: unknown): string =>
  typeof value === "object" && value !== null
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
    const answer = await ask(readSettings(environment));
    console.log(json ? JSON.stringify(answer) : sentences(answer));
    return answer.problems.length === 0 ? 0 : 1;
  },
};
