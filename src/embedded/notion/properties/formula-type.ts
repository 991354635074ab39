import { z } from "zod";
import { validationError } from "../api/errors.ts";
import type { JsonObject, PageRecord, Property } from "../model.ts";
import { parseIso } from "../query/moments.ts";
import { type ComputedComparand, formulaFamily } from "./computed-families.ts";
import { findProperty } from "./find-property.ts";
import { evaluate } from "./formula/evaluate.ts";
import { type FormulaKind, inferKind } from "./formula/infer.ts";
import {
  type Expression,
  FormulaSyntaxError,
  namedIn,
  parseFormula,
  renameProperties,
} from "./formula/parse.ts";
import { kindOfType, readProperty } from "./formula/read-property.ts";
import { dateValue, type FormulaValue, isDate, isList, textOf, Unsupported } from "./formula/value.ts";
import { type ComputedContext, type ConfigContext, propertyType, type TypeOf } from "./property-type.ts";

const parsed = (expression: string): Expression => {
  try {
    return parseFormula(expression);
  } catch (error) {
    if (error instanceof FormulaSyntaxError)
      throw validationError(`Type error with formula: ${error.message}`);
    throw error;
  }
};

/** Read once for each state of a property: a query evaluates thousands of rows. */
const trees = new WeakMap<Property["config"], Expression>();
const treeOf = ({ config }: Property): Expression => {
  const known = trees.get(config);
  if (known) return known;
  const tree = parseFormula(config.expression ?? "");
  trees.set(config, tree);
  return tree;
};

/** A formula that would read itself has no value. */
const assertNoCycle = (tree: Expression, properties: readonly Property[], id: string): void => {
  const seen = new Set<string>();
  const visit = (keys: readonly string[]): void => {
    for (const key of keys) {
      if (key === id) throw validationError("Type error with formula: a formula cannot refer to itself.");
      const property = properties.find((one) => one.id === key);
      if (property?.type !== "formula" || seen.has(key)) continue;
      seen.add(key);
      visit(namedIn(treeOf(property)));
    }
  };
  visit(namedIn(tree));
};

const storedExpression = (text: string, { scope, dataSourceId, propertyId }: ConfigContext): string => {
  const properties = scope.objects.properties(dataSourceId);
  parsed(text);
  const stored = renameProperties(text, (key) => {
    const property = findProperty(properties, key);
    if (!property) throw validationError(`Type error with formula: undefined property "${key}".`);
    return property.id;
  });
  assertNoCycle(parsed(stored), properties, propertyId);
  return stored;
};

/** Only rows have formulas. */
const siblings = (page: PageRecord, { scope }: ComputedContext): readonly Property[] =>
  page.parent.type === "data_source_id" ? scope.objects.properties(page.parent.id) : [];

const computedValue = (page: PageRecord, context: ComputedContext): FormulaValue =>
  evaluate(treeOf(context.property), {
    now: context.scope.now,
    valueOf(id) {
      const property = siblings(page, context).find((one) => one.id === id);
      if (!property) throw new Unsupported("property that is gone");
      return readProperty(page, { ...context, property });
    },
  });

const kindOf = (page: PageRecord, context: ComputedContext): FormulaKind =>
  inferKind(treeOf(context.property), (id) =>
    kindOfType(siblings(page, context).find((one) => one.id === id)?.type ?? ""),
  ) ?? "string";

const shown = (value: FormulaValue, page: PageRecord, context: ComputedContext): JsonObject => {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) {
    const kind = kindOf(page, context);
    return { type: kind, [kind]: null };
  }
  if (isDate(value)) return { type: "date", date: dateValue(value.date) };
  if (isList(value)) return { type: "string", string: textOf(value) };
  return { type: typeof value, [typeof value]: value };
};

/** What is outside the subset is `unsupported` (documented since 2026-08-05; notion-api §3). */
const result = (page: PageRecord, context: ComputedContext): JsonObject => {
  try {
    return shown(computedValue(page, context), page, context);
  } catch (error) {
    if (error instanceof Unsupported) return { type: "unsupported", unsupported: {} };
    throw error;
  }
};

const comparandOf = ({ type, ...value }: JsonObject): ComputedComparand => {
  if (type === "boolean") return { kind: "checkbox", value: value.boolean ?? false, elements: [] };
  if (type === "string") return { kind: "string", value: value.string ?? "", elements: [] };
  if (type !== "date") return { kind: String(type), value: value.number ?? null, elements: [] };
  const date = value.date as { start: string } | null;
  return { kind: "date", value: date && { start: parseIso(date.start) }, elements: [] };
};

export const formulaType = (typeOf: TypeOf) =>
  propertyType<never, never, { expression?: string | undefined }>({
    source:
      "documented: Help Center, formula syntax, of which this is a part; unsupported since changelog 2026-08-05",
    family: formulaFamily,
    config: {
      schema: z.strictObject({ expression: z.string().max(10_000).optional() }),
      make: (input, context) => ({
        expression:
          input.expression === undefined
            ? (context.before?.config.expression ?? '""')
            : storedExpression(input.expression, context),
      }),
      show(property, _scope, properties) {
        const expression = renameProperties(
          property.config.expression ?? "",
          (id) => properties.find((one) => one.id === id)?.name ?? id,
        );
        return { expression };
      },
    },
    write: null,
    show: (_value, page, context) => ({ formula: result(page, { ...context, typeOf }) }),
    comparand: (_value, page, context) => comparandOf(result(page, { ...context, typeOf })),
    text: (_value, page, context) => {
      const { type, ...value } = result(page, { ...context, typeOf });
      return type === "date"
        ? ((value.date as { start: string } | null)?.start ?? "")
        : String(value[String(type)] ?? "");
    },
  });
