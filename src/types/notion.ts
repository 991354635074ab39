import type { DatabaseKey, PropertyType, ViewTemplate } from "./schema.ts";
import type { Value } from "./values.ts";

/** One property as read. `complete` is false where Notion cut the references at 25 (notion-api §3). */
export type PropertyObservation = {
  readonly type: string;
  readonly value: Value;
  readonly complete: boolean;
};

/** One page as read by GET or in a query row. Property keys are Notion's property ids, as returned (URL-encoded). */
export type PageObservation = {
  readonly pageId: string;
  readonly dataSourceId: string | null;
  readonly createdTime: number;
  readonly lastEditedTime: number;
  readonly createdBy: string;
  readonly lastEditedBy: string;
  readonly inTrash: boolean;
  readonly url: string;
  readonly properties: Readonly<Record<string, PropertyObservation>>;
};

/** One property to write: id, type and canonical value. Options are written by id. */
export type PropertyWrite = {
  readonly propertyId: string;
  readonly type: PropertyType;
  readonly value: Value;
};

/** A piece of rich text. Text of people and clients goes in as `text` and stays text. */
export type RichTextPart =
  | { readonly text: string; readonly link?: string; readonly bold?: boolean }
  | { readonly person: string }
  | { readonly page: string };

export type CommentObservation = {
  readonly commentId: string;
  readonly discussionId: string;
  /** UTC ms; whether Notion rounds it down to the minute, as it does for pages, is not documented. */
  readonly createdTime: number;
  readonly createdBy: string;
  /** Addresses of the links in the text; creation markers are among them. */
  readonly links: readonly string[];
  readonly text: string;
};

/** A property as the live schema has it. Option names are as shown now; ids never change. */
export type LiveProperty = {
  readonly propertyId: string;
  readonly name: string;
  readonly type: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  /** Relations only: the data source that it points to. */
  readonly relatedTo: string | null;
};

export type LiveDataSource = {
  readonly dataSourceId: string;
  readonly databaseId: string;
  readonly inTrash: boolean;
  readonly properties: readonly LiveProperty[];
};

export type LiveDatabase = {
  readonly databaseId: string;
  readonly title: string;
  readonly description: string;
  readonly inTrash: boolean;
  readonly dataSources: readonly { readonly id: string; readonly name: string }[];
};

export type ChildObservation = {
  readonly blockId: string;
  readonly kind: "page" | "database" | "other";
  readonly title: string;
};

export type RowFilter =
  | { readonly kind: "edited-on-or-after"; readonly time: number }
  /** Edited in the minute that begins at `minute`, and created on or after. */
  | { readonly kind: "edited-in-minute"; readonly minute: number; readonly createdFrom: number }
  | { readonly kind: "relation-contains"; readonly propertyId: string; readonly pageId: string }
  | { readonly kind: "text-equals"; readonly propertyId: string; readonly text: string };

export type RowQuery = {
  readonly dataSourceId: string;
  readonly filter?: RowFilter;
  /** Ascending by this time where set; Notion promises no order otherwise. */
  readonly sortBy?: "last_edited_time" | "created_time";
  readonly cursor?: string;
};

/** `capped` is true where Notion stopped at 10,000 results; absence then proves nothing (reliability, finding 3). */
export type RowPage = {
  readonly rows: readonly PageObservation[];
  readonly cursor: string | null;
  readonly capped: boolean;
};

export type NewRow = {
  readonly dataSourceId: string;
  readonly writes: readonly PropertyWrite[];
  readonly markdown?: string;
};
export type NewPage = {
  readonly parentPageId: string;
  readonly title: string;
  readonly icon: string;
  readonly markdown: string;
};

/** Data source ids of the databases that exist already, for relations between them. */
export type RelationTargets = Readonly<Partial<Record<DatabaseKey, string>>>;

export type NewView = {
  readonly databaseId: string;
  readonly dataSourceId: string;
  readonly view: ViewTemplate;
  /** Property ids by template key, and Notion's property type for a board's grouping. */
  readonly properties: Readonly<
    Record<string, { readonly propertyId: string; readonly type: PropertyType; readonly hidden?: boolean }>
  >;
};
