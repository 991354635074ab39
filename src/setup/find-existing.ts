import { databases } from "../../notion-templates/databases.ts";
import { startPageTitle } from "../../notion-templates/start-page.ts";
import { NotionError } from "../types/errors.ts";
import type { ChildObservation, LiveDatabase } from "../types/notion.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { SetupContext } from "./context.ts";

/** What the parent page holds of Milepost already. */
export type Existing = {
  readonly databases: Readonly<Partial<Record<DatabaseKey, LiveDatabase>>>;
  readonly startPageId: string | null;
};

const markerPrefix = "milepost:";

/** A template's description as setup writes it: its last line lets a later run find the database again. */
export const markedDescription = (key: DatabaseKey): string =>
  `${databases[key].description}\n${markerPrefix}${key}`;

/** Looks under the parent page: one list, and one read for each database and each page that may be the start page. */
export const findExisting = async (context: SetupContext): Promise<Existing> => {
  const found: Partial<Record<DatabaseKey, LiveDatabase>> = {};
  let startPageId: string | null = null;
  for (const child of await childrenOf(context)) {
    const live = child.kind === "database" ? await retrieve(context, child.blockId) : null;
    const key = live && keyIn(live.description);
    // A person's copy carries the marker as well and stands further down.
    if (live && key) found[key] ??= live;
    if (startPageId === null && (await isStartPage(context, child))) startPageId = child.blockId;
  }
  return { databases: found, startPageId };
};

const childrenOf = async ({ notion, parentPageId }: SetupContext): Promise<ChildObservation[]> => {
  const all: ChildObservation[] = [];
  let cursor: string | null = null;
  do {
    const page = await notion.listChildren(parentPageId, cursor ?? undefined);
    all.push(...page.children);
    cursor = page.cursor;
  } while (cursor !== null);
  return all;
};

/** A linked view of a database elsewhere is listed as a database too, and cannot be read. */
const retrieve = async (context: SetupContext, databaseId: string): Promise<LiveDatabase | null> => {
  try {
    return await context.notion.retrieveDatabase(databaseId);
  } catch (error) {
    if (error instanceof NotionError && error.code === "notion_not_found") return null;
    throw error;
  }
};

const keyIn = (description: string): DatabaseKey | null => {
  const last = description.trimEnd().split("\n").at(-1) ?? "";
  const keys = Object.keys(databases) as DatabaseKey[];
  return keys.find((key) => last === `${markerPrefix}${key}`) ?? null;
};

/** A page that people gave the same title is theirs. */
const isStartPage = async ({ notion }: SetupContext, child: ChildObservation): Promise<boolean> => {
  if (child.kind !== "page" || child.title !== startPageTitle) return false;
  const page = await notion.retrievePage(child.blockId);
  return page.createdBy === (await notion.me()).botId;
};
