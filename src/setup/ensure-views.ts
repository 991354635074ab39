import { databases } from "../../notion-templates/databases.ts";
import type { DatabaseBinding } from "../types/bindings.ts";
import type { NewView } from "../types/notion.ts";
import type { DatabaseKey, DatabaseTemplate, ViewTemplate } from "../types/schema.ts";
import { bindingsOf, type SetupContext } from "./context.ts";
import { patiently } from "./patiently.ts";

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
    const viewId = await patiently(context, async (repeated) => {
      const found =
        isNew && !repeated ? undefined : (await viewsOf(context, binding.databaseId)).get(view.name);
      if (found !== undefined) return found;
      const made = await context.notion.createView(newView(template, binding, view));
      context.made.push(`view ${view.name} of ${template.title}`);
      return made.viewId;
    });
    context.store.setMeta(done, viewId);
  }
};

const canBeMade = (
  view: ViewTemplate,
  { properties }: DatabaseBinding,
  unusable: ReadonlySet<string>,
): boolean =>
  [view.groupBy, view.dateBy, view.sortBy?.property, view.without?.property].every(
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
