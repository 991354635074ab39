import type { Database, Gather } from "../ports.ts";

/** What one transaction does: with each item, and after the last. */
export type Batch<T> = { readonly store: (item: T) => void; readonly end: () => void };

export type BatchOptions<T> = {
  readonly database: Database;
  readonly gather: Gather;
  /** Called at the beginning of every transaction. */
  readonly begin: () => Batch<T>;
  /** Called after every commit. */
  readonly stored: () => void;
};

type Waiting<T> = {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Stores items that arrive within a few milliseconds in one transaction, because a commit that waits for the disk
 * costs more than all else about an item. Resolves after the commit, so that nothing is answered that a crash could lose;
 * rejects where the item itself or the commit failed.
 */
export const storeInBatches = <T>(options: BatchOptions<T>): ((item: T) => Promise<void>) => {
  let waiting: Waiting<T>[] = [];
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    storeTogether(options, batch);
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) void options.gather().then(flush);
    });
};

/** An item that cannot be stored is left out and the others are tried again; a commit that fails is everyone's. */
const storeTogether = <T>(options: BatchOptions<T>, batch: readonly Waiting<T>[]): void => {
  if (batch.length === 0) return;
  let current = -1;
  try {
    options.database.transaction(() => {
      const { store, end } = options.begin();
      for (const [index, { item }] of batch.entries()) {
        current = index;
        store(item);
      }
      current = -1;
      end();
    });
  } catch (error) {
    const failed = batch.filter((_one, index) => current === -1 || index === current);
    for (const { reject } of failed) reject(error);
    storeTogether(
      options,
      batch.filter((one) => !failed.includes(one)),
    );
    return;
  }
  for (const { resolve } of batch) resolve();
  options.stored();
};
