/** After this many failures an action is a dead letter that a person has to look at (reliability O7). */
export const deadAfter = 5;

const firstMs = 2_000;
const capMs = 15 * 60_000;

/** How long to wait after the given number of failures (ms). */
export const retryDelay = (failures: number): number => Math.min(capMs, firstMs * 4 ** failures);
