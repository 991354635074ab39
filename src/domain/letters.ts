import { minuteValue, momentOf } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { effectiveOf } from "./history.ts";
import { memoized } from "./memoize.ts";
import type { LettersMode, Office } from "./office.ts";
import type { Project } from "./record.ts";

/**
 * How letters to the project's client leave. Where the project says nothing: Off if it is older than the office's
 * `Active since`, the office default if it is newer. The minute that holds both counts as older, because Notion
 * rounds creation times down and Milepost never acts on the past (design §6).
 */
export const lettersOf = (
  project: Pick<Project, "clientLetters" | "createdTime">,
  office: Office,
): LettersMode => {
  if (project.clientLetters !== null) return project.clientLetters;
  const isNewer = office.activeSince !== null && project.createdTime > office.activeSince;
  return isNewer ? office.defaultLetters : "Off";
};

/**
 * From when on Milepost writes to the project's client (UTC ms); null where letters are off. What was caused earlier is
 * the past (design §6). The switch itself counts to the second where it was seen, because Live since is cut to the minute.
 */
export const liveFrom = memoized(({ record, history, office, now }: Situation): number | null => {
  const { project } = record;
  if (lettersOf(project, office) === "Off") return null;
  const since = momentOf(project.liveSince ?? minuteValue(now), office.timeZone);
  if (since === null) return null;
  const isOff = (mode: string | null) =>
    lettersOf(
      { createdTime: project.createdTime, clientLetters: mode as Project["clientLetters"] },
      office,
    ) === "Off";
  const switches = effectiveOf(history, project.pageId, "clientLetters");
  const switchedOn = switches.findLast(
    ({ outcome, from, to }) => outcome === "accepted" && isOff(from) && !isOff(to),
  );
  return Math.max(since, switchedOn?.at ?? since);
});
