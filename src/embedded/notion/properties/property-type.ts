import type { z } from "zod";
import type { JsonObject, PageRecord, Property, PropertyConfig } from "../model.ts";
import type { FilterFamily } from "../query/families.ts";
import type { Scope } from "../scope.ts";

export type ValueContext = {
  scope: Scope;
  property: Property;
  /** How many rollups the value was read through. */
  hops?: number;
};
export type WriteContext = ValueContext & { dataSourceId: string | null; pageId: string };
export type ConfigContext = {
  scope: Scope;
  dataSourceId: string;
  /** The property as it was; null for a new one. */
  before: Property | null;
  propertyId: string;
  propertyName: string;
  path: string;
};

/** One row of the property engine: all that the workspace knows of a type. V: stored value, I: value in a request. */
export type PropertyTypeRow<V, I, C> = {
  /** Where its rules come from. */
  source: string;
  family: FilterFamily;
  config: {
    schema: z.ZodType<C>;
    /** The config to store; may create the twin of a relation. */
    make(input: C, context: ConfigContext): PropertyConfig;
    /** `properties` are those of its data source. */
    show(property: Property, scope: Scope, properties: readonly Property[]): JsonObject;
  };
  /** Null: Notion computes it and refuses writes. `store` answers undefined for an empty value. */
  write: { schema: z.ZodType<I>; store(input: I, context: WriteContext): V | undefined } | null;
  /** The value of a new row that gives none. */
  initial?(context: WriteContext): V | undefined;
  /** The fields beside `id` and `type` in a page's property. */
  show(value: V | undefined, page: PageRecord, context: ValueContext): JsonObject;
  /** For types whose values are paged: each item as the property item endpoint shows it. */
  items?(value: V | undefined, context: ValueContext): unknown[];
  /** For values computed from others, which the endpoint pages: those others, and the value beside the list. */
  list?(
    value: V | undefined,
    page: PageRecord,
    context: ValueContext,
  ): { items: JsonObject[]; head: JsonObject };
  /** What its filter family compares. */
  comparand(value: V | undefined, page: PageRecord, context: ValueContext): unknown;
  /** Plain text, through which Notion converts a value when a property's type changes. */
  text(value: V | undefined, page: PageRecord, context: ValueContext): string;
  fromText?(text: string, context: ValueContext): V | undefined;
};

/** What most types follow. */
export const documented = "documented: reference/property-object, page-property-values";

export type PropertyType = PropertyTypeRow<unknown, unknown, unknown>;

/** The row of a property's type; computed types read others through it. */
export type TypeOf = (property: { type: string }) => PropertyType;
export type ComputedContext = ValueContext & { typeOf: TypeOf };

/** Rows differ in their value types; the table holds them as one. Values reach a row only through its own `store`. */
export const propertyType = <V, I, C>(row: PropertyTypeRow<V, I, C>): PropertyType =>
  row as unknown as PropertyType;
