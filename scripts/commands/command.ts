import type { Environment } from "../../src/config.ts";

/** Days are as they were typed. */
export type Flags = {
  readonly json: boolean;
  readonly yes: boolean;
  readonly from?: string;
  readonly to?: string;
};

/** One command of `npm run milepost`; `run` resolves to the exit code. */
export type Command = {
  readonly summary: string;
  /** What the command is about, where it has to be named; in square brackets where it may be. */
  readonly operand?: string;
  /** It takes a period. */
  readonly takesPeriod?: true;
  readonly run: (environment: Environment, flags: Flags, operand?: string) => Promise<number>;
};
