import type { Clock } from "../../../ports.ts";
import type { DataSourceRecord, ObjectRecord, PageRecord } from "../model.ts";
import type { ObjectStore } from "../store/object-store.ts";

/** What queries and search answer from: the present, or a moment that is past (notion-api §4: both may lag behind reads). */
export type ReadIndex = {
  rows(dataSourceId: string): Iterable<PageRecord>;
  all<K extends "page" | "data_source">(kind: K): (K extends "page" ? PageRecord : DataSourceRecord)[];
};

/** The state of a record until a moment; undefined until it was created. */
type Past = { until: number; record: ObjectRecord | undefined };

export type History = {
  /** The store whose changes are remembered. */
  objects: ObjectStore;
  /** Remembers changes for so long from now on; 0 forgets them. */
  keep(ms: number): void;
  index(lagMs: number): ReadIndex;
};

const presentIndex = (objects: ObjectStore): ReadIndex => ({
  rows: (dataSourceId) => objects.rows(dataSourceId).values(),
  all: ((kind: "page" | "data_source") => objects.all(kind)) as ReadIndex["all"],
});

/** What the rolled-back part of a request left here does no harm: it names the state that still holds. */
const createPast = (clock: Clock) => {
  const past = new Map<string, Past[]>();
  let keptMs = 0;
  const forgetOld = (): void => {
    const oldest = clock.now() - keptMs;
    for (const [id, states] of past) {
      const kept = states.filter(({ until }) => until > oldest);
      if (kept.length === 0) past.delete(id);
      else if (kept.length < states.length) past.set(id, kept);
    }
  };
  return {
    keep(ms: number): void {
      keptMs = ms;
      forgetOld();
    },
    remember(id: string, current: (id: string) => ObjectRecord | undefined): void {
      if (keptMs === 0) return;
      const oldest = clock.now() - keptMs;
      const states = (past.get(id) ?? []).filter(({ until }) => until > oldest);
      states.push({ until: clock.now(), record: current(id) });
      past.set(id, states);
    },
    /** The records that were otherwise at a moment, as they were then. */
    changesSince(moment: number): ReadonlyMap<string, ObjectRecord | undefined> {
      forgetOld();
      const changed = new Map<string, ObjectRecord | undefined>();
      for (const [id, states] of past) {
        const then = states.find(({ until }) => until > moment);
        if (then) changed.set(id, then.record);
      }
      return changed;
    },
  };
};

const asOf = <R extends ObjectRecord>(
  present: Iterable<R>,
  changed: ReadonlyMap<string, ObjectRecord | undefined>,
  belongs: (record: ObjectRecord) => record is R,
): R[] => {
  const then = [...changed.values()].filter((record) => record !== undefined).filter(belongs);
  return [...[...present].filter((record) => !changed.has(record.id)), ...then];
};

export const createHistory = (objects: ObjectStore, clock: Clock): History => {
  const past = createPast(clock);
  const pastIndex = (lagMs: number): ReadIndex => {
    const changed = past.changesSince(clock.now() - lagMs);
    const ofKind = (kind: "page" | "data_source") =>
      asOf(
        objects.all(kind),
        changed,
        (record): record is PageRecord | DataSourceRecord => record.kind === kind,
      );
    return {
      rows: (dataSourceId) =>
        asOf(
          objects.rows(dataSourceId).values(),
          changed,
          (record): record is PageRecord =>
            record.kind === "page" &&
            record.parent.type === "data_source_id" &&
            record.parent.id === dataSourceId,
        ),
      all: ofKind as ReadIndex["all"],
    };
  };
  const present = presentIndex(objects);
  return {
    objects: {
      ...objects,
      put(record) {
        past.remember(record.id, objects.get);
        return objects.put(record);
      },
    },
    keep: past.keep,
    index: (lagMs) => (lagMs > 0 ? pastIndex(lagMs) : present),
  };
};
