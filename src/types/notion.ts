import type { DatabaseKey, DatabaseTemplate, PropertyType, ViewTemplate } from "./schema.ts";
import type { Value } from "./values.ts";

/** Which share of the request budget a call may use (design §5): verdicts and client answers, pulls, bulk work. */
export type Lane = "verdict" | "pull" | "bulk";

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

/** The calls Milepost makes. Each is one request and throws a `NotionError` (see `types/errors`). None retries or sleeps. */
export type NotionCalls = {
  me(): Promise<{ readonly botId: string; readonly workspaceId: string }>;
  retrievePage(pageId: string): Promise<PageObservation>;
  /** The whole value of a list property that a page read cut at 25, one page of it per call. */
  retrievePropertyItems(
    pageId: string,
    propertyId: string,
    cursor?: string,
  ): Promise<{ readonly ids: readonly string[]; readonly cursor: string | null }>;
  queryRows(query: RowQuery): Promise<RowPage>;
  /** A page's whole body. A body that Notion cuts is refused (`notion_refused`): half a text is never used. */
  retrieveMarkdown(pageId: string): Promise<string>;
  updatePage(pageId: string, writes: readonly PropertyWrite[]): Promise<PageObservation>;
  createRow(row: NewRow): Promise<PageObservation>;
  /** Puts Markdown at the end of a page's body. */
  appendMarkdown(pageId: string, markdown: string): Promise<void>;
  createPage(page: NewPage): Promise<PageObservation>;
  listComments(
    pageId: string,
    cursor?: string,
  ): Promise<{ readonly comments: readonly CommentObservation[]; readonly cursor: string | null }>;
  createComment(
    to: { readonly pageId: string } | { readonly discussionId: string },
    text: readonly RichTextPart[],
  ): Promise<CommentObservation>;
  updateComment(commentId: string, text: readonly RichTextPart[]): Promise<CommentObservation>;
  listChildren(
    blockId: string,
    cursor?: string,
  ): Promise<{ readonly children: readonly ChildObservation[]; readonly cursor: string | null }>;
  createDatabase(
    parentPageId: string,
    template: DatabaseTemplate,
    targets: RelationTargets,
  ): Promise<LiveDatabase & { readonly source: LiveDataSource }>;
  retrieveDatabase(databaseId: string): Promise<LiveDatabase>;
  retrieveDataSource(dataSourceId: string): Promise<LiveDataSource>;
  /** Adds the named properties (template keys) to an existing data source. */
  addProperties(
    dataSourceId: string,
    template: DatabaseTemplate,
    keys: readonly string[],
    targets: RelationTargets,
  ): Promise<LiveDataSource>;
  createView(view: NewView): Promise<{ readonly viewId: string }>;
  /** Gives a view of the same type another name, other columns and another order of its rows. */
  updateView(viewId: string, view: NewView): Promise<void>;
  listViews(
    databaseId: string,
    cursor?: string,
  ): Promise<{ readonly viewIds: readonly string[]; readonly cursor: string | null }>;
  retrieveView(
    viewId: string,
  ): Promise<{ readonly viewId: string; readonly name: string; readonly type: string }>;
};

/** Notion, one set of calls a lane. */
export type NotionGateway = Readonly<Record<Lane, NotionCalls>> & {
  /** Notion's clock minus ours in ms, from the last answer's `Date` header; null before the first answer. */
  skew(): number | null;
  /** When that was, by our clock (UTC ms). */
  skewMeasuredAt(): number | null;
  budget(): NotionBudget;
};

/** The request budget as `/status` shows it. Times are UTC ms. */
export type NotionBudget = {
  /** Requests counted in the last minute, and how many may be (80 % of the plan's limit). */
  readonly used: number;
  readonly limit: number;
  /** Null unless calls are held back now; `reason` is Notion's word for it, "unauthorized" after a refused token. */
  readonly pausedUntil: number | null;
  readonly reason: string | null;
  /** Since when Notion has answered nothing but pauses, or refusals of the token; null once it answered anything else. */
  readonly pausedSince: number | null;
};
