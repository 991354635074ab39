import { carryOut } from "../ledger/carry-out.ts";
import { keepComment } from "../ledger/keep-comment.ts";
import { nextAction, retryAction } from "../store/actions.ts";
import { nextComment, retryComment } from "../store/comments.ts";
import { markDirty, nextDirty, nextRecord, parkRecord, retryDirty } from "../store/dirty.ts";
import { getMeta, setMeta } from "../store/meta.ts";
import { deferWrite, nextOutgoing, outgoing, staleIds } from "../store/pages.ts";
import { nextPoll, savePoll, unfinishedPoll } from "../store/polls.ts";
import { poll } from "../sync/poll.ts";
import { push } from "../sync/push.ts";
import { checkSchema } from "../sync/schema.ts";
import type { Lane } from "../types/notion.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { actionContext } from "./action-context.ts";
import { firstSightRules } from "./arming.ts";
import type { EngineContext } from "./context.ts";
import { decideRecord } from "./decide.ts";
import { checkOffice } from "./load.ts";
import { observe } from "./observe.ts";

/** One step of the loop: what it does, which share of the budget it needs, and how it stands aside after a failure. */
export type Work = {
  readonly name: string;
  readonly subject: string;
  /** Where a person looks when the step fails. */
  readonly pageId: string | null;
  readonly database: DatabaseKey | null;
  readonly lane: Lane | null;
  readonly run: () => Promise<void>;
  readonly defer: (until: number) => void;
};

/** Every live page is read directly at least this often (design §5: rolling sweep). */
const sweepMs = 24 * 3_600_000;
/** Pages that one poll adds to the sweep: with a poll a minute well below a tenth of the smaller plan's budget. */
const sweptPages = 3;

const onPage = (pageId: string) => ({ subject: pageId, pageId, database: null });

type Source = (context: EngineContext, now: number) => Work | null;

const decisions: Source = (context, now) => {
  const record = nextRecord(context.database, now);
  if (!record) return null;
  const run = async () => decideRecord(context, record.projectId, record.dirty);
  const defer = () => parkRecord(context.database, record.projectId, "internal_error");
  return { name: "decide", ...onPage(record.projectId), lane: null, run, defer };
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
  if (!comment) return null;
  const defer = (until: number) => retryComment(context.database, comment, until, true);
  return {
    name: "comment",
    ...onPage(comment.pageId),
    lane: "verdict",
    run: () => keepComment(context, comment),
    defer,
  };
};

const actions: Source = (context, now) => {
  const action = nextAction(context.database, now);
  if (!action) return null;
  const defer = (until: number) =>
    retryAction(context.database, action.key, until, true, "internal_error", now);
  return {
    name: "action",
    ...onPage(action.subject),
    subject: action.key,
    lane: "verdict",
    run: () => carryOut(actionContext(context), action),
    defer,
  };
};

const reads =
  (urgent: boolean): Source =>
  (context, now) => {
    const page = nextDirty(context.database, now, urgent);
    if (!page) return null;
    const defer = (until: number) => retryDirty(context.database, page.pageId, until);
    return {
      name: "read",
      ...onPage(page.pageId),
      lane: urgent ? "verdict" : "pull",
      run: () => observe(context, page),
      defer,
    };
  };

const polls: Source = (context, now) => {
  const due = unfinishedPoll(context.database, now) ?? nextPoll(context.database, now);
  if (!due) return null;
  const pollMs = context.pollSeconds * 1000;
  const run = async () => {
    await poll(context, due, pollMs, firstSightRules(context).isNew);
    if (due.database === "office") checkOffice(context);
    for (const pageId of staleIds(context.database, now - sweepMs, sweptPages)) {
      markDirty(context.database, { pageId, urgent: false, author: null }, now);
    }
  };
  const defer = (until: number) => savePoll(context.database, { ...due, dueAt: until });
  const place = { subject: due.database, pageId: null, database: due.database };
  return { name: "poll", ...place, lane: "pull", run, defer };
};

const schema: Source = (context, now) => {
  if (Number(getMeta(context.database, "schema_due") ?? 0) > now) return null;
  const defer = (until: number) => setMeta(context.database, "schema_due", String(until));
  const place = { subject: "schema", pageId: null, database: null };
  return { name: "schema", ...place, lane: "pull", run: () => checkSchema(context), defer };
};

/** What the loop does first, next and last. Verdicts come before pulls, pulls before bulk work (design §5). */
const order: readonly Source[] = [
  decisions,
  writes(outgoing.verdict, "verdict"),
  comments,
  actions,
  reads(true),
  schema,
  polls,
  reads(false),
  writes(outgoing.values, "bulk"),
];

/**
 * The next step that may run now. Until every database has been listed once only listing goes on: half a record decides
 * nothing.
 */
export const nextWork = (context: EngineContext, now: number, blocked: ReadonlySet<Lane>): Work | null => {
  const sources = unfinishedPoll(context.database, Number.MAX_SAFE_INTEGER) ? [schema, polls] : order;
  for (const source of sources) {
    const work = source(context, now);
    if (work && (work.lane === null || !blocked.has(work.lane))) return work;
  }
  return null;
};
