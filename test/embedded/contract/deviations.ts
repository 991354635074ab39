/**
 * Where the official document contradicts itself, its own guides or the SDK that its maker generates from a newer state
 * of it. Each row is applied to the document before responses are held against it; everything else counts to the letter.
 */

type Schema = Record<string, unknown>;

/** `at` leads to the schema through the document's keys. */
export type Deviation = { at: readonly string[]; why: string; change(schema: Schema): void };

const component = (name: string): readonly string[] => ["components", "schemas", name];
const answerOf = (path: string): readonly string[] => [
  ...["paths", path, "get", "responses", "200", "content", "application/json", "schema"],
];
const opaqueCursor = (path: string): Deviation => ({
  at: answerOf(path),
  why: "Has the format `uuid` on its cursor, which the guide on paging calls opaque and other lists leave free.",
  change: (schema) => Object.assign(fieldsOf(schema), { next_cursor: textOrNull }),
});

const fieldsOf = (schema: Schema): Schema => schema.properties as Schema;

const anyText = { type: "string" };
const textOrNull = { type: ["string", "null"] };

/** Also true of the document as a whole; see closed-unions.ts. */
export const closedHalves =
  "Both halves of every `allOf` are closed, so that no object could fit; they are read as one closed object.";

export const deviations: readonly Deviation[] = [
  {
    at: component("publicApiCommonErrorResponse"),
    why: "Leaves out `request_id`, which the page on status codes shows in every error.",
    change: (schema) => Object.assign(fieldsOf(schema), { request_id: anyText }),
  },
  {
    at: component("pageObjectResponse"),
    why: "Older than `is_archived`, which the SDK declares on every page.",
    change: (schema) => Object.assign(fieldsOf(schema), { is_archived: { type: "boolean" } }),
  },
  {
    at: component("relationArrayBasedPropertyValueResponse"),
    why: "Leaves out `has_more`, which the page on property values documents for relations.",
    change: (schema) => Object.assign(fieldsOf(schema), { has_more: { type: "boolean" } }),
  },
  {
    at: component("dateResponse"),
    why: "Has the format `date` on values that its own examples give with a time.",
    change: (schema) => Object.assign(fieldsOf(schema), { start: anyText, end: textOrNull }),
  },
  opaqueCursor("/v1/comments"),
  opaqueCursor("/v1/data_sources/{data_source_id}/templates"),
];
