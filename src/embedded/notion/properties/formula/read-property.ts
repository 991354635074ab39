import type { DateValue, JsonObject, PageRecord } from "../../model.ts";
import { isDateOnly, parseIso } from "../../query/moments.ts";
import { floorToMinute } from "../../time.ts";
import type { ComputedContext } from "../property-type.ts";
import { titleOf } from "../reference-types.ts";
import type { FormulaKind } from "./infer.ts";
import { type FormulaValue, Unsupported } from "./value.ts";

type Read = (value: unknown, page: PageRecord, context: ComputedContext) => FormulaValue;

const shownList =
  (type: string, textOf: (item: JsonObject, context: ComputedContext) => FormulaValue): Read =>
  (value, page, context) => {
    const shown = context.typeOf(context.property).show(value, page, context)[type] as JsonObject[];
    return { list: shown.map((item) => textOf(item, context)) };
  };

const name = (item: JsonObject): FormulaValue => String(item.name ?? "");

const relatedTitle = (item: JsonObject, { scope }: ComputedContext): FormulaValue =>
  titleOf(scope.objects.getAs("page", String(item.id)), scope);

const text: Read = (value, page, context) =>
  context.typeOf(context.property).text(value, page, context) || null;
const compared: Read = (value, page, context) =>
  context.typeOf(context.property).comparand(value, page, context) as FormulaValue;
const time =
  (timeOf: (page: PageRecord) => number): Read =>
  (_value, page) => ({
    date: { ms: floorToMinute(timeOf(page)), endMs: null, hasTime: true },
  });
const date: Read = (value) => {
  if (!value) return null;
  const { start, end } = value as DateValue;
  return {
    date: { ms: parseIso(start), endMs: end === null ? null : parseIso(end), hasTime: !isDateOnly(start) },
  };
};

/** A formula or rollup inside a formula, from what it shows. */
const computed =
  (type: "formula" | "rollup"): Read =>
  (value, page, context) => {
    const shown = context.typeOf(context.property).show(value, page, context)[type] as JsonObject;
    if (shown.type === "date") return date(shown.date, page, context);
    if (shown.type === "number" || shown.type === "string" || shown.type === "boolean") {
      return (shown[shown.type] ?? null) as FormulaValue;
    }
    throw new Unsupported(`value of type ${shown.type}`);
  };

/** How a formula reads each property type, and the kind of an empty value. Lists end at 25 references (notion-api §3). */
const readers: Readonly<Record<string, { kind: FormulaKind | null; read: Read }>> = {
  title: { kind: "string", read: text },
  rich_text: { kind: "string", read: text },
  url: { kind: "string", read: text },
  email: { kind: "string", read: text },
  phone_number: { kind: "string", read: text },
  select: { kind: "string", read: text },
  status: { kind: "string", read: text },
  unique_id: { kind: "string", read: text },
  created_by: { kind: "string", read: text },
  last_edited_by: { kind: "string", read: text },
  number: { kind: "number", read: compared },
  checkbox: { kind: "boolean", read: compared },
  date: { kind: "date", read: date },
  created_time: { kind: "date", read: time((page) => page.createdAt) },
  last_edited_time: { kind: "date", read: time((page) => page.editedAt) },
  multi_select: { kind: null, read: shownList("multi_select", name) },
  people: { kind: null, read: shownList("people", name) },
  files: { kind: null, read: shownList("files", name) },
  relation: { kind: null, read: shownList("relation", relatedTitle) },
  formula: { kind: null, read: computed("formula") },
  rollup: { kind: null, read: computed("rollup") },
};

export const kindOfType = (type: string): FormulaKind | null => readers[type]?.kind ?? null;

/** A property's value as a formula reads it; throws Unsupported for a type that no formula reads. */
export const readProperty = (page: PageRecord, context: ComputedContext): FormulaValue => {
  const { property } = context;
  const reader = readers[property.type];
  if (!reader) throw new Unsupported(`property of type ${property.type}`);
  return reader.read(page.values[property.id], page, context);
};
