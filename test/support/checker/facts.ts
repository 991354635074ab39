/**
 * Reads what there is in both files by plain SQL. The checker takes nothing of the product's code, so that it does not share
 * its mistakes; only the templates, which say what ought to be there.
 */
export type Cell = string | number | null;
export type Rows = (sql: string, ...params: Cell[]) => Record<string, Cell>[];

/** The embedded workspace's file and Milepost's. */
export type Files = { readonly workspace: Rows; readonly milepost: Rows };

export type Json = Readonly<Record<string, unknown>>;
export const json = <T>(cell: Cell | undefined): T => JSON.parse(String(cell)) as T;

export const botId = ({ workspace }: Files): string =>
  String(workspace("SELECT id FROM users WHERE kind = 'bot'")[0]?.id);

export const personId = ({ workspace }: Files, name: string): string =>
  String(workspace("SELECT id FROM users WHERE name = ?", name)[0]?.id);

type Text = readonly { readonly text?: { readonly content: string } }[];
export const plain = (text: unknown): string =>
  ((text ?? []) as Text).map((part) => part.text?.content ?? "").join("");

export type LiveObject = {
  readonly id: string;
  readonly parentId: string;
  readonly createdBy: string;
  readonly data: Json;
};

export const liveObjects = ({ workspace }: Files, kind: string): LiveObject[] =>
  workspace("SELECT * FROM objects WHERE kind = ? AND in_trash = 0 ORDER BY seq", kind).map((row) => ({
    id: String(row.id),
    parentId: String(row.parent_id),
    createdBy: String(row.created_by),
    data: json(row.data),
  }));

export type LiveProperty = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly config: { readonly groups?: readonly { readonly option_ids: readonly string[] }[] };
};

export const propertiesOf = ({ workspace }: Files, dataSourceId: string): LiveProperty[] =>
  workspace("SELECT data FROM properties WHERE data_source_id = ? ORDER BY position", dataSourceId).map(
    (row) => liveProperty(String(row.data)),
  );

/** Schemas are read over and over and hardly ever change. */
const parsed = new Map<string, LiveProperty>();
const liveProperty = (text: string): LiveProperty => {
  const property = parsed.get(text) ?? json<LiveProperty>(text);
  parsed.set(text, property);
  return property;
};

/** A page's stored values by property id. */
export const valuesOf = ({ workspace }: Files, pageId: string): Json =>
  json(workspace('SELECT "values" AS found FROM page_values WHERE page_id = ?', pageId)[0]?.found ?? "{}");

export type Change = {
  readonly seq: number;
  readonly at: number;
  readonly actor: { readonly id: string; readonly kind: "person" | "bot" };
  readonly kind: string;
  readonly objectId: string;
  readonly dataSourceId?: string;
  readonly properties?: readonly string[];
};

/** Everything that ever happened in the workspace, in its order. */
export const changes = ({ workspace }: Files): Change[] =>
  workspace("SELECT seq, entry FROM journal ORDER BY seq").map((row) => ({
    seq: Number(row.seq),
    ...json<Omit<Change, "seq">>(row.entry),
  }));

export const botWrites = (files: Files): Change[] =>
  changes(files).filter(({ actor }) => actor.kind === "bot");
