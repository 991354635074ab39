import type { Situation } from "../domain/criterion.ts";
import { isFinished } from "../domain/lifecycle.ts";
import type { Office } from "../domain/office.ts";
import type { DeliveryRecord } from "../domain/record.ts";
import { settledOf } from "../domain/settled.ts";
import { MilepostError } from "../types/errors.ts";
import type { Decision, History, Wanted } from "../types/loop.ts";
import { Quarantined } from "../types/quarantined.ts";
import { lettersRule, waitingLetters } from "./letters.ts";
import { proposalsRule } from "./proposals.ts";
import type { Rule } from "./rule.ts";
import { rules } from "./rules.ts";

/** A rule threw: the project is to be parked, no other is concerned (design §1). */
export class RuleFailure extends MilepostError {
  readonly ruleId: string;
  readonly projectId: string;

  constructor(ruleId: string, projectId: string, cause: unknown) {
    super("rule_failed", `rule ${ruleId}, project ${projectId}`, { cause });
    this.name = "RuleFailure";
    this.ruleId = ruleId;
    this.projectId = projectId;
  }
}

const undecided: Decision = { values: [], actions: [], wakeAt: null, waiting: [] };

/** A rule that reads something quarantined waits, and only it (reliability F16). */
const waits = (error: unknown): boolean => error instanceof Quarantined;

/**
 * What ought to exist for a project now (UTC ms). On a record that is not complete only what waiting letters say (design
 * §8, §9), and nothing once the project has been complete for 30 days. Pure: the same arguments give the same answer.
 * @throws RuleFailure
 */
export const decide = (
  record: DeliveryRecord,
  history: History,
  office: Office,
  now: number,
  table: readonly Rule[] = rules,
): Decision => {
  if (isOver(record, history, now)) return undecided;
  if (!record.complete) {
    const values = waitingLetters({ record, history, office, now });
    return { ...undecided, values: values.map((value) => ({ ...value, rule: lettersRule.id })) };
  }
  const situation = asSettled({ record, history, office, now });
  const values: Decision["values"][number][] = [];
  const actions: Decision["actions"][number][] = [];
  const wakes: number[] = [];
  const waiting: string[] = [];
  for (const rule of table) {
    const wanted = run(rule, situation);
    if (wanted === null) {
      waiting.push(rule.id);
      continue;
    }
    for (const value of wanted.values) values.push({ ...value, rule: rule.id });
    for (const action of wanted.actions) actions.push({ ...action, rule: rule.id });
    if (wanted.wakeAt !== null) wakes.push(wanted.wakeAt);
  }
  return { values, actions, wakeAt: wakes.length === 0 ? null : Math.min(...wakes), waiting };
};

/**
 * All rules read the record as this decision leaves it, so that none has to follow another one in a second decision. Where
 * something that this takes is quarantined, they read it as it is.
 */
const asSettled = (situation: Situation): Situation => {
  try {
    return settledOf(situation).situation;
  } catch (error) {
    if (waits(error)) return situation;
    throw new RuleFailure(proposalsRule.id, situation.record.project.pageId, error);
  }
};

const isOver = ({ project }: DeliveryRecord, history: History, now: number): boolean => {
  try {
    return isFinished(history, project.pageId, project.stage, now);
  } catch (error) {
    if (!waits(error)) throw error;
    return false;
  }
};

/** Null where the rule has to wait. */
const run = (rule: Rule, situation: Situation): Wanted | null => {
  try {
    return rule.decide(situation);
  } catch (error) {
    if (waits(error)) return null;
    throw new RuleFailure(rule.id, situation.record.project.pageId, error);
  }
};
