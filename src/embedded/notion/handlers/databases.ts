import { z } from "zod";
import { assertEditable, findDatabase, findPage, isTrashed } from "../access.ts";
import { notAllowed } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import {
  coverSchema,
  iconSchema,
  pageParentSchema,
  richTextSchema,
  workspaceParentSchema,
} from "../api/schemas.ts";
import { insertChildObject } from "../blocks/write-blocks.ts";
import type { DatabaseRecord, JsonObject } from "../model.ts";
import type { Scope } from "../scope.ts";
import { showDatabase } from "../show/database.ts";
import { storedRichText } from "../show/rich-text.ts";
import { createDatabase } from "../write/databases.ts";
import { given, recordEdit, withTrash } from "../write/edit-object.ts";
import { moveDatabase } from "../write/move.ts";

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

const moveTo = (
  scope: Scope,
  database: DatabaseRecord,
  parent: NonNullable<z.infer<typeof updateSchema>["parent"]>,
): DatabaseRecord => {
  if ("workspace" in parent) {
    if (scope.actor.kind === "bot") throw notAllowed();
    return moveDatabase(scope, database, { type: "workspace" });
  }
  const page = findPage(scope, parent.page_id);
  assertEditable(isTrashed(scope, page));
  return moveDatabase(scope, database, { type: "page_id", id: page.id });
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
    const moved = input.parent ? moveTo(scope, record, input.parent) : record;
    if (Object.keys(changes).length === 0) return moved;
    const updated = recordEdit(scope, { ...moved, ...changes } as DatabaseRecord);
    const [only, another] = scope.objects.childrenOf("data_source", id);
    // A database with one data source shares its title with it.
    if (changes.title && only && !another) scope.objects.put({ ...only, title: changes.title });
    return updated;
  });
  return showDatabase(scope, database);
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
];
