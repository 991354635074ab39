/**
 * The document closes (`additionalProperties: false`) both halves of what it then joins with `allOf`: read to the letter,
 * no object could ever fit. Each such pair is read as what it means: one object with the fields of both halves, closed
 * as a whole.
 */

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const branches = ["allOf", "oneOf", "anyOf"] as const;

const resolved = (document: Schema, schema: Schema): Schema => {
  if (typeof schema.$ref !== "string") return schema;
  const keys = schema.$ref.replace(/^#\//, "").split("/");
  const target = keys.reduce<unknown>((at, key) => (isSchema(at) ? at[key] : undefined), document);
  if (!isSchema(target)) throw new Error(`the document has nothing at ${schema.$ref}`);
  return resolved(document, target);
};

/** A copy that takes further fields at its own level. */
const opened = (document: Schema, given: Schema): Schema => {
  const { additionalProperties, ...schema } = resolved(document, given);
  const copy: Schema =
    additionalProperties === false
      ? schema
      : { ...schema, ...(additionalProperties === undefined ? {} : { additionalProperties }) };
  for (const key of branches) {
    const list = copy[key];
    if (Array.isArray(list)) copy[key] = list.map((branch: Schema) => opened(document, branch));
  }
  return copy;
};

/** Reads every `allOf` of the document as described above, in place; answers how many there were. */
export const closeUnions = (document: Schema): number => {
  const found: Schema[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (!isSchema(value)) return;
    if (Array.isArray(value.allOf)) found.push(value);
    Object.values(value).forEach(walk);
  };
  walk(document);
  const replaced = found.map((schema) => (schema.allOf as Schema[]).map((half) => opened(document, half)));
  for (const [index, schema] of found.entries()) {
    schema.allOf = replaced[index];
    schema.unevaluatedProperties = false;
  }
  return found.length;
};
