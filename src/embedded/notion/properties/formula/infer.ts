import type { Expression } from "./parse.ts";

/** What a formula's value is called in answers. */
export type FormulaKind = "string" | "number" | "boolean" | "date";

const kindsOfFunctions: Readonly<Record<FormulaKind, readonly string[]>> = {
  string: ["format", "lower", "upper", "trim", "concat", "join", "substring"],
  number: [
    ...[
      "length",
      "toNumber",
      "abs",
      "ceil",
      "floor",
      "sqrt",
      "sign",
      "round",
      "pow",
      "min",
      "max",
      "sum",
      "mean",
    ],
    ...["dateBetween", "timestamp", "year", "month", "date", "day", "hour", "minute", "negate"],
    ...["-", "*", "/", "%", "^"],
  ],
  boolean: ["empty", "contains", "includes", "and", "or", "not", "==", "!=", "<", "<=", ">", ">="],
  date: ["now", "today", "dateAdd", "dateSubtract", "dateStart", "dateEnd"],
};
const kindOfFunction = new Map(
  Object.entries(kindsOfFunctions).flatMap(([kind, names]) =>
    names.map((name) => [name, kind as FormulaKind]),
  ),
);

/** The kind a formula's value has, also where it is empty; null where the subset cannot tell. */
export const inferKind = (
  expression: Expression,
  kindOfProperty: (key: string) => FormulaKind | null,
): FormulaKind | null => {
  const infer = (inner: Expression | undefined): FormulaKind | null => {
    if (!inner) return null;
    if (inner.kind === "literal") return typeof inner.value as FormulaKind;
    if (inner.kind === "property") return kindOfProperty(inner.key);
    if (inner.name === "if" || inner.name === "ifs") return infer(inner.args[1]) ?? infer(inner.args.at(-1));
    if (inner.name === "+") return inner.args.some((arg) => infer(arg) === "string") ? "string" : "number";
    return kindOfFunction.get(inner.name) ?? null;
  };
  return infer(expression);
};
