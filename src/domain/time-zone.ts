export { isTimeZone } from "../types/time-zone.ts";
