import { actionKey } from "../types/action.ts";
import type { History } from "../types/loop.ts";
import type { DateValue } from "../types/values.ts";
import { dateIn, minuteValue } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { type Due, dueOf } from "./due.ts";
import { effectiveOf } from "./history.ts";
import type { Office } from "./office.ts";
import { addWorkingHours } from "./office-hours.ts";
import { causeOf, isKept } from "./proposal.ts";
import type { Project, Risk } from "./record.ts";
import { type Condition, holds, type Turn, turnOf } from "./register-history.ts";

export type Level = NonNullable<Risk["level"]>;

type Rung = {
  readonly level: Level;
  /** Working hours of the office within which an answer is due. */
  readonly hours: number;
  readonly people: (project: Project, office: Office) => readonly string[];
};

/** Who answers an escalation, and how soon (process/004 "Escalation Procedures"; its hours count over other documents). */
export const ladder = [
  { level: "1 Manager", hours: 4, people: ({ manager }) => manager },
  { level: "2 Practice lead", hours: 24, people: (_project, { practiceLead }) => practiceLead },
  { level: "3 Executive", hours: 48, people: (_project, { executive }) => executive },
] as const satisfies readonly Rung[];

const rungs: readonly Rung[] = ladder;

const placeOf = (level: string | null): number => rungs.findIndex((rung) => rung.level === level);

/** Whom an escalation is put to, and until when an answer is due; null where the office's hours never bring it. */
export type Asking = {
  readonly level: Level;
  readonly to: readonly string[];
  readonly respondBy: DateValue | null;
};

/**
 * The people of a level; where it has none, those of the nearest level below, then of the nearest above, because somebody has
 * to hear of it.
 */
const peopleAt = (level: Level, { record: { project }, office }: Situation): readonly string[] => {
  const place = placeOf(level);
  const byNearness = [...rungs.slice(0, place + 1).toReversed(), ...rungs.slice(place + 1)];
  return byNearness.map((rung) => rung.people(project, office)).find((found) => found.length > 0) ?? [];
};

/** Within how many working hours of the office a level answers. */
export const hoursOf = (level: Level): number => rungs[placeOf(level)]?.hours ?? 0;

/** An escalation that is put to a level now. */
export const askingAt = (level: Level, situation: Situation): Asking => {
  const due = addWorkingHours(situation.now, hoursOf(level), situation.office);
  return { level, to: peopleAt(level, situation), respondBy: due === null ? null : minuteValue(due) };
};

/** An escalation that nobody has taken up: it is neither worked on nor over. */
const unanswered: Condition = {
  kind: (kind) => kind === "Escalation",
  status: (status) => status === "Open" || status === null,
};

/** A step that an unanswered escalation takes, once: it is put to the people of a level. */
export type Step = {
  readonly level: Level;
  /** What it sets; null once it has been made. */
  readonly asking: Asking | null;
  /** Who is to be told: nobody twice. */
  readonly tell: readonly string[];
  readonly raised: Turn;
  /** Whether those below it have let their time run out. */
  readonly isMovedUp: boolean;
  /** What brought it (UTC ms): that it was raised, or a time that has run out. */
  readonly causedAt: number;
};

/** The step that has brought an escalation where it stands, and when it moves up (UTC ms) if nobody answers. */
export type Climb = { readonly step: Step | null; readonly wakeAt: number | null };

/** The key of the proposal that puts an escalation to a level. */
export const stepKey = ({ pageId }: Risk, level: Level, { cause }: Turn): string =>
  actionKey("propose", `${pageId}:level-${placeOf(level) + 1}`, cause);

/**
 * Where an unanswered escalation stands on the ladder. One that was raised is put to the level that it shows, the first where
 * it shows none, and what people have filled in stays. Once its Respond by has passed it is put to the next level, with that
 * level's whole time from now: nobody's time runs out before they were asked. What people set back stays.
 */
export const climbOf = (situation: Situation, escalation: Risk): Climb => {
  if (!holds(escalation, unanswered)) return { step: null, wakeAt: null };
  const { history, now } = situation;
  const raised = raisedBy(history, escalation);
  const due = dueIn(situation, escalation);
  const isMade = ({ level }: Rung) => isKept(history, stepKey(escalation, level, raised));
  if (isForPeople(escalation, raised) && !rungs.some(isMade))
    return {
      step: start(situation, escalation, raised),
      wakeAt: due !== null && due.at > now ? due.at : null,
    };
  const { level } = escalation;
  const next = level === null ? undefined : rungs[placeOf(level) + 1];
  if (due === null || next === undefined || isMade(next))
    return { step: stepTo(situation, escalation, raised, isMade), wakeAt: null };
  if (due.at > now) return { step: stepTo(situation, escalation, raised, isMade), wakeAt: due.at };
  const asking = askingAt(next.level, situation);
  const tell = newAt(next.level, situation);
  return {
    step: { level: next.level, asking, tell, raised, isMovedUp: true, causedAt: due.at },
    wakeAt: null,
  };
};

/** When it was raised last: as an escalation, anew after an answer, or by a person who put it to a higher level. */
const raisedBy = (history: History, escalation: Risk): Turn => {
  const turn = turnOf(history, escalation, unanswered);
  const put = effectiveOf(history, escalation.pageId, "level").findLast(
    ({ outcome, from, to, by }) =>
      outcome === "accepted" && by.kind !== "service" && from !== null && placeOf(to) > placeOf(from),
  );
  return put && put.at > turn.at ? { cause: causeOf(put), at: put.at, by: put.by } : turn;
};

/** One that Milepost itself has raised comes with everything; people may raise it again. */
const isForPeople = ({ milepostKey }: Risk, { cause }: Turn): boolean =>
  milepostKey === "" || (cause.kind === "transition" && cause.property !== "kind");

const dueIn = ({ office, now }: Situation, { respondBy }: Risk): Due | null =>
  dueOf(respondBy, office.timeZone, dateIn(now, office.timeZone));

const start = (situation: Situation, escalation: Risk, raised: Turn): Step => {
  const level = escalation.level ?? "1 Manager";
  const asking = askingAt(level, situation);
  const due = dueIn(situation, escalation);
  const isPutHigher = raised.cause.kind === "transition" && raised.cause.property === "level";
  const to = escalation.to.length === 0 || isPutHigher ? asking.to : escalation.to;
  const isMeant = !isPutHigher && due !== null && due.at > situation.now;
  const respondBy = isMeant ? escalation.respondBy : asking.respondBy;
  const tell = withoutRaiser(to, raised);
  return { level, asking: { level, to, respondBy }, tell, raised, isMovedUp: false, causedAt: raised.at };
};

const withoutRaiser = (people: readonly string[], { by }: Turn): readonly string[] =>
  people.filter((person) => by?.kind !== "person" || by.id !== person);

/** The people of a level whom no level below it has asked. */
const newAt = (level: Level, situation: Situation): readonly string[] => {
  const below = new Set(rungs.slice(0, placeOf(level)).flatMap((rung) => peopleAt(rung.level, situation)));
  return peopleAt(level, situation).filter((person) => !below.has(person));
};

/** The step that has brought it to the level that it shows; null where none has. */
const stepTo = (
  situation: Situation,
  escalation: Risk,
  raised: Turn,
  isMade: (rung: Rung) => boolean,
): Step | null => {
  const { level, to } = escalation;
  const place = placeOf(level);
  const rung = rungs[place];
  if (!rung || !isMade(rung)) return null;
  const isStart = isForPeople(escalation, raised) && !rungs.slice(0, place).some(isMade);
  const asked = isStart ? withoutRaiser(to, raised) : newAt(rung.level, situation);
  const tell = asked.filter((person) => to.includes(person));
  return { level: rung.level, asking: null, tell, raised, isMovedUp: !isStart, causedAt: raised.at };
};
