import { z } from "zod";
import { dateSchema } from "../api/schemas.ts";
import type { DateValue, JsonObject } from "../model.ts";
import { checkboxFamily, dateFamily, existenceFamily, numberFamily } from "../query/families.ts";
import { parseIso } from "../query/moments.ts";
import { storedDate } from "./dates.ts";
import { plainConfig } from "./plain-config.ts";
import { documented, propertyType } from "./property-type.ts";

export const numberType = propertyType<number, number | null, { format?: string | undefined }>({
  source: documented,
  family: numberFamily,
  config: {
    schema: z.strictObject({ format: z.string().optional() }),
    make: (input, { before }) => ({ format: input.format ?? before?.config.format ?? "number" }),
    show: (property) => ({ format: property.config.format ?? "number" }),
  },
  write: { schema: z.number().nullable(), store: (input) => input ?? undefined },
  show: (value) => ({ number: value ?? null }),
  comparand: (value) => value ?? null,
  text: (value) => (value === undefined ? "" : String(value)),
  fromText: (text) => {
    const value = Number.parseFloat(text);
    return Number.isNaN(value) ? undefined : value;
  },
});

export const checkboxType = propertyType<boolean, boolean, Record<string, never>>({
  source: documented,
  family: checkboxFamily,
  config: plainConfig,
  write: { schema: z.boolean(), store: (input) => input },
  show: (value) => ({ checkbox: value ?? false }),
  comparand: (value) => value ?? false,
  text: (value) => (value ? "Yes" : "No"),
  fromText: (text) => /^(yes|true|1)$/i.test(text),
});

export const dateType = propertyType<DateValue, z.infer<typeof dateSchema> | null, Record<string, never>>({
  source: documented,
  family: dateFamily,
  config: plainConfig,
  write: {
    schema: dateSchema.nullable(),
    store: (input, { property }) =>
      input ? storedDate(input, `body.properties.${property.name}.date`) : undefined,
  },
  show: (value) => ({ date: value ?? null }),
  comparand: (value) => (value ? { start: parseIso(value.start) } : null),
  text: (value) => (value ? [value.start, value.end].filter(Boolean).join(" → ") : ""),
  fromText: (text) => {
    const [start = ""] = text.split(" → ");
    return Number.isNaN(parseIso(start)) ? undefined : storedDate({ start }, "body.properties");
  },
});

const placeSchema = z.strictObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  name: z.string().nullish(),
  address: z.string().nullish(),
  aws_place_id: z.string().nullish(),
  google_place_id: z.string().nullish(),
});

/** Writable as the SDK types it, though a page of the documentation says it is not (notion-api §3). */
export const placeType = propertyType<JsonObject, z.infer<typeof placeSchema> | null, Record<string, never>>({
  source: "documented: SDK 5.26 types; reference/page-property-values calls it read-only",
  family: existenceFamily,
  config: plainConfig,
  write: { schema: placeSchema.nullable(), store: (input) => input ?? undefined },
  show: (value) => ({ place: value ?? null }),
  comparand: (value) => (value ? [value] : []),
  text: (value) => String(value?.name ?? value?.address ?? ""),
});

const fileSchema = z.strictObject({
  name: z.string().max(100),
  type: z.literal("external").optional(),
  external: z.strictObject({ url: z.string().max(2000) }),
});
type FileInput = z.infer<typeof fileSchema>;

export const filesType = propertyType<JsonObject[], FileInput[], Record<string, never>>({
  source: documented,
  family: existenceFamily,
  config: plainConfig,
  write: {
    schema: z.array(fileSchema).max(100),
    store: (input) => (input.length > 0 ? input.map((file) => ({ ...file, type: "external" })) : undefined),
  },
  show: (value) => ({ files: value ?? [] }),
  comparand: (value) => value ?? [],
  text: (value) => (value ?? []).map((file) => file.name).join(", "),
});
