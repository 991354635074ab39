import { addDays, dateIn, type PlainDate } from "../domain/calendar.ts";
import type { Situation } from "../domain/criterion.ts";
import {
  type FrequentFinding,
  type MeasureAnswer,
  mostFrequentFindings,
  officeAnswers,
  projectAnswers,
} from "../domain/measure-answers.ts";
import { deliveredOn, measureProject } from "../domain/measures.ts";
import type { Office } from "../domain/office.ts";
import type { Project } from "../domain/record.ts";
import { usableDay } from "../domain/schedule-of.ts";
import { pagesWith } from "../store/record-pages.ts";
import { Quarantined } from "../types/quarantined.ts";
import type { EngineContext } from "./context.ts";
import { loadOffice, loadRecord } from "./load.ts";

/** The days of a period, both included, on the office's calendar. */
export type Period = { readonly from: PlainDate; readonly to: PlainDate };

type MeasuredProject = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly delivered: PlainDate | null;
};

type Answers = {
  /** When they were read off the records (UTC ms). */
  readonly at: number;
  readonly measures: readonly MeasureAnswer[];
  readonly findings: readonly FrequentFinding[];
};

export type ProjectAnswers = Answers & { readonly project: MeasuredProject };
export type OfficeAnswers = Answers & Period & { readonly projects: readonly MeasuredProject[] };

/**
 * What one project measures now; null where no live project has this id.
 * @throws Quarantined where a part of its record cannot be read
 */
export const measuresOfProject = (context: EngineContext, projectId: string): ProjectAnswers | null => {
  const situation = situationOf(context, projectId, loadOffice(context));
  if (situation === null) return null;
  const measured = measureProject(situation);
  return {
    ...{ project: named(situation), at: situation.now },
    ...{ measures: projectAnswers(measured), findings: mostFrequentFindings([measured]) },
  };
};

/**
 * What the projects delivered in a period measure now; without one the last whole month of the office.
 * @throws Quarantined where a part of one of their records cannot be read
 */
export const measuresOfOffice = (context: EngineContext, asked: Period | null): OfficeAnswers => {
  const at = context.clock.now();
  const period = asked ?? monthBefore(dateIn(at, loadOffice(context).timeZone));
  const delivered = deliveredIn(context, period);
  const measured = delivered.map(measureProject);
  return {
    ...{ ...period, at, projects: delivered.map(named) },
    ...{ measures: officeAnswers(measured), findings: mostFrequentFindings(measured) },
  };
};

const monthBefore = (day: PlainDate): Period => {
  const to = addDays(`${day.slice(0, 8)}01`, -1);
  return { from: `${to.slice(0, 8)}01`, to };
};

/**
 * The projects that are handed over and whose Delivered lies in a period, each of which counts in one month alone.
 * @throws Quarantined where a part of one of their records cannot be read
 */
export const deliveredIn = (context: EngineContext, { from, to }: Period): readonly Situation[] => {
  const office = loadOffice(context);
  const today = dateIn(context.clock.now(), office.timeZone);
  return pagesWith(context.database, "projects", "delivered").flatMap(({ pageId, local }) => {
    const day = usableDay(local.delivered as Project["delivered"], office.timeZone, today);
    if (day === null || day < from || to < day) return [];
    const situation = situationOf(context, pageId, office);
    return situation !== null && deliveredOn(situation) !== null ? [situation] : [];
  });
};

/** What is measured on half a record would be wrong, so it is not measured. */
const situationOf = (context: EngineContext, projectId: string, office: Office): Situation | null => {
  const loaded = loadRecord(context, projectId);
  if (loaded === null) return null;
  const [gap] = loaded.record.gaps;
  if (gap !== undefined) throw new Quarantined(gap);
  return { ...loaded, office, now: context.clock.now() };
};

const named = (situation: Situation): MeasuredProject => {
  const { pageId, name, url } = situation.record.project;
  return { id: pageId, name, url, delivered: deliveredOn(situation) };
};
