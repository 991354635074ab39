/** Making a format takes a millisecond, and the office's zone is asked for with every record. */
const timeZones = new Map<string, boolean>();

/**
 * Whether a text names an IANA time zone that the runtime knows. An offset such as `+02:00` names none: it would be an hour
 * wrong for half of the year.
 */
export const isTimeZone = (zone: string): boolean => {
  const known = timeZones.get(zone);
  if (known !== undefined) return known;
  const found = /^[A-Za-z]/.test(zone) && isKnown(zone);
  // Names that people type are without number.
  if (timeZones.size < 1_000) timeZones.set(zone, found);
  return found;
};

const isKnown = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};
