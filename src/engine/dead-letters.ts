import { findAction, reviveAction, setActionState } from "../store/actions.ts";
import { parkComments, reviveComments } from "../store/comments.ts";
import { type DeadLetter, deadLetters, forgetFailures, noteFailure, setDead } from "../store/dead-letters.ts";
import { dropDirty, markDirty } from "../store/dirty.ts";
import { outgoing, setOutgoing } from "../store/pages.ts";
import { clearDeadLetter, clearStepProblem } from "../store/problems.ts";
import { markRecord } from "../store/records.ts";
import type { EngineContext } from "./context.ts";
import type { Work } from "./step.ts";

/** Failures in a row that make a step a dead letter (reliability O7). */
const deadAfter = 5;

/** Steps that come round by themselves and are never given up; they only wait. */
const routine: readonly string[] = ["poll", "schema", "sweep", "guard", "decide", "clock"];

/** Counts a failure of a step; true where it is the fifth in a row and ends it. Runs inside a transaction. */
export const countFailure = (
  { database, clock }: EngineContext,
  { name, subject, pageId }: Work,
  error: unknown,
  traceId: string,
): boolean => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const action = name === "action" ? findAction(database, subject) : null;
  const input = JSON.stringify(action?.payload ?? { step: name, page: pageId });
  const attempts = noteFailure(database, { step: name, subject, pageId, input, error: text, traceId });
  if (attempts < deadAfter || routine.includes(name)) return false;
  const now = clock.now();
  setDead(database, name, subject, now);
  if (name === "read") dropDirty(database, subject);
  if (name === "write") setOutgoing(database, subject, outgoing.none);
  if (name === "comment" && pageId !== null) parkComments(database, pageId);
  if (action) {
    setActionState(database, subject, "dead", now);
    // What became of an action is a fact that the rules read.
    markRecord(database, action.projectId);
  }
  return true;
};

/** What became of one dead letter that a person wanted on its way again. */
export type Redriven = {
  readonly step: string;
  readonly subject: string;
  readonly redriven: boolean;
  readonly why: string;
};

/** Sends every dead letter on its way again, under its old key, so that nothing is done twice. */
export const redrive = (context: EngineContext): readonly Redriven[] =>
  context.database.transaction(() => deadLetters(context.database).map((letter) => send(context, letter)));

const send = (context: EngineContext, letter: DeadLetter): Redriven => {
  const { database, clock } = context;
  const { step, subject, pageId } = letter;
  const now = clock.now();
  if (step === "action" && findAction(database, subject)?.payload.kind === "letter") {
    forget(context, letter);
    return {
      step,
      subject,
      redriven: false,
      why: "A mail goes out anew when its update is set to Ready again.",
    };
  }
  if (step === "action") reviveAction(database, subject, now);
  else if (step === "comment" && pageId !== null) reviveComments(database, pageId);
  else markDirty(database, { pageId: subject, urgent: true, author: null }, now);
  const projectId = step === "action" ? findAction(database, subject)?.projectId : undefined;
  if (projectId !== undefined) markRecord(database, projectId);
  forget(context, letter);
  return { step, subject, redriven: true, why: "" };
};

const forget = ({ database }: EngineContext, { step, subject }: DeadLetter): void => {
  forgetFailures(database, step, subject);
  clearStepProblem(database, step, subject);
  clearDeadLetter(database, subject);
};
