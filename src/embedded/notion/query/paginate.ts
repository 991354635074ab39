import { validationError } from "../api/errors.ts";

export type Paging = { start_cursor?: string | null | undefined; page_size?: number | undefined };
export type Slice<T> = { items: T[]; nextCursor: string | null };

const defaultPageSize = 100;

const encode = (offset: number, lastId: string): string =>
  Buffer.from(`${offset}:${lastId}`).toString("base64url");

const decode = (cursor: string): { offset: number; lastId: string } => {
  const [, offset, lastId] = /^(\d{1,9}):(.+)$/s.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (offset === undefined || lastId === undefined) {
    throw validationError(`The start_cursor provided is invalid: ${cursor}`);
  }
  return { offset: Number(offset), lastId };
};

/** One page of a list. The cursor goes on after the last item given, wherever that now stands; if it left, by its place. */
export const paginate = <T>(all: readonly T[], paging: Paging, idOf: (item: T) => string): Slice<T> => {
  // Notion takes a page_size of 0 as the default.
  const size = paging.page_size || defaultPageSize;
  let start = 0;
  if (paging.start_cursor) {
    const { offset, lastId } = decode(paging.start_cursor);
    const place = all[offset - 1];
    const still = place !== undefined && idOf(place) === lastId;
    const found = still ? offset - 1 : all.findIndex((item) => idOf(item) === lastId);
    start = found < 0 ? offset : found + 1;
  }
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  const end = start + items.length;
  return { items, nextCursor: last !== undefined && end < all.length ? encode(end, idOf(last)) : null };
};

/** The list envelope that every paginated endpoint answers. */
export const listOf = (type: string, results: unknown[], nextCursor: string | null) => ({
  object: "list",
  results,
  next_cursor: nextCursor,
  has_more: nextCursor !== null,
  type,
  [type]: {},
});
