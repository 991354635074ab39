import type { Risk } from "./record.ts";

const weights = { Low: 1, Medium: 2, High: 3 } as const;

/** Likelihood times impact, 1 to 9 (process/002 "Risk register"); null while one of them is empty. */
export const scoreOf = ({ likelihood, impact }: Pick<Risk, "likelihood" | "impact">): number | null =>
  likelihood === null || impact === null ? null : weights[likelihood] * weights[impact];

/** From this score on a risk is high: one of the two is High and the other at least Medium. */
const high = 6;

/** Whether a risk needs an owner before work goes on; an unweighed one is not known to be high. */
export const isHigh = (risk: Pick<Risk, "likelihood" | "impact">): boolean => (scoreOf(risk) ?? 0) >= high;

/** Whether a row of the register still needs somebody: neither Resolved nor Closed. An empty Status counts as open. */
export const isOpen = ({ status }: Pick<Risk, "status">): boolean =>
  status !== "Resolved" && status !== "Closed";
