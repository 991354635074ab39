import { confirmation } from "../../notion-templates/letters/confirmation.ts";
import { handover } from "../../notion-templates/letters/handover.ts";
import type { LetterTemplate } from "../../notion-templates/letters/letter.ts";
import { measures } from "../../notion-templates/letters/measures.ts";
import { milestoneComplete } from "../../notion-templates/letters/milestone-complete.ts";
import { weeklySummary } from "../../notion-templates/letters/weekly-summary.ts";
import type { WeeklyMoment } from "../domain/calendar.ts";
import type { Topic } from "../domain/contacts.ts";
import type { UpdateKind } from "../types/action.ts";

/** When an update is due: at a time of the office's clocks every week, or when something happens. */
type When =
  | { readonly every: "week"; readonly opens: WeeklyMoment; readonly closes: WeeklyMoment }
  | { readonly every: "cause"; readonly cause: string };

/**
 * `draft`: the team reads it first unless the project's letters are Automatic. `atOnce`: it answers a client's click. `never`:
 * it is for the team.
 */
type CadenceRow = {
  readonly when: When;
  readonly letter: LetterTemplate;
  readonly leaves: "draft" | "atOnce" | "never";
  /** Who gets it; null where the cause names the one who does, or nobody does. */
  readonly topic: Topic | null;
  readonly source: string;
};

/** When each update is written, in which words, and to whom. Times are the office's; the letter holds subject and text. */
export const cadence = {
  "Weekly summary": {
    when: {
      every: "week",
      opens: { weekday: 5, time: "09:00" },
      closes: { weekday: 1, time: "09:00" },
    },
    letter: weeklySummary,
    leaves: "draft",
    topic: "Weekly summary",
    source: "process/001 SOP 5: send this every week",
  },
  "Milestone complete": {
    when: { every: "cause", cause: "a milestone that the client sees is Done" },
    letter: milestoneComplete,
    leaves: "draft",
    topic: "Milestones",
    source: "process/000 At Milestones",
  },
  Handover: {
    when: { every: "cause", cause: "the project comes into Handover" },
    letter: handover,
    leaves: "draft",
    topic: "Handover",
    source: "process/002 §6",
  },
  Confirmation: {
    when: { every: "cause", cause: "the client answers by link" },
    letter: confirmation,
    leaves: "atOnce",
    topic: null,
    source: "process/000 Milestone Review Process",
  },
  Measures: {
    when: {
      every: "cause",
      cause:
        "the project comes into Complete; for the office on the first business day of a month at 09:00, over the month before",
    },
    letter: measures,
    leaves: "never",
    topic: null,
    source: "process/000 Performance Metrics",
  },
} as const satisfies Record<UpdateKind, CadenceRow>;
