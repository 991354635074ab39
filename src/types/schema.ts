import type { DateValue } from "./values.ts";

/** The databases that Milepost provisions, by the name its code uses. */
export type DatabaseKey =
  | "projects"
  | "milestones"
  | "changeRequests"
  | "risks"
  | "contacts"
  | "checks"
  | "asks"
  | "decisions"
  | "updates"
  | "daysOff"
  | "office";

/**
 * Who may decide a property's value (reliability §2.1): `team` is never written after creation, `service` is always
 * Milepost's, `shared` takes the person's value in a conflict, `gate` makes a person's edit a request, `derived` is computed by Notion.
 */
export type Owner = "team" | "service" | "shared" | "gate" | "derived";

export type OptionColor =
  | "default"
  | "gray"
  | "brown"
  | "orange"
  | "yellow"
  | "green"
  | "blue"
  | "purple"
  | "pink"
  | "red";

export type OptionTemplate = {
  readonly name: string;
  readonly color?: OptionColor;
  /** Status properties only; Notion's three fixed groups. */
  readonly group?: "To-do" | "In progress" | "Complete";
};

/** Who may ask for a change in a workflow column. */
export type Asker = "team" | "client" | "service";

/** What has to be known for a change in a workflow column: nothing, the person, a note by that person, or a client's link answer. */
export type EvidenceKind = "none" | "person" | "note" | "link";

/** One permitted change of a workflow column; `from: null` is an empty column, `"*"` any value. */
export type WorkflowRow = {
  readonly from: string | null | "*";
  readonly to: string | null;
  readonly who: readonly Asker[];
  readonly evidence: EvidenceKind;
};

/** The table of a workflow column: its value on a new page, and every change that may be asked for. */
export type Workflow = { readonly initial: string | null; readonly rows: readonly WorkflowRow[] };

type PropertyBase = {
  readonly name: string;
  readonly owner: Owner;
  readonly description: string;
  readonly hidden?: boolean;
};

type PlainProperty = PropertyBase & {
  readonly type: "title" | "rich_text" | "people" | "checkbox" | "url" | "email" | "phone_number";
};

type DateProperty = PropertyBase & {
  readonly type: "date";
  /** As of a choice; from and to are the dates' starts. With `always` Milepost's own changes are kept too. */
  readonly tracked?: true | "always";
};

type NumberProperty = PropertyBase & {
  readonly type: "number";
  readonly format: "number" | "percent" | "euro" | "dollar";
};

type ChoiceProperty = PropertyBase & {
  readonly type: "select" | "multi_select" | "status";
  readonly options: readonly OptionTemplate[];
  /** Only for owner `gate`. Stage has none: `domain/lifecycle` and the gates judge it. */
  readonly workflow?: Workflow;
  /** Keys of the properties of the same page whose content an approval in this column covers (design §7). */
  readonly covers?: readonly string[];
  /** Its changes are kept as transitions although no gate judges them, so that each can be a cause with its time. */
  readonly tracked?: true;
};

/** A dual relation: `twin` is the name of the property on the other side, which codec, hash and paging ignore (design §5). */
type RelationProperty = PropertyBase & {
  readonly type: "relation";
  readonly to: DatabaseKey;
  readonly twin: string;
};

export type PropertyTemplate =
  | PlainProperty
  | DateProperty
  | NumberProperty
  | ChoiceProperty
  | RelationProperty;
export type PropertyType = PropertyTemplate["type"];

/**
 * A view that setup creates. Property references are template keys. The table named All is the one that Notion makes with
 * the database; setup takes it over. It comes first.
 */
export type ViewTemplate = {
  readonly name: string;
  readonly type: "table" | "board" | "timeline" | "calendar" | "list" | "chart";
  /** What a person finds there, for the start page. */
  readonly shows?: string;
  /** What a board's columns or a chart's parts stand for. */
  readonly groupBy?: string;
  readonly dateBy?: string;
  /** A table's columns beside the title, in this order; all of them where none is named. */
  readonly columns?: readonly string[];
  /** The properties that stand on a board's cards; Notion shows the title alone where none is named. */
  readonly onCards?: readonly string[];
  readonly sortBy?: { readonly property: string; readonly direction: "ascending" | "descending" };
  /** Shows only rows that hold this option, or whose box is ticked. */
  readonly only?: { readonly property: string; readonly is: string | true };
  /** Leaves out the rows that hold one of these options. */
  readonly without?: { readonly property: string; readonly options: readonly string[] };
};

/**
 * One Notion database. It is the single source of the record type, the codec, what setup creates, what merge may write
 * and the README's table (design §3). Properties stand in the order in which a person sees them.
 */
export type DatabaseTemplate = {
  readonly key: DatabaseKey;
  readonly title: string;
  readonly icon: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, PropertyTemplate>>;
  readonly views: readonly ViewTemplate[];
};

type ValueOf<P extends PropertyTemplate> = P extends {
  type: "select" | "status";
  options: readonly { name: infer N }[];
}
  ? N | null
  : P extends { type: "multi_select"; options: readonly { name: infer N }[] }
    ? readonly N[]
    : P extends { type: "relation" | "people" }
      ? readonly string[]
      : P extends { type: "date" }
        ? DateValue | null
        : P extends { type: "number" }
          ? number | null
          : P extends { type: "checkbox" }
            ? boolean
            : P extends { type: "title" | "rich_text" }
              ? string
              : string | null;

/** What every page of a database carries beside its properties. Times are UTC milliseconds (Notion floors them to the minute). */
export type PageFacts = {
  readonly pageId: string;
  readonly createdTime: number;
  readonly url: string;
};

/** The typed row of a database: option names instead of ids, one field for each property key of its template. */
export type RowOf<T extends DatabaseTemplate> = PageFacts & {
  readonly [K in keyof T["properties"]]: ValueOf<T["properties"][K]>;
};
