import { z } from "zod";
import { readSettings } from "../../src/config.ts";
import { goalInWords, valueInWords, verdictInWords } from "../../src/content/measures-in-words.ts";
import { isPlainDate } from "../../src/domain/calendar.ts";
import { units } from "../../src/domain/office-measures.ts";
import { pageIdIn } from "../../src/types/page-id.ts";
import { askService, whyNot } from "./ask-service.ts";
import type { Command, Flags } from "./command.ts";

const project = z.looseObject({ name: z.string(), delivered: z.string().nullable() });
const shape = z.looseObject({
  project: project.optional(),
  projects: z.array(project).default([]),
  ...{ from: z.string().optional(), to: z.string().optional() },
  measures: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), value: z.number().nullable(), unit: z.enum(units) },
      goal: z
        .object({ kind: z.enum(["above", "below", "atLeast", "exactly"]), value: z.number() })
        .nullable(),
      ...{ source: z.string(), met: z.boolean().nullable() },
    }),
  ),
  findings: z.array(z.looseObject({ sentence: z.string(), count: z.number() })),
});
type Answer = z.infer<typeof shape>;

/** Rows in columns as wide as their widest cell. */
const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
};

const table = ({ measures }: Answer): readonly string[] =>
  columns([
    ["Measure", "Number", "Target", "", "Source"],
    ...measures.map(({ name, value, unit, goal, source, met }) => [
      ...[name, valueInWords(value, unit), goal ? goalInWords(goal, unit) : "-"],
      ...[verdictInWords(met) ?? "", source],
    ]),
  ]);

const heading = ({ project, projects, from, to }: Answer): readonly string[] => {
  if (project) return [project.delivered ? `${project.name}, delivered ${project.delivered}` : project.name];
  const rows = projects.map(({ name, delivered }) => `  ${delivered}  ${name}`);
  return [`Projects delivered from ${from} to ${to}: ${projects.length}`, ...rows];
};

const found = ({ findings }: Answer): readonly string[] => [
  "What gates found missing most often:",
  ...(findings.length === 0
    ? ["  nothing"]
    : columns(findings.map((one) => [`  ${one.count}×`, one.sentence]))),
];

const text = (answer: Answer): string =>
  [...heading(answer), "", ...table(answer), "", ...found(answer)].join("\n");

/** Why the arguments cannot be asked with; null where they can. */
const mistake = (page: string | undefined, { from, to }: Flags): string | null => {
  if (page !== undefined && (from ?? to) !== undefined)
    return "A period is asked of the office, not of a project.";
  if ((from === undefined) !== (to === undefined)) return "Name both --from and --to.";
  const wrong = [from, to].find((day) => day !== undefined && !isPlainDate(day));
  if (wrong !== undefined) return `“${wrong}” is no day. Write one such as 2026-11-30.`;
  return from !== undefined && to !== undefined && from > to ? "--from lies after --to." : null;
};

const pathOf = (page: string | undefined, { from, to }: Flags): string | null => {
  if (page === undefined) return from && to ? `/api/v1/measures?from=${from}&to=${to}` : "/api/v1/measures";
  const pageId = pageIdIn(page);
  return pageId && `/api/v1/projects/${pageId}/measures`;
};

/** What a project, or the office over a period, measures; exit code 1 for an unknown project, 2 for a period that is none. */
export const measures: Command = {
  summary: "a project's numbers, or the office's, beside their targets",
  operand: "[<page id or address>]",
  takesPeriod: true,
  async run(environment, flags, page) {
    const wrong = mistake(page, flags);
    if (wrong !== null) {
      console.error(wrong);
      return 2;
    }
    const path = pathOf(page, flags);
    const answer = path === null ? null : await askService(readSettings(environment), path);
    if (answer === null) {
      console.error(`Milepost knows no project ${page}.`);
      return 1;
    }
    const read = shape.safeParse(answer.json);
    if (!read.success) throw whyNot(answer);
    console.log(flags.json ? JSON.stringify(answer.json) : text(read.data));
    return 0;
  },
};
