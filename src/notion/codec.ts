import type { CreatePageParameters } from "@notionhq/client";
import { z } from "zod";
import { NotionError } from "../types/errors.ts";
import type { PropertyObservation, PropertyWrite } from "../types/notion.ts";
import { dashed } from "../types/page-id.ts";
import type { PropertyType } from "../types/schema.ts";
import type { DateValue, Value } from "../types/values.ts";
import { canonicalDate } from "./dates.ts";
import { plainText, richTextAnswer, textRequest } from "./rich-text.ts";

type PropertyRequests = NonNullable<CreatePageParameters["properties"]>;
type PropertyRequest = PropertyRequests[string];

/** How one property type goes between Notion and a canonical value. */
type Codec = {
  /** The value out of what Notion answers under the type's name. */
  readonly read: z.ZodType<Value>;
  /** The one spelling of a value; the empty value for null. Throws `notion_refused` for a value of another kind. */
  readonly canonical: (value: Value) => Value;
  /** What a request carries; an empty value clears the property (reference/notion-api §3). */
  readonly write: (value: Value) => PropertyRequest;
};

/** Page reads hold at most this many references (reference/notion-api §3, the 25-reference rule). */
const referenceLimit = 25;

const text = (value: Value): string => (value === null ? "" : string(value).toWellFormed());
const line = (value: Value): string | null =>
  value === null || value === "" ? null : string(value).toWellFormed();
const option = (value: Value): string | null => (value === null ? null : string(value));
const optionIds = (value: Value): string[] => [...new Set(list(value))].sort();
const objectIds = (value: Value): string[] => [...new Set(list(value).map(dashed))].sort();
const number = (value: Value): number | null => {
  if (value === null) return null;
  return typeof value === "number" && Number.isFinite(value) ? value + 0 : wrongKind(value, "number");
};
const flag = (value: Value): boolean => {
  if (value === null) return false;
  return typeof value === "boolean" ? value : wrongKind(value, "boolean");
};
const date = (value: Value): DateValue | null => {
  if (value === null) return null;
  return isDate(value) ? canonicalDate(value) : wrongKind(value, "date");
};

const withId = z.object({ id: z.string() });
const withIds = z.array(withId).transform((items) => items.map((item) => item.id));
const optionAnswer = withId.nullable().transform((chosen) => chosen?.id ?? null);
const textAnswer = richTextAnswer.transform(plainText);
const lineAnswer = z.string().nullable();
const dateAnswer = z
  .object({ start: z.string(), end: z.string().nullish(), time_zone: z.string().nullish() })
  .nullable()
  .transform((read) => read && { start: read.start, end: read.end ?? null, zone: read.time_zone ?? null });

const dateRequest = (value: DateValue): { start: string; end?: string; time_zone?: string } => ({
  start: value.start,
  ...(value.end === null ? {} : { end: value.end }),
  ...(value.zone === null ? {} : { time_zone: value.zone }),
});

/**
 * The types that Milepost writes. Law C0 (reliability §2.1): `canonical(read(write(v))) = canonical(v)`, but for an empty
 * status, which Notion answers as the column's default option (reference/notion-api §3).
 */
const codecs: Readonly<Record<PropertyType, Codec>> = {
  title: { read: textAnswer, canonical: text, write: (value) => ({ title: textRequest(text(value)) }) },
  rich_text: {
    read: textAnswer,
    canonical: text,
    write: (value) => ({ rich_text: textRequest(text(value)) }),
  },
  number: { read: z.number().nullable(), canonical: number, write: (value) => ({ number: number(value) }) },
  checkbox: { read: z.boolean(), canonical: flag, write: (value) => ({ checkbox: flag(value) }) },
  url: { read: lineAnswer, canonical: line, write: (value) => ({ url: line(value) }) },
  email: { read: lineAnswer, canonical: line, write: (value) => ({ email: line(value) }) },
  phone_number: { read: lineAnswer, canonical: line, write: (value) => ({ phone_number: line(value) }) },
  select: { read: optionAnswer, canonical: option, write: (value) => ({ select: chosen(option(value)) }) },
  status: { read: optionAnswer, canonical: option, write: (value) => ({ status: chosen(option(value)) }) },
  multi_select: {
    read: withIds,
    canonical: optionIds,
    write: (value) => ({ multi_select: optionIds(value).map((id) => ({ id })) }),
  },
  people: {
    read: withIds,
    canonical: objectIds,
    write: (value) => ({ people: objectIds(value).map((id) => ({ id })) }),
  },
  relation: {
    read: withIds,
    canonical: objectIds,
    write: (value) => ({ relation: objectIds(value).map((id) => ({ id })) }),
  },
  date: {
    read: dateAnswer,
    canonical: date,
    write: (value) => {
      const canonical = date(value);
      return { date: canonical && dateRequest(canonical) };
    },
  },
};

/** One property as an answer carries it. */
export const propertyAnswer = z.looseObject({ id: z.string(), type: z.string() });
type PropertyAnswer = z.infer<typeof propertyAnswer>;

/**
 * One property as read. Types that Milepost does not write (formula, rollup, created time, files, …) read as their JSON,
 * or null. Throws a `ZodError` where Notion's answer has another shape than documented.
 */
export const readProperty = (answer: PropertyAnswer): PropertyObservation => {
  const { type } = answer;
  const raw = answer[type];
  const codec = codecOf(type);
  if (!codec)
    return { type, value: raw === undefined || raw === null ? null : JSON.stringify(raw), complete: true };
  return { type, value: codec.canonical(codec.read.parse(raw)), complete: isComplete(answer) };
};

/** `write` as the canonical value that reading it back gives. Throws `notion_refused` where the kind does not fit the type. */
export const canonicalValue = (type: PropertyType, value: Value): Value => codecs[type].canonical(value);

/** The `properties` of a request. Throws `notion_refused` for a value that cannot be sent. */
export const writeProperties = (writes: readonly PropertyWrite[]): PropertyRequests =>
  Object.fromEntries(writes.map((write) => [write.propertyId, codecs[write.type].write(write.value)]));

const codecOf = (type: string): Codec | undefined =>
  Object.hasOwn(codecs, type) ? codecs[type as PropertyType] : undefined;

/** Relations say that they were cut; people and texts do not, so that a full page of references counts as cut. */
const isComplete = (answer: PropertyAnswer): boolean => {
  const raw = answer[answer.type];
  if (answer.type === "relation") return answer.has_more !== true;
  if (!Array.isArray(raw)) return true;
  if (answer.type === "people") return raw.length !== referenceLimit;
  if (answer.type !== "title" && answer.type !== "rich_text") return true;
  return raw.filter((part: { type?: unknown }) => part.type === "mention").length !== referenceLimit;
};

const chosen = (id: string | null): { id: string } | null => (id === null ? null : { id });

const string = (value: Value): string => (typeof value === "string" ? value : wrongKind(value, "text"));
const list = (value: Value): readonly string[] => {
  if (value === null) return [];
  return isList(value) ? value : wrongKind(value, "list");
};
const isList = (value: Value): value is readonly string[] => Array.isArray(value);
const isDate = (value: Value): value is DateValue =>
  typeof value === "object" && value !== null && "start" in value;

const wrongKind = (value: Value, wanted: string): never => {
  throw new NotionError("notion_refused", `a ${typeof value} where a ${wanted} belongs, not sent`);
};
