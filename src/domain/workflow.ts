import type { Evidence } from "../types/loop.ts";
import type { Asker, DatabaseTemplate, EvidenceKind, Workflow, WorkflowRow } from "../types/schema.ts";
import { oneOf } from "./in-words.ts";
import type { Verdict } from "./verdict.ts";

/** A request to change a workflow column other than Stage. `property` is a template key; null values are empty columns. */
export type ColumnRequest = {
  readonly template: DatabaseTemplate;
  readonly property: string;
  readonly pageId: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly asker: Asker;
  readonly evidence: Evidence;
};

/** Each kind of evidence also serves where a weaker one is asked for. */
const strength: Readonly<Record<EvidenceKind, number>> = { none: 0, person: 1, note: 2, link: 3 };

const asksFor: Readonly<Record<EvidenceKind, string>> = {
  none: "",
  person: "It has to show which person set it: set it again yourself.",
  note: "To record it by hand, first write a new comment on this page that says who answered and how. Then set it again.",
  link: "Only the client's own answer by link sets it.",
};

/**
 * Judges a request by the column's table: its row has to exist for this value, this asker and this evidence. A column that
 * is still empty counts as holding its initial value.
 * @throws RangeError where the column has no table
 */
export const judgeWorkflow = (request: ColumnRequest): Verdict => {
  const { template, property, from, to, asker, evidence } = request;
  const workflow = workflowOf(template, property);
  const start = from ?? workflow.initial;
  if (from === null && to === workflow.initial) return { allowed: true, overridden: [] };
  const rows = rowsFrom(workflow, start).filter((row) => row.to === to);
  const permitted = rows.filter((row) => row.who.includes(asker));
  if (permitted.some((row) => strength[evidence.kind] >= strength[row.evidence]))
    return { allowed: true, overridden: [] };
  const name = template.properties[property]?.name ?? property;
  const way = `from ${start ?? "empty"} to ${to ?? "empty"}`;
  const why = permitted.length === 0 ? `${name} cannot go ${way}.` : `${name} does not go ${way} yet.`;
  return refused(request, `${why} ${remedy(workflow, start, asker, rows, permitted)}`);
};

const workflowOf = (template: DatabaseTemplate, property: string): Workflow => {
  const column = template.properties[property];
  if (column && "workflow" in column && column.workflow) return column.workflow;
  throw new RangeError(`${template.key}.${property} has no workflow`);
};

const rowsFrom = (workflow: Workflow, from: string | null): readonly WorkflowRow[] =>
  workflow.rows.filter((row) => row.from === "*" || row.from === from);

/** What would have to be different: the evidence, the asker, or the value. */
const remedy = (
  workflow: Workflow,
  from: string | null,
  asker: Asker,
  rows: readonly WorkflowRow[],
  permitted: readonly WorkflowRow[],
): string => {
  const [nearest] = permitted.toSorted((one, other) => strength[one.evidence] - strength[other.evidence]);
  if (nearest) return asksFor[nearest.evidence];
  const [other] = rows.flatMap(({ who }) => who);
  if (other) return other === "client" ? asksFor.link : "Only Milepost sets it.";
  const choices = rowsFrom(workflow, from).filter((row) => row.who.includes(asker));
  if (choices.length === 0) return `It stays ${from ?? "empty"}.`;
  return `It can go to ${oneOf([...new Set(choices.map((row) => row.to ?? "empty"))])}.`;
};

const refused = ({ template, property, pageId }: ColumnRequest, sentence: string): Verdict => ({
  allowed: false,
  findings: [
    {
      criterion: "workflow",
      sentence,
      places: [{ database: template.key, pageId, property }],
      overridable: false,
    },
  ],
  changesAt: null,
});

/** What `coverOf` has written, by template key. */
export const coveredIn = (cover: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(JSON.parse(cover) as [string, unknown][]);

/**
 * The content that an approval in a column covers (design §7), as text that is the same as long as the content is. Null
 * where the column covers none. `row` is a typed row of the template's database.
 */
export const coverOf = (
  template: DatabaseTemplate,
  property: string,
  row: Readonly<Record<string, unknown>>,
): string | null => {
  const column = template.properties[property];
  const keys = column && "covers" in column ? (column.covers ?? []) : [];
  return keys.length === 0 ? null : JSON.stringify(keys.map((key) => [key, row[key] ?? null]));
};

/** The names of the properties whose content is not what an approval covered (`covered`, as `coverOf` wrote it) any more. */
export const changedSince = (
  template: DatabaseTemplate,
  property: string,
  row: Readonly<Record<string, unknown>>,
  covered: string,
): readonly string[] => {
  const now = coveredIn(coverOf(template, property, row) ?? "[]");
  const was = coveredIn(covered);
  return Object.entries(template.properties).flatMap(([key, { name }]) =>
    key in was && JSON.stringify(was[key]) !== JSON.stringify(now[key]) ? [name] : [],
  );
};
