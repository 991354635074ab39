import { findPoll } from "../store/polls.ts";
import type { FirstSightRules } from "../sync/absorb.ts";
import type { Action, ActionState } from "../types/action.ts";
import type { PropertyTemplate } from "../types/schema.ts";
import type { EngineContext } from "./context.ts";
import { loadOffice } from "./load.ts";

/** The stage a project starts in (process/002 §1). */
const firstStage = "Intake";

/**
 * How a page is taken on first sight. It is new only if it was made after the office's `Active since` and after this
 * store (design §6). Notion rounds down to the minute: a page of that same minute is new if the first whole listing did
 * not hold it.
 */
export const firstSightRules = (context: EngineContext): FirstSightRules => {
  // Most listings and reads show only pages that are known; the office is loaded for the first that is not.
  let known: ReturnType<typeof beginning> | null = null;
  return {
    isNew: (createdTime) => {
      known ??= beginning(context);
      return createdTime > known.start || (createdTime === known.start && known.listed);
    },
    initialOf: initialValue,
  };
};

/** From when on pages are new, and whether the first listing has ended. */
const beginning = (context: EngineContext): { readonly start: number; readonly listed: boolean } => {
  const { activeSince } = loadOffice(context);
  return {
    start:
      activeSince === null ? Number.POSITIVE_INFINITY : startOfMinute(Math.max(activeSince, context.birth)),
    listed: findPoll(context.database, "projects")?.complete ?? false,
  };
};

const startOfMinute = (time: number): number => Math.floor(time / 60_000) * 60_000;

const initialValue = (key: string, property: PropertyTemplate): string | null => {
  if (key === "stage") return firstStage;
  return "workflow" in property && property.workflow ? property.workflow.initial : null;
};

/** The state an action starts in: what lies before this store or its rule is never done, what comes too late is told (design §6). */
export const firstState = (
  context: EngineContext,
  action: Action & { readonly rule: string },
): ActionState => {
  const installed = context.installedAt.get(action.rule) ?? context.birth;
  if (action.causedAt < Math.max(context.birth, installed)) return "baseline";
  if (action.window && action.window.closes <= context.clock.now()) return "missed";
  return "pending";
};
