import { dateIn, dayOf } from "../domain/calendar.ts";
import { clientZone } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import { dayInWords } from "../domain/in-words.ts";
import { isHandedOver } from "../domain/lifecycle.ts";

/** Which sentence about the delivery date is true, with its dates in words. */
export type Outlook = {
  readonly agreed?: string;
  readonly forecast?: string;
  readonly delivered?: string;
} & (
  | { readonly delivered: string }
  | { readonly onTrack: true }
  | { readonly stated: true }
  | { readonly late: true }
  | { readonly atRisk: true }
  | { readonly open: true }
);

/**
 * How the delivery stands as of a moment (UTC ms). Delivered is believed once the project is handed over. "On track" is said
 * only where the team says so, and never after the agreed day or against the forecast.
 */
export const outlookOf = ({ record, history, office }: Situation, asOf: number): Outlook => {
  const { agreedDelivery, forecastDelivery, delivered, health } = record.project;
  const zone = clientZone(record, office);
  const day = (value: typeof delivered) => (value === null ? null : dayOf(value, zone));
  const [agreed, forecast, done] = [day(agreedDelivery), day(forecastDelivery), day(delivered)];
  if (done !== null && isHandedOver(history, record.project)) return { delivered: dayInWords(done) };
  if (agreed === null) return { open: true };
  const words = { agreed: dayInWords(agreed) };
  if (forecast !== null && forecast > agreed) return { ...words, forecast: dayInWords(forecast), late: true };
  if (health === "At risk" || health === "Off track") return { ...words, atRisk: true };
  const isOver = agreed < dateIn(asOf, zone);
  return health === "On track" && !isOver ? { ...words, onTrack: true } : { ...words, stated: true };
};
