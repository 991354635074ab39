import { databases } from "../../notion-templates/databases.ts";
import { type Bound, bind } from "../sync/bind.ts";
import type { DatabaseBinding, SchemaProblem } from "../types/bindings.ts";
import { NotionError } from "../types/errors.ts";
import type { LiveDatabase, LiveDataSource } from "../types/notion.ts";
import type { DatabaseKey, DatabaseTemplate } from "../types/schema.ts";
import { bindingsOf, relationTargets, type SetupContext, saveBinding } from "./context.ts";
import { type Existing, findExisting, markedDescription } from "./find-existing.ts";
import { patiently } from "./patiently.ts";

/**
 * Makes or adopts the database, unless the store knows it. Answers its schema where this run made it, so that it holds
 * nothing yet; null otherwise.
 */
export const ensureDatabase = async (
  context: SetupContext,
  key: DatabaseKey,
  existing: () => Promise<Existing>,
): Promise<LiveDataSource | null> => {
  if (bindingsOf(context)[key]) return null;
  const template = { ...databases[key], description: markedDescription(key) };
  const { live, made } = await patiently(context, async (repeated) => {
    const found = (await (repeated ? findExisting(context) : existing())).databases[key];
    if (found) return { live: found, made: null };
    const { source, ...database } = await context.notion.createDatabase(
      context.parentPageId,
      template,
      relationTargets(context),
    );
    return { live: database, made: source };
  });
  saveBinding(context, key, firstBinding(live));
  if (made) context.made.push(`database ${template.title}`);
  context.log.info(made ? "setup.database_created" : "setup.database_adopted", { database: key });
  return made;
};

const firstBinding = (live: LiveDatabase): DatabaseBinding => {
  const [source] = live.dataSources;
  if (!source) throw new NotionError("notion_refused", `database ${live.databaseId} without a data source`);
  return { databaseId: live.databaseId, dataSourceId: source.id, properties: {} };
};

/**
 * Binds the database to its template and adds the properties it lacks. What people made is neither renamed nor changed.
 * `made` is its schema where this run made it.
 */
export const ensureProperties = async (
  context: SetupContext,
  key: DatabaseKey,
  made: LiveDataSource | undefined,
): Promise<readonly SchemaProblem[]> => {
  const previous = bindingsOf(context)[key];
  if (!previous) return [];
  const bound = await patiently(context, () => completed(context, databases[key], previous, made));
  if (bound === null) return [unreachable(databases[key])];
  saveBinding(context, key, bound.binding);
  return bound.problems;
};

/** Null where the database is in the trash or out of reach. */
const completed = async (
  context: SetupContext,
  template: DatabaseTemplate,
  previous: DatabaseBinding,
  made: LiveDataSource | undefined,
): Promise<Bound | null> => {
  const live = made ?? (await retrieve(context, previous.dataSourceId));
  if (live === null) return null;
  const bound = bind(template, live, previous, relationTargets(context));
  const missing = addable(context, template, live, bound.problems);
  if (missing.length === 0) return bound;
  const added = await context.notion.addProperties(
    live.dataSourceId,
    template,
    missing,
    relationTargets(context),
  );
  // A new database has its name among what was made; these are the relations that had to wait for the others.
  if (Object.keys(previous.properties).length > 0)
    context.made.push(
      ...missing.map((key) => `property ${template.properties[key]?.name} of ${template.title}`),
    );
  return bind(template, added, bound.binding, relationTargets(context));
};

const retrieve = async ({ notion }: SetupContext, dataSourceId: string): Promise<LiveDataSource | null> => {
  try {
    const live = await notion.retrieveDataSource(dataSourceId);
    return live.inTrash ? null : live;
  } catch (error) {
    if (error instanceof NotionError && error.code === "notion_not_found") return null;
    throw error;
  }
};

/** Adding under a name that is in use would retype the property that has it. */
const addable = (
  context: SetupContext,
  template: DatabaseTemplate,
  live: LiveDataSource,
  problems: readonly SchemaProblem[],
): string[] => {
  const names = new Set(live.properties.map(({ name }) => name.toLowerCase()));
  const targets = relationTargets(context);
  return problems.flatMap(({ kind, property: key }) => {
    const property = key === null ? undefined : template.properties[key];
    if (key === null || !property || kind !== "missing" || names.has(property.name.toLowerCase())) return [];
    return property.type === "relation" && targets[property.to] === undefined ? [] : [key];
  });
};

const unreachable = (template: DatabaseTemplate): SchemaProblem => ({
  kind: "unreachable",
  database: template.key,
  property: null,
  click: `Restore the database ${template.title} from Notion's trash, and add Milepost to its connections.`,
});
