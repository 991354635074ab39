import type { Action, PastAction } from "./action.ts";
import type { RichTextPart } from "./notion.ts";
import type { DatabaseKey } from "./schema.ts";
import type { DomainValue } from "./values.ts";

/** Who caused something. `person` is a Notion user id, `client` a contact's page id. */
export type Actor =
  | { readonly kind: "person"; readonly id: string }
  | { readonly kind: "client"; readonly id: string }
  | { readonly kind: "service" }
  | { readonly kind: "unknown" };

/** What a workflow column's change rests on. */
export type Evidence =
  | { readonly kind: "none" }
  | { readonly kind: "person"; readonly id: string }
  | { readonly kind: "note"; readonly by: string; readonly commentId: string; readonly text: string }
  | { readonly kind: "link"; readonly answerId: string };

/** Where a person can mend something: a page (or any row of a database) and one of its properties, by template keys. */
export type Place = {
  readonly database: DatabaseKey;
  readonly pageId: string | null;
  readonly property: string;
};

/** An unmet criterion: what is missing, in one sentence, and where to fix it. */
export type Finding = {
  readonly criterion: string;
  readonly sentence: string;
  readonly places: readonly Place[];
  readonly overridable: boolean;
};

/**
 * One judged change of a workflow column. `version` counts the judged changes of that column on that page from 1.
 * `baseline` is a state that was there before Milepost looked (design §6); it is a fact and never a cause.
 */
export type Transition = {
  readonly pageId: string;
  readonly property: string;
  readonly version: number;
  readonly outcome: "accepted" | "refused" | "baseline";
  readonly from: string | null;
  readonly to: string | null;
  readonly at: number;
  readonly by: Actor;
  readonly evidence: Evidence;
  /** Hash of the properties that the change covers (design §7); null where the column covers none. */
  readonly covers: string | null;
  readonly findings: readonly Finding[];
};

/** What a client answered, and to which exact version. */
export type Answer = {
  readonly id: string;
  readonly pageId: string;
  readonly purpose: string;
  readonly choice: string;
  readonly name: string;
  readonly comment: string;
  readonly at: number;
  /** The content that was shown and answered (`coverOf`). */
  readonly covers: string;
  /** The contact whose link it was. */
  readonly contactId: string;
};

/** Everything that happened to one project, oldest first. */
export type History = {
  readonly transitions: readonly Transition[];
  readonly answers: readonly Answer[];
  readonly actions: readonly PastAction[];
};

/** What one property, or one comment of Milepost's own on a page, should be now. */
export type WantedValue =
  | {
      readonly target: "property";
      readonly database: DatabaseKey;
      readonly pageId: string;
      readonly property: string;
      readonly value: DomainValue;
    }
  | {
      readonly target: "comment";
      readonly pageId: string;
      readonly comment: CommentKind;
      readonly text: readonly RichTextPart[];
    };

/** The comments that Milepost keeps on a page, at most one of each kind, edited in place. */
export type CommentKind = "gate" | "drift";

/** What one rule wants. `wakeAt` (UTC ms) is when the clock alone changes its answer. */
export type Wanted = {
  readonly values: readonly WantedValue[];
  readonly actions: readonly Action[];
  readonly wakeAt: number | null;
};

/** What all rules want of one project, each with the id of its rule. */
export type Decision = {
  readonly values: readonly (WantedValue & { readonly rule: string })[];
  readonly actions: readonly (Action & { readonly rule: string })[];
  readonly wakeAt: number | null;
  /** Rules that need something which is quarantined: what they wanted before stands until they can be asked again. */
  readonly waiting: readonly string[];
};
