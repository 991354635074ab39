import { z } from "zod";
import { readSettings } from "../../src/config.ts";
import { pageIdIn } from "../../src/types/page-id.ts";
import { askService, whyNot } from "./ask-service.ts";
import type { Command } from "./command.ts";

const value = z.unknown();
const shape = z.object({
  pageId: z.string(),
  database: z.string(),
  url: z.string(),
  state: z.string(),
  entries: z.array(
    z.object({
      ...{ at: z.number(), what: z.string(), property: z.string().nullable(), from: value, to: value },
      ...{ by: z.object({ kind: z.string(), id: z.string().optional() }), because: z.string().nullable() },
    }),
  ),
});
type Entry = z.infer<typeof shape>["entries"][number];

const shown = (one: unknown): string => {
  if (one === null || one === undefined || one === "") return "empty";
  return typeof one === "string" ? one : JSON.stringify(one);
};

const line = ({ at, what, property, from, to, by, because }: Entry): string => {
  const who = by.id === undefined ? by.kind : `${by.kind} ${by.id}`;
  const change = property === null || what === "action wanted" ? "" : `: ${shown(from)} → ${shown(to)}`;
  return [
    `${new Date(at).toISOString()}  ${what}`,
    `${property === null ? "" : ` ${property}`}${change}`,
    ` (${who}${because === null ? "" : `; ${because}`})`,
  ].join("");
};

/** The history of a page: every value and action, who, when, from where and by which rule; exit code 1 for an unknown page. */
export const why: Command = {
  summary: "the history of a page: who changed what, when and by which rule",
  operand: "<page id or address>",
  async run(environment, { json }, page = "") {
    const pageId = pageIdIn(page);
    const path = `/api/v1/why/${pageId}`;
    const answer = pageId === null ? null : await askService(readSettings(environment), path);
    if (answer === null) {
      console.error(`Milepost knows no page ${page}.`);
      return 1;
    }
    const read = shape.safeParse(answer.json);
    if (!read.success) throw whyNot(answer);
    const { database, url, state, entries } = read.data;
    const text = [`${database}, ${state}: ${url}`, ...entries.map(line)].join("\n");
    console.log(json ? JSON.stringify(read.data) : text);
    return 0;
  },
};
