import { notFound, validationError } from "./api/errors.ts";
import type {
  BlockRecord,
  DatabaseRecord,
  DataSourceRecord,
  ObjectKind,
  ObjectRecord,
  PageRecord,
  Parent,
  ViewRecord,
} from "./model.ts";
import type { Core, Scope } from "./scope.ts";

type Stores = Pick<Core, "objects" | "blocks">;

const above = (scope: Stores, parent: Parent): ObjectRecord | undefined => {
  if (parent.type === "workspace") return undefined;
  if (parent.type !== "block_id") return scope.objects.get(parent.id);
  const block = scope.blocks.get(parent.id);
  return block && scope.objects.get(block.pageId);
};

/** The object and everything above it, nearest first. */
const lineage = (scope: Stores, record: ObjectRecord): ObjectRecord[] => {
  const line: ObjectRecord[] = [];
  for (let at: ObjectRecord | undefined = record; at; at = above(scope, at.parent)) line.push(at);
  return line;
};

/** The bot sees what a person shared with it, and what lies below that unless access was taken away on the way down. */
export const isShared = (stores: Stores, record: ObjectRecord): boolean => {
  const decided = lineage(stores, record).find((at) => at.shared || at.isRestricted);
  return decided?.shared ?? false;
};

/** People see the whole workspace; the bot what is shared with it (notion-api §8). */
export const isVisible = (scope: Scope, record: ObjectRecord): boolean =>
  scope.actor.kind === "person" || isShared(scope, record);

/** The same for a row of a data source that the actor may see. */
export const isRowVisible = (scope: Scope, row: PageRecord): boolean =>
  scope.actor.kind === "person" || row.isRestricted !== true;

/** In the trash itself or below something that is. */
export const isTrashed = (scope: Scope, record: ObjectRecord): boolean =>
  lineage(scope, record).some((at) => at.inTrash);

const find = <K extends ObjectKind>(
  scope: Scope,
  kind: K,
  id: string,
): Extract<ObjectRecord, { kind: K }> => {
  const record = scope.objects.getAs(kind, id);
  if (!record || !isVisible(scope, record)) throw notFound(kind, id);
  return record;
};

/** Each throws object_not_found when the object does not exist or the actor may not see it. */
export const findPage = (scope: Scope, id: string): PageRecord => find(scope, "page", id);
export const findDatabase = (scope: Scope, id: string): DatabaseRecord => find(scope, "database", id);
export const findDataSource = (scope: Scope, id: string): DataSourceRecord => find(scope, "data_source", id);
/** A deleted view does not come back, so it is not found either. */
export const findView = (scope: Scope, id: string): ViewRecord => {
  const view = find(scope, "view", id);
  if (view.inTrash) throw notFound("view", id);
  return view;
};

/** A page or database below is a block of the page that holds it, but only for those who may see it. */
export const isBlockVisible = (scope: Scope, { id, pageId }: BlockRecord): boolean => {
  const record = scope.objects.get(id) ?? scope.objects.get(pageId);
  return record !== undefined && isVisible(scope, record);
};

export const findBlock = (scope: Scope, id: string): BlockRecord => {
  const block = scope.blocks.get(id);
  if (!block || !isBlockVisible(scope, block)) throw notFound("block", id);
  return block;
};

/** A block of this parent that others are to stand after. */
export const findSibling = (scope: Scope, parentId: string, id: string): BlockRecord => {
  const sibling = findBlock(scope, id);
  if (sibling.parentId === parentId) return sibling;
  throw validationError(`Block with ID ${id} is not a child of ${parentId}.`);
};

/** A block in the trash itself or below one that is (assumed: Notion shows no example). */
export const isBlockTrashed = (scope: Stores, block: BlockRecord | null | undefined): boolean =>
  block ? block.inTrash || isBlockTrashed(scope, scope.blocks.get(block.parentId)) : false;

export type BlockHolder = { page: PageRecord; block: BlockRecord | null };

/** A page or a block, as the `blocks/{id}/children` paths take either. */
export const findBlockHolder = (scope: Scope, id: string): BlockHolder => {
  const page = scope.objects.getAs("page", id);
  if (page && isVisible(scope, page)) return { page, block: null };
  const block = findBlock(scope, id);
  return { page: findPage(scope, block.pageId), block };
};

/** What lies in the trash takes no edit until it is restored. */
export const assertEditable = (inTrash: boolean): void => {
  if (inTrash) {
    throw validationError("Can't edit block that is archived. You must unarchive the block before editing.");
  }
};

/** The database that a data source belongs to. */
export const databaseOf = (scope: Scope, dataSourceId: string): DatabaseRecord => {
  const parent = scope.objects.getAs("data_source", dataSourceId)?.parent;
  const database = parent?.type === "database_id" ? scope.objects.getAs("database", parent.id) : undefined;
  if (!database) throw notFound("data_source", dataSourceId);
  return database;
};
