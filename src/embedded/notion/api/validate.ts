import type { z } from "zod";
import { validationError } from "./errors.ts";

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;
type Path = readonly PropertyKey[];

const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "an integer",
  boolean: "a boolean",
  array: "an array",
  object: "an object",
  record: "an object",
};

const quoted = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "undefined";
  return `\`${text.length > 200 ? `${text.slice(0, 200)}…` : text}\``;
};

const anyOf = (values: readonly unknown[]): string => {
  const shown = values.map(quoted);
  if (shown.length < 3) return shown.join(" or ");
  return `${shown.slice(0, -1).join(", ")}, or ${shown.at(-1)}`;
};

/** What the value "should be", in Notion's phrases. A schema may give its own phrase as its message. */
const phrase = (issue: RawIssue): string => {
  if (issue.code !== "unrecognized_keys" && issue.input === undefined) return "defined";
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected] ?? issue.expected;
    case "too_big":
      return `≤ \`${issue.maximum}\``;
    case "too_small":
      return `≥ \`${issue.minimum}\``;
    case "invalid_value":
      return anyOf(issue.values);
    default:
      return "valid";
  }
};

const formatPath = (root: string, path: Path): string =>
  path.reduce<string>((text, key) => text + (typeof key === "number" ? `[${key}]` : `.${String(key)}`), root);

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

const depthOf = (issues: readonly Issue[]): number => Math.max(...issues.map((issue) => issue.path.length));

const isUnknownKey = (issue: Issue): boolean => issue.code === "unrecognized_keys";

/** The branches of a union worth telling: the one that fitted deepest, else all. */
const branchesToTell = (branches: readonly (readonly Issue[])[]): readonly (readonly Issue[])[] => {
  const deepest = Math.max(...branches.map(depthOf));
  const close = branches.filter((issues) => depthOf(issues) === deepest);
  const fitting = close.filter((issues) => !issues.some(isUnknownKey));
  return fitting.length > 0 ? fitting : close;
};

const sentences = (issue: Issue, root: string, value: unknown, base: Path): string[] => {
  const path = [...base, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    return branchesToTell(issue.errors).flatMap((branch) =>
      branch.slice(0, 1).flatMap((inner) => sentences(inner, root, value, path)),
    );
  }
  if (issue.code === "unrecognized_keys") {
    const unknown = [...path, issue.keys[0] ?? ""];
    return [
      `${formatPath(root, unknown)} should be not present, instead was ${quoted(valueAt(value, unknown))}.`,
    ];
  }
  const found = valueAt(value, path);
  const isLength = issue.code === "too_big" && issue.origin !== "number";
  const name = formatPath(root, path) + (isLength ? ".length" : "");
  const shown = isLength ? (found as { length: number }).length : found;
  return [`${name} should be ${issue.message}, instead was ${quoted(shown)}.`];
};

/** Notion's message for one or several failures, `path` being where the checked part lies ("body.children[0]"). */
const failure = (path: string, lines: readonly string[]): string => {
  const [part = path] = path.split(/[.[]/, 1);
  const distinct = [...new Set(lines)];
  if (distinct.length === 1) return `${part} failed validation: ${distinct[0]}`;
  return `${part} failed validation. Fix one:\n${distinct.join("\n")}`;
};

/** Parses `value` or throws a validation_error in Notion's words, naming the place below `path`. */
export const parseAt = <T>(schema: z.ZodType<T>, value: unknown, path: string): T => {
  const result = schema.safeParse(value, { error: phrase });
  if (result.success) return result.data;
  const [first] = result.error.issues;
  if (!first) throw validationError(`${path} failed validation.`);
  throw validationError(failure(path, sentences(first, path, value, [])));
};

/** The same refusal for a rule that a schema cannot say. */
export const shouldBe = (path: string, expected: string, found: unknown): Error =>
  validationError(failure(path, [`${path} should be ${expected}, instead was ${quoted(found)}.`]));

/** A refusal with several ways to put it right. */
export const fixOne = (path: string, lines: readonly string[]): Error =>
  validationError(failure(path, lines));
