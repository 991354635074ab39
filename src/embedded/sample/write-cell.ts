import { businessDay } from "./calendar.ts";
import type { Cell, Cells, Day } from "./sample-row.ts";

/** What names and days stand for. */
export type Meaning = {
  /** The day on which the sample begins, `YYYY-MM-DD`. */
  readonly today: string;
  /** The id of a person or of a row that exists already. */
  readonly idOf: (name: string) => string;
};

const names = (cell: Cell): readonly string[] => (Array.isArray(cell) ? cell : [String(cell)]);
const ids = (cell: Cell, { idOf }: Meaning) => names(cell).map((name) => ({ id: idOf(name) }));

/** How each property type takes a cell in a request. A type that is not here takes it as it is. */
const writers: Readonly<Record<string, (cell: Cell, meaning: Meaning) => unknown>> = {
  title: (cell) => [{ text: { content: String(cell) } }],
  rich_text: (cell) => [{ text: { content: String(cell) } }],
  select: (cell) => ({ name: cell }),
  status: (cell) => ({ name: cell }),
  multi_select: (cell) => names(cell).map((name) => ({ name })),
  date: (cell, { today }) => ({ start: businessDay(today, (cell as Day).day) }),
  people: ids,
  relation: ids,
};

/** The properties of a create or update request. Throws where the database has no property of a cell's name. */
export const writeCells = (
  cells: Cells,
  types: ReadonlyMap<string, string>,
  meaning: Meaning,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => {
      const type = types.get(name);
      if (type === undefined) throw new Error(`the sample: there is no property ${name}`);
      return [name, { [type]: writers[type]?.(cell, meaning) ?? cell }];
    }),
  );
