import type { measures } from "../../notion-templates/letters/measures.ts";
import { dateIn, type PlainDate } from "../domain/calendar.ts";
import type { Situation } from "../domain/criterion.ts";
import { dayInWords, monthInWords } from "../domain/in-words.ts";
import {
  type FrequentFinding,
  type MeasureAnswer,
  mostFrequentFindings,
  officeAnswers,
  projectAnswers,
} from "../domain/measure-answers.ts";
import { measureProject } from "../domain/measures.ts";
import type { Office } from "../domain/office.ts";
import { orUnnamed } from "./letter-view.ts";
import { goalInWords, valueInWords, verdictInWords } from "./measures-in-words.ts";
import type { ViewOf } from "./render-letter.ts";

type View = ViewOf<typeof measures>;

/** So many findings tell where to look; the rest is in the JSON. */
const mostFindings = 10;

/** The page of one project. */
export const projectMeasuresView = (situation: Situation): View => {
  const measured = measureProject(situation);
  return {
    ...{ subject: orUnnamed(situation.record.project.name), period: null },
    ...answersIn(projectAnswers(measured), mostFrequentFindings([measured])),
    asOf: dayIn(situation, situation.now),
  };
};

/** The page of an office: of the projects that it delivered in the month that begins on `from` and ends on `to`. */
export const officeMeasuresView = (
  delivered: readonly Situation[],
  { office, now }: { readonly office: Office; readonly now: number },
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): View => {
  const measured = delivered.map(measureProject);
  const projects = delivered.map(({ record }) => orUnnamed(record.project.name));
  return {
    subject: [office.name.trim(), monthInWords(from)].filter((part) => part !== "").join(", "),
    period: { from: dayInWords(from), to: dayInWords(to), projects },
    ...answersIn(officeAnswers(measured), mostFrequentFindings(measured)),
    asOf: dayIn({ office }, now),
  };
};

const dayIn = ({ office }: { readonly office: Office }, ms: number): string =>
  dayInWords(dateIn(ms, office.timeZone));

const isTime = ({ id }: MeasureAnswer): boolean => id.startsWith("time-in-");

const answersIn = (
  answers: readonly MeasureAnswer[],
  findings: readonly FrequentFinding[],
): Pick<View, "measures" | "stages" | "findings"> => ({
  measures: answers
    .filter((answer) => !isTime(answer))
    .map(({ name, value, unit, goal, met }) => ({
      ...{ name, value: valueInWords(value, unit), verdict: verdictInWords(met) },
      target: goal && goalInWords(goal, unit),
    })),
  stages: answers
    .filter((answer) => isTime(answer) && answer.value !== null)
    .map(({ name, value, unit }) => ({
      name: name.slice("Time in stage ".length),
      value: valueInWords(value, unit),
    })),
  findings: findings.slice(0, mostFindings).map(({ count, sentence }) => ({
    ...{ times: count === 1 ? "once" : `${count} times`, sentence },
  })),
});
