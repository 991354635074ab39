import { databases } from "../../notion-templates/databases.ts";
import type { History, Transition } from "../types/loop.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { judgedOf } from "./history.ts";
import type { DeliveryRecord } from "./record.ts";

/** A workflow column of one page of the record, with every request that was judged there, oldest first. */
export type Column = {
  readonly database: DatabaseKey;
  readonly pageId: string;
  readonly property: string;
  readonly name: string;
  readonly judged: readonly Transition[];
};

/** The pages of a record that have workflow columns, each with the columns where something was ever refused. */
export const refusedColumns = (
  record: DeliveryRecord,
  history: History,
): readonly { readonly pageId: string; readonly columns: readonly Column[] }[] => {
  const { project, milestones, changeRequests } = record;
  const refused = new Set(
    history.transitions.flatMap(({ pageId, outcome }) => (outcome === "refused" ? [pageId] : [])),
  );
  if (refused.size === 0) return [];
  const pages = [
    { database: "projects", pageId: project.pageId } as const,
    ...milestones.map(({ pageId }) => ({ database: "milestones", pageId }) as const),
    ...changeRequests.map(({ pageId }) => ({ database: "changeRequests", pageId }) as const),
  ];
  return pages
    .filter(({ pageId }) => refused.has(pageId))
    .map(({ database, pageId }) => ({ pageId, columns: columnsOf(database, pageId, history) }));
};

const columnsOf = (database: DatabaseKey, pageId: string, history: History): readonly Column[] =>
  Object.entries(databases[database].properties)
    .filter(([, { owner }]) => owner === "gate")
    .map(([property, { name }]) => ({
      ...{ database, pageId, property, name },
      judged: judgedOf(history, pageId, property),
    }))
    .filter(({ judged }) => judged.some(({ outcome }) => outcome === "refused"));

/** The refusals since the last accepted change of the column: what is open there, oldest first. */
export const openRefusals = ({ judged }: Column): readonly Transition[] =>
  judged.slice(judged.findLastIndex(({ outcome }) => outcome === "accepted") + 1);

/** The accepted change that settled the column's last refusal; null while it is open. */
export const settledBy = ({ judged }: Column): Transition | null =>
  judged[judged.findLastIndex(({ outcome }) => outcome === "refused") + 1] ?? null;

/** The Notion user to address about a request: who asked, else the project's manager; null where nobody is known. */
export const addresseeOf = ({ by }: Transition, record: DeliveryRecord): string | null =>
  by.kind === "person" ? by.id : (record.project.manager[0] ?? null);
