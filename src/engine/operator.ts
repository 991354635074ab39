import { distrustComments } from "../store/comments.ts";
import { endHold, type Hold, holds, isHeld } from "../store/holds.ts";
import { setMeta } from "../store/meta.ts";
import { distrustPending } from "../store/past-actions.ts";
import { markAllRecords } from "../store/records.ts";
import { confirmMassChange } from "../sync/guard.ts";
import type { EngineContext } from "./context.ts";

/** What stands still now until a person confirms it. */
const openHolds = ({ database }: EngineContext): readonly Hold[] =>
  holds.filter((hold) => isHeld(database, hold));

/** What this copy of the store would make anew may be there: it is looked for first. */
const trustAgain = ({ database }: EngineContext): void => {
  distrustPending(database);
  distrustComments(database);
  endHold(database, "store_restored");
};

/** What has come up so far is confirmed and counts towards no other burst. */
const letGo = ({ database, clock }: EngineContext): void => {
  setMeta(database, "burst_confirmed", String(clock.now()));
  endHold(database, "letters_burst");
};

/** Ends the named holds as a person's decision; returns those that were open. */
export const confirm = (context: EngineContext, named: readonly Hold[]): readonly Hold[] => {
  const open = openHolds(context).filter((hold) => named.includes(hold));
  for (const hold of open) {
    context.log.warn("operator.confirmed", { hold_kind: hold });
    if (hold === "mass_change") confirmMassChange(context);
    else if (hold === "store_restored") context.database.transaction(() => trustAgain(context));
    else context.database.transaction(() => letGo(context));
  }
  if (open.length > 0) markAllRecords(context.database);
  return open;
};
