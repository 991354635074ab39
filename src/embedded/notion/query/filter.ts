import { z } from "zod";
import { validationError } from "../api/errors.ts";
import { fixOne, parseAt, shouldBe } from "../api/validate.ts";
import type { JsonObject, PageRecord, Property } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { propertyTypes, typeOf } from "../properties/table.ts";
import type { Scope } from "../scope.ts";
import { floorToMinute } from "../time.ts";
import { dateFamily, type FilterContext, type FilterFamily } from "./families.ts";
import type { Moment } from "./moments.ts";

export type PageTest = (page: PageRecord) => boolean;
type Query = { scope: Scope; properties: readonly Property[]; context: FilterContext };

const objectSchema = z.looseObject({});
const compoundSchema = z.array(objectSchema).max(100);
const maxNesting = 2;

const condition = (family: FilterFamily, given: unknown, path: string, context: FilterContext) => {
  const entries = Object.entries(parseAt(objectSchema, given, path));
  const [[operator, operand] = ["", undefined], second] = entries;
  const row = Object.hasOwn(family.operators, operator) ? family.operators[operator] : undefined;
  if (!row) {
    const names = Object.keys(family.operators);
    if (operator) throw shouldBe(`${path}.${operator}`, "not present", operand);
    throw fixOne(
      path,
      names.map((name) => `${path}.${name} should be defined, instead was \`undefined\`.`),
    );
  }
  if (second) throw shouldBe(`${path}.${second[0]}`, "not present", second[1]);
  return row.test(parseAt(row.operand, operand, `${path}.${operator}`) as never, context) as (
    comparand: unknown,
  ) => boolean;
};

const propertyTest = (filter: JsonObject, path: string, query: Query): PageTest => {
  const key = parseAt(z.string(), filter.property, `${path}.property`);
  const property = findProperty(query.properties, key);
  if (!property) throw validationError(`Could not find property with name or id: ${key}`);
  const given = Object.keys(filter).filter((name) => name !== "property" && name !== "type");
  const unknown = given.find((name) => !(name in propertyTypes)) ?? given[1];
  if (unknown) throw shouldBe(`${path}.${unknown}`, "not present", filter[unknown]);
  const [type] = given;
  if (type !== property.type) {
    throw validationError(
      `The property type in the database does not match the property type of the filter provided: database property ${property.type} does not match filter ${type}`,
    );
  }
  const row = typeOf(property);
  const matches = condition(row.family, filter[type], `${path}.${type}`, query.context);
  const context = { scope: query.scope, property };
  return (page) => matches(row.comparand(page.values[property.id], page, context));
};

const timestamps: Readonly<Record<string, (page: PageRecord) => number>> = {
  created_time: (page) => page.createdAt,
  last_edited_time: (page) => page.editedAt,
};

const timestampTest = (filter: JsonObject, path: string, query: Query): PageTest => {
  const name = parseAt(z.enum(Object.keys(timestamps)), filter.timestamp, `${path}.timestamp`);
  const extra = Object.keys(filter).find((key) => key !== "timestamp" && key !== "type" && key !== name);
  if (extra) throw shouldBe(`${path}.${extra}`, "not present", filter[extra]);
  const matches = condition(dateFamily, filter[name], `${path}.${name}`, query.context);
  const timeOf = timestamps[name] ?? (() => 0);
  return (page) => matches({ start: floorToMinute(timeOf(page)) } satisfies Moment);
};

const compoundTest = (filter: JsonObject, path: string, depth: number, query: Query): PageTest => {
  const [operator = "", second] = Object.keys(filter);
  if (second) throw shouldBe(`${path}.${second}`, "not present", filter[second]);
  if (depth >= maxNesting) throw shouldBe(`${path}.${operator}`, "not present", filter[operator]);
  const parts = parseAt(compoundSchema, filter[operator], `${path}.${operator}`).map((part, index) =>
    compile(part, `${path}.${operator}[${index}]`, depth + 1, query),
  );
  return operator === "and"
    ? (page) => parts.every((test) => test(page))
    : (page) => parts.some((test) => test(page));
};

const compile = (filter: JsonObject, path: string, depth: number, query: Query): PageTest => {
  if ("and" in filter || "or" in filter) return compoundTest(filter, path, depth, query);
  if ("timestamp" in filter) return timestampTest(filter, path, query);
  if ("property" in filter) return propertyTest(filter, path, query);
  throw fixOne(
    path,
    ["or", "and", "property", "timestamp"].map(
      (key) => `${path}.${key} should be defined, instead was \`undefined\`.`,
    ),
  );
};

/** A request's filter as a test of pages; throws validation errors that name the place below `body.filter`. */
export const compileFilter = (scope: Scope, properties: readonly Property[], filter: JsonObject): PageTest =>
  compile(filter, "body.filter", 0, {
    scope,
    properties,
    context: { now: scope.now, actorId: scope.actor.id, actorIsPerson: scope.actor.kind === "person" },
  });
