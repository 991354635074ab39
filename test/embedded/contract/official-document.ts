import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { closeUnions } from "./closed-unions.ts";
import { deviations } from "./deviations.ts";

/** The API's maker publishes the document and keeps its rights: it lies beside the repository, never in it. */
export const documentPath = resolve(
  import.meta.dirname,
  "../../../../shared/reference/notion-openapi-2026-03.json",
);
export const hasDocument = existsSync(documentPath);

type Loose = Record<string, unknown>;
type OfficialDocument = Loose & { paths: Record<string, Record<string, Loose>> };

const formats: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
};

export type OfficialCheck = {
  /** Whether the document describes the operation. */
  covers(method: string, path: string): boolean;
  /** What the response has that the document does not allow. */
  failures(method: string, path: string, status: number, body: unknown): string[];
  /** The same for the payload of a webhook, by its event type. */
  webhookFailures(type: string, payload: unknown): string[];
};

const schemaAt = (document: OfficialDocument, keys: readonly string[]): Loose => {
  const found = keys.reduce<unknown>((at, key) => (at as Loose | undefined)?.[key], document);
  if (typeof found !== "object" || found === null) throw new Error(`the document has no ${keys.join(" ")}`);
  return found as Loose;
};

const pointer = (...keys: string[]): string =>
  keys.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");

/** Our table writes `/pages/:page_id`, the document `/v1/pages/{page_id}`. */
const officialPath = (path: string): string => `/v1${path.replace(/:(\w+)/g, "{$1}")}`;

/** The branches of a union that were not meant: another `type` or `object` than the answer has. */
const otherBranches = (errors: readonly ErrorObject[]) =>
  errors.flatMap(({ keyword, instancePath, schemaPath }) => {
    const [, owner] = /^(.*)\/properties\/(?:type|object)\/const$/.exec(schemaPath) ?? [];
    return keyword === "const" && owner ? [{ owner, at: instancePath.replace(/\/[^/]*$/, "") }] : [];
  });

const told = (errors: readonly ErrorObject[]): string[] => {
  const others = otherBranches(errors);
  const meant = errors.filter(
    (error) =>
      error.keyword !== "oneOf" &&
      error.keyword !== "anyOf" &&
      !others.some(
        ({ owner, at }) => error.schemaPath.startsWith(owner) && error.instancePath.startsWith(at),
      ),
  );
  const lines = (meant.length > 0 ? meant : errors).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)} ${error.schemaPath}`,
  );
  return [...new Set(lines)].slice(0, 12);
};

/** Read once for all tests. */
let known: OfficialCheck | null = null;
export const officialCheck = (): OfficialCheck => {
  known ??= readOfficialDocument();
  return known;
};

/** Reads the document, applies the listed deviations and compiles a validator for each response when it is first needed. */
const readOfficialDocument = (): OfficialCheck => {
  const document = JSON.parse(readFileSync(documentPath, "utf8")) as OfficialDocument;
  for (const { at, change } of deviations) change(schemaAt(document, at));
  closeUnions(document);
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats });
  ajv.addSchema(document, "notion");
  const compiled = new Map<string, ValidateFunction>();
  const validatorAt = (...keys: string[]): ValidateFunction => {
    const $ref = `notion#/${pointer(...keys)}`;
    const known = compiled.get($ref);
    if (known) return known;
    const validator = ajv.compile({ $ref });
    compiled.set($ref, validator);
    return validator;
  };
  const validatorOf = (path: string, method: string, status: string): ValidateFunction =>
    validatorAt("paths", path, method, "responses", status, "content", "application/json", "schema");
  const responsesOf = (method: string, path: string): Loose | undefined =>
    document.paths[officialPath(path)]?.[method.toLowerCase()]?.responses as Loose | undefined;
  return {
    covers: (method, path) => responsesOf(method, path) !== undefined,
    failures(method, path, status, body) {
      if (!responsesOf(method, path)?.[String(status)]) return [`the document has no answer ${status}`];
      const validator = validatorOf(officialPath(path), method.toLowerCase(), String(status));
      return validator(body) ? [] : told(validator.errors ?? []);
    },
    webhookFailures(type, payload) {
      const name = type.replace(/[._](\w)/g, (_found, letter: string) => letter.toUpperCase());
      const validator = validatorAt("components", "schemas", `${name}WebhookPayload`);
      return validator(payload) ? [] : told(validator.errors ?? []);
    },
  };
};
