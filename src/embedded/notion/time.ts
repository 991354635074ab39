export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** Pages, databases and blocks show times rounded down to the minute (notion-api §5). */
export const minuteTime = (ms: number): string => exactTime(floorToMinute(ms));

export const floorToMinute = (ms: number): number => Math.floor(ms / minuteMs) * minuteMs;

/** Comments and webhooks keep milliseconds. */
export const exactTime = (ms: number): string => new Date(ms).toISOString();
