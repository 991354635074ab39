import type { Stage } from "../../notion-templates/stages.ts";
import { weeklySummaryView } from "../content/weekly-summary.ts";
import { dateIn, lastWeekly, nextWeekly } from "../domain/calendar.ts";
import { recipientsOf } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import { isoWeekOf } from "../domain/iso-weeks.ts";
import { liveFrom } from "../domain/letters.ts";
import { lastSummaryOpened } from "../domain/updates.ts";
import type { Action } from "../types/action.ts";
import { cadence } from "./cadence.ts";
import { nothing, type Rule } from "./rule.ts";
import { updateAction } from "./update-action.ts";

/** Where no work goes on there is nothing to report every week. */
const silent: ReadonlySet<Stage | null> = new Set<Stage>(["Complete", "On hold", "Cancelled"]);

const { opens, closes } = cadence["Weekly summary"].when;
const weekMs = 7 * 86_400_000;

/** Every live project has a summary each ISO week; one that could not be written in time is missed, not made up for. */
export const weeklySummaryRule: Rule = {
  id: "weekly-summary",
  since: "0.1.0",
  decide: (situation) => {
    const { record, office, now } = situation;
    const live = liveFrom(situation);
    if (live === null || silent.has(record.project.stage)) return nothing;
    const opened = lastWeekly(now, opens, office.timeZone);
    return {
      values: [],
      actions: opened < live ? [] : [summary(situation, opened, live)],
      wakeAt: nextWeekly(now, opens, office.timeZone),
    };
  },
};

const summary = (situation: Situation, opened: number, live: number): Action => {
  const { record, office } = situation;
  const period = isoWeekOf(dateIn(opened, office.timeZone));
  const contacts = recipientsOf(record, cadence["Weekly summary"].topic);
  const before = lastSummaryOpened(record, opened, opens, office);
  const span = {
    from: before ?? Math.min(live, opened - weekMs),
    to: opened,
    week: Number(period.slice(-2)),
  };
  return updateAction({
    kind: "Weekly summary",
    projectId: record.project.pageId,
    milestoneId: null,
    cause: { kind: "date", date: period },
    causedAt: opened,
    window: { opens: opened, closes: nextWeekly(opened, closes, office.timeZone) },
    period,
    contacts,
    view: weeklySummaryView(situation, span, contacts),
  });
};
