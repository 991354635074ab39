import type { ActionKind } from "./action.ts";
import type { CommentKind } from "./loop.ts";
import type { DatabaseKey } from "./schema.ts";

/**
 * What Milepost would do now, and what waits (design §1: a dry run). Times are UTC ms. Texts are one line each, cut where
 * they are long; no mail address and no body of a letter is among them.
 */
export type Plan = {
  readonly at: number;
  /** IANA name of the office's time zone. */
  readonly timeZone: string;
  /** When the service last ended a round; null before the first. */
  readonly lastRound: number | null;
  /** Pages that are to be read first; what they bring is not in the plan. */
  readonly unread: number;
  readonly mail: MailState;
  readonly projects: readonly ProjectPlan[];
  /** What is to be written to pages that belong to no project, such as contacts. */
  readonly elsewhere: {
    readonly values: readonly PlannedValue[];
    readonly comments: readonly PlannedComment[];
  };
};

export type MailState =
  | { readonly kind: "ready" }
  | { readonly kind: "not_configured" }
  | { readonly kind: "paused"; readonly until: number; readonly code: string };

export type ProjectPlan = {
  readonly projectId: string;
  readonly name: string;
  readonly url: string | null;
  readonly stage: string | null;
  /** The trace id in the log where a rule fails on the project: nothing is decided then. */
  readonly parked: string | null;
  /** What of the record cannot be read: nothing is decided while there is any. */
  readonly gaps: readonly string[];
  readonly actions: readonly PlannedAction[];
  readonly values: readonly PlannedValue[];
  readonly comments: readonly PlannedComment[];
  readonly held: readonly HeldUpdate[];
  /** When the clock alone changes what rules want. */
  readonly wakeAt: number | null;
};

/**
 * `wanted`: rules want it now and the ledger lacks it. `pending`: in the ledger, not done. `dropped`: pending, and no rule
 * wants it any more. `missed` and `baseline` are never done (design §6), `dead` and `unknown` were given up.
 */
export type PlannedState = "wanted" | "pending" | "dropped" | "missed" | "baseline" | "dead" | "unknown";

export type PlannedAction = {
  readonly key: string;
  readonly kind: ActionKind;
  readonly state: PlannedState;
  /** The ledger has it already. */
  readonly recorded: boolean;
  readonly rule: string;
  readonly cause: PlannedCause;
  readonly causedAt: number;
  /** The new row's title, the name of the page that gets the reply or the note, or what a proposal moves. */
  readonly title: string;
  /** Of a new row: what kind of update, or the database. */
  readonly updateKind: string | null;
  /** Contacts by name. */
  readonly recipients: readonly string[];
  /** When it is tried next; null where it is not, or where no mail server is set. */
  readonly nextTry: number | null;
  /** Found after it, it is missed; null where it never is too late. */
  readonly closesAt: number | null;
  readonly failures: number;
  readonly lastError: string | null;
};

/** `from` and `to` are null where the column was empty, or its change is not known any more. */
export type PlannedCause =
  | {
      readonly kind: "transition";
      readonly page: string;
      readonly property: string;
      readonly from: string | null;
      readonly to: string | null;
    }
  | { readonly kind: "date"; readonly date: string }
  | { readonly kind: "answer"; readonly by: string | null; readonly choice: string | null };

/** A property that Notion shows otherwise than Milepost holds it. */
export type PlannedValue = {
  readonly pageId: string;
  readonly page: string;
  readonly database: DatabaseKey;
  /** The property's name in the template. */
  readonly property: string;
  readonly from: string;
  readonly to: string;
  /** It follows from what is decided now; else it waits already. */
  readonly isNew: boolean;
  /** What set it last, as the journal says; null where the journal does not know. */
  readonly because: { readonly kind: string; readonly rule: string | null } | null;
  /** Null where the page is read first. */
  readonly nextTry: number | null;
};

export type PlannedComment = {
  readonly pageId: string;
  readonly page: string;
  readonly kind: CommentKind;
  readonly text: string;
  /** A comment of Milepost's on the page is edited; else one is added. */
  readonly edits: boolean;
  readonly isNew: boolean;
  readonly nextTry: number;
  readonly failures: number;
};

export type HeldUpdate = {
  readonly updateId: string;
  readonly title: string;
  readonly url: string;
  readonly because: string;
};
