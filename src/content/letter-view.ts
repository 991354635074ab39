import { dateIn, dayOf } from "../domain/calendar.ts";
import { clientZone } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import { allOf, dayInWords } from "../domain/in-words.ts";
import type { Contact, Milestone } from "../domain/record.ts";
import type { DateValue } from "../types/values.ts";

export const frameOf = ({ record, office }: Situation, contacts: readonly Contact[]) => ({
  project: orUnnamed(record.project.name),
  names: allOf(contacts.map(({ name }) => name.trim()).filter((name) => name !== "")),
  sender: office.sender.trim(),
  agency: office.name.trim(),
});

/** Notion allows a page without a name; a letter needs some word for it. */
export const orUnnamed = (name: string): string => (name.trim() === "" ? "(no name yet)" : name.trim());

/** The lines of a text that people wrote, without their own list marks. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split(/[\n\u2028\u2029]/)
    .map((line) => line.replace(/^\s*[-*•–]\s+/, "").trim())
    .filter((line) => line !== "");

/** A text of several lines as one; lines that are sentences stay sentences. */
const inOneLine = (text: string): string =>
  linesOf(text)
    .map((line, at, lines) => (at === lines.length - 1 || /[.!?…:;,]$/.test(line) ? line : `${line};`))
    .join(" ");

/** An address that may stand in a Markdown link; null where it is none that a browser should open. */
export const linkTo = (address: string | null): string | null => {
  const url = address === null ? null : URL.parse(address.trim());
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.href.replace(
    /[()[\]*_~`$<>{}|\\^]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
};

/** A Notion date as the client reads it; null where there is none. `overdue`: the day is over at a moment (UTC ms). */
export const dueFor = (
  { record, office }: Situation,
  value: DateValue | null,
  asOf: number,
): { readonly due: string | null; readonly overdue: boolean } => {
  const zone = clientZone(record, office);
  const day = value === null ? null : dayOf(value, zone);
  return day === null
    ? { due: null, overdue: false }
    : { due: dayInWords(day), overdue: day < dateIn(asOf, zone) };
};

/** Until when the client is asked for something; null where no day is named, or it is over. */
export const askedBy = (situation: Situation, value: DateValue | null, asOf: number): string | null => {
  const { due, overdue } = dueFor(situation, value, asOf);
  return overdue ? null : due;
};

/** The client's day of a moment (UTC ms), in words. */
export const momentFor = ({ record, office }: Pick<Situation, "record" | "office">, ms: number): string =>
  dayInWords(dateIn(ms, clientZone(record, office)));

/** What the client is told of a milestone in one line. */
export const detailOf = ({ whatWorksNow, deliverable }: Milestone): string =>
  inOneLine(whatWorksNow) || inOneLine(deliverable);

/** A milestone's place among the others: by target, then by its order in the plan; undated ones last. */
export const byTarget = (one: Milestone, other: Milestone): number =>
  (one.target?.start ?? "9999").localeCompare(other.target?.start ?? "9999") ||
  (one.order ?? Number.MAX_SAFE_INTEGER) - (other.order ?? Number.MAX_SAFE_INTEGER);

/** Whether a milestone that the client sees is still to come. */
export const isAhead = ({ clientVisible, status }: Milestone): boolean =>
  clientVisible && status !== "Done" && status !== "Skipped";
