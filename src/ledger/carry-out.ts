import { forgetAttempt, retryAction, type StoredAction, setActionState } from "../store/actions.ts";
import { noteFailure, setDead } from "../store/dead-letters.ts";
import { clearPageProblems, raiseProblem } from "../store/problems.ts";
import { markRecord } from "../store/records.ts";
import type { ActionKind } from "../types/action.ts";
import { NotionError, problemDetail } from "../types/errors.ts";
import { Quarantined } from "../types/quarantined.ts";
import { settleTime } from "../types/settle.ts";
import type { ActionContext } from "./context.ts";
import { carryOutLetter } from "./letter.ts";
import { carryOutNote } from "./note.ts";
import type { Carrier, Ending, Outcome } from "./outcome.ts";
import { carryOutReply } from "./reply.ts";
import { type RetryPolicy, retryPolicies } from "./retry.ts";
import { carryOutRow } from "./row.ts";
import { carryOutStartingPage } from "./starting-page.ts";
import { carryOutUpdate } from "./update.ts";

/** Proposals are carried out with the decision that wants them. */
type CarriedKind = Exclude<ActionKind, "propose">;

/** One row for each kind of action. */
const kinds: { readonly [K in CarriedKind]: Carrier<K> } = {
  reply: { retry: retryPolicies.request, carryOut: carryOutReply },
  page: { retry: retryPolicies.request, carryOut: carryOutStartingPage },
  update: { retry: retryPolicies.creation, carryOut: carryOutUpdate },
  row: { retry: retryPolicies.creation, carryOut: carryOutRow },
  note: { retry: retryPolicies.creation, carryOut: carryOutNote },
  letter: { retry: retryPolicies.letter, carryOut: carryOutLetter },
};

/** How long an action waits for a property that it needs, or for a capability of the connection (reliability F24). */
const quarantinedMs = 10 * 60_000;
const forbiddenMs = 10 * 60_000;

/**
 * Carries out one action and stores what became of it. Too many failures of its kind make it a dead letter that /status
 * names.
 * @throws NotionError `notion_throttled` or `notion_unauthorized`, which cost no attempt
 */
export const carryOut = async (context: ActionContext, action: StoredAction): Promise<void> => {
  // Each row takes the payload of its own kind, which is this payload's kind; the compiler sees only the union.
  const { carryOut: run, retry } = kinds[action.payload.kind as CarriedKind] as Carrier<ActionKind>;
  const outcome = await outcomeOf(context, action, () => run(context, action, action.payload));
  context.database.transaction(() => {
    outcome.alongside?.();
    store(context, action, outcome, retry);
    // What became of an action is a fact that the rules read.
    if (outcome.kind !== "not_yet") markRecord(context.database, action.projectId);
  });
};

const outcomeOf = async (
  context: ActionContext,
  action: StoredAction,
  run: () => Promise<Outcome>,
): Promise<Outcome> => {
  const { database, clock } = context;
  try {
    return await run();
  } catch (error) {
    if (error instanceof Quarantined) return { kind: "not_yet", until: clock.now() + quarantinedMs };
    if (!(error instanceof NotionError)) throw error;
    if (error.code !== "notion_unknown" && !action.attempted) forgetAttempt(database, action.key);
    if (error.code === "notion_throttled" || error.code === "notion_unauthorized") throw error;
    if (error.code === "notion_forbidden") return forbidden(context, action, error);
    const { code, detail, message, todo } = error;
    const ending = { code, pageId: action.subject, detail, sentence: `${message} ${todo}` };
    return { kind: "failed", error: code, ending, settleMs: settleTime(error) };
  }
};

const forbidden = (
  { database, clock }: ActionContext,
  action: StoredAction,
  error: NotionError,
): Outcome => ({
  kind: "not_yet",
  until: clock.now() + forbiddenMs,
  alongside: () => {
    const place = { pageId: action.subject, database: null, property: null };
    raiseProblem(database, { code: error.code, ...place, detail: problemDetail(error) }, clock.now());
  },
});

const store = (context: ActionContext, action: StoredAction, outcome: Outcome, retry: RetryPolicy): void => {
  const { database, clock } = context;
  const now = clock.now();
  switch (outcome.kind) {
    case "done":
      setActionState(database, action.key, "done", now, outcome.result);
      clearPageProblems(database, action.subject, "notion_forbidden");
      break;
    case "not_yet":
      retryAction(database, action.key, outcome.until, false, "", now);
      break;
    case "cancelled":
      setActionState(database, action.key, "cancelled", now);
      break;
    case "failed":
      failed(context, action, outcome, retry);
      break;
    default:
      end(context, action, outcome.kind, outcome.ending);
  }
};

const failed = (
  context: ActionContext,
  action: StoredAction,
  { error, ending, settleMs = 0 }: Extract<Outcome, { kind: "failed" }>,
  retry: RetryPolicy,
): void => {
  const { database, clock, log } = context;
  const [now, attempt] = [clock.now(), action.attempts + 1];
  log.warn("action.failed", { key: action.key, code: error, attempt });
  const delay = Math.max(retry.delay(action.attempts), settleMs);
  retryAction(database, action.key, now + delay, true, error, now);
  if (attempt >= retry.deadAfter) end(context, action, "dead", ending);
};

/** The sentence is kept as the action's result: rules put it where the team reads it. */
const end = (
  { database, clock, log, newId }: ActionContext,
  action: StoredAction,
  state: "dead" | "unknown",
  ending: Ending,
): void => {
  const { code, pageId } = ending;
  const traceId = newId();
  log.error("action.ended", { key: action.key, code, state, trace_id: traceId });
  if (state === "dead") {
    const failure = { step: "action", subject: action.key, pageId, input: JSON.stringify(action.payload) };
    noteFailure(database, { ...failure, error: `${code} ${ending.detail}`, traceId });
    setDead(database, "action", action.key, clock.now());
  }
  setActionState(database, action.key, state, clock.now(), ending.sentence);
  const detail = `${state === "dead" ? "dead letter" : "unknown outcome"} ${action.key}: ${ending.detail}`;
  raiseProblem(database, { code, pageId, database: null, property: null, detail }, clock.now());
};
