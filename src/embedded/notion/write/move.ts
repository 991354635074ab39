import { assertEditable, databaseOf, isTrashed, isVisible } from "../access.ts";
import { validationError } from "../api/errors.ts";
import { insertChildObject } from "../blocks/write-blocks.ts";
import type { DatabaseRecord, DataSourceRecord, ObjectRecord, PageRecord, Parent } from "../model.ts";
import type { Scope } from "../scope.ts";
import { propertiesOf } from "../show/page.ts";
import { applyChanges, initialChanges, type ValueChange } from "./page-values.ts";
import { placeOf } from "./pages.ts";

const isBelow = (scope: Scope, parent: Parent, id: string): boolean => {
  for (let at: Parent = parent; at.type !== "workspace"; ) {
    if (at.id === id) return true;
    const above: ObjectRecord | undefined = scope.objects.get(at.id);
    if (!above) return false;
    at = above.parent;
  }
  return false;
};

const assertNotBelowItself = (scope: Scope, parent: Parent, id: string): void => {
  if (isBelow(scope, parent, id)) throw validationError("An object cannot be moved below itself.");
};

/** The block by which a page shows what lies below it goes along; a row has none. */
const moveBlock = (scope: Scope, record: PageRecord | DatabaseRecord, parent: Parent): void => {
  const block = scope.blocks.get(record.id);
  if (parent.type !== "page_id") {
    if (block) scope.blocks.update({ ...block, inTrash: true });
    return;
  }
  if (!block) {
    insertChildObject(scope, parent.id, record.kind === "page" ? "child_page" : "child_database", record.id);
    return;
  }
  const rank = scope.blocks.makeRoom(parent.id, "end", 1);
  scope.blocks.update({ ...block, parentId: parent.id, pageId: parent.id, rank, inTrash: record.inTrash });
};

/** Values go along by name and type; those that the new place has no property for are lost. Assumed. */
const carriedChanges = (scope: Scope, page: PageRecord, moved: PageRecord): ValueChange[] => {
  const properties = propertiesOf(scope, moved);
  return propertiesOf(scope, page).flatMap((before) => {
    const value = page.values[before.id];
    if (value === undefined) return [];
    const same = properties.find(({ id, name, type }) =>
      type === "title"
        ? before.type === "title" && id === "title"
        : name === before.name && type === before.type,
    );
    // Option ids and relation targets belong to the old schema.
    const isPortable = same && !same.config.options && !same.config.target && same.type !== "unique_id";
    return isPortable ? [{ property: same, before: undefined, after: value }] : [];
  });
};

const cleared = (scope: Scope, page: PageRecord): ValueChange[] =>
  propertiesOf(scope, page)
    .filter((property) => page.values[property.id] !== undefined)
    .map((property) => ({ property, before: page.values[property.id], after: undefined }));

/** Moves a page below another page or into a data source. */
export const movePage = (scope: Scope, page: PageRecord, parent: Parent): PageRecord => {
  assertNotBelowItself(scope, parent, page.id);
  const stamp = { editedAt: scope.now, editedBy: scope.actor.id };
  const emptied = applyChanges(scope, page, cleared(scope, page));
  const moved = scope.objects.put({ ...emptied, ...stamp, parent, values: {} });
  const changes = [...initialChanges(scope, moved), ...carriedChanges(scope, page, moved)];
  const settled = applyChanges(scope, moved, changes);
  moveBlock(scope, settled, parent);
  scope.journal.append(scope.actor, scope.now, {
    kind: "page.moved",
    objectId: page.id,
    ...placeOf(scope, settled),
  });
  return settled;
};

export const moveDatabase = (scope: Scope, database: DatabaseRecord, parent: Parent): DatabaseRecord => {
  assertNotBelowItself(scope, parent, database.id);
  const moved = scope.objects.put({
    ...database,
    parent,
    editedAt: scope.now,
    editedBy: scope.actor.id,
  });
  moveBlock(scope, moved, parent);
  scope.journal.append(scope.actor, scope.now, {
    kind: "database.moved",
    objectId: database.id,
    parent,
    databaseId: database.id,
  });
  return moved;
};

/** Moves a data source into another database; its views go along, its last one cannot leave. Assumed. */
export const moveDataSource = (
  scope: Scope,
  source: DataSourceRecord,
  target: DatabaseRecord,
): DataSourceRecord => {
  const database = databaseOf(scope, source.id);
  if (database.id === target.id) return source;
  assertEditable(isTrashed(scope, target));
  const left = scope.objects.childrenOf("data_source", database.id).filter(({ id }) => id !== source.id);
  if (!left.some((other) => !other.inTrash && isVisible(scope, other))) {
    throw validationError("The only data source of a database cannot be moved.");
  }
  const parent = { type: "database_id", id: target.id } as const;
  assertNotBelowItself(scope, parent, source.id);
  const moved = scope.objects.put({ ...source, parent, editedAt: scope.now, editedBy: scope.actor.id });
  scope.journal.append(scope.actor, scope.now, {
    kind: "data_source.moved",
    objectId: source.id,
    parent,
    databaseId: target.id,
    dataSourceId: source.id,
  });
  for (const view of scope.objects.childrenOf("view", database.id)) {
    if (view.dataSourceId === source.id) scope.objects.put({ ...view, parent });
  }
  return moved;
};
