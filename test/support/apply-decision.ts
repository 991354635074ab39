import { databases } from "../../notion-templates/databases.ts";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import { coverOf } from "../../src/domain/workflow.ts";
import type { ActionPayload, PastAction } from "../../src/types/action.ts";
import type { Decision, History, Transition } from "../../src/types/loop.ts";
import type { DatabaseKey, DatabaseTemplate } from "../../src/types/schema.ts";
import { aCheck, aDecision, aMilestone, anUpdate, aRisk, aTransition } from "./records.ts";

/** A project in memory, as the rules see it. */
export type RecordWorld = { readonly record: DeliveryRecord; readonly history: History };

type Row = { readonly pageId: string };
type Cell = { readonly pageId: string; readonly property: string; readonly value: unknown };

/** The lists of a record whose rows have values that rules write. */
const lists = [
  "milestones",
  "changeRequests",
  "risks",
  "checks",
  "asks",
  "decisions",
  "updates",
  "contacts",
] as const;

export const rowsOf = ({ record }: RecordWorld): readonly Row[] => [
  record.project,
  ...lists.flatMap((key): readonly Row[] => record[key]),
];

const cellOf = (row: Row | undefined, property: string): unknown =>
  Object.entries(row ?? {}).find(([key]) => key === property)?.[1];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The next version of a column, as the store counts them. */
const nextVersion = (transitions: readonly Transition[], pageId: string, property: string): number =>
  Math.max(
    0,
    ...transitions.flatMap((one) =>
      one.pageId === pageId && one.property === property ? [one.version] : [],
    ),
  ) + 1;

/**
 * Writes a decision as the loop does: values and proposals into their rows, workflow columns as transitions too, new rows,
 * and every action as one that is done.
 */
export const applyDecision = (
  { record, history }: RecordWorld,
  decision: Decision,
  now: number,
  outcomeOf: (payload: ActionPayload) => PastAction["state"] = () => "done",
): RecordWorld => {
  const fresh = decision.actions.filter(({ key }) => !history.actions.some((one) => one.key === key));
  const cells: Cell[] = [
    ...decision.values.flatMap((value) => (value.target === "property" ? [value] : [])),
    ...fresh.flatMap(({ payload }) => (payload.kind === "propose" ? payload.changes : [])),
  ];
  const transitions = [...history.transitions];
  const write = <T extends Row>(key: DatabaseKey, row: T): T => {
    const template: DatabaseTemplate = databases[key];
    const own = cells.filter(({ pageId }) => pageId === row.pageId);
    const after = { ...row, ...Object.fromEntries(own.map(({ property, value }) => [property, value])) } as T;
    for (const { pageId, property, value: to } of own) {
      const from = cellOf(row, property) as string | null;
      if (template.properties[property]?.owner !== "gate" || from === to) continue;
      transitions.push({
        ...aTransition({ pageId, property, from, to: to as string, at: now, by: { kind: "service" } }),
        ...{ version: nextVersion(transitions, pageId, property), evidence: { kind: "none" } },
        covers: coverOf(template, property, after),
      });
    }
    return after;
  };
  const written = Object.fromEntries(
    lists.map((key) => [key, (record[key] as readonly Row[]).map((row) => write(key, row))]),
  ) as unknown as Pick<DeliveryRecord, (typeof lists)[number]>;
  const project = write("projects", record.project);
  const made = fresh.flatMap(({ key, payload }) => madeRow(key, payload, now));
  transitions.push(...made.flatMap(({ started }) => started));
  const withMade = Object.fromEntries(
    lists.map((key) => [
      key,
      [...written[key], ...made.flatMap((one) => (one.database === key ? [one.row] : []))],
    ]),
  ) as unknown as Pick<DeliveryRecord, (typeof lists)[number]>;
  const done = fresh.map(({ key, payload }): PastAction => {
    const result = payload.kind === "propose" ? payload.summary : key;
    return { key, state: outcomeOf(payload), at: now, result };
  });
  return {
    record: { ...record, project, ...withMade },
    history: { ...history, transitions, actions: [...history.actions, ...done] },
  };
};

type Made = { readonly database: DatabaseKey; readonly row: Row; readonly started: readonly Transition[] };

/** The row that an action makes; its page id is the action's key. */
const madeRow = (key: string, payload: ActionPayload, now: number): readonly Made[] => {
  const page = { pageId: key, milepostKey: key, createdTime: now };
  if (payload.kind === "update") {
    const pageId = `row-of-${key.replaceAll("|", "-")}`;
    const { state, updateKind: kind, contactIds: to, milestoneId } = payload;
    const milestone = milestoneId === null ? [] : [milestoneId];
    const change = { property: "state", version: 1, from: "Draft", to: "Ready", pageId, at: now };
    const started = state === "Ready" ? [aTransition(change)] : [];
    return [{ database: "updates", row: anUpdate({ ...page, pageId, kind, to, milestone, state }), started }];
  }
  if (payload.kind !== "row") return [];
  const links = Object.entries(payload.links).map(([property, keys]) => {
    const known = (payload.values[property] as readonly string[] | undefined) ?? [];
    return [property, [...known, ...keys]] as const;
  });
  const row = { ...blank[payload.database](), ...payload.values, ...Object.fromEntries(links), ...page };
  return [{ database: payload.database, row, started: [] }];
};

const blank = {
  milestones: () => aMilestone("Plan milestone"),
  risks: () => aRisk(),
  checks: () => aCheck(),
  decisions: () => aDecision(),
} as const;

/** What a decision would still do to a world: values that differ, and actions that are not in its history. */
export const leftToDo = (world: RecordWorld, { values, actions }: Decision) => ({
  values: values.flatMap((value) => {
    if (value.target !== "property") return [];
    const row = rowsOf(world).find(({ pageId }) => pageId === value.pageId);
    const now = cellOf(row, value.property);
    return same(now, value.value) ? [] : [{ ...value, now }];
  }),
  actions: actions.filter(({ key }) => !world.history.actions.some((done) => done.key === key)),
});
