import { assertEditable, databaseOf, isTrashed } from "../access.ts";
import { notAllowed } from "../api/errors.ts";
import type { Change } from "../journal.ts";
import type { Json, JsonObject, ObjectRecord, PageRecord, Parent } from "../model.ts";
import type { Scope } from "../scope.ts";
import { applyChanges, initialChanges, type ValueChange, valueChanges } from "./page-values.ts";

/** Where a page stands, for the journal. */
export const placeOf = (
  scope: Scope,
  page: PageRecord,
): Pick<Change, "parent" | "databaseId" | "dataSourceId"> => {
  if (page.parent.type !== "data_source_id") return { parent: page.parent };
  const dataSourceId = page.parent.id;
  return { parent: page.parent, dataSourceId, databaseId: databaseOf(scope, dataSourceId).id };
};

const byId = (changes: readonly ValueChange[], side: "before" | "after"): JsonObject =>
  Object.fromEntries(changes.map((change) => [change.property.id, change[side] ?? null]));

const stamp = (scope: Scope) => ({ editedAt: scope.now, editedBy: scope.actor.id });

/** What every new object starts with. */
export const birth = (scope: Scope, id: string, parent: Parent) => ({
  id,
  seq: 0,
  parent,
  createdAt: scope.now,
  createdBy: scope.actor.id,
  ...stamp(scope),
  inTrash: false,
  shared: false,
});

type NewPage = {
  id: string;
  parent: Parent;
  properties: JsonObject;
  icon?: Json;
  cover?: Json;
  /** Makes it a template of its data source, of which no event tells. */
  template?: { isDefault: boolean };
};

export const createPage = (scope: Scope, input: NewPage): PageRecord => {
  const empty: PageRecord = scope.objects.put({
    ...birth(scope, input.id, input.parent),
    kind: "page",
    icon: input.icon ?? null,
    cover: input.cover ?? null,
    isLocked: false,
    values: {},
    ...(input.template ? { template: input.template } : {}),
  });
  const initial = input.template ? [] : initialChanges(scope, empty);
  const changes = [...initial, ...valueChanges(scope, empty, input.properties)];
  const page = applyChanges(scope, empty, changes);
  if (input.template) return page;
  scope.journal.append(scope.actor, scope.now, {
    kind: "page.created",
    objectId: page.id,
    ...placeOf(scope, page),
    after: byId(changes, "after"),
  });
  return page;
};

/** Writes property values; an edit that changes nothing leaves no trace. */
export const updateValues = (scope: Scope, page: PageRecord, properties: JsonObject): PageRecord => {
  const changes = valueChanges(scope, page, properties);
  if (changes.length === 0) return page;
  const updated = applyChanges(scope, { ...page, ...stamp(scope) }, changes);
  scope.journal.append(scope.actor, scope.now, {
    kind: "page.properties_updated",
    objectId: page.id,
    ...placeOf(scope, page),
    properties: changes.map(({ property }) => property.id),
    before: byId(changes, "before"),
    after: byId(changes, "after"),
  });
  return updated;
};

type PageSettings = { icon?: Json; cover?: Json; isLocked?: boolean; isArchived?: boolean };

export const updateSettings = (scope: Scope, page: PageRecord, settings: PageSettings): PageRecord => {
  if (Object.keys(settings).length === 0) return page;
  const updated = scope.objects.put({ ...page, ...settings, ...stamp(scope) });
  if (updated.isLocked !== page.isLocked) {
    scope.journal.append(scope.actor, scope.now, {
      kind: updated.isLocked ? "page.locked" : "page.unlocked",
      objectId: page.id,
      ...placeOf(scope, page),
    });
  }
  return updated;
};

type Trashable = Exclude<ObjectRecord, { kind: "view" }>;

/** Puts an object into the trash or takes it out; what lies below follows it. */
export const setTrashed = <R extends Trashable>(scope: Scope, record: R, inTrash: boolean): R => {
  if (record.inTrash === inTrash) return record;
  const updated = scope.objects.put({ ...record, inTrash, ...stamp(scope) });
  const block = scope.blocks.get(record.id);
  if (block) scope.blocks.update({ ...block, inTrash });
  scope.journal.append(scope.actor, scope.now, {
    kind: `${record.kind}.${inTrash ? "deleted" : "undeleted"}`,
    objectId: record.id,
    ...(record.kind === "page" ? placeOf(scope, record) : { parent: record.parent }),
  });
  return updated;
};

/** A connection may not trash a page at the top of the workspace (assumed: 403). */
export const assertMayTrash = (scope: Scope, page: PageRecord, inTrash: boolean | undefined): void => {
  if (inTrash && page.parent.type === "workspace" && scope.actor.kind === "bot") throw notAllowed();
};

/** Throws when the page lies in the trash and the request does not take it out. */
export const assertPageEditable = (scope: Scope, page: PageRecord): void =>
  assertEditable(isTrashed(scope, page));
