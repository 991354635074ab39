type Goal = "" | `<= ${number}` | `>= ${number}`;

/** One figure of the bench. `goal` is what it should be, such as "<= 4", "" where there is none. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: Goal;
  /** What was measured, and how. */
  readonly how: string;
};

/** The value below which the given part (0 to 1) of the values lies. Throws a RangeError where there are none. */
export const quantile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  if (found === undefined) throw new RangeError("nothing was measured");
  return found;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The goal's bound and direction; null where there is none. Throws a RangeError for any other text. */
export const readGoal = (goal: string): { readonly atMost: boolean; readonly bound: number } | null => {
  if (goal === "") return null;
  const [, sign, bound] = /^(<=|>=) (\d+(?:\.\d+)?)$/.exec(goal) ?? [];
  if (sign === undefined) throw new RangeError(`no goal: ${goal}`);
  return { atMost: sign === "<=", bound: Number(bound) };
};

export const isMissed = ({ value, goal }: Figure): boolean => {
  const read = readGoal(goal);
  return read !== null && (read.atMost ? value > read.bound : value < read.bound);
};
