import { databases } from "../../notion-templates/databases.ts";
import type { Finding, History, Place, Transition } from "../types/loop.ts";
import { addBusinessDays, type Calendar, dateIn, type PlainDate } from "./calendar.ts";
import type { Fault } from "./fault.ts";
import { effectiveOf } from "./history.ts";
import type { AppliedChange } from "./planned-schedule.ts";
import type { ChangeRequest, DeliveryRecord } from "./record.ts";
import { withValues } from "./with-values.ts";
import { coveredIn } from "./workflow.ts";

type ChangeKey = keyof typeof databases.changeRequests.properties;

const changeName = (key: ChangeKey): string => databases.changeRequests.properties[key].name;

const onChange = ({ pageId }: ChangeRequest, property: ChangeKey): Place => ({
  database: "changeRequests",
  pageId,
  property,
});

/** More than a year of extra work is taken for a slip of the keyboard. */
const mostDays = 260;

/**
 * The business days by which a change request moves the delivery; a part of a day counts as a whole one, as ranges of the
 * process take their upper end. Null where the number cannot count: `changeFaults` says why.
 */
export const impactOf = ({ timelineImpact }: ChangeRequest): number | null => {
  const days = timelineImpact ?? 0;
  return days >= 0 && days <= mostDays ? Math.ceil(days) : null;
};

/** Whether the option that is proposed adds work to this phase; what is deferred moves nothing (process/000 "Handling Scope Changes"). */
export const addsToThisPhase = ({ option }: ChangeRequest): boolean => option !== "Defer to phase 2";

/** Its number, else its title, as sentences say it. */
export const changeLabel = ({ number, title }: ChangeRequest): string =>
  number.trim() || title.trim() || "a change request";

/** What of a change request was applied: as it read then, where the history knows. */
export const asApplied = (change: ChangeRequest, { covers }: Transition): ChangeRequest =>
  covers === null ? change : withValues(change, coveredIn(covers) as Partial<ChangeRequest>);

/**
 * Each time that a change request has changed the plan, oldest first: by how many days, with the transition that did it.
 * Applied anew it adds the difference; deferred or cancelled afterwards it takes all of it back.
 */
const additionsOf = (
  change: ChangeRequest,
  history: History,
): readonly { readonly by: Transition; readonly days: number }[] => {
  let standing = 0;
  return effectiveOf(history, change.pageId, "status").flatMap((by) => {
    if (by.to !== "Applied" && by.to !== "Deferred" && by.to !== "Cancelled") return [];
    const then = asApplied(change, by);
    const days = by.to === "Applied" && addsToThisPhase(then) ? (impactOf(then) ?? 0) : 0;
    const more = days - standing;
    standing = days;
    return more === 0 ? [] : [{ by, days: more }];
  });
};

/** The business days by which a change request has moved the plan so far. */
export const daysInPlan = (change: ChangeRequest, history: History): number =>
  additionsOf(change, history).reduce((sum, { days }) => sum + days, 0);

/**
 * The change requests that have moved the Targets, in the order in which they did. Those from before Milepost looked are no
 * cause, nor are those that were taken back.
 */
export const appliedChanges = (
  { changeRequests }: DeliveryRecord,
  history: History,
  zone: string,
): readonly AppliedChange[] =>
  changeRequests
    .filter((change) => daysInPlan(change, history) !== 0)
    .flatMap((change) =>
      additionsOf(change, history)
        .filter(({ by }) => by.outcome !== "baseline")
        .map(({ by: { at }, days }) => ({ label: changeLabel(change), days, at, on: dateIn(at, zone) })),
    )
    .toSorted((one, other) => one.at - other.at);

/** The statuses in which the client's question "when would it be done?" has an answer on the page. */
const previewed: readonly ChangeRequest["status"][] = [
  "Evaluating",
  "Ready for client",
  "Awaiting client",
  "Outdated",
  "Approved",
];

/**
 * What New delivery date should be: the agreed delivery and the change's days after it, from Evaluating on; of these
 * `inPlan` are in it already. Once it is applied, deferred or cancelled the date that was shown stands. Null where there is
 * nothing to show.
 */
export const newDeliveryDate = (
  change: ChangeRequest,
  agreedDelivery: PlainDate | null,
  shown: PlainDate | null,
  calendar: Calendar,
  inPlan = 0,
): PlainDate | null => {
  if (change.status === "Submitted" || change.status === null) return null;
  if (!previewed.includes(change.status)) return shown;
  const days = impactOf(change);
  if (agreedDelivery === null || change.timelineImpact === null || days === null) return null;
  const more = (addsToThisPhase(change) ? days : 0) - inPlan;
  return more === 0 ? agreedDelivery : addBusinessDays(agreedDelivery, more, calendar);
};

/**
 * The numbers of a project's change requests by page id: what has one keeps it, the others follow in the order in which they
 * were made, after the highest. None where the project has no Code.
 */
export const changeNumbers = ({ project, changeRequests }: DeliveryRecord): ReadonlyMap<string, string> => {
  const numbers = new Map<string, string>();
  const code = project.code.trim();
  const taken = new Set<string>();
  const counts: number[] = [];
  const byAge = changeRequests.toSorted(
    (one, other) => one.createdTime - other.createdTime || (one.pageId < other.pageId ? -1 : 1),
  );
  for (const { pageId, number } of byAge) {
    const [, count] = /-CR-(\d{1,6})$/.exec(number) ?? [];
    // A duplicated page brings the number of the older one along, a page from another project the number it has there.
    if (count === undefined || taken.has(number)) continue;
    taken.add(number);
    counts.push(Number(count));
    numbers.set(pageId, number);
  }
  if (code === "") return numbers;
  let next = Math.max(0, ...counts);
  for (const { pageId } of byAge) {
    if (numbers.has(pageId)) continue;
    next += 1;
    numbers.set(pageId, `${code}-CR-${next}`);
  }
  return numbers;
};

/**
 * What keeps a change request from going to the client: its impact has to be evaluated (process/000 "Change Request
 * Process" 2), and one that changes a boundary is priced separately, as a change order (process/001 "Scope creep scripts").
 */
export const changeFaults = (change: ChangeRequest): readonly Fault[] => {
  const faults: Fault[] = [];
  const ask = (property: ChangeKey, sentence: string) =>
    faults.push({ sentence, places: [onChange(change, property)] });
  const empty = (["effortHours", "timelineImpact", "riskLevel", "option"] as const).filter(
    (key) => change[key] === null,
  );
  for (const key of empty) ask(key, `Fill in ${changeName(key)}.`);
  if (change.description.trim() === "") ask("description", `Fill in ${changeName("description")}.`);
  for (const key of ["effortHours", "timelineImpact", "cost"] as const) {
    const value = change[key];
    if (value !== null && !(value >= 0)) ask(key, `${changeName(key)} has to be 0 or more (it is ${value}).`);
  }
  if ((change.timelineImpact ?? 0) > mostDays)
    ask("timelineImpact", `Check ${changeName("timelineImpact")}: ${change.timelineImpact} business days.`);
  if (change.boundary.length > 0 && change.option === "Add to current phase")
    ask(
      "option",
      `It changes a boundary (${change.boundary.join(", ")}), so it is priced separately: set ${changeName("option")} to Change order or Defer to phase 2.`,
    );
  const isPriced = (change.cost ?? 0) > 0;
  if (change.option === "Change order" && !isPriced)
    ask("cost", `A change order has a price: fill in ${changeName("cost")}.`);
  if (change.option === "Add to current phase" && isPriced)
    ask(
      "option",
      `What is added to this phase costs nothing more: make it a Change order, or clear ${changeName("cost")}.`,
    );
  return faults;
};

/** What keeps a change request from a status for which it has to be evaluated. */
export const changeFindings = (change: ChangeRequest, to: string | null): readonly Finding[] =>
  to === "Ready for client" || to === "Approved"
    ? changeFaults(change).map((fault) => ({ ...fault, criterion: "change-evaluated", overridable: false }))
    : [];
