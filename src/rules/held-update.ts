import type { Update } from "../domain/record.ts";
import { lastStateOf } from "../domain/updates.ts";
import type { History, WantedValue } from "../types/loop.ts";
import type { DomainValue } from "../types/values.ts";

/** What a rule wants a property of an update to be. */
export const ofUpdate = ({ pageId }: Update, property: string, value: DomainValue): WantedValue => ({
  ...{ target: "property", database: "updates", pageId, property, value },
});

/** An update that does not leave, and why. */
export const heldUpdate = (update: Update, because: string): readonly WantedValue[] => [
  ofUpdate(update, "state", "Held"),
  ofUpdate(update, "heldBecause", because),
];

/** Whether somebody wants the update to leave, as of a change that Milepost has seen. */
export const isAskedToLeave = (history: History, update: Update): boolean =>
  update.state === "Ready" && lastStateOf(history, update)?.outcome === "accepted";
