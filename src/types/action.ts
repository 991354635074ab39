import type { RichTextPart } from "./notion.ts";
import type { DatabaseKey } from "./schema.ts";
import type { DomainValue } from "./values.ts";

/** Why an action exists: a transition's version, a date, or an answer; never a value (design §1). */
export type Cause =
  | { readonly kind: "transition"; readonly property: string; readonly version: number }
  | { readonly kind: "date"; readonly date: string }
  | { readonly kind: "answer"; readonly answerId: string };

/** What an action carries out, by kind. */
export type ActionPayload =
  | {
      readonly kind: "reply";
      /** The gate comment's page; the reply goes into its thread. */
      readonly pageId: string;
      readonly text: readonly RichTextPart[];
    }
  | {
      /** The starting text of a new row, put on its page if that is empty. */
      readonly kind: "page";
      readonly pageId: string;
      readonly database: StartingPage;
    }
  | {
      /** A new row in Updates with its text as its body; the action's key is its Milepost key. */
      readonly kind: "update";
      /** Null where it is about the office. */
      readonly projectId: string | null;
      readonly title: string;
      readonly updateKind: UpdateKind;
      /** ISO week (`2026-W48`), month (`2026-11`) or empty. */
      readonly period: string;
      /** The milestone that it is about; null where it is about the project. */
      readonly milestoneId: string | null;
      readonly contactIds: readonly string[];
      readonly markdown: string;
      /** `Ready` leaves at once; `Draft` waits for the team. */
      readonly state: "Draft" | "Ready";
    }
  | {
      /** A new row of a record; the action's key is its Milepost key. */
      readonly kind: "row";
      readonly database: RowDatabase;
      /** Its title, as a plan names it. */
      readonly title: string;
      /** By template key; all but its Milepost key and `links`. */
      readonly values: Readonly<Record<string, DomainValue>>;
      /** Relations to rows that other actions make, by template key: the keys of those actions. */
      readonly links: Readonly<Record<string, readonly string[]>>;
    }
  | {
      /**
       * Values for `shared` properties, set once with the decision that wants them. What people make of them afterwards
       * stands (design §1).
       */
      readonly kind: "propose";
      readonly changes: readonly ProposedChange[];
      /** What moved, in a sentence for the team; empty where there is nothing to tell. Kept as the action's result. */
      readonly summary: string;
    }
  | {
      /** A comment of its own on a page. */
      readonly kind: "note";
      readonly pageId: string;
      readonly text: readonly RichTextPart[];
    }
  | {
      /** One mail to one contact: the body of an Update as it reads when the letter is first prepared. */
      readonly kind: "letter";
      readonly updateId: string;
      readonly contactId: string;
      /** The client's link under the text; null where nothing is asked. */
      readonly link: { readonly purpose: LinkPurpose; readonly pageId: string } | null;
      /** Answers a client's click: leaves outside office hours too (design §9). */
      readonly atOnce: boolean;
    };

/** The databases in which rules make rows. */
export type RowDatabase = "milestones" | "risks" | "checks" | "decisions";

export type ProposedChange = {
  readonly database: DatabaseKey;
  readonly pageId: string;
  readonly property: string;
  readonly value: DomainValue;
};

/** The databases whose new rows get a starting text. */
export type StartingPage = Extract<DatabaseKey, "projects" | "changeRequests" | "risks">;

/** What an Update is; a row of the cadence table each. */
export type UpdateKind = "Weekly summary" | "Milestone complete" | "Handover" | "Confirmation" | "Measures";

/** What a client link is for; one purpose a link (reliability §4). */
export type LinkPurpose = "sign-off";

export type ActionKind = ActionPayload["kind"];

/** Something that is done once. `key` = kind | subject | cause. */
export type Action = {
  readonly key: string;
  readonly subject: string;
  readonly cause: Cause;
  /** When the cause came about (UTC ms); decides whether it lies in the past (design §6). */
  readonly causedAt: number;
  /** Found after `closes` it is missed; null where it never is too late. */
  readonly window: { readonly opens: number; readonly closes: number } | null;
  readonly payload: ActionPayload;
};

export type ActionState =
  | "pending"
  | "running"
  | "done"
  | "cancelled"
  | "baseline"
  | "missed"
  | "unknown"
  | "dead";

export type PastAction = {
  readonly key: string;
  readonly state: ActionState;
  readonly at: number;
  /**
   * Of one that ended without its result: why, in a sentence for the team. Of a proposal: what it moved. Of what was made:
   * its id.
   */
  readonly result?: string | null;
};

/** The key of an action: one per kind, subject and cause. */
export const actionKey = (kind: ActionKind, subject: string, cause: Cause): string => {
  switch (cause.kind) {
    case "transition":
      return `${kind}|${subject}|${cause.property}#${cause.version}`;
    case "date":
      return `${kind}|${subject}|${cause.date}`;
    case "answer":
      return `${kind}|${subject}|${cause.answerId}`;
  }
};

/** A week, a month or a day. */
const dateShape = /^\d{4}-(W\d{2}|\d{2}(-\d{2})?)$/;

/** The cause that a key was made of. */
export const causeIn = (key: string): Cause => {
  const text = key.slice(key.lastIndexOf("|") + 1);
  const [property = "", version] = text.split("#");
  if (version !== undefined) return { kind: "transition", property, version: Number(version) };
  return dateShape.test(text) ? { kind: "date", date: text } : { kind: "answer", answerId: text };
};
