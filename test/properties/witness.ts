import type { Database, SqlRow } from "../../src/ports.ts";
import type { LiveProperty } from "../support/checker/facts.ts";
import { mirrored, undated } from "../support/checker/mirror.ts";

/** The watched pages by id, each with its properties by key. */
export type Shape = ReadonlyMap<string, readonly (readonly [string, LiveProperty])[]>;

/** Every value that a property ever had, as text, by page and key. */
type Had = Map<string, Set<string>>;
type Sides = { readonly base: string; readonly local: string };
/** What was there when the watch began. */
export type Start = {
  readonly shape: Shape;
  readonly workspace: Had;
  readonly local: Had;
  readonly sides: ReadonlyMap<string, Sides>;
};

/** Watches both databases while Milepost runs. */
export type Witness = {
  readonly store: Database;
  readonly workspace: Database;
  /** P10: values that the base took although they never stood on both sides. */
  readonly faults: () => readonly string[];
  /** What a page holds in the workspace now, in canonical form. */
  readonly valuesOf: (pageId: string) => Values;
};

type Values = Readonly<Record<string, unknown>>;
const placeOf = (pageId: string, key: string): string => `${pageId} ${key}`;
const note = (had: Had, place: string, text: string): void => {
  const known = had.get(place);
  if (known) known.add(text);
  else had.set(place, new Set([text]));
};

const textOf = (value: unknown): string => JSON.stringify(undated(value ?? null));

const noteWorkspace = (had: Had, shape: Shape, pageId: string, stored: string): void => {
  const values = JSON.parse(stored) as Values;
  for (const [key, property] of shape.get(pageId) ?? [])
    note(had, placeOf(pageId, key), JSON.stringify(mirrored(property, values[property.id])));
};

const noteLocal = (had: Had, shape: Shape, pageId: string, local: string): void => {
  const values = JSON.parse(local) as Values;
  for (const [key] of shape.get(pageId) ?? []) note(had, placeOf(pageId, key), textOf(values[key]));
};

const sidesNow = (store: Database, shape: Shape): SqlRow[] =>
  [...shape.keys()].flatMap((id) =>
    store.exec("SELECT page_id, base, local FROM pages WHERE page_id = ?", id),
  );

/** What a relation shows depends on what else lies in the trash. */
const isWatched = ({ type }: LiveProperty): boolean => type !== "relation";

export const startOf = (
  databases: { readonly store: Database; readonly workspace: Database },
  properties: Shape,
): Start => {
  const { store, workspace } = databases;
  const shape = new Map([...properties].map(([id, keys]) => [id, keys.filter(([, one]) => isWatched(one))]));
  const start = { shape, workspace: new Map(), local: new Map(), sides: new Map<string, Sides>() };
  for (const { page_id, found } of workspace.exec('SELECT page_id, "values" AS found FROM page_values'))
    noteWorkspace(start.workspace, shape, String(page_id), String(found));
  for (const { page_id, base, local } of sidesNow(store, shape)) {
    noteLocal(start.local, shape, String(page_id), String(local));
    start.sides.set(String(page_id), { base: String(base), local: String(local) });
  }
  return start;
};

/** Calls back after each commit of a statement that changes the table of pages. */
const withCommits = (database: Database, onCommit: () => void): Database => {
  const changes = /^\s*(INSERT|UPDATE|DELETE)\b.*\bpages\b/is;
  const known = new Map<string, boolean>();
  const isChange = (sql: string): boolean => {
    const found = known.get(sql) ?? changes.test(sql);
    known.set(sql, found);
    return found;
  };
  const state = { inside: false, changed: false };
  return {
    ...database,
    exec: (sql, ...params) => {
      const rows = database.exec(sql, ...params);
      if (isChange(sql)) {
        if (state.inside) state.changed = true;
        else onCommit();
      }
      return rows;
    },
    transaction: (fn) => {
      Object.assign(state, { inside: true, changed: false });
      try {
        return database.transaction(fn);
      } finally {
        state.inside = false;
        if (state.changed) onCommit();
      }
    },
  };
};

export const createWitness = (
  databases: { readonly store: Database; readonly workspace: Database },
  start: Start,
): Witness => {
  const { shape } = start;
  const had = { workspace: new Map() as Had, local: new Map() as Had };
  const sides = new Map(start.sides);
  const faults = new Set<string>();
  const was = (side: "workspace" | "local", place: string, text: string): boolean =>
    start[side].get(place)?.has(text) === true || had[side].get(place)?.has(text) === true;
  const judge = (pageId: string, before: string | undefined, base: string): void => {
    const [old, values] = [JSON.parse(before ?? "{}") as Values, JSON.parse(base) as Values];
    for (const [key] of shape.get(pageId) ?? []) {
      const [place, text] = [placeOf(pageId, key), textOf(values[key])];
      if (text === textOf(old[key])) continue;
      if (!was("workspace", place, text))
        faults.add(`P10 the base of ${key} took ${text}, Notion never had it`);
      if (!was("local", place, text)) faults.add(`P10 the base of ${key} took ${text}, which was never ours`);
    }
  };
  const look = (): void => {
    for (const row of sidesNow(databases.store, shape)) {
      const [pageId, base, local] = [String(row.page_id), String(row.base), String(row.local)];
      const before = sides.get(pageId);
      if (before?.local !== local) noteLocal(had.local, shape, pageId, local);
      if (before?.base !== base) judge(pageId, before?.base, base);
      sides.set(pageId, { base, local });
    }
  };
  const workspace: Database = {
    ...databases.workspace,
    exec: (sql, ...params) => {
      if (sql.startsWith("INSERT INTO page_values") && shape.has(String(params[0])))
        noteWorkspace(had.workspace, shape, String(params[0]), String(params[1]));
      return databases.workspace.exec(sql, ...params);
    },
  };
  const valuesOf = (pageId: string): Values => {
    const query = 'SELECT "values" AS found FROM page_values WHERE page_id = ?';
    const stored = JSON.parse(String(databases.workspace.exec(query, pageId)[0]?.found ?? "{}")) as Values;
    const keys = shape.get(pageId) ?? [];
    return Object.fromEntries(keys.map(([key, property]) => [key, mirrored(property, stored[property.id])]));
  };
  return { valuesOf, workspace, store: withCommits(databases.store, look), faults: () => [...faults] };
};
