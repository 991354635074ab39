import type { Database } from "../../ports.ts";
import { findDatabase, findDataSource } from "./access.ts";
import { insertBlocks } from "./blocks/write-blocks.ts";
import type { Capability } from "./capability.ts";
import { parseMarkdown } from "./markdown/parse-markdown.ts";
import type { JsonObject, ObjectRecord, Option, Property } from "./model.ts";
import { addGuest, newToken } from "./people.ts";
import { findProperty } from "./properties/find-property.ts";
import { findOption } from "./properties/options.ts";
import type { Core, Scope } from "./scope.ts";
import { textItem } from "./show/rich-text.ts";
import { clearOption } from "./write/clear-option.ts";
import { createDataSource } from "./write/databases.ts";
import { createPage } from "./write/pages.ts";
import { recordSchemaChange } from "./write/record-schema-change.ts";
import { applySchema } from "./write/schema.ts";

export type NewTemplate = {
  name: string;
  /** Values as a request of the API gives them. */
  properties?: JsonObject;
  markdown?: string;
  isDefault?: boolean;
};

/** What people do in Notion's own pages and settings and no API offers. An unknown id, property or option throws. */
export type PersonControl = {
  /** Gives the connection access to an object and what lies below it. */
  share(objectId: string): void;
  /** Takes it away: for the connection the object and what lies below it no longer exist. */
  unshare(objectId: string): void;
  /** What the connection may do from now on. */
  setCapabilities(capabilities: readonly Capability[]): void;
  /** The limit of a free workspace with several members; null lifts it. */
  setBlockLimit(blocks: number | null): void;
  renameProperty(dataSourceId: string, property: string, name: string, actorName?: string): void;
  deleteProperty(dataSourceId: string, property: string, actorName?: string): void;
  /** `definition` as the API takes it: `{ rich_text: {} }`. */
  retypeProperty(dataSourceId: string, property: string, definition: JsonObject, actorName?: string): void;
  /** People may rename an option; the API may not. */
  renameOption(
    dataSourceId: string,
    property: string,
    option: string,
    name: string,
    actorName?: string,
  ): void;
  deleteOption(dataSourceId: string, property: string, option: string, actorName?: string): void;
  /** Answers the new data source's id. */
  addDataSource(databaseId: string, title: string, properties: JsonObject, actorName?: string): string;
  /** A person from outside, who can be named and assigned but is not listed. Answers their id. */
  addGuest(name: string, email: string): string;
  /** Answers the template's page id. */
  addTemplate(dataSourceId: string, template: NewTemplate, actorName?: string): string;
};

type ActAs = <T>(actorName: string | undefined, act: (scope: Scope) => T) => T;

const objectOf = (core: Core, id: string): ObjectRecord => {
  const record = core.objects.get(id);
  if (!record) throw new RangeError(`no object ${id}`);
  return record;
};

const propertyOf = (scope: Scope, dataSourceId: string, key: string): Property => {
  const property = findProperty(scope.objects.properties(findDataSource(scope, dataSourceId).id), key);
  if (!property) throw new RangeError(`no property ${key}`);
  return property;
};

const changeSchema = (scope: Scope, dataSourceId: string, changes: JsonObject): void =>
  recordSchemaChange(scope, dataSourceId, applySchema(scope, dataSourceId, changes));

const changeOptions = (
  scope: Scope,
  dataSourceId: string,
  key: string,
  name: string,
  change: (options: readonly Option[], option: Option) => readonly Option[],
): void => {
  const property = propertyOf(scope, dataSourceId, key);
  const options = property.config.options ?? [];
  const option = findOption(options, { name });
  if (!option) throw new RangeError(`no option ${name}`);
  const changed = change(options, option);
  const isGone = !changed.some(({ id }) => id === option.id);
  const groups = property.config.groups?.map((group) =>
    isGone ? { ...group, option_ids: group.option_ids.filter((id) => id !== option.id) } : group,
  );
  scope.objects.putProperty(dataSourceId, {
    ...property,
    config: { ...property.config, options: changed, ...(groups ? { groups } : {}) },
  });
  if (isGone) clearOption(scope, dataSourceId, property, option.id);
  recordSchemaChange(scope, dataSourceId, [{ id: property.id, name: property.name, action: "updated" }]);
};

const addTemplate = (scope: Scope, dataSourceId: string, template: NewTemplate): string => {
  const { id } = findDataSource(scope, dataSourceId);
  const title = { title: { title: [{ text: { content: template.name } }] } };
  const page = createPage(scope, {
    id: scope.newId(),
    parent: { type: "data_source_id", id },
    properties: { ...template.properties, ...title },
    template: { isDefault: template.isDefault ?? false },
  });
  const blocks = parseMarkdown(template.markdown ?? "");
  insertBlocks(scope, { parentId: page.id, pageId: page.id }, blocks, "end");
  return page.id;
};

type SchemaControl = Pick<
  PersonControl,
  "renameProperty" | "deleteProperty" | "retypeProperty" | "renameOption" | "deleteOption"
>;

const schemaControl = (actAs: ActAs): SchemaControl => ({
  renameProperty: (dataSourceId, key, name, actorName) =>
    actAs(actorName, (scope) => {
      const { id } = propertyOf(scope, dataSourceId, key);
      changeSchema(scope, dataSourceId, { [id]: { name } });
    }),
  deleteProperty: (dataSourceId, key, actorName) =>
    actAs(actorName, (scope) => {
      const { id } = propertyOf(scope, dataSourceId, key);
      changeSchema(scope, dataSourceId, { [id]: null });
    }),
  retypeProperty: (dataSourceId, key, definition, actorName) =>
    actAs(actorName, (scope) => {
      const { id } = propertyOf(scope, dataSourceId, key);
      changeSchema(scope, dataSourceId, { [id]: definition });
    }),
  renameOption: (dataSourceId, key, option, name, actorName) =>
    actAs(actorName, (scope) =>
      changeOptions(scope, dataSourceId, key, option, (options, renamed) =>
        options.map((one) => (one.id === renamed.id ? { ...one, name } : one)),
      ),
    ),
  deleteOption: (dataSourceId, key, option, actorName) =>
    actAs(actorName, (scope) =>
      changeOptions(scope, dataSourceId, key, option, (options, gone) =>
        options.filter(({ id }) => id !== gone.id),
      ),
    ),
});

export const createPersonControl = (core: Core, database: Database, actAs: ActAs): PersonControl => {
  const setAccess = (id: string, shared: boolean): void => {
    core.objects.transaction(() => {
      core.objects.put({ ...objectOf(core, id), shared, isRestricted: !shared });
    });
  };
  return {
    share: (id) => setAccess(id, true),
    unshare: (id) => setAccess(id, false),
    setCapabilities: (capabilities) => core.settings.set({ capabilities: [...new Set(capabilities)] }),
    setBlockLimit: (blockLimit) => core.settings.set({ blockLimit }),
    ...schemaControl(actAs),
    addDataSource: (databaseId, title, properties, actorName) =>
      actAs(
        actorName,
        (scope) =>
          createDataSource(scope, findDatabase(scope, databaseId).id, [textItem(title)], null, properties).id,
      ),
    addGuest(name, email) {
      const id = core.newId();
      addGuest(database, core.users, { id, name, email, token: newToken(core.random) });
      return id;
    },
    addTemplate: (dataSourceId, template, actorName) =>
      actAs(actorName, (scope) => addTemplate(scope, dataSourceId, template)),
  };
};
