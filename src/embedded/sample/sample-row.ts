/** A day, counted in business days from the day on which the sample begins; negative before it. */
export type Day = { readonly day: number };

/** What a person types into one property: people, options and other rows by their names. */
export type Cell = string | number | boolean | Day | readonly string[];

/** Cells by the property's name in Notion. */
export type Cells = Readonly<Record<string, Cell>>;

/** One row and the person who adds it; `body` is Markdown. */
export type SampleRow = { readonly by: string; readonly cells: Cells; readonly body?: string };

/** A project with what belongs to it. Rows name each other by title, earlier ones only. */
export type SampleProject = {
  readonly project: SampleRow;
  /** In their order in the plan. */
  readonly milestones: readonly SampleRow[];
  readonly risks: readonly SampleRow[];
  readonly changeRequests: readonly SampleRow[];
  readonly checks: readonly SampleRow[];
  readonly asks: readonly SampleRow[];
  readonly decisions: readonly SampleRow[];
};

type Status = "Not started" | "In progress" | "In review" | "Done";

const milestone = (kind: string, name: string, day: number, status: Status, more: Cells): SampleRow => {
  const actual: Cells = status === "Done" ? { Actual: { day } } : {};
  const rest = { Target: { day }, Status: status, "Sign-off": "Not needed" };
  return { by: "Dana Reyes", cells: { Name: name, Kind: kind, ...rest, ...actual, ...more } };
};

/** A milestone of the delivery record, due on a day; one that is done was done on that day. */
export const step = (kind: string, day: number, status: Status, more: Cells = {}): SampleRow =>
  milestone(kind, kind, day, status, more);

/** A milestone of the project's own plan, which the client sees. */
export const planned = (name: string, day: number, status: Status, more: Cells = {}): SampleRow =>
  milestone("Plan milestone", name, day, status, { "Client visible": true, ...more });

/** Checks of one checkpoint that a person found passed on a day. */
export const passed = (
  by: string,
  day: number,
  checkpoint: string,
  ...checks: readonly string[]
): readonly SampleRow[] =>
  checks.map((check) => ({
    by,
    cells: {
      ...{ Check: check, Checkpoint: checkpoint, Result: "Passed" },
      ...{ "Checked by": [by], "Checked on": { day } },
    },
  }));

/** Checks of one checkpoint that nobody has looked at yet. */
export const unchecked = (checkpoint: string, ...checks: readonly string[]): readonly SampleRow[] =>
  checks.map((check) => ({
    by: "Dana Reyes",
    cells: { Check: check, Checkpoint: checkpoint, Result: "Not checked" },
  }));
