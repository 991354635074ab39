import type { LettersMode, Office } from "./office.ts";
import type { Project } from "./record.ts";

/**
 * How letters to the project's client leave. Where the project says nothing: Off if it is older than the office's
 * `Active since`, the office default if it is newer. The minute that holds both counts as older, because Notion
 * rounds creation times down and Milepost never acts on the past (design §6).
 */
export const lettersOf = (project: Project, office: Office): LettersMode => {
  if (project.clientLetters !== null) return project.clientLetters;
  const isNewer = office.activeSince !== null && project.createdTime > office.activeSince;
  return isNewer ? office.defaultLetters : "Off";
};
