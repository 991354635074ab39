/** What the workspace stores, independent of how an API version shows it. Times are exact UTC milliseconds. */

export type Json = unknown;
export type JsonObject = Record<string, Json>;

export type Actor = { id: string; kind: "person" | "bot"; name: string };
export type User = Actor & { email: string | null; isGuest?: boolean };

export type Annotations = {
  bold: boolean;
  italic: boolean;
  strikethrough: boolean;
  underline: boolean;
  code: boolean;
  color: string;
};
export type DateValue = { start: string; end: string | null; time_zone: string | null };
export type Mention =
  | { type: "user"; user: { id: string } }
  | { type: "page"; page: { id: string } }
  | { type: "database"; database: { id: string } }
  | { type: "date"; date: DateValue };
export type RichTextItem =
  | { type: "text"; text: { content: string; link: { url: string } | null }; annotations: Annotations }
  | { type: "equation"; equation: { expression: string }; annotations: Annotations }
  | { type: "mention"; mention: Mention; annotations: Annotations };
export type RichText = readonly RichTextItem[];

export type Parent =
  | { type: "workspace" }
  | { type: "page_id" | "database_id" | "data_source_id" | "block_id"; id: string };

type RecordBase = {
  id: string;
  /** Order of creation; 0 until the store has inserted the record. */
  seq: number;
  parent: Parent;
  createdAt: number;
  createdBy: string;
  editedAt: number;
  editedBy: string;
  inTrash: boolean;
  /** A person gave the bot access to this object and what lies below it. */
  shared: boolean;
  /** A person took that access away again, for this object and what lies below it. */
  isRestricted?: boolean;
};
export type PageRecord = RecordBase & {
  kind: "page";
  icon: Json;
  cover: Json;
  isLocked: boolean;
  isArchived?: boolean;
  /** Set when the page is a template of its data source and not one of its rows. */
  template?: { isDefault: boolean };
  /** Stored value by property id; what is absent is empty. A page outside a data source has only `title`. */
  values: Readonly<Record<string, Json>>;
};
export type DatabaseRecord = RecordBase & {
  kind: "database";
  title: RichText;
  description: RichText;
  isInline: boolean;
  isLocked: boolean;
  icon: Json;
  cover: Json;
};
export type DataSourceRecord = RecordBase & {
  kind: "data_source";
  title: RichText;
  description: RichText;
  icon: Json;
  cover: Json;
  /** The number that the next row's unique_id gets. */
  nextNumber: number;
};
export type ViewRecord = RecordBase & {
  kind: "view";
  name: string;
  viewType: string;
  dataSourceId: string;
  /** Its place among the tabs; the order of creation unless set. */
  rank?: number;
  filter: Json;
  sorts: Json;
  quickFilters: Json;
  configuration: Json;
};
export type ObjectRecord = PageRecord | DatabaseRecord | DataSourceRecord | ViewRecord;
export type ObjectKind = ObjectRecord["kind"];

export type Option = { id: string; name: string; color: string; description: string | null };
export type OptionGroup = { id: string; name: string; color: string; option_ids: string[] };
export type PropertyConfig = {
  format?: string;
  prefix?: string | null;
  options?: readonly Option[];
  groups?: readonly OptionGroup[];
  /** Relation: where it points, and the property there that mirrors it (null for a one-way relation). */
  target?: { dataSourceId: string; twinId: string | null };
  /** Formula: its text, with properties by id. */
  expression?: string;
  /** Rollup: the relation here, the property there, and what is made of its values. */
  rollup?: { relationId: string; propertyId: string; function: string };
};
export type Property = {
  id: string;
  name: string;
  type: string;
  description: string | null;
  config: PropertyConfig;
};

export type BlockRecord = {
  id: string;
  /** The page or block that holds it. */
  parentId: string;
  pageId: string;
  rank: number;
  type: string;
  data: JsonObject;
  createdAt: number;
  createdBy: string;
  editedAt: number;
  editedBy: string;
  inTrash: boolean;
};

export type CommentRecord = {
  id: string;
  discussionId: string;
  parent: { type: "page_id" | "block_id"; id: string };
  pageId: string;
  createdAt: number;
  createdBy: string;
  editedAt: number;
  displayName: { type: string; resolved_name: string | null };
  richText: RichText;
};
