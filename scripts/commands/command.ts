import type { Environment } from "../../src/config.ts";

export type Flags = { readonly json: boolean; readonly yes: boolean };

/** One command of `npm run milepost`; `run` resolves to the exit code. */
export type Command = {
  readonly summary: string;
  /** What the command is about, where it has to be named. */
  readonly operand?: string;
  readonly run: (environment: Environment, flags: Flags, operand?: string) => Promise<number>;
};
