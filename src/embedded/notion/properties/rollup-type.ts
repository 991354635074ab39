import { z } from "zod";
import { validationError } from "../api/errors.ts";
import type { JsonObject, PageRecord, Property, PropertyConfig } from "../model.ts";
import { parseIso } from "../query/moments.ts";
import { type ComputedComparand, rollupFamily } from "./computed-families.ts";
import { findProperty } from "./find-property.ts";
import {
  type ComputedContext,
  type ConfigContext,
  documented,
  propertyType,
  type TypeOf,
  type ValueContext,
} from "./property-type.ts";
import { presentPages } from "./reference-types.ts";
import { type RolledUp, rollupFunctions } from "./rollup-functions.ts";

const configSchema = z.strictObject({
  function: z.enum(Object.keys(rollupFunctions)),
  relation_property_id: z.string().optional(),
  relation_property_name: z.string().optional(),
  rollup_property_id: z.string().optional(),
  rollup_property_name: z.string().optional(),
});
type ConfigInput = z.infer<typeof configSchema>;

const named = (properties: readonly Property[], key: string | undefined, what: string): Property => {
  if (key === undefined) throw validationError(`A rollup needs the name or id of its ${what} property.`);
  const property = findProperty(properties, key);
  if (!property) throw validationError(`Could not find property with name or id: ${key}`);
  return property;
};

const makeConfig = (input: ConfigInput, { scope, dataSourceId }: ConfigContext): PropertyConfig => {
  const own = scope.objects.properties(dataSourceId);
  const relation = named(own, input.relation_property_id ?? input.relation_property_name, "relation");
  if (!relation.config.target) throw validationError(`${relation.name} is not a relation property.`);
  const theirs = scope.objects.properties(relation.config.target.dataSourceId);
  const target = named(theirs, input.rollup_property_id ?? input.rollup_property_name, "rolled up");
  return { rollup: { relationId: relation.id, propertyId: target.id, function: input.function } };
};

type Parts = { relation: Property | undefined; target: Property | undefined };

const partsOf = (property: Property, own: readonly Property[], scope: ValueContext["scope"]): Parts => {
  const { rollup } = property.config;
  const relation = own.find((one) => one.id === rollup?.relationId);
  const theirs = scope.objects.properties(relation?.config.target?.dataSourceId ?? "");
  return { relation, target: theirs.find((one) => one.id === rollup?.propertyId) };
};

/** Rollups of rollups end here, so that two that read each other end at all. Assumed. */
const maxHops = 3;

/** The values of the related pages; null when the relation or the property there is gone. */
const rolledUp = (page: PageRecord, context: ComputedContext): RolledUp[] | null => {
  const { scope, property, typeOf, hops = 0 } = context;
  if (page.parent.type !== "data_source_id" || hops >= maxHops) return null;
  const { relation, target } = partsOf(property, scope.objects.properties(page.parent.id), scope);
  if (!relation || !target) return null;
  const row = typeOf(target);
  const ids = page.values[relation.id] as string[] | undefined;
  return presentPages(ids, scope).map((related) => ({
    property: target,
    shown: {
      type: target.type,
      ...row.show(related.values[target.id], related, { scope, property: target, hops: hops + 1 }),
    },
  }));
};

const result = (page: PageRecord, context: ComputedContext): JsonObject => {
  const name = context.property.config.rollup?.function ?? "";
  const values = rolledUp(page, context);
  const computed = values && rollupFunctions[name]?.of(values);
  return { ...(computed ?? { type: "unsupported", unsupported: {} }), function: name };
};

const elements = (page: PageRecord, context: ComputedContext): ComputedComparand[] => {
  const { scope, property, typeOf, hops = 0 } = context;
  if (page.parent.type !== "data_source_id" || hops >= maxHops) return [];
  const { relation, target } = partsOf(property, scope.objects.properties(page.parent.id), scope);
  if (!relation || !target) return [];
  const inside = { scope, property: target, hops: hops + 1 };
  return presentPages(page.values[relation.id] as string[] | undefined, scope).map((related) => ({
    kind: target.type,
    value: typeOf(target).comparand(related.values[target.id], related, inside),
    elements: [],
  }));
};

const comparandOf = (shown: JsonObject): Pick<ComputedComparand, "kind" | "value"> => {
  if (shown.type !== "date") return { kind: String(shown.type), value: shown.number ?? null };
  const date = shown.date as { start: string } | null;
  return { kind: "date", value: date && { start: parseIso(date.start) } };
};

/** The item endpoint gives lists one by one, as it does for a property of that type itself. */
const itemsOf = ({ property: { type }, shown }: RolledUp): JsonObject[] => {
  const content = shown[type];
  const isPaged = ["title", "rich_text", "people", "relation"].includes(type);
  return isPaged && Array.isArray(content) ? content.map((item) => ({ type, [type]: item })) : [shown];
};

export const rollupType = (typeOf: TypeOf) =>
  propertyType<never, never, ConfigInput>({
    source: `${documented}, property-item-object; rollups of rollups end after three (assumed)`,
    family: rollupFamily,
    config: {
      schema: configSchema,
      make: makeConfig,
      show(property, scope, properties) {
        const { relation, target } = partsOf(property, properties, scope);
        const { rollup } = property.config;
        return {
          function: rollup?.function ?? "",
          relation_property_name: relation?.name ?? "",
          relation_property_id: encodeURIComponent(rollup?.relationId ?? ""),
          rollup_property_name: target?.name ?? "",
          rollup_property_id: encodeURIComponent(rollup?.propertyId ?? ""),
        };
      },
    },
    write: null,
    show: (_value, page, context) => ({ rollup: result(page, { ...context, typeOf }) }),
    comparand: (_value, page, context) => ({
      ...comparandOf(result(page, { ...context, typeOf })),
      elements: elements(page, { ...context, typeOf }),
    }),
    text: (_value, page, context) => {
      const { type, ...value } = result(page, { ...context, typeOf });
      return type === "number" ? String(value.number ?? "") : "";
    },
    list: (_value, page, context) => {
      const rollup = result(page, { ...context, typeOf });
      const items = (rolledUp(page, { ...context, typeOf }) ?? []).flatMap(itemsOf);
      // Documented: the item endpoint does not compute these (notion-api §3).
      const isUnsupported = ["show_unique", "unique", "median"].includes(String(rollup.function));
      const head = isUnsupported
        ? { type: "unsupported", unsupported: {}, function: rollup.function }
        : rollup;
      return { items, head: head.type === "array" ? { ...head, array: [] } : head };
    },
  });
