import type { Clock, Log, NewId, Random } from "../../ports.ts";
import type { Journal } from "./journal.ts";
import type { Actor, User } from "./model.ts";
import type { ReadIndex } from "./query/read-index.ts";
import type { BlockStore } from "./store/block-store.ts";
import type { CommentStore } from "./store/comment-store.ts";
import type { ExpiringStore } from "./store/expiring-store.ts";
import type { ObjectStore } from "./store/object-store.ts";
import type { SettingsStore } from "./store/settings.ts";
import type { TemplateJobStore } from "./store/template-job-store.ts";

/** What every operation works with. */
export type Core = {
  objects: ObjectStore;
  /** What queries and search answer from; it may lag behind `objects`. */
  index: ReadIndex;
  blocks: BlockStore;
  comments: CommentStore;
  expiring: ExpiringStore;
  journal: Journal;
  settings: SettingsStore;
  templateJobs: TemplateJobStore;
  users: User[];
  workspace: { id: string; name: string };
  clock: Clock;
  newId: NewId;
  random: Random;
  log: Log;
};

/** One request: who acts, and the moment that all its changes carry. */
export type Scope = Core & { actor: Actor; now: number };
