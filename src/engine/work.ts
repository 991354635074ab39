import { carryOut } from "../ledger/carry-out.ts";
import { keepComment } from "../ledger/keep-comment.ts";
import { type ActionTurn, nextAction, retryAction } from "../store/actions.ts";
import { nextComment, retryComment } from "../store/comments.ts";
import { isHeld } from "../store/holds.ts";
import { getMeta, setMeta } from "../store/meta.ts";
import { deferWrite, nextOutgoing, outgoing } from "../store/pages.ts";
import { isBehind, unfinishedPoll } from "../store/polls.ts";
import { nextRecords, parkRecord } from "../store/records.ts";
import { isPassOver, judgePass } from "../sync/guard.ts";
import { push } from "../sync/push.ts";
import { checkSchema } from "../sync/schema.ts";
import type { Lane } from "../types/notion-gateway.ts";
import { actionContext } from "./action-context.ts";
import type { EngineContext } from "./context.ts";
import { decideRecords } from "./decide.ts";
import { polls, reads, sweep, together } from "./reading.ts";
import { onPage, type Source, type Work } from "./step.ts";
import { compareClocks, mayTrustClock } from "./watch.ts";

/** So many projects share a commit, which costs more than deciding one does. */
const decidedTogether = 20;

const decisions: Source = (context, now) => {
  const due = nextRecords(context.database, now, mayTrustClock(context), decidedTogether);
  const [first] = due;
  if (!first) return null;
  const run = async () => {
    try {
      decideRecords(context, due);
    } catch (error) {
      // One that cannot be stored fails alone.
      if (due.length === 1) throw error;
      decideRecords(context, [first]);
    }
  };
  const defer = () => parkRecord(context.database, first.projectId, "internal_error");
  return { name: "decide", ...onPage(first.projectId), lane: null, run, defer };
};

const writes =
  (least: typeof outgoing.verdict | typeof outgoing.values, lane: Lane): Source =>
  (context, now) => {
    const page = nextOutgoing(context.database, now, least);
    if (!page) return null;
    const defer = (until: number) => deferWrite(context.database, page.pageId, until);
    return { name: "write", ...onPage(page.pageId), lane, run: () => push(context, page), defer };
  };

const comments: Source = (context, now) => {
  const comment = nextComment(context.database, now);
  if (!comment || !mayAct(context)) return null;
  const defer = (until: number) => retryComment(context.database, comment, until, true);
  return {
    name: "comment",
    ...onPage(comment.pageId),
    lane: "verdict",
    run: () => keepComment(context, comment),
    defer,
  };
};

/**
 * Nothing is said or made before the news since the last start were read: they may show that another copy of this store has
 * done it (design §6).
 */
const mayAct = ({ database }: EngineContext): boolean =>
  !isHeld(database, "store_restored") && !isBehind(database, Number(getMeta(database, "catch_up") ?? 0));

const actions =
  (turn: ActionTurn): Source =>
  (context, now) => {
    const letters = !isHeld(context.database, "letters_burst");
    const action = nextAction(context.database, now, turn, { timed: mayTrustClock(context), letters });
    if (!action || !mayAct(context)) return null;
    const defer = (until: number) =>
      retryAction(context.database, action.key, until, true, "internal_error", now);
    return {
      name: "action",
      ...onPage(action.subject),
      subject: action.key,
      lane: turn === "bulk" ? "bulk" : "verdict",
      run: () => carryOut(actionContext(context), action),
      defer,
    };
  };

/** A pass that has ended is taken in, or found to be too much (design §5 Guard). */
const guard: Source = (context, now) => {
  if (!isPassOver(context, now)) return null;
  const place = { subject: "guard", pageId: null, database: null };
  return { name: "guard", ...place, lane: null, run: async () => judgePass(context), defer: () => undefined };
};

const schema: Source = (context, now) => {
  if (Number(getMeta(context.database, "schema_due") ?? 0) > now) return null;
  const defer = (until: number) => setMeta(context.database, "schema_due", String(until));
  const place = { subject: "schema", pageId: null, database: null };
  return { name: "schema", ...place, lane: "pull", run: () => checkSchema(context), defer };
};

/** What the loop does first, next and last. Verdicts come before pulls, pulls before bulk work (design §5). */
const order: readonly Source[] = [
  guard,
  decisions,
  writes(outgoing.verdict, "verdict"),
  comments,
  actions("answers"),
  together,
  reads(true),
  actions("timed"),
  compareClocks,
  schema,
  polls,
  sweep,
  reads(false),
  actions("bulk"),
  writes(outgoing.values, "bulk"),
  actions("bulk"),
];

/** What goes on while a mass change waits for a person: nothing but reading. */
const whileHalted: readonly Source[] = [guard, together, reads(true), schema, polls, sweep, reads(false)];

const sourcesNow = ({ database }: EngineContext): readonly Source[] => {
  if (unfinishedPoll(database, Number.MAX_SAFE_INTEGER)) return [schema, polls];
  return isHeld(database, "mass_change") ? whileHalted : order;
};

/**
 * The next step that may run now. Until every database has been listed once only listing goes on: half a record decides
 * nothing.
 */
export const nextWork = (context: EngineContext, now: number, blocked: ReadonlySet<Lane>): Work | null => {
  for (const source of sourcesNow(context)) {
    const work = source(context, now);
    if (work && (work.lane === null || !blocked.has(work.lane))) return work;
  }
  return null;
};
