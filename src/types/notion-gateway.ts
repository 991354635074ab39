import type {
  ChildObservation,
  CommentObservation,
  LiveDatabase,
  LiveDataSource,
  NewPage,
  NewRow,
  NewView,
  PageObservation,
  PropertyWrite,
  RelationTargets,
  RichTextPart,
  RowPage,
  RowQuery,
} from "./notion.ts";
import type { DatabaseTemplate } from "./schema.ts";

/** Which share of the request budget a call may use (design §5): verdicts and client answers, pulls, bulk work. */
export type Lane = "verdict" | "pull" | "bulk";

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
