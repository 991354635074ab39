import type { Lane } from "../types/notion-gateway.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { EngineContext } from "./context.ts";

/** One step of the loop: what it does, which share of the budget it needs, and how it stands aside after a failure. */
export type Work = {
  readonly name: string;
  readonly subject: string;
  /** Where a person looks when the step fails. */
  readonly pageId: string | null;
  readonly database: DatabaseKey | null;
  readonly lane: Lane | null;
  readonly run: () => Promise<void>;
  readonly defer: (until: number) => void;
};

/** Offers the next step of one kind; null where none may run now. */
export type Source = (context: EngineContext, now: number) => Work | null;

export const onPage = (pageId: string) => ({ subject: pageId, pageId, database: null });
