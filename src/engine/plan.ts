import { ruleVersions } from "../rules/rules.ts";
import { dirtyCount } from "../store/dirty.ts";
import { mailPause } from "../store/mail-channel.ts";
import { getMeta } from "../store/meta.ts";
import { databaseOf, findPage } from "../store/pages.ts";
import { allRecords, markAllRecords, nextRecords, parkRecord } from "../store/records.ts";
import { MilepostError } from "../types/errors.ts";
import type {
  HeldUpdate,
  MailState,
  Plan,
  PlannedAction,
  PlannedComment,
  PlannedValue,
  ProjectPlan,
} from "../types/plan.ts";
import type { EngineContext } from "./context.ts";
import { decideRecords } from "./decide.ts";
import { loadOffice, loadRecord } from "./load.ts";
import { ledgerBefore, plannedActions } from "./plan-actions.ts";
import { plannedComments, plannedValues, waitingBefore } from "./plan-values.ts";
import { type OfProject, shownText, titleOf } from "./plan-words.ts";
import { clockAgrees } from "./watch.ts";

/**
 * What the loop's next round would do, as far as it needs nothing from outside: decides as a round does and says what came
 * of it. Decides in the context's database, which therefore is a copy; asks Notion nothing and sends nothing.
 * @throws MilepostError `setup_missing`
 */
export const plan = (running: EngineContext): Plan => {
  const { database } = running;
  const now = running.clock.now();
  // One moment for all of it, as long as it may take.
  const context = { ...running, clock: { ...running.clock, now: () => now } };
  if (Object.keys(context.bindings()).length === 0) throw new MilepostError("setup_missing");
  const [ledger, waiting] = [ledgerBefore(context), waitingBefore(context)];
  if (getMeta(database, "rules") !== ruleVersions) markAllRecords(database);
  decideAll(context);
  const office = loadOffice(context);
  const found = {
    actions: plannedActions(context, ledger, office),
    values: plannedValues(context, waiting),
    comments: plannedComments(context, waiting),
  };
  const projects = projectsOf(context, found);
  const shown = new Set(projects.map(({ projectId }) => projectId));
  const lastRound = getMeta(database, "last_round");
  return {
    ...{ at: now, timeZone: office.timeZone, lastRound: lastRound === null ? null : Number(lastRound) },
    ...{ unread: dirtyCount(database).count, mail: mailState(context), projects },
    elsewhere: {
      values: plannedOf(found.values, (projectId) => projectId === null || !shown.has(projectId)),
      comments: plannedOf(found.comments, (projectId) => projectId === null || !shown.has(projectId)),
    },
  };
};

/** As in a round a project that cannot be decided stands aside. */
const decideAll = (context: EngineContext): void => {
  const { database, clock, log, newId } = context;
  const next = () => nextRecords(database, clock.now(), clockAgrees(context), 1)[0];
  for (let due = next(); due; due = next()) {
    try {
      decideRecords(context, [due]);
    } catch (error) {
      const traceId = newId();
      const stack = error instanceof Error ? error.stack : undefined;
      log.error("plan.failed", { project_id: due.projectId, trace_id: traceId, stack });
      parkRecord(database, due.projectId, traceId);
    }
  }
};

const mailState = ({ database, mail, clock }: EngineContext): MailState => {
  if (mail === null) return { kind: "not_configured" };
  const pause = mailPause(database);
  if (pause === null || pause.until <= clock.now()) return { kind: "ready" };
  return { kind: "paused", until: pause.until, code: pause.code };
};

const plannedOf = <T>(found: readonly OfProject<T>[], belongs: (projectId: string | null) => boolean): T[] =>
  found.filter(({ projectId }) => belongs(projectId)).map(({ planned }) => planned);

type Found = {
  readonly actions: readonly OfProject<PlannedAction>[];
  readonly values: readonly OfProject<PlannedValue>[];
  readonly comments: readonly OfProject<PlannedComment>[];
};

/** The projects in the loop, and those that left it with something still to do, as the office may have; by name. */
const projectsOf = (context: EngineContext, found: Found): readonly ProjectPlan[] => {
  const { database } = context;
  const ofProjects = allRecords(database).filter(
    ({ projectId }) => databaseOf(database, projectId) !== "office",
  );
  const records = new Map(ofProjects.map((record) => [record.projectId, record]));
  const ids = new Set([
    ...records.keys(),
    ...found.actions.filter(isOpen).flatMap(({ projectId }) => projectId ?? []),
  ]);
  return [...ids]
    .map((projectId): ProjectPlan => {
      const { parked = null, wakeAt = null } = records.get(projectId) ?? {};
      return {
        ...{ ...projectFacts(context, projectId, parked !== null), projectId, parked, wakeAt },
        actions: plannedOf(found.actions, (id) => id === projectId),
        values: plannedOf(found.values, (id) => id === projectId),
        comments: plannedOf(found.comments, (id) => id === projectId),
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name) || (one.projectId < other.projectId ? -1 : 1));
};

const isOpen = ({ planned: { state } }: OfProject<PlannedAction>): boolean =>
  state === "wanted" || state === "pending" || state === "dropped";

/** A record that could not be decided is not loaded again. */
const projectFacts = (context: EngineContext, projectId: string, isParked: boolean) => {
  const page = findPage(context.database, projectId);
  const loaded = isParked ? null : loadRecord(context, projectId);
  const held = (loaded?.record.updates ?? []).filter(({ state }) => state === "Held");
  return {
    name: page ? titleOf(page) : "(a project that is not known)",
    url: page?.url ?? null,
    stage: loaded?.record.project.stage ?? null,
    gaps: loaded?.record.gaps ?? [],
    held: held.map(
      ({ pageId, title, url, heldBecause }): HeldUpdate => ({
        ...{ updateId: pageId, title: shownText(title), url, because: shownText(heldBecause, 400) },
      }),
    ),
  };
};
