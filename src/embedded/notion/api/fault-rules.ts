import type { Random } from "../../../ports.ts";
import type { Actor } from "../model.ts";
import { type FaultGiven, type FaultName, type FaultRow, faultTable } from "./fault-table.ts";
import type { Fault, FaultRequest } from "./faults.ts";

/** A fault on demand: which requests it meets, which of those it spoils, and how. What is left out does not narrow it. */
export type FaultRule = {
  fault: FaultName;
  method?: string;
  /** A pathname such as `/v1/pages/*`: `*` stands for anything up to the next slash, `**` for anything. */
  path?: string;
  /** A name of the operation table, such as `pages.update`. */
  operation?: string;
  actor?: Actor["kind"];
  /** Only this one of the requests that fit, counted from 1. */
  nth?: number;
  /** At most so many of them. */
  count?: number;
  /** Each with this chance from 0 to 1, by the workspace's own seeded random numbers. */
  probability?: number;
  /** For the faults with `Retry-After`; 30 unless given. */
  retryAfterSeconds?: number;
  /** How far `stale_read` lies back; 30 unless given. */
  lagSeconds?: number;
};

/** A rule and what became of it. */
export type FaultRuleState = FaultRule & { matched: number; applied: number };

/** What a rule does to one request. */
export type AppliedFault = {
  name: FaultName;
  before(): Fault | null;
  /** `committed` is asked only for a fault that may name it. */
  after(committed: () => FaultGiven["committed"]): Fault | null;
  /** How long ago the state lies that queries and search answer from (ms). */
  lagMs: number;
};

export type FaultRules = {
  /** A rule that was in force before keeps its counts when it is given with them. */
  set(rules: readonly (FaultRule | FaultRuleState)[]): void;
  states(): FaultRuleState[];
  /** The first rule that spoils this request, if any does; counts it. */
  apply(request: FaultRequest & { actor: Actor; cursor: string | null }): AppliedFault | null;
  /** The longest lag that a rule asks for, in ms: so long the past must be kept. */
  longestLag(): number;
};

const defaultSeconds = 30;

const pathPattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split(/(\*\*|\*)/)
      .map((part) =>
        part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"),
      )
      .join("")}$`,
  );

type Compiled = { state: FaultRuleState; path: RegExp | null; lagMs: number };

const fits = ({ state, path }: Compiled, request: FaultRequest & { actor: Actor }): boolean =>
  (state.method === undefined || state.method === request.method) &&
  (state.operation === undefined || state.operation === request.operation) &&
  (state.actor === undefined || state.actor === request.actor.kind) &&
  (path === null || path.test(request.path));

const strikes = (state: FaultRuleState, random: Random): boolean =>
  (state.nth === undefined || state.matched === state.nth) &&
  (state.count === undefined || state.applied < state.count) &&
  (state.probability === undefined || random() < state.probability);

const applied = (
  { state, lagMs }: Compiled,
  { cursor, operation }: { cursor: string | null; operation: string | null },
): AppliedFault => {
  const row: FaultRow = faultTable[state.fault];
  const retryAfter = state.retryAfterSeconds ?? defaultSeconds;
  const given = { retryAfter, cursor, operation: operation ?? "", committed: null };
  return {
    name: state.fault,
    before: () => (row.moment === "before" ? row.make(given) : null),
    after: (committed) => (row.moment === "after" ? row.make({ ...given, committed: committed() }) : null),
    lagMs,
  };
};

const compile = (rule: FaultRule | FaultRuleState): Compiled => ({
  state: { matched: 0, applied: 0, ...rule },
  path: rule.path === undefined ? null : pathPattern(rule.path),
  lagMs: rule.fault === "stale_read" ? (rule.lagSeconds ?? defaultSeconds) * 1000 : 0,
});

/** Rules hold until they are replaced; they do not survive a restart. */
export const createFaultRules = (random: Random): FaultRules => {
  let rules: readonly Compiled[] = [];
  return {
    set(given) {
      rules = given.map(compile);
    },
    states: () => rules.map(({ state }) => ({ ...state })),
    apply(request) {
      for (const rule of rules) {
        if (!fits(rule, request) || (rule.state.fault === "invalid_cursor" && request.cursor === null))
          continue;
        rule.state.matched++;
        if (!strikes(rule.state, random)) continue;
        rule.state.applied++;
        return applied(rule, request);
      }
      return null;
    },
    longestLag: () => Math.max(0, ...rules.map(({ lagMs }) => lagMs)),
  };
};
