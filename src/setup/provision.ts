import { databases } from "../../notion-templates/databases.ts";
import { startPage, startPageIcon, startPageTitle } from "../../notion-templates/start-page.ts";
import type { Clock, Log, NotionGateway } from "../ports.ts";
import type { Bindings, SchemaProblem, SetupStore } from "../types/bindings.ts";
import type { NotionError } from "../types/errors.ts";
import type { LiveDataSource } from "../types/notion.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { bindingsOf, type SetupContext } from "./context.ts";
import { ensureDatabase, ensureProperties } from "./ensure-databases.ts";
import { ensureOffice } from "./ensure-office.ts";
import { ensureViews } from "./ensure-views.ts";
import { type Existing, findExisting } from "./find-existing.ts";
import { patiently } from "./patiently.ts";

export type ProvisionOptions = {
  readonly notion: NotionGateway;
  readonly store: SetupStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The page of `NOTION_PARENT_PAGE`, which holds the databases. */
  readonly parentPageId: string;
  /** IANA name, for the Office row. */
  readonly officeTimezone: string;
  /** Resolves at `until` (UTC ms), or rejects where nobody waits here; `cause` is what there is to wait for. */
  readonly wait: (until: number, cause: NotionError) => Promise<void>;
};

/** Where everything lives, what stands in the way, and what this run made, in the order of making. */
export type Provisioned = {
  readonly bindings: Bindings;
  readonly problems: readonly SchemaProblem[];
  readonly made: readonly string[];
};

/**
 * Sets a workspace up: the start page, the databases in the templates' order with their relations, the views, the Office
 * row. Run again it completes what is missing and writes nothing else; interrupted anywhere, the next run finishes it
 * without doubling anything. Never removes, renames or retypes what people made: that is a problem of the result.
 * Throws a `NotionError` where Notion refuses.
 */
export const provision = async ({ notion, ...rest }: ProvisionOptions): Promise<Provisioned> => {
  const context: SetupContext = { ...rest, notion: notion.bulk, made: [] };
  let found: Promise<Existing> | null = null;
  const existing = (): Promise<Existing> => {
    found ??= patiently(context, () => findExisting(context));
    return found;
  };
  const keys = Object.keys(databases) as DatabaseKey[];

  await ensureStartPage(context, existing);
  const made = new Map<DatabaseKey, LiveDataSource>();
  for (const key of keys) {
    const source = await ensureDatabase(context, key, existing);
    if (source) made.set(key, source);
  }
  const problems: SchemaProblem[] = [];
  // After all of them exist, because a relation may point to a later one or to its own.
  for (const key of keys) problems.push(...(await ensureProperties(context, key, made.get(key))));
  const reachable = keys.filter(
    (key) => !problems.some(({ kind, database }) => kind === "unreachable" && database === key),
  );
  for (const key of reachable) await ensureViews(context, key, unusableIn(key, problems), made.has(key));
  if (reachable.includes("office")) await ensureOffice(context, unusableIn("office", problems));
  return { bindings: bindingsOf(context), problems, made: context.made };
};

const ensureStartPage = async (context: SetupContext, existing: () => Promise<Existing>): Promise<void> => {
  if (context.store.getMeta("setup.start_page") !== null) return;
  const pageId = await patiently(context, async (repeated) => {
    const found = (await (repeated ? findExisting(context) : existing())).startPageId;
    if (found !== null) return found;
    const page = await context.notion.createPage({
      parentPageId: context.parentPageId,
      title: startPageTitle,
      icon: startPageIcon,
      markdown: startPage(),
    });
    context.made.push(`page ${startPageTitle}`);
    return page.pageId;
  });
  context.store.setMeta("setup.start_page", pageId);
};

/** Properties that hold something else than their template says. */
const unusableIn = (key: DatabaseKey, problems: readonly SchemaProblem[]): ReadonlySet<string> =>
  new Set(
    problems.flatMap(({ kind, database, property }) =>
      database === key && property !== null && kind === "retyped" ? [property] : [],
    ),
  );
