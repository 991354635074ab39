import { heldBecause } from "../content/held-because.ts";
import { officeMeasuresView } from "../content/measures-page.ts";
import { addBusinessDays, addDays, dateIn, type PlainDate, timeOn } from "../domain/calendar.ts";
import type { Situation } from "../domain/criterion.ts";
import type { Office } from "../domain/office.ts";
import type { Update } from "../domain/record.ts";
import type { Decision, History } from "../types/loop.ts";
import { heldUpdate, isAskedToLeave } from "./held-update.ts";
import { measuresAction, measuresKey } from "./measures-action.ts";

/** The one rule that decides for the office and not for a project. */
export const officeMeasuresRule = { id: "office-measures", since: "0.1.0" } as const;

/** A month that is over, and when its page is due: from `opens` until the next month's (UTC ms). */
export type OfficeMonth = {
  /** `2026-11`. */
  readonly month: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly opens: number;
  readonly closes: number;
};

/** The month whose page was due last. */
export const lastOfficeMonth = (now: number, office: Office): OfficeMonth => {
  const thisMonth = firstOfMonth(dateIn(now, office.timeZone));
  const first = opensIn(thisMonth, office) <= now ? thisMonth : firstOfMonth(addDays(thisMonth, -1));
  const to = addDays(first, -1);
  const from = firstOfMonth(to);
  const next = firstOfMonth(addDays(first, 31));
  return {
    ...{ month: from.slice(0, 7), from, to, opens: opensIn(first, office), closes: opensIn(next, office) },
  };
};

const firstOfMonth = (day: PlainDate): PlainDate => `${day.slice(0, 8)}01`;

const opensIn = (first: PlainDate, office: Office): number =>
  timeOn(addBusinessDays(first, 0, office), "09:00", office.timeZone);

const causeOf = ({ month }: OfficeMonth) => ({ kind: "date", date: month }) as const;

/** The key of the page of a month. */
export const officeMeasuresKey = (officeId: string, month: OfficeMonth): string =>
  measuresKey(officeId, causeOf(month));

/** What the office's decision rests on. */
export type OfficeSituation = {
  readonly officeId: string;
  readonly office: Office;
  readonly now: number;
  readonly month: OfficeMonth;
  /** The projects delivered in that month; null where the page is there, or one of them cannot be read now. */
  readonly delivered: readonly Situation[] | null;
  /** The pages of measures that are about the office, and what happened to them. */
  readonly pages: readonly Update[];
  readonly history: History;
};

/**
 * What ought to exist for the office: on the first business day of a month a page of what it delivered in the month before,
 * none where it delivered nothing. One that somebody sets to Ready is held: it is for the team.
 */
export const decideOffice = (situation: OfficeSituation): Decision => {
  const { month, pages, history, delivered } = situation;
  const held = pages
    .filter((page) => isAskedToLeave(history, page))
    .flatMap((page) => heldUpdate(page, heldBecause("forTeam")));
  const actions = delivered === null || delivered.length === 0 ? [] : [pageOf(situation, delivered)];
  return {
    values: held.map((value) => ({ ...value, rule: officeMeasuresRule.id })),
    actions: actions.map((action) => ({ ...action, rule: officeMeasuresRule.id })),
    wakeAt: month.closes,
    // What was decided before stands while it cannot be decided anew.
    waiting: delivered === null ? [officeMeasuresRule.id] : [],
  };
};

const pageOf = ({ officeId, month, office, now }: OfficeSituation, delivered: readonly Situation[]) =>
  measuresAction({
    ...{ ownerId: officeId, projectId: null, cause: causeOf(month), causedAt: month.opens },
    ...{ window: { opens: month.opens, closes: month.closes }, period: month.month },
    view: officeMeasuresView(delivered, { office, now }, month),
  });
