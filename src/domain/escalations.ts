import type { Office } from "./office.ts";
import { addWorkingHours } from "./office-hours.ts";
import type { Project, Risk } from "./record.ts";

export type Level = NonNullable<Risk["level"]>;

type Rung = {
  readonly level: Level;
  /** Working hours of the office within which an answer is due. */
  readonly hours: number;
  readonly people: (project: Project, office: Office) => readonly string[];
};

/** Who answers an escalation, and how soon (process/004 "Escalation Procedures"; its hours count over other documents). */
export const ladder: readonly Rung[] = [
  { level: "1 Manager", hours: 4, people: ({ manager }) => manager },
  { level: "2 Practice lead", hours: 24, people: (_project, { practiceLead }) => practiceLead },
  { level: "3 Executive", hours: 48, people: (_project, { executive }) => executive },
];

/** Where an escalation stands. `respondBy` is UTC ms; null where the office's hours never bring it. */
export type Standing = {
  readonly level: Level;
  readonly to: readonly string[];
  readonly respondBy: number | null;
};

const closed: readonly Risk["status"][] = ["Resolved", "Closed"];

/** Whether somebody has answered: the escalation is dealt with, or over. */
const isAcknowledged = ({ status }: Pick<Risk, "status">): boolean =>
  status === "Mitigating" || status === "Occurred" || closed.includes(status);

/** The people of a level; where it has none, those of the nearest level below, because somebody has to hear of it. */
const peopleAt = (level: Level, project: Project, office: Office): readonly string[] => {
  const place = ladder.findIndex((rung) => rung.level === level);
  for (const rung of ladder.slice(0, place + 1).toReversed()) {
    const people = rung.people(project, office);
    if (people.length > 0) return people;
  }
  return [];
};

/**
 * Where an escalation that was raised at a moment (UTC ms) stands now: unanswered, it moves up each time that an answer was
 * due, and stays at the top. Each level's time begins when the one below it has run out, so that the answer does not depend
 * on what the row already shows; a person may put it higher at once, and it does not come down by itself. Null where it has
 * been answered: nothing moves then.
 */
export const standingOf = (
  escalation: Pick<Risk, "status" | "level">,
  raisedAt: number,
  { project, office, now }: { readonly project: Project; readonly office: Office; readonly now: number },
): Standing | null => {
  if (isAcknowledged(escalation)) return null;
  const lowest = ladder.findIndex(({ level }) => level === escalation.level);
  let due: number | null = raisedAt;
  let standing: Standing | null = null;
  for (const [place, { level, hours }] of ladder.entries()) {
    due = due === null ? null : addWorkingHours(due, hours, office);
    standing = { level, to: peopleAt(level, project, office), respondBy: due };
    if (place >= lowest && (due === null || due > now)) return standing;
  }
  return standing;
};
