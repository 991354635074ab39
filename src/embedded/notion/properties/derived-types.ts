import { z } from "zod";
import type { PageRecord } from "../model.ts";
import { dateFamily, numberFamily, referencesFamily } from "../query/families.ts";
import { showUserById } from "../show/user.ts";
import { floorToMinute, minuteTime } from "../time.ts";
import { plainConfig } from "./plain-config.ts";
import { documented, propertyType } from "./property-type.ts";

type Nothing = Record<string, never>;

const timeType = (type: string, timeOf: (page: PageRecord) => number) =>
  propertyType<never, never, Nothing>({
    source: documented,
    family: dateFamily,
    config: plainConfig,
    write: null,
    show: (_value, page) => ({ [type]: minuteTime(timeOf(page)) }),
    comparand: (_value, page) => ({ start: floorToMinute(timeOf(page)) }),
    text: (_value, page) => minuteTime(timeOf(page)),
  });

export const createdTimeType = timeType("created_time", (page) => page.createdAt);
export const lastEditedTimeType = timeType("last_edited_time", (page) => page.editedAt);

const userType = (type: string, userOf: (page: PageRecord) => string) =>
  propertyType<never, never, Nothing>({
    source: documented,
    family: referencesFamily,
    config: plainConfig,
    write: null,
    show: (_value, page, { scope }) => ({ [type]: showUserById(userOf(page), scope) }),
    comparand: (_value, page, { scope }) => ({
      ids: [userOf(page)],
      sortText: scope.users.find((user) => user.id === userOf(page))?.name ?? "",
    }),
    text: (_value, page, { scope }) => scope.users.find((user) => user.id === userOf(page))?.name ?? "",
  });

export const createdByType = userType("created_by", (page) => page.createdBy);
export const lastEditedByType = userType("last_edited_by", (page) => page.editedBy);

/** Counts the rows of a data source; a number is never given twice. */
export const uniqueIdType = propertyType<number, never, { prefix?: string | null | undefined }>({
  source: `${documented}; a number is never given twice (assumed)`,
  family: numberFamily,
  config: {
    schema: z.strictObject({ prefix: z.string().nullish() }),
    make: (input, { before }) => ({
      prefix: input.prefix === undefined ? (before?.config.prefix ?? null) : input.prefix,
    }),
    show: (property) => ({ prefix: property.config.prefix ?? null }),
  },
  write: null,
  initial({ scope, dataSourceId }) {
    const dataSource = dataSourceId === null ? undefined : scope.objects.getAs("data_source", dataSourceId);
    if (!dataSource) return undefined;
    scope.objects.put({ ...dataSource, nextNumber: dataSource.nextNumber + 1 });
    return dataSource.nextNumber;
  },
  show: (value, _page, { property }) => ({
    unique_id: { prefix: property.config.prefix ?? null, number: value ?? null },
  }),
  comparand: (value) => value ?? null,
  text: (value, _page, { property }) => [property.config.prefix, value].filter(Boolean).join("-"),
});
