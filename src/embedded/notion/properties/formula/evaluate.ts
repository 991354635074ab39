import { formulaFunctions } from "./functions.ts";
import type { Expression } from "./parse.ts";
import { type FormulaValue, isDate, isEmpty, isList, numberOf, textOf, Unsupported } from "./value.ts";

export type FormulaContext = {
  now: number;
  /** The value of a property by its id; throws Unsupported when it has none that a formula can read. */
  valueOf(propertyId: string): FormulaValue;
};

const comparable = (value: FormulaValue): number | string => {
  if (isDate(value)) return value.date.ms;
  if (typeof value === "string") return value;
  return numberOf(value);
};

const same = (one: FormulaValue, other: FormulaValue): boolean => {
  if (isDate(one) && isDate(other)) return one.date.ms === other.date.ms;
  if (isList(one) || isList(other)) return textOf(one) === textOf(other);
  return one === other || (isEmpty(one) && isEmpty(other) && (one === null || other === null));
};

const ordered =
  (matches: (one: number | string, other: number | string) => boolean) =>
  (one: FormulaValue, other: FormulaValue): FormulaValue => {
    if (one === null || other === null) return false;
    const pair = [comparable(one), comparable(other)] as const;
    if (typeof pair[0] !== typeof pair[1]) throw new Unsupported("comparison of different types");
    return matches(...pair);
  };

const arithmetic =
  (compute: (one: number, other: number) => number) =>
  (one: FormulaValue, other: FormulaValue): FormulaValue => {
    const result = compute(numberOf(one), numberOf(other));
    return Number.isFinite(result) ? result : null;
  };

const operators: Readonly<Record<string, (one: FormulaValue, other: FormulaValue) => FormulaValue>> = {
  "+": (one, other) =>
    typeof one === "string" || typeof other === "string"
      ? textOf(one) + textOf(other)
      : arithmetic((left, right) => left + right)(one, other),
  "-": arithmetic((one, other) => one - other),
  "*": arithmetic((one, other) => one * other),
  "/": arithmetic((one, other) => one / other),
  "%": arithmetic((one, other) => one % other),
  "^": arithmetic((one, other) => one ** other),
  "==": same,
  "!=": (one, other) => !same(one, other),
  "<": ordered((one, other) => one < other),
  "<=": ordered((one, other) => one <= other),
  ">": ordered((one, other) => one > other),
  ">=": ordered((one, other) => one >= other),
};

const chosen = (args: readonly Expression[], context: FormulaContext): FormulaValue => {
  for (let index = 0; index + 1 < args.length; index += 2) {
    const [condition, value] = [args[index], args[index + 1]];
    if (condition && value && !isEmpty(evaluate(condition, context))) return evaluate(value, context);
  }
  const otherwise = args.length % 2 === 1 ? args.at(-1) : undefined;
  return otherwise ? evaluate(otherwise, context) : null;
};

/** The value of a formula for one page. Throws Unsupported outside the subset. */
export const evaluate = (expression: Expression, context: FormulaContext): FormulaValue => {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "property") return context.valueOf(expression.key);
  const { name, args } = expression;
  const isTrue = (arg: Expression): boolean => !isEmpty(evaluate(arg, context));
  if (name === "if" || name === "ifs") return chosen(args, context);
  if (name === "and") return args.every(isTrue);
  if (name === "or") return args.some(isTrue);
  const values = args.map((arg) => evaluate(arg, context));
  const [one = null, other = null] = values;
  if (name === "not") return isEmpty(one);
  if (name === "negate") return -numberOf(one);
  const operator = expression.kind === "operator" ? operators[name] : undefined;
  if (operator) return operator(one, other);
  const run = Object.hasOwn(formulaFunctions, name) ? formulaFunctions[name] : undefined;
  if (!run) throw new Unsupported(`function ${name}`);
  return run(values, context.now);
};
