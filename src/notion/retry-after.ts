const defaultPause = 60_000;
const shortestPause = 1_000;

/**
 * How long to pause, in ms, for a `Retry-After` value: seconds or an HTTP date, exactly as long as it says, however
 * long. A date is read against Notion's own clock (`serverTime`). Missing, unreadable and past values give 60 s (F1).
 */
export const pauseLength = (retryAfter: string | null, serverTime: number): number => {
  if (retryAfter === null) return defaultPause;
  const text = retryAfter.trim();
  if (/^\d{1,7}$/.test(text)) return Math.max(shortestPause, Number(text) * 1000);
  if (!/^[A-Z][a-z]{2}, /.test(text)) return defaultPause;
  const length = Date.parse(text) - serverTime;
  return length > 0 ? length : defaultPause;
};
