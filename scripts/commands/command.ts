import type { Environment } from "../../src/config.ts";

export type Flags = { readonly json: boolean; readonly yes: boolean };

/** One command of `npm run milepost`; `run` resolves to the exit code. */
export type Command = {
  readonly summary: string;
  readonly run: (environment: Environment, flags: Flags) => Promise<number>;
};
