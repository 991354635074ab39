import { databases } from "../../notion-templates/databases.ts";
import type { DatabaseBinding } from "../types/bindings.ts";
import type { NewView } from "../types/notion.ts";
import type { DatabaseKey, DatabaseTemplate, ViewTemplate } from "../types/schema.ts";
import { bindingsOf, type SetupContext } from "./context.ts";
import { patiently } from "./patiently.ts";

/** Notion's name for the table that it makes with every database, and the template's name for the same one. */
const notionsOwn = { before: "Default view", after: "All" } as const;

/** Makes each view of the template once; one that people removed or renamed later stays as they left it. */
export const ensureViews = async (
  context: SetupContext,
  key: DatabaseKey,
  unusable: ReadonlySet<string>,
  isNew: boolean,
): Promise<void> => {
  const template: DatabaseTemplate = databases[key];
  const binding = bindingsOf(context)[key];
  for (const view of template.views) {
    const done = `setup.view.${key}.${view.name}` as const;
    if (!binding || context.store.getMeta(done) !== null || !canBeMade(view, binding, unusable)) continue;
    const wanted = newView(template, binding, view);
    const viewId = await patiently(context, (repeated) =>
      view.name === notionsOwn.after
        ? takeOver(context, wanted, isNew && !repeated)
        : make(context, wanted, template.title, isNew && !repeated),
    );
    context.store.setMeta(done, viewId ?? "");
  }
};

const make = async (
  context: SetupContext,
  wanted: NewView,
  title: string,
  isNew: boolean,
): Promise<string> => {
  const found = isNew ? undefined : (await viewsOf(context, wanted.databaseId)).get(wanted.view.name);
  if (found !== undefined) return found;
  const made = await context.notion.createView(wanted);
  context.made.push(`view ${wanted.view.name} of ${title}`);
  return made.viewId;
};

/** Notion's own table shows every column, hidden ones too, until it is taken over. Null where people renamed or removed it. */
const takeOver = async (context: SetupContext, wanted: NewView, isNew: boolean): Promise<string | null> => {
  // The first view of a new database is Notion's own.
  const viewId = isNew
    ? (await context.notion.listViews(wanted.databaseId)).viewIds[0]
    : (await viewsOf(context, wanted.databaseId)).get(notionsOwn.before);
  if (viewId === undefined) return null;
  await context.notion.updateView(viewId, wanted);
  return viewId;
};

const canBeMade = (
  view: ViewTemplate,
  { properties }: DatabaseBinding,
  unusable: ReadonlySet<string>,
): boolean =>
  [view.groupBy, view.dateBy, view.sortBy?.property, view.only?.property, view.without?.property].every(
    (key) => key === undefined || (properties[key] !== undefined && !unusable.has(key)),
  );

const newView = (template: DatabaseTemplate, binding: DatabaseBinding, view: ViewTemplate): NewView => ({
  databaseId: binding.databaseId,
  dataSourceId: binding.dataSourceId,
  view,
  properties: Object.fromEntries(
    Object.entries(binding.properties).map(([key, { propertyId, type }]) => [
      key,
      { propertyId, type, hidden: template.properties[key]?.hidden === true },
    ]),
  ),
});

/** View ids by name. */
const viewsOf = async (
  { notion }: SetupContext,
  databaseId: string,
): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const page = await notion.listViews(databaseId, cursor ?? undefined);
    for (const viewId of page.viewIds) names.set((await notion.retrieveView(viewId)).name, viewId);
    cursor = page.cursor;
  } while (cursor !== null);
  return names;
};
