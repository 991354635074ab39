import { dateIn } from "../domain/calendar.ts";
import type { Situation } from "../domain/criterion.ts";
import { type OverriddenMove, overriddenMoves } from "../domain/overrides.ts";
import { causeOf } from "../domain/proposal.ts";
import type { Action } from "../types/action.ts";
import type { Actor } from "../types/loop.ts";
import { rowAction } from "./row-action.ts";
import { nothing, type Rule } from "./rule.ts";

/** Every move that an Override reason let pass is written to Decisions, once (design §8). */
export const overrideLogRule: Rule = {
  id: "override-log",
  since: "0.1.0",
  decide: (situation) => ({
    ...nothing,
    actions: overriddenMoves(situation.record, situation.history).map((move) => logged(situation, move)),
  }),
};

const logged = (situation: Situation, { transition, reason, passed }: OverriddenMove): Action => {
  const { from, to, at, by } = transition;
  const title = `Moved from ${from} to ${to} although the gate was not met`;
  const unmet = passed.map(({ sentence }) => sentence).join(" ");
  return rowAction({
    ...{ projectId: situation.record.project.pageId, name: "override", cause: causeOf(transition) },
    ...{ causedAt: at, database: "decisions", title },
    values: {
      ...{ decision: title, why: reason, source: `Override reason. What was missing: ${unmet}` },
      madeBy: roleOf(situation, by),
      madeOn: { start: dateIn(at, situation.office.timeZone), end: null, zone: null },
    },
  });
};

/** Names are Notion's own and may change; the role says why the person may decide. */
const roleOf = ({ record, office }: Situation, by: Actor): string => {
  if (by.kind !== "person") return "";
  if (office.executive.includes(by.id)) return "An executive";
  if (office.practiceLead.includes(by.id)) return "The practice lead";
  return record.project.manager.includes(by.id) ? "The manager" : "A person listed in Office";
};
