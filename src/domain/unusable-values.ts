import type { DatabaseKey } from "../types/schema.ts";
import { clientsOf, folded, spanOf } from "./days-off.ts";
import type { Office } from "./office.ts";
import type { DayOff, Project } from "./record.ts";

/** A value that does not count as it is written; `words` go after the property's name. */
export type Unusable = {
  readonly database: DatabaseKey;
  readonly pageId: string;
  readonly property: string;
  readonly words: string;
};

/** What of the Office row the usual values stand in for. */
export const unusableInOffice = ({ notes }: Office, pageId: string): readonly Unusable[] =>
  notes.map((note) => ({ database: "office", pageId, ...note }));

type Coded = Pick<Project, "pageId" | "code" | "client">;

/** Days off that are no days, or are nobody's because no project has such a client. */
export const unusableDaysOff = (
  rows: readonly DayOff[],
  projects: readonly Coded[],
  zone: string,
): readonly Unusable[] => {
  const clients = new Set(projects.map(({ client }) => folded(client)));
  return rows.flatMap((row) => {
    const place = { database: "daysOff", pageId: row.pageId } as const;
    const isForNobody = clientsOf(row).some((client) => client !== null && !clients.has(client));
    return [
      ...(spanOf(row, zone) === null
        ? [
            {
              ...place,
              property: "day",
              words: "is empty, reversed or longer than a year; it does not count",
            },
          ]
        : []),
      ...(isForNobody
        ? [{ ...place, property: "appliesTo", words: "names a client that no project has" }]
        : []),
    ];
  });
};

/** Projects that share a Code: their change requests have the same numbers. */
export const sharedCodes = (projects: readonly Coded[]): readonly Unusable[] => {
  const counts = new Map<string, number>();
  for (const { code } of projects) counts.set(folded(code), (counts.get(folded(code)) ?? 0) + 1);
  return projects
    .filter(({ code }) => folded(code) !== "" && (counts.get(folded(code)) ?? 0) > 1)
    .map(({ pageId }) => ({
      ...{ database: "projects", pageId, property: "code" },
      words: "is that of another project too; their change requests are numbered alike",
    }));
};
