/** Making a format takes a millisecond, and the office's zone is asked for with every record. */
const timeZones = new Map<string, boolean>();

/** Whether the runtime knows the IANA time zone. */
export const isTimeZone = (zone: string): boolean => {
  const known = timeZones.get(zone);
  if (known !== undefined) return known;
  let found = true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone }).format();
  } catch {
    found = false;
  }
  // Names that people type are without number.
  if (timeZones.size < 1_000) timeZones.set(zone, found);
  return found;
};
