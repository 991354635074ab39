import { validationError } from "../api/errors.ts";

export type Paging = { start_cursor?: string | null | undefined; page_size?: number | undefined };
export type Slice<T> = { items: T[]; nextCursor: string | null };

const defaultPageSize = 100;

type Place = { offset: number; session: string; lastId: string };

const encode = ({ offset, session, lastId }: Place): string =>
  Buffer.from(`${offset}:${session}:${lastId}`).toString("base64url");

const invalidCursor = (cursor: string): Error =>
  validationError(`The start_cursor provided is invalid: ${cursor}`);

const decode = (cursor: string): Place => {
  const text = Buffer.from(cursor, "base64url").toString();
  const [, offset, session, lastId] = /^(\d{1,9}):([0-9a-z.]*):(.+)$/s.exec(text) ?? [];
  if (offset === undefined || session === undefined || lastId === undefined) {
    throw invalidCursor(cursor);
  }
  return { offset: Number(offset), session, lastId };
};

/** What the first request of a list wrote into its cursors for the ones that go on; null in the first. */
export const sessionOf = (
  { start_cursor: cursor }: Paging,
  belongs: (session: string) => boolean,
): string | null => {
  if (!cursor) return null;
  const { session } = decode(cursor);
  if (!belongs(session)) throw invalidCursor(cursor);
  return session;
};

/** One page of a list. The cursor goes on after the last item given, wherever that now stands; if it left, by its place. */
export const paginate = <T>(
  all: readonly T[],
  paging: Paging,
  idOf: (item: T) => string,
  session = "",
): Slice<T> => {
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
  const offset = start + items.length;
  const goesOn = last !== undefined && offset < all.length;
  return { items, nextCursor: goesOn ? encode({ offset, session, lastId: idOf(last) }) : null };
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
