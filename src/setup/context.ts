import type { Clock, Log } from "../ports.ts";
import type { Bindings, DatabaseBinding, SetupStore } from "../types/bindings.ts";
import type { NotionError } from "../types/errors.ts";
import type { RelationTargets } from "../types/notion.ts";
import type { NotionCalls } from "../types/notion-gateway.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** What every step of setup works with; `made` names what this run has made, for the person who ran it. */
export type SetupContext = {
  readonly notion: NotionCalls;
  readonly store: SetupStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves at `until` (UTC ms), or rejects where nobody waits here; `cause` is what there is to wait for. */
  readonly wait: (until: number, cause: NotionError) => Promise<void>;
  readonly parentPageId: string;
  readonly officeTimezone: string;
  readonly made: string[];
};

export const bindingsOf = ({ store }: SetupContext): Bindings => store.loadBindings() ?? {};

export const saveBinding = (context: SetupContext, key: DatabaseKey, binding: DatabaseBinding): void =>
  context.store.saveBindings({ ...bindingsOf(context), [key]: binding });

/** The data sources that relations can point to by now. */
export const relationTargets = (context: SetupContext): RelationTargets =>
  Object.fromEntries(
    Object.entries(bindingsOf(context)).map(([key, binding]) => [key, binding.dataSourceId]),
  );
