import { normaliseId } from "../ids.ts";
import type { Json, JsonObject } from "../model.ts";
import { invalidJson, invalidRequestUrl, validationError } from "./errors.ts";
import { firstVersion, upgradeDatabaseBody } from "./legacy.ts";
import type { Operation } from "./operation.ts";
import { parseAt, shouldBe } from "./validate.ts";
import { upgradeBody, type Version } from "./versions.ts";

/** A request's parts, read but not judged. */
export type RawRequest = { method: string; url: URL; headers: Headers; text: string; signal: AbortSignal };

/** Notion's limit of a payload (notion-api §4). */
const maxPayloadBytes = 500_000;

/** No request needs more; what lies deeper would exhaust the stack of whatever reads it. Assumed. */
const maxNesting = 200;

const nestingOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isInString = !isInString;
    else if (isInString && character === "\\") at++;
    else if (isInString) continue;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest;
};

const readJson = (text: string): Json => {
  if (text === "") return {};
  if (Buffer.byteLength(text) > maxPayloadBytes) {
    throw validationError(`body failed validation: body.length should be ≤ \`${maxPayloadBytes}\`.`);
  }
  if (nestingOf(text) > maxNesting) throw invalidJson();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidJson();
    throw error;
  }
};

/** `filter_properties` repeats, in the plain and in the `[]` form (notion-api §10, trap 11); numbers arrive as text. */
const readQuery = (search: URLSearchParams): JsonObject => {
  const query: JsonObject = {};
  for (const [name, value] of search) {
    const key = name.replace(/\[\]$/, "");
    if (key === "filter_properties") query[key] = [...((query[key] as string[] | undefined) ?? []), value];
    else query[key] = key === "page_size" && /^-?\d+$/.test(value) ? Number(value) : value;
  }
  return query;
};

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) throw invalidRequestUrl();
    throw error;
  }
};

const readParams = (params: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (name === "property_id") return [name, decoded(value)];
      const id = normaliseId(value);
      if (!id) throw shouldBe(`path.${name}`, "a valid uuid", value);
      return [name, id];
    }),
  );

const upgraded = (operation: Operation, version: Version, body: Json): Json => {
  const upgradedBody = upgradeBody(version, body);
  return version === firstVersion ? upgradeDatabaseBody(operation.name, upgradedBody) : upgradedBody;
};

/** Blocks that one request may carry, at all depths (documented: reference/request-limits; the wording is assumed). */
const maxBlocks = 1000;

const countBlocks = (value: Json): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countBlocks(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + countBlocks(inner) + (key === "children" && Array.isArray(inner) ? inner.length : 0),
    0,
  );
};

const assertBlockCount = (body: Json): void => {
  const count = countBlocks(body);
  if (count <= maxBlocks) return;
  throw validationError(
    `body failed validation: body block elements should be ≤ \`${maxBlocks}\`, instead was \`${count}\`.`,
  );
};

const readBody = (text: string): Json => {
  const body = readJson(text);
  assertBlockCount(body);
  return body;
};

/** The validated input of an operation; throws validation errors in Notion's words. */
export const readInput = (
  operation: Operation,
  params: Record<string, string>,
  request: RawRequest,
  version: Version,
) => ({
  params: readParams(params),
  query: parseAt(operation.query, readQuery(request.url.searchParams), "query"),
  body: parseAt(operation.body, upgraded(operation, version, readBody(request.text)), "body"),
});
