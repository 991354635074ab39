import { z } from "zod";
import { assertEditable, databaseOf, findDatabase, findDataSource, findPage, isTrashed } from "../access.ts";
import { notAllowed } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import {
  coverSchema,
  databaseParentSchema,
  iconSchema,
  pageParentSchema,
  richTextSchema,
  workspaceParentSchema,
} from "../api/schemas.ts";
import { insertChildObject } from "../blocks/write-blocks.ts";
import type { DatabaseRecord, JsonObject, ObjectRecord } from "../model.ts";
import type { Scope } from "../scope.ts";
import { showDatabase, showDataSource } from "../show/database.ts";
import { storedRichText } from "../show/rich-text.ts";
import { createDatabase, createDataSource } from "../write/databases.ts";
import { setTrashed } from "../write/pages.ts";
import { recordSchemaChange } from "../write/record-schema-change.ts";
import { applySchema } from "../write/schema.ts";

const schemaSchema = z.record(z.string(), z.unknown());
const looks = {
  title: richTextSchema.optional(),
  icon: iconSchema.nullish(),
};
const createSchema = z.strictObject({
  ...looks,
  parent: z.union([pageParentSchema, workspaceParentSchema]),
  description: richTextSchema.optional(),
  is_inline: z.boolean().optional(),
  initial_data_source: z.strictObject({ properties: schemaSchema.optional() }).optional(),
  cover: coverSchema.nullish(),
});

const create = (scope: Scope, input: z.infer<typeof createSchema>): JsonObject => {
  if ("workspace" in input.parent && scope.actor.kind === "bot") throw notAllowed();
  const page = "page_id" in input.parent ? findPage(scope, input.parent.page_id) : null;
  if (page) assertEditable(isTrashed(scope, page));
  const database = createDatabase(scope, {
    parent: page ? { type: "page_id", id: page.id } : { type: "workspace" },
    title: storedRichText(input.title ?? []),
    description: storedRichText(input.description ?? []),
    isInline: input.is_inline ?? false,
    icon: input.icon ?? null,
    cover: input.cover ?? null,
    properties: input.initial_data_source?.properties ?? {},
  });
  if (page) insertChildObject(scope, page.id, "child_database", database.id);
  return showDatabase(scope, database);
};

const updateSchema = z.strictObject({
  ...looks,
  parent: z.union([pageParentSchema, workspaceParentSchema]).optional(),
  description: richTextSchema.optional(),
  is_inline: z.boolean().optional(),
  cover: coverSchema.nullish(),
  in_trash: z.boolean().optional(),
  is_locked: z.boolean().optional(),
});

const given = <T extends JsonObject>(changes: T): Partial<T> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Restores first, so that one request may restore and edit; trashes last. */
const withTrash = <R extends Exclude<ObjectRecord, { kind: "view" }>>(
  scope: Scope,
  record: R,
  inTrash: boolean | undefined,
  edit: (record: R) => R,
): R => {
  const restored = inTrash === false ? setTrashed(scope, record, false) : record;
  assertEditable(isTrashed(scope, restored));
  const edited = edit(restored);
  return inTrash ? setTrashed(scope, edited, true) : edited;
};

const recordEdit = <R extends Exclude<ObjectRecord, { kind: "view" | "page" }>>(
  scope: Scope,
  record: R,
): R => {
  const edited = scope.objects.put({ ...record, editedAt: scope.now, editedBy: scope.actor.id });
  scope.journal.append(scope.actor, scope.now, {
    kind: `${record.kind}.updated`,
    objectId: record.id,
    parent: record.parent,
  });
  return edited;
};

const update = (scope: Scope, id: string, input: z.infer<typeof updateSchema>): JsonObject => {
  const database = withTrash(scope, findDatabase(scope, id), input.in_trash, (record) => {
    const changes = given({
      title: input.title && storedRichText(input.title),
      description: input.description && storedRichText(input.description),
      isInline: input.is_inline,
      isLocked: input.is_locked,
      icon: input.icon,
      cover: input.cover,
    });
    if (Object.keys(changes).length === 0) return record;
    const updated = recordEdit(scope, { ...record, ...changes } as DatabaseRecord);
    const [only, another] = scope.objects.childrenOf("data_source", id);
    // A database with one data source shares its title with it.
    if (changes.title && only && !another) scope.objects.put({ ...only, title: changes.title });
    return updated;
  });
  return showDatabase(scope, database);
};

const createSourceSchema = z.strictObject({
  ...looks,
  parent: databaseParentSchema,
  properties: schemaSchema,
});

const createSource = (scope: Scope, input: z.infer<typeof createSourceSchema>): JsonObject => {
  const database = findDatabase(scope, input.parent.database_id);
  assertEditable(isTrashed(scope, database));
  const title = storedRichText(input.title ?? []);
  const source = createDataSource(scope, database.id, title, input.icon ?? null, input.properties);
  return showDataSource(scope, source);
};

const updateSourceSchema = z.strictObject({
  ...looks,
  properties: schemaSchema.optional(),
  in_trash: z.boolean().optional(),
});

const updateSource = (scope: Scope, id: string, input: z.infer<typeof updateSourceSchema>): JsonObject => {
  withTrash(scope, findDataSource(scope, id), input.in_trash, (source) => {
    const changes = given({ title: input.title && storedRichText(input.title), icon: input.icon });
    if (Object.keys(changes).length > 0) recordEdit(scope, { ...source, ...changes } as typeof source);
    const schema = applySchema(scope, id, input.properties ?? {});
    if (schema.length > 0) recordSchemaChange(scope, id, schema);
    const database = databaseOf(scope, id);
    if (changes.title && scope.objects.childrenOf("data_source", database.id).length === 1) {
      scope.objects.put({ ...database, title: changes.title });
    }
    return findDataSource(scope, id);
  });
  return showDataSource(scope, findDataSource(scope, id));
};

export const databaseOperations: readonly Operation[] = [
  operation({
    name: "databases.create",
    method: "POST",
    path: "/databases",
    body: createSchema,
    handle: (scope, { body }) => create(scope, body),
  }),
  operation({
    name: "databases.retrieve",
    method: "GET",
    path: "/databases/:database_id",
    handle: (scope, { params: { database_id = "" } }) =>
      showDatabase(scope, findDatabase(scope, database_id)),
  }),
  operation({
    name: "databases.update",
    method: "PATCH",
    path: "/databases/:database_id",
    body: updateSchema,
    handle: (scope, { params: { database_id = "" }, body }) => update(scope, database_id, body),
  }),
  operation({
    name: "data_sources.create",
    method: "POST",
    path: "/data_sources",
    body: createSourceSchema,
    handle: (scope, { body }) => createSource(scope, body),
  }),
  operation({
    name: "data_sources.retrieve",
    method: "GET",
    path: "/data_sources/:data_source_id",
    handle: (scope, { params: { data_source_id = "" } }) =>
      showDataSource(scope, findDataSource(scope, data_source_id)),
  }),
  operation({
    name: "data_sources.update",
    method: "PATCH",
    path: "/data_sources/:data_source_id",
    body: updateSourceSchema,
    handle: (scope, { params: { data_source_id = "" }, body }) => updateSource(scope, data_source_id, body),
  }),
];
