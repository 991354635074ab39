import type { Database } from "../../../ports.ts";
import type { ObjectKind, ObjectRecord, PageRecord, Property } from "../model.ts";
import { dataOf, objectOf } from "./records.ts";

type KindOf<K extends ObjectKind> = Extract<ObjectRecord, { kind: K }>;

/**
 * Pages, databases, data sources, views and property schemas. Records are read once and kept in memory (a query
 * filters ten thousand rows); they are never changed in place, `put` replaces them.
 */
export type ObjectStore = {
  get(id: string): ObjectRecord | undefined;
  getAs<K extends ObjectKind>(kind: K, id: string): KindOf<K> | undefined;
  /** Stores a new record (seq 0) or the new state of a known one. */
  put<R extends ObjectRecord>(record: R): R;
  /** Objects of a kind directly below a parent, oldest first. */
  childrenOf<K extends ObjectKind>(kind: K, parentId: string): KindOf<K>[];
  all<K extends ObjectKind>(kind: K): KindOf<K>[];
  /** The rows of a data source by id, oldest first. */
  rows(dataSourceId: string): ReadonlyMap<string, PageRecord>;
  properties(dataSourceId: string): readonly Property[];
  putProperty(dataSourceId: string, property: Property): void;
  removeProperty(dataSourceId: string, id: string): void;
  /** All of `fn` or nothing, in the tables and in memory. */
  transaction<T>(fn: () => T): T;
};

const selectObjects = `SELECT o.*, v."values" AS "values" FROM objects o LEFT JOIN page_values v ON v.page_id = o.id`;
const insertObject = `INSERT INTO objects (id, kind, parent_type, parent_id, created_at, created_by, edited_at,
  edited_by, in_trash, shared, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`;
const updateObject = `UPDATE objects SET parent_type = ?, parent_id = ?, edited_at = ?, edited_by = ?, in_trash = ?,
  shared = ?, data = ? WHERE id = ?`;
const upsertValues = `INSERT INTO page_values (page_id, "values") VALUES (?, ?)
  ON CONFLICT (page_id) DO UPDATE SET "values" = excluded."values"`;
const upsertProperty = `INSERT INTO properties (data_source_id, id, position, data)
  VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM properties WHERE data_source_id = ?), ?)
  ON CONFLICT (data_source_id, id) DO UPDATE SET data = excluded.data`;

const writeObject = (database: Database, record: ObjectRecord): number => {
  const parentId = record.parent.type === "workspace" ? "" : record.parent.id;
  const tail = [record.inTrash ? 1 : 0, record.shared ? 1 : 0, dataOf(record)];
  const edited = [record.editedAt, record.editedBy];
  if (record.seq > 0) {
    database.exec(updateObject, record.parent.type, parentId, ...edited, ...tail, record.id);
    return record.seq;
  }
  const head = [record.id, record.kind, record.parent.type, parentId, record.createdAt, record.createdBy];
  const [row] = database.exec(insertObject, ...head, ...edited, ...tail);
  return Number(row?.seq);
};

const createPropertyStore = (database: Database, onWrite: () => void) => {
  const known = new Map<string, readonly Property[]>();
  return {
    properties(dataSourceId: string): readonly Property[] {
      const cached = known.get(dataSourceId);
      if (cached) return cached;
      const rows = database.exec(
        "SELECT data FROM properties WHERE data_source_id = ? ORDER BY position",
        dataSourceId,
      );
      const properties = rows.map((row) => JSON.parse(String(row.data)) as Property);
      known.set(dataSourceId, properties);
      return properties;
    },
    putProperty(dataSourceId: string, property: Property): void {
      onWrite();
      database.exec(upsertProperty, dataSourceId, property.id, dataSourceId, JSON.stringify(property));
      known.delete(dataSourceId);
    },
    removeProperty(dataSourceId: string, id: string): void {
      onWrite();
      database.exec("DELETE FROM properties WHERE data_source_id = ? AND id = ?", dataSourceId, id);
      known.delete(dataSourceId);
    },
    forgetProperties: () => known.clear(),
  };
};

type Cached = { records: Map<string, ObjectRecord>; rowsOf: Map<string, Map<string, PageRecord>> };

/** The data source that a page is a row of; its templates are none. */
const dataSourceOf = (record: ObjectRecord | undefined): string | null =>
  record?.kind === "page" && record.parent.type === "data_source_id" && !record.template
    ? record.parent.id
    : null;

const remember = ({ records, rowsOf }: Cached, record: ObjectRecord): ObjectRecord => {
  const before = dataSourceOf(records.get(record.id));
  records.set(record.id, record);
  if (before !== null && before !== dataSourceOf(record)) rowsOf.get(before)?.delete(record.id);
  if (record.kind === "page" && record.parent.type === "data_source_id" && !record.template) {
    rowsOf.get(record.parent.id)?.set(record.id, record);
  }
  return record;
};

const createReader = (database: Database, cached: Cached) => {
  const select = <R extends ObjectRecord>(where: string, ...params: string[]): R[] =>
    database
      .exec(`${selectObjects} ${where}`, ...params)
      .map((row) => (cached.records.get(String(row.id)) ?? remember(cached, objectOf(row))) as R);
  const get = (id: string): ObjectRecord | undefined =>
    cached.records.get(id) ?? select("WHERE o.id = ?", id)[0];
  return {
    get,
    getAs<K extends ObjectKind>(kind: K, id: string): KindOf<K> | undefined {
      const record = get(id);
      return record?.kind === kind ? (record as KindOf<K>) : undefined;
    },
    childrenOf: <K extends ObjectKind>(kind: K, parentId: string): KindOf<K>[] =>
      select("WHERE o.parent_id = ? AND o.kind = ? ORDER BY o.seq", parentId, kind),
    all: <K extends ObjectKind>(kind: K): KindOf<K>[] => select("WHERE o.kind = ? ORDER BY o.seq", kind),
    rows(dataSourceId: string): ReadonlyMap<string, PageRecord> {
      const known = cached.rowsOf.get(dataSourceId);
      if (known) return known;
      const where = "WHERE o.parent_id = ? AND o.kind = 'page' ORDER BY o.seq";
      const pages = select<PageRecord>(where, dataSourceId).filter((page) => !page.template);
      const rows = new Map(pages.map((record) => [record.id, record]));
      cached.rowsOf.set(dataSourceId, rows);
      return rows;
    },
  };
};

export const createObjectStore = (database: Database): ObjectStore => {
  const cached: Cached = { records: new Map(), rowsOf: new Map() };
  let hasWritten = false;
  const onWrite = (): void => {
    hasWritten = true;
  };
  const { forgetProperties, ...propertyStore } = createPropertyStore(database, onWrite);
  return {
    ...propertyStore,
    ...createReader(database, cached),
    put<R extends ObjectRecord>(record: R): R {
      onWrite();
      const before = cached.records.get(record.id);
      const stored = { ...record, seq: writeObject(database, record) };
      if (stored.kind === "page" && !(before?.kind === "page" && before.values === stored.values)) {
        database.exec(upsertValues, stored.id, JSON.stringify(stored.values));
      }
      remember(cached, stored);
      return stored;
    },
    transaction(fn) {
      hasWritten = false;
      try {
        return database.transaction(fn);
      } catch (error) {
        if (hasWritten) {
          cached.records.clear();
          cached.rowsOf.clear();
          forgetProperties();
        }
        throw error;
      }
    },
  };
};
