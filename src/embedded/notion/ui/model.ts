import type { html } from "hono/html";
import type { AdjustableClock } from "../../clock.ts";
import type { Workspace } from "../workspace.ts";

/** What a tagged template gives: markup in which every inserted text is escaped. */
export type Html = ReturnType<typeof html>;

/** The workspace's ordinary API with one person's token: whatever is done through it, that person has done. */
export type Api = {
  get<T>(path: string): Promise<T>;
  send<T>(method: "POST" | "PATCH", path: string, body: object): Promise<T>;
};

/** One request of a person's browser. */
export type Visit = {
  api: Api;
  workspace: Workspace;
  clock: AdjustableClock;
  person: { id: string; name: string };
  /** Path and query of the page shown, to come back to after a change. */
  path: string;
  /** The number of the last change that this page shows (see changes.ts). */
  seq: number;
  /** A change was made a moment ago, so more may follow by itself. */
  isFresh: boolean;
};

/** The parts of the API's answers that the pages show. */
export type ApiList<T> = { results: T[]; next_cursor: string | null };
export type ApiUser = { id: string; name?: string };
export type ApiIcon = { type: string; emoji?: string } | null;
export type ApiRichText = readonly {
  type: string;
  plain_text: string;
  href: string | null;
  annotations: { bold: boolean; italic: boolean; strikethrough: boolean; underline: boolean; code: boolean };
}[];
export type ApiOption = { id: string; name: string; color: string };
export type ApiDate = { start: string; end: string | null };
export type ApiParent = { type: string; data_source_id?: string; database_id?: string; page_id?: string };

/** What a formula or rollup came to; only the field that `type` names is there. */
export type ApiResult = {
  type: string;
  string?: string | null;
  number?: number | null;
  boolean?: boolean | null;
  date?: ApiDate | null;
  array?: Omit<ApiValue, "id">[];
};

/** A property's value; only the field that `type` names is there. */
export type ApiValue = {
  id: string;
  type: string;
  title?: ApiRichText;
  rich_text?: ApiRichText;
  number?: number | null;
  select?: ApiOption | null;
  status?: ApiOption | null;
  multi_select?: ApiOption[];
  date?: ApiDate | null;
  people?: ApiUser[];
  relation?: { id: string }[];
  has_more?: boolean;
  checkbox?: boolean;
  url?: string | null;
  email?: string | null;
  phone_number?: string | null;
  files?: { name: string }[];
  formula?: ApiResult;
  rollup?: ApiResult;
  unique_id?: { prefix: string | null; number: number };
  created_time?: string;
  last_edited_time?: string;
  created_by?: ApiUser;
  last_edited_by?: ApiUser;
};

/** A property of a data source. */
export type ApiProperty = {
  id: string;
  name: string;
  type: string;
  description: string | null;
  select?: { options: ApiOption[] };
  status?: { options: ApiOption[] };
  multi_select?: { options: ApiOption[] };
  relation?: { data_source_id: string };
};
export type ApiPage = {
  id: string;
  parent: ApiParent;
  icon: ApiIcon;
  in_trash: boolean;
  created_time: string;
  created_by: ApiUser;
  last_edited_time: string;
  last_edited_by: ApiUser;
  properties: Record<string, ApiValue>;
};
export type ApiDatabase = {
  id: string;
  title: ApiRichText;
  description: ApiRichText;
  icon: ApiIcon;
  data_sources: { id: string; name: string }[];
};
export type ApiDataSource = {
  id: string;
  title: ApiRichText;
  icon: ApiIcon;
  parent: ApiParent;
  properties: Record<string, ApiProperty>;
};
export type ApiView = {
  id: string;
  name: string;
  type: string;
  data_source_id: string;
  filter: object | null;
  sorts: object[] | null;
  configuration: {
    group_by?: { property_id: string };
    x_axis?: { property_id: string };
    date_property_id?: string;
    end_date_property_id?: string;
    view_range?: string;
    properties?: { property_id: string; visible?: boolean }[] | null;
  } | null;
};
export type ApiBlock = {
  id: string;
  type: string;
  has_children: boolean;
} & Record<string, unknown>;
export type ApiComment = {
  id: string;
  discussion_id: string;
  created_time: string;
  created_by: ApiUser;
  rich_text: ApiRichText;
  display_name: { resolved_name: string | null };
};
