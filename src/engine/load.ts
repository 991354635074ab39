import { databases } from "../../notion-templates/databases.ts";
import { type Office, officeOf } from "../domain/office.ts";
import type { DeliveryRecord, OfficeRow, Update } from "../domain/record.ts";
import { actionsOf } from "../store/actions.ts";
import { answersOfAll, transitionsOfAll } from "../store/history.ts";
import { livePages } from "../store/pages.ts";
import { listedDatabases } from "../store/polls.ts";
import { clearStepProblem, raiseStepProblem } from "../store/problems.ts";
import { pagesNamed, pagesOfNoRecord, pagesOfRecord, type RecordPage } from "../store/record-pages.ts";
import { boundDatabase } from "../sync/context.ts";
import { fence, type Quarantine, quarantineOf } from "../sync/quarantine.ts";
import { toRow } from "../sync/row.ts";
import type { History } from "../types/loop.ts";
import type { DatabaseKey, RowOf } from "../types/schema.ts";
import type { EngineContext } from "./context.ts";

/** One project with everything related to it, as accepted, and what happened to it. */
export type LoadedRecord = { readonly record: DeliveryRecord; readonly history: History };

/** Loads a project's record from the mirror in a handful of queries; null where the project is not live or not mirrored. */
export const loadRecord = (context: EngineContext, projectId: string): LoadedRecord | null => {
  const { database } = context;
  const own = pagesOfRecord(database, projectId);
  const project = own.find(({ pageId }) => pageId === projectId);
  if (project?.database !== "projects") return null;
  const contactIds = (project.local.contacts as readonly string[] | null | undefined) ?? [];
  const contacts = pagesNamed(database, contactIds).filter(({ state }) => state !== "trashed");
  const quarantine = quarantineOf(database);
  const row = <K extends DatabaseKey>(key: K, page: RecordPage) =>
    fence(rowOf(context, key, page), quarantine.properties(key));
  const rows = <K extends DatabaseKey>(key: K) =>
    own.filter((page) => page.database === key).map((page) => row(key, page));
  const gaps = gapsOf(context, [...own, ...contacts], quarantine);
  const record = {
    project: row("projects", project),
    milestones: rows("milestones"),
    changeRequests: rows("changeRequests"),
    risks: rows("risks"),
    checks: rows("checks"),
    asks: rows("asks"),
    decisions: rows("decisions"),
    updates: rows("updates"),
    contacts: contacts.filter((page) => page.state === "live").map((page) => row("contacts", page)),
    complete: gaps.length === 0,
    gaps,
  };
  const pageIds = own.map((page) => page.pageId);
  const history = {
    transitions: transitionsOfAll(database, pageIds),
    answers: answersOfAll(database, pageIds),
    actions: actionsOf(database, projectId),
  };
  return { record: fence(record, listsOf(quarantine)), history };
};

/** Databases that are no list of a record. */
const standAlone: ReadonlySet<DatabaseKey> = new Set<DatabaseKey>(["projects", "daysOff", "office"]);

/** The lists of a record whose database is away as a whole. */
const listsOf = ({ databases: away }: Quarantine): ReadonlyMap<string, string> =>
  new Map([...away].filter(([key]) => !standAlone.has(key)));

/** The office as its row says; where people removed it, the usual values count, and everything since this store is new. */
export const loadOffice = (context: EngineContext): Office => {
  const row = officeRow(context);
  const office = officeOf(row, context.officeTimeZone, liveRows(context, "daysOff"));
  return row === null ? { ...office, activeSince: context.birth } : office;
};

/** The row that setup made; a copy or a second row of the team's does not count beside it. */
export const officeRow = (context: EngineContext): OfficeRow | null => {
  const rows = liveRows(context, "office");
  return rows.find((row) => row.milepostKey !== "") ?? rows[0] ?? null;
};

/** The updates that are about no project, and what happened to them. */
export const loadUnrelatedUpdates = (
  context: EngineContext,
): { readonly updates: readonly Update[]; readonly history: History } => {
  const pages = pagesOfNoRecord(context.database, "updates");
  const updates = pages.map((page) => rowOf(context, "updates", page));
  const pageIds = updates.map(({ pageId }) => pageId);
  const transitions = transitionsOfAll(context.database, pageIds);
  return { updates, history: { transitions, answers: [], actions: [] } };
};

/** The live rows of a database, oldest first. */
export const liveRows = <K extends DatabaseKey>(
  context: EngineContext,
  key: K,
): RowOf<(typeof databases)[K]>[] =>
  boundDatabase(context, key)
    ? livePages(context.database, key).map((page) => rowOf(context, key, page))
    : [];

/** Names a missing Office row in /status, once the database has been listed. */
export const checkOffice = (context: EngineContext): void => {
  const { database, clock } = context;
  if (officeRow(context) !== null) {
    clearStepProblem(database, "office", "row");
    return;
  }
  const problem = {
    code: "office_missing",
    pageId: null,
    database: "office",
    property: null,
    detail: "",
  } as const;
  raiseStepProblem(database, "office", "row", problem, clock.now());
};

const rowOf = <K extends DatabaseKey>(
  context: EngineContext,
  key: K,
  page: RecordPage,
): RowOf<(typeof databases)[K]> => {
  const bound = boundDatabase(context, key);
  return toRow(databases[key], bound?.binding ?? { databaseId: "", dataSourceId: "", properties: {} }, page);
};

/** What of the record cannot be trusted now, in words; on an incomplete record nothing is decided (design §8). */
const gapsOf = (
  context: EngineContext,
  pages: readonly RecordPage[],
  { databases: away }: Quarantine,
): string[] => {
  const listed = listedDatabases(context.database);
  const gaps: string[] = [...away].filter(([key]) => key === "projects").map(([, detail]) => detail);
  for (const key of Object.keys(databases) as DatabaseKey[]) {
    if (!boundDatabase(context, key) || !listed.includes(key)) {
      gaps.push(`${databases[key].title} is not loaded`);
    }
  }
  for (const page of pages) {
    if (page.state === "unreachable" && !away.has(page.database))
      gaps.push(`a page of ${databases[page.database].title} cannot be read`);
  }
  return gaps;
};
