import { normaliseId } from "../ids.ts";
import type { Json, JsonObject } from "../model.ts";
import { invalidJson, invalidRequestUrl, validationError } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { parseAt, shouldBe } from "./validate.ts";
import { upgradeBody, type Version } from "./versions.ts";

/** A request's parts, read but not judged. */
export type RawRequest = { method: string; url: URL; headers: Headers; text: string; signal: AbortSignal };

/** Notion's limit of a payload (notion-api §4). */
const maxPayloadBytes = 500_000;

const readJson = (text: string): Json => {
  if (text === "") return {};
  if (Buffer.byteLength(text) > maxPayloadBytes) {
    throw validationError(`body failed validation: body.length should be ≤ \`${maxPayloadBytes}\`.`);
  }
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

/** The validated input of an operation; throws validation errors in Notion's words. */
export const readInput = (
  operation: Operation,
  params: Record<string, string>,
  request: RawRequest,
  version: Version,
) => ({
  params: readParams(params),
  query: parseAt(operation.query, readQuery(request.url.searchParams), "query"),
  body: parseAt(operation.body, upgradeBody(version, readJson(request.text)), "body"),
});
