import type { Database } from "../ports.ts";
import { nextAction } from "../store/actions.ts";
import { getMeta, setMeta } from "../store/meta.ts";
import {
  clearProblem,
  clearStepProblem,
  forgetProblems,
  generalProblems,
  hasProblem,
  hasStepProblem,
  raiseProblem,
  raiseStepProblem,
} from "../store/problems.ts";
import { markAllRecords, nextRecords } from "../store/records.ts";
import { setBack } from "../store/set-back.ts";
import type { ErrorCode } from "../types/error-catalogue.ts";
import { isStoreFailure, MilepostError, NotionError, problemDetail } from "../types/errors.ts";
import type { EngineContext } from "./context.ts";
import type { Source } from "./step.ts";

const refusedToken = "unauthorized";

/** Under this name stands in /status what ended a round. */
const round = "round";

/** Beyond this difference between our clock and Notion's nothing is done for its time alone (design §6). */
const skewMs = 2 * 60_000;

/** Notion delivers an event within five minutes (reliability §7). */
const silenceMs = 10 * 60_000;

/** A smaller step back is the everyday work of time synchronisation. */
const jumpMs = 1_000;

/** For so long a person may be asked to look at a value; the journal keeps it for good. */
const lookMs = 7 * 24 * 3_600_000;

/** A pause that Notion asks for is told from here on (reliability F2). */
const longPauseMs = 5 * 60_000;

/** Whether our clock and Notion's `Date` header agree, so that what is due by the clock may be done. */
export const clockAgrees = ({ notion }: EngineContext): boolean => Math.abs(notion.skew() ?? 0) <= skewMs;

/** Whether the two clocks were compared lately: ours may have jumped since. */
const isCompared = ({ notion, clock }: EngineContext): boolean => {
  const age = clock.now() - (notion.skewMeasuredAt() ?? Number.NEGATIVE_INFINITY);
  return age >= 0 && age <= skewMs;
};

/** Whether what is due by the clock may be done now. */
export const mayTrustClock = (context: EngineContext): boolean => clockAgrees(context) && isCompared(context);

/** Before something is done for its time alone the clocks are compared, which takes a request where none was made lately. */
export const compareClocks: Source = (context, now) => {
  const { database, notion } = context;
  if (isCompared(context) || Number(getMeta(database, "clock_due") ?? 0) > now) return null;
  const waits = (has: (timed: boolean) => boolean): boolean => has(true) && !has(false);
  const isWaiting =
    waits((timed) => nextRecords(database, now, timed, 1).length > 0) ||
    (["answers", "timed"] as const).some((turn) =>
      waits((timed) => nextAction(database, now, turn, { timed, letters: true }) !== null),
    );
  if (!isWaiting) return null;
  const run = async () => void (await notion.pull.me());
  const defer = (until: number) => setMeta(database, "clock_due", String(until));
  return { name: "clock", subject: "clock", pageId: null, database: null, lane: "pull", run, defer };
};

/** After a jump back of the clock, nothing waits longer than it would have without it (reliability F34). */
export const followClock = ({ database, clock, log, listings }: EngineContext): void => {
  const jump = Number(getMeta(database, "last_round") ?? 0) - clock.now();
  if (jump < jumpMs) return;
  log.warn("clock.set_back", { ms: jump });
  // What they have read is dated by the clock as it was.
  listings.clear();
  database.transaction(() => {
    setBack(database, jump);
    // What was decided by it may be wrong for as long as the jump is.
    if (jump > skewMs) markAllRecords(database);
    setMeta(database, "last_round", String(clock.now()));
  });
};

/**
 * Names in /status what concerns the connection as a whole, until it is mended: a clock that is wrong, webhooks that stay
 * away, a refused token, a long pause, a Notion that does not answer, a workspace that cannot be set up. `failure` is what
 * ended the round; null where nothing.
 */
export const watch = (context: EngineContext, failure: unknown): void => {
  const { database, clock } = context;
  const ended = isForeseen(failure) ? failure : null;
  if (ended) comeRound(context);
  const now = clock.now();
  const isAway = ended?.code === "notion_unknown";
  for (const code of ["suspected_overwrite", "action_missed"] as const)
    forgetProblems(database, code, now - lookMs);
  const named = generalProblems(database);
  const name = (code: ErrorCode, wrong: boolean, detail: string): void => {
    if (wrong) raiseProblem(database, { code, pageId: null, database: null, property: null, detail }, now);
    else if (named.has(code)) clearProblem(database, code);
  };
  const seconds = Math.round((context.notion.skew() ?? 0) / 1000);
  name("clock_skewed", !clockAgrees(context), `Notion's clock is ${seconds} s ahead of ours`);
  const since = Number(getMeta(database, "unannounced_since") ?? now);
  const silent = context.expectsWebhooks && now - since >= silenceMs;
  name("webhook_silent", silent, `since ${new Date(since).toISOString()}`);
  name("notion_unknown", isAway, ended?.detail ?? "");
  const { reason, pausedUntil, pausedSince } = context.notion.budget();
  name("notion_unauthorized", reason === refusedToken, "once a minute it is tried again");
  const pause = pausedUntil !== null && pausedSince !== null ? pausedUntil - pausedSince : 0;
  const until = new Date(pausedUntil ?? now).toISOString();
  name("notion_throttled", reason !== refusedToken && pause > longPauseMs, `${reason}, until ${until}`);
  if (failure === null) clearStepProblem(database, round, round);
  else if (ended && !isNamed(ended, named)) nameEnding(context, ended);
};

/** Where the store takes nothing there is no round, and an exception that nobody foresaw may end each in the same place. */
const isForeseen = (failure: unknown): failure is MilepostError =>
  failure instanceof MilepostError && !isStoreFailure(failure);

/** A round that ended in an error somebody foresaw has come round all the same: it waits for Notion or for a person. */
const comeRound = (context: EngineContext): void => {
  // What comes now would hide that the clock was set back since the last round.
  followClock(context);
  setMeta(context.database, "last_round", String(context.clock.now()));
};

/** Named by what is known of the connection. */
const namedOtherwise: readonly ErrorCode[] = ["notion_throttled", "notion_unauthorized", "notion_unknown"];

const isNamed = ({ code }: MilepostError, named: ReadonlySet<ErrorCode>): boolean =>
  namedOtherwise.includes(code) || (code === "notion_not_found" && named.has("sentinel_missing"));

/** Beside what a step of the loop may have named by the same code; until a round ends well. */
const nameEnding = ({ database, clock }: EngineContext, ended: MilepostError): void => {
  const detail = ended instanceof NotionError ? problemDetail(ended) : ended.detail;
  const everything = { pageId: null, database: null, property: null };
  raiseStepProblem(database, round, round, { code: ended.code, ...everything, detail }, clock.now());
};

/** Whether a person has to mend what ends every round. */
export const roundFails = (database: Database): boolean =>
  hasProblem(database, "sentinel_missing") || hasStepProblem(database, round, round);
