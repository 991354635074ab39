import { databases } from "../../notion-templates/databases.ts";
import { sharedCodes, type Unusable, unusableDaysOff, unusableInOffice } from "../domain/unusable-values.ts";
import { replacePageProblems } from "../store/page-problems.ts";
import type { Problem } from "../store/problems.ts";
import { projectNames } from "../store/record-pages.ts";
import type { DatabaseTemplate } from "../types/schema.ts";
import type { EngineContext } from "./context.ts";
import { liveRows, loadOffice, officeRow } from "./load.ts";

/** Names in /status every value that all projects share and that cannot be used as it is written, until it is mended. */
export const valueTrouble = (context: EngineContext): void => {
  const { database, clock } = context;
  const office = loadOffice(context);
  const projects = projectNames(database);
  const row = officeRow(context);
  const found = [
    ...(row === null ? [] : unusableInOffice(office, row.pageId)),
    ...unusableDaysOff(liveRows(context, "daysOff"), projects, office.timeZone),
    ...sharedCodes(projects),
  ];
  replacePageProblems(database, "value_unusable", null, found.map(problemOf), clock.now());
};

const problemOf = ({ database, pageId, property, words }: Unusable): Problem => {
  const template: DatabaseTemplate = databases[database];
  const detail = `${template.properties[property]?.name ?? property} of ${template.title} ${words}`;
  return { code: "value_unusable", pageId, database, property, detail };
};
