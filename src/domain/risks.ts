import type { Risk } from "./record.ts";

const weights = { Low: 1, Medium: 2, High: 3 } as const;

/** Likelihood times impact, 1 to 9 (process/002 "Risk register"); null while one of them is empty. */
export const scoreOf = ({ likelihood, impact }: Risk): number | null =>
  likelihood === null || impact === null ? null : weights[likelihood] * weights[impact];
