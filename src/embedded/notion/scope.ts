import type { Clock, Log, NewId, Random } from "../../ports.ts";
import type { Journal } from "./journal.ts";
import type { Actor, User } from "./model.ts";
import type { BlockStore } from "./store/block-store.ts";
import type { CommentStore } from "./store/comment-store.ts";
import type { ObjectStore } from "./store/object-store.ts";

/** What every operation works with. */
export type Core = {
  objects: ObjectStore;
  blocks: BlockStore;
  comments: CommentStore;
  journal: Journal;
  users: readonly User[];
  workspace: { id: string; name: string };
  clock: Clock;
  newId: NewId;
  random: Random;
  log: Log;
};

/** One request: who acts, and the moment that all its changes carry. */
export type Scope = Core & { actor: Actor; now: number };
