import { databases } from "../../notion-templates/databases.ts";
import { type Office, officeOf } from "../domain/office.ts";
import type { DeliveryRecord, OfficeRow } from "../domain/record.ts";
import { actionsOf } from "../store/actions.ts";
import { answersOf, transitionsOf } from "../store/history.ts";
import { findPage, livePages, type MirrorPage, pagesRelatedTo } from "../store/pages.ts";
import { findPoll } from "../store/polls.ts";
import { clearStepProblem, raiseStepProblem } from "../store/problems.ts";
import { boundDatabase } from "../sync/context.ts";
import { fence, type Quarantine, quarantineOf } from "../sync/quarantine.ts";
import { toRow } from "../sync/row.ts";
import type { History } from "../types/loop.ts";
import type { DatabaseKey, RowOf } from "../types/schema.ts";
import type { EngineContext } from "./context.ts";

/** One project with everything related to it, as accepted, and what happened to it. */
export type LoadedRecord = { readonly record: DeliveryRecord; readonly history: History };

/** Loads a project's record from the mirror; null where the project is not live or not mirrored. */
export const loadRecord = (context: EngineContext, projectId: string): LoadedRecord | null => {
  const { database } = context;
  const project = findPage(database, projectId);
  if (project?.database !== "projects" || project.state === "trashed") return null;
  const ofProject = (key: DatabaseKey) => pagesRelatedTo(database, key, "project", projectId);
  const [milestones, changeRequests] = [ofProject("milestones"), ofProject("changeRequests")];
  const [risks, updates] = [ofProject("risks"), ofProject("updates")];
  const contacts = ((project.local.contacts as readonly string[] | null | undefined) ?? []).flatMap(
    (id) => findPage(database, id) ?? [],
  );
  const own = [project, ...milestones, ...changeRequests, ...risks, ...updates];
  const quarantine = quarantineOf(database);
  const row = <K extends DatabaseKey>(key: K, page: MirrorPage) =>
    fence(rowOf(context, key, page), quarantine.properties(key));
  const gaps = gapsOf(context, [...own, ...contacts], quarantine);
  const record = {
    project: row("projects", project),
    milestones: milestones.map((page) => row("milestones", page)),
    changeRequests: changeRequests.map((page) => row("changeRequests", page)),
    risks: risks.map((page) => row("risks", page)),
    updates: updates.map((page) => row("updates", page)),
    contacts: contacts.filter((page) => page.state === "live").map((page) => row("contacts", page)),
    complete: gaps.length === 0,
    gaps,
  };
  const pages = own.map((page) => page.pageId);
  const history = {
    transitions: pages.flatMap((id) => transitionsOf(database, id)),
    answers: pages.flatMap((id) => answersOf(database, id)),
    actions: actionsOf(database, projectId),
  };
  return { record: fence(record, listsOf(quarantine)), history };
};

/** The lists of a record whose database is away as a whole. */
const listsOf = ({ databases: away }: Quarantine): ReadonlyMap<string, string> =>
  new Map([...away].filter(([key]) => key !== "projects" && key !== "office"));

/** The office as its row says; where people removed it, the usual values count, and everything since this store is new. */
export const loadOffice = (context: EngineContext): Office => {
  const row = officeRow(context);
  const office = officeOf(row, context.officeTimeZone);
  return row === null ? { ...office, activeSince: context.birth } : office;
};

/** The row that setup made; a copy or a second row of the team's does not count beside it. */
const officeRow = (context: EngineContext): OfficeRow | null => {
  const rows = boundDatabase(context, "office")
    ? livePages(context.database, "office").map((page) => rowOf(context, "office", page))
    : [];
  return rows.find((row) => row.milepostKey !== "") ?? rows[0] ?? null;
};

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
  page: MirrorPage,
): RowOf<(typeof databases)[K]> => {
  const bound = boundDatabase(context, key);
  return toRow(databases[key], bound?.binding ?? { databaseId: "", dataSourceId: "", properties: {} }, page);
};

/** What of the record cannot be trusted now, in words; on an incomplete record nothing is decided (design §8). */
const gapsOf = (
  context: EngineContext,
  pages: readonly MirrorPage[],
  { databases: away }: Quarantine,
): string[] => {
  const gaps: string[] = [...away].filter(([key]) => key === "projects").map(([, detail]) => detail);
  for (const key of Object.keys(databases) as DatabaseKey[]) {
    if (!boundDatabase(context, key) || !findPoll(context.database, key)?.complete) {
      gaps.push(`${databases[key].title} is not loaded`);
    }
  }
  for (const page of pages) {
    if (page.state === "unreachable" && !away.has(page.database))
      gaps.push(`a page of ${databases[page.database].title} cannot be read`);
  }
  return gaps;
};
