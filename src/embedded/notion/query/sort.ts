import { z } from "zod";
import { validationError } from "../api/errors.ts";
import type { PageRecord, Property } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { typeOf } from "../properties/table.ts";
import type { Scope } from "../scope.ts";
import { floorToMinute } from "../time.ts";

const direction = z.enum(["ascending", "descending"]);
export const sortsSchema = z
  .array(
    z.union([
      z.strictObject({ property: z.string(), direction }),
      z.strictObject({ timestamp: z.enum(["created_time", "last_edited_time"]), direction }),
    ]),
  )
  .max(100);
type Sort = z.infer<typeof sortsSchema>[number];
type Key = string | number | null;

const keyOf = (sort: Sort, scope: Scope, properties: readonly Property[]): ((page: PageRecord) => Key) => {
  if ("timestamp" in sort) {
    return sort.timestamp === "created_time"
      ? (page) => floorToMinute(page.createdAt)
      : (page) => floorToMinute(page.editedAt);
  }
  const property = findProperty(properties, sort.property);
  if (!property) throw validationError(`Could not find sort property with name or id: ${sort.property}`);
  const row = typeOf(property);
  const context = { scope, property };
  return (page) => row.family.sortKey(row.comparand(page.values[property.id], page, context));
};

/** Empty values come last in either direction, as in Notion's views (assumed). */
const compareKeys = (one: Key, other: Key, sign: number): number => {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -sign : sign;
};

/** Mixes the bits of a number with a seed (the finaliser of MurmurHash3). */
const mixed = (value: number, seed: number): number => {
  let hash = value ^ seed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Pages in an order that means nothing and is another one for each seed. Documented: notion-api §2, unsorted queries. */
export const shuffled = (pages: readonly PageRecord[], seed: number): readonly PageRecord[] =>
  pages
    .map((page) => ({ page, key: mixed(page.seq, seed) }))
    .sort((one, other) => one.key - other.key)
    .map(({ page }) => page);

/** Pages in the order asked for; equal ones, and all without sorts, by creation (assumed). */
export const sortPages = (
  scope: Scope,
  properties: readonly Property[],
  pages: readonly PageRecord[],
  sorts: readonly Sort[],
): readonly PageRecord[] => {
  if (sorts.length === 0) return pages;
  const columns = sorts.map((sort) => ({
    key: keyOf(sort, scope, properties),
    sign: sort.direction === "ascending" ? 1 : -1,
  }));
  const keyed = pages.map((page) => ({ page, keys: columns.map(({ key }) => key(page)) }));
  keyed.sort((one, other) => {
    for (const [index, { sign }] of columns.entries()) {
      const order = compareKeys(one.keys[index] ?? null, other.keys[index] ?? null, sign);
      if (order !== 0) return order;
    }
    return one.page.seq - other.page.seq;
  });
  return keyed.map(({ page }) => page);
};
