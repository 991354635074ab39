import type { StoredAction } from "../store/actions.ts";
import type { ActionKind, ActionPayload } from "../types/action.ts";
import type { ErrorCode } from "../types/error-catalogue.ts";
import type { ActionContext } from "./context.ts";
import type { RetryPolicy } from "./retry.ts";

/** Why an action ended without its result: for people in Notion (`sentence`) and for /status (`code`, the page, names and ids). */
export type Ending = {
  readonly code: ErrorCode;
  readonly pageId: string;
  readonly detail: string;
  readonly sentence: string;
};

/**
 * What one try of an action led to. `not_yet` costs no attempt; `failed` is tried again as its kind's policy says and
 * becomes `ending` after the last try; `unknown` may have happened and is not tried again.
 */
export type Outcome = (
  | { readonly kind: "done"; readonly result: string }
  | { readonly kind: "not_yet"; readonly until: number }
  | {
      readonly kind: "failed";
      readonly error: string;
      readonly ending: Ending;
      /** How long what was asked for may still come about (ms). */
      readonly settleMs?: number;
    }
  | { readonly kind: "dead" | "unknown"; readonly ending: Ending }
  | { readonly kind: "cancelled" }
) & {
  /** Stored in the same transaction as the action's new state. */
  readonly alongside?: () => void;
};

/** How one kind of action is carried out. It looks for its marker before it repeats a request that may have landed. */
export type Carrier<K extends ActionKind> = {
  readonly retry: RetryPolicy;
  /** @throws NotionError counts as a failed try */
  readonly carryOut: (
    context: ActionContext,
    action: StoredAction,
    payload: Extract<ActionPayload, { kind: K }>,
  ) => Promise<Outcome>;
};
