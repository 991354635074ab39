import { addDays, type Calendar, type PlainDate } from "./calendar.ts";
import { milestoneName, projectName } from "./fault.ts";
import { later, plannedDay, type Setting, type Step } from "./network.ts";
import { heldDays, type PlannedSchedule, type Schedule, withDaysOff } from "./planned-schedule.ts";

/** How far a fact moved a step (business days), and where the fact's own step stood before it. */
export type Effect = {
  readonly isOwn: boolean;
  readonly days: number;
  readonly subjectWas: PlainDate | null;
};

/** A setting of one's own: facts change it in place, because a project has as many of them as milestones. */
export type OpenSetting = {
  readonly anchors: Setting["anchors"];
  readonly spans: Map<string, number>;
  readonly fixed: Map<string, PlainDate>;
  readonly floors: Map<string, PlainDate>;
  calendar: Calendar;
};

/** A copy that facts may change. */
export const openSetting = ({ spans, fixed, floors, ...rest }: Setting): OpenSetting => ({
  ...{ ...rest, spans: new Map(spans), fixed: new Map(fixed), floors: new Map(floors) },
});

/** Something that has happened since the plan was made. Facts apply one after another, each on top of those before it. */
export type Fact = {
  /** The step that it is about; null where it is about all. */
  readonly subject: string | null;
  readonly apply: (setting: OpenSetting) => void;
  /** Whether it moves nothing where its step stands on a day: most of what happens goes as planned. */
  readonly isIdle?: (was: PlainDate) => boolean;
  /** Why a step moved by it, in words. */
  readonly words: (effect: Effect) => string;
  readonly dayOff?: PlainDate;
};

const quoted = ({ name }: Step): string => `“${name}”`;

const rest =
  (days: readonly PlainDate[]) =>
  (setting: OpenSetting): void => {
    setting.calendar = withDaysOff(setting.calendar, days);
  };

/** Every fact, in the order in which they are told: plan, changes, moved Targets, days off, holds, what was done, today. */
export const factsOf = (schedule: Schedule, plan: PlannedSchedule): readonly Fact[] => {
  const { order, before } = plan.network;
  const { start } = schedule;
  // What waits for nothing may come before the work itself, as the handoff from sales does.
  const hasBegun =
    start === null ||
    order.some(({ id, actual }) => actual !== null && actual < start && (before.get(id) ?? []).length > 0);
  return [
    ...plan.reversed.map((step) => orderFact(step, plan)),
    ...schedule.changes.map(({ label, days }, index): Fact => {
      const front = plan.fronts[index] ?? [];
      return {
        subject: null,
        apply: ({ spans }) => {
          for (const id of front) spans.set(id, (spans.get(id) ?? 0) + days);
        },
        words: () => label,
      };
    }),
    ...order.flatMap((step) => {
      const edit = plan.edits.get(step.id);
      return edit === undefined ? [] : [editFact(step, edit.fromFacts)];
    }),
    ...schedule.addedDaysOff.map(
      ({ date }): Fact => ({
        subject: null,
        apply: rest([date]),
        words: () => `day off ${date}`,
        dayOff: date,
      }),
    ),
    ...holdFacts(schedule),
    ...order.flatMap((step) => (step.actual === null ? [] : [doneFact(step, step.actual)])),
    ...order.filter(({ actual }) => actual === null).map((step) => floorFact(step, schedule, hasBegun)),
  ];
};

const orderFact = (step: Step, { network }: PlannedSchedule): Fact => {
  const before = network.order.filter(({ id }) => network.before.get(step.id)?.includes(id));
  const last = before.reduce((one, other) =>
    (plannedDay(one) ?? "") < (plannedDay(other) ?? "") ? other : one,
  );
  return {
    subject: step.id,
    apply: ({ spans }) => void spans.set(step.id, 0),
    words: ({ isOwn }) => `${isOwn ? "" : `${quoted(step)} `}waits for ${quoted(last)}`,
  };
};

const editFact = (step: Step, span: number): Fact => ({
  subject: step.id,
  apply: ({ spans }) => void spans.set(step.id, span),
  words: ({ isOwn }) => {
    const target = milestoneName("target");
    return isOwn ? `its ${target} moved` : `${target} of ${quoted(step)} moved`;
  },
});

const holdFacts = ({ holds, today }: Schedule): readonly Fact[] =>
  holds.map((hold): Fact => {
    const { from, until } = hold;
    const last = until === null ? null : addDays(until, -1);
    const period = last === null ? `since ${from}` : last === from ? from : `${from} to ${last}`;
    return {
      subject: null,
      apply: rest(heldDays(hold, today)),
      words: () => `on hold ${period}`,
    };
  });

const doneFact = (step: Step, actual: PlainDate): Fact => ({
  subject: step.id,
  apply: ({ fixed }) => void fixed.set(step.id, actual),
  isIdle: (was) => was === actual,
  words: ({ isOwn, days }) => `${isOwn ? "" : `${quoted(step)} `}done ${days < 0 ? "early" : "late"}`,
});

/** What is open cannot be done before today, nor before Start where no work has begun, and an appointment is kept on its day. */
const floorFact = (step: Step, { start, today }: Schedule, hasBegun: boolean): Fact => {
  const earliest = hasBegun || start === null ? today : later(start, today);
  const floor = step.appointment && step.target !== null ? later(step.target, earliest) : earliest;
  const reason = (was: PlainDate | null) => {
    if (floor === today) return `not done by ${was ?? today}`;
    return floor === earliest ? `not before ${projectName("start")}` : "keeps its appointment";
  };
  return {
    subject: step.id,
    apply: ({ floors }) => void floors.set(step.id, floor),
    isIdle: (was) => was >= floor,
    words: ({ isOwn, subjectWas }) => `${isOwn ? "" : `${quoted(step)} `}${reason(subjectWas)}`,
  };
};
