import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalValue, readProperty, writeProperties } from "../../src/notion/codec.ts";
import { NotionError } from "../../src/types/errors.ts";
import type { PropertyType } from "../../src/types/schema.ts";
import type { Value } from "../../src/types/values.ts";

const uuid = fc.uuid();
const optionId = fc.oneof(uuid, fc.string({ minLength: 1, maxLength: 4 }));
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 6_000 }),
  fc.integer({ min: 1_995, max: 2_005 }).map((length) => `${"a".repeat(length)}😀${"b".repeat(2_000)}`),
);
const line = fc.oneof(fc.constant(null), fc.string({ unit: "grapheme", maxLength: 40 }));
const day = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());
const offset = fc.constantFrom("Z", "+00:00", "+02:00", "-07:00", "+05:45");
const zone = fc.constantFrom("Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "UTC");
const date = fc.oneof(
  fc.record({ start: day.map((iso) => iso.slice(0, 10)), end: fc.constant(null), zone: fc.constant(null) }),
  fc.tuple(day, fc.option(day), offset).map(([start, end, suffix]) => ({
    start: spelled(start, suffix),
    end: end && spelled(end, suffix),
    zone: null,
  })),
  fc.tuple(day, zone).map(([start, name]) => ({ start: start.slice(0, 19), end: null, zone: name })),
);
const spelled = (iso: string, suffix: string): string => `${iso.slice(0, -1)}${suffix}`;

const samples: Readonly<Record<PropertyType, fc.Arbitrary<Value>>> = {
  title: text,
  rich_text: text,
  number: fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })),
  checkbox: fc.boolean(),
  url: line,
  email: line,
  phone_number: line,
  select: fc.option(optionId),
  status: optionId,
  multi_select: fc.array(optionId, { maxLength: 30 }),
  people: fc.array(
    fc.oneof(
      uuid,
      uuid.map((id) => id.replaceAll("-", "").toUpperCase()),
    ),
    { maxLength: 24 },
  ),
  relation: fc.array(
    fc.oneof(
      uuid,
      uuid.map((id) => id.replaceAll("-", "").toUpperCase()),
    ),
    { maxLength: 99 },
  ),
  date: fc.option(date),
};

/** Notion's side: what it answers for what was written (reference/notion-api §3). */
const echo = (type: PropertyType, request: Record<string, unknown>) => {
  const sent = JSON.parse(JSON.stringify(request))[type];
  return { id: "p", type, [type]: echoes[type]?.(sent as never) ?? sent, has_more: false };
};
type Sent = { text: { content: string } }[];
const textEcho = (sent: Sent) =>
  sent.map((part) => ({
    type: "text",
    text: { content: part.text.content, link: null },
    plain_text: part.text.content,
    href: null,
  }));
const idsEcho = (sent: { id: string }[]) =>
  sent.map(({ id }) => ({ object: "user", id: redashed(id) })).reverse();
const redashed = (id: string): string =>
  id
    .replaceAll("-", "")
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const echoes: Partial<Record<PropertyType, (sent: never) => unknown>> = {
  title: textEcho,
  rich_text: textEcho,
  people: idsEcho,
  relation: idsEcho,
  multi_select: (sent: { id: string }[]) =>
    sent.map(({ id }) => ({ id, name: `option ${id}`, color: "red" })),
  date: (sent: { start: string; end?: string; time_zone?: string } | null) =>
    sent && {
      start: shifted(sent.start),
      end: sent.end ? shifted(sent.end) : null,
      time_zone: sent.time_zone ?? null,
    },
};
/** The same instant with another offset, as Notion may answer it. */
const shifted = (time: string): string =>
  time.endsWith("Z") ? `${new Date(Date.parse(time) + 5_400_000).toISOString().slice(0, -1)}+01:30` : time;

describe("what Milepost writes reads back as the same value (C0)", () => {
  test.each(Object.keys(samples) as PropertyType[])("%s", (type) => {
    fc.assert(
      fc.property(samples[type], (value) => {
        const request = writeProperties([{ propertyId: "p", type, value }]).p as Record<string, unknown>;
        const read = readProperty(echo(type, request));
        expect(read).toEqual({ type, value: canonicalValue(type, value), complete: true });
        expect(canonicalValue(type, read.value)).toEqual(read.value);
      }),
      { numRuns: 300 },
    );
  });
});

const write = (type: PropertyType, value: Value) => writeProperties([{ propertyId: "p", type, value }]).p;

test.each<[PropertyType, unknown]>([
  ["title", []],
  ["rich_text", []],
  ["number", null],
  ["checkbox", false],
  ["url", null],
  ["email", null],
  ["phone_number", null],
  ["select", null],
  ["status", null],
  ["multi_select", []],
  ["people", []],
  ["relation", []],
  ["date", null],
])("an empty %s clears the property in Notion", (type, cleared) => {
  expect(write(type, null)).toEqual({ [type]: cleared });
});

test("F14: a text longer than Notion's part length arrives whole, with no character torn apart", () => {
  const value = `${"x".repeat(1_999)}😀${"y".repeat(3_000)}`;
  const parts = (write("rich_text", value) as { rich_text: Sent }).rich_text.map((part) => part.text.content);
  expect(parts.join("")).toBe(value);
  expect(parts.every((part) => part.length <= 2_000 && part.isWellFormed())).toBe(true);
});

test("a text that fits into no request is refused, never shortened", () => {
  expect(write("rich_text", "x".repeat(200_000))).toBeDefined();
  expect(() => write("rich_text", "x".repeat(200_001))).toThrow(NotionError);
});

test("a value of another kind is refused before anything is sent", () => {
  expect(() => write("number", "12")).toThrow(NotionError);
  expect(() => write("relation", "id")).toThrow(NotionError);
  expect(() => write("date", "2026-12-01")).toThrow(NotionError);
});

test("F35: dates keep their day, instants their moment and zoned times their wall clock", () => {
  const read = (start: string, time_zone: string | null = null) =>
    readProperty({ id: "d", type: "date", date: { start, end: null, time_zone } }).value;
  expect(read("2028-02-29")).toEqual({ start: "2028-02-29", end: null, zone: null });
  expect(read("2026-03-29T03:30:00.000+02:00")).toMatchObject({
    start: "2026-03-29T01:30:00.000Z",
    zone: null,
  });
  expect(read("2026-12-01T09:00:00")).toMatchObject({ start: "2026-12-01T09:00:00.000Z", zone: null });
  expect(read("2026-12-01T08:00:00.000Z", "Europe/Berlin")).toMatchObject({
    start: "2026-12-01T09:00:00.000",
    zone: "Europe/Berlin",
  });
  for (const zone of ["Mars/Olympus", "+02:00"])
    expect(read("2026-12-01T08:00:00Z", zone)).toMatchObject({ start: "2026-12-01T08:00:00.000Z", zone });
});

describe("a list that Notion cut at 25 references is known to be incomplete", () => {
  const references = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ object: "user", id: `id-${i}` }));
  const mentions = (count: number) =>
    references(count).map(() => ({ type: "mention", plain_text: "@x", href: null }));
  test.each([
    [{ type: "relation", relation: references(25), has_more: true }, false],
    [{ type: "relation", relation: references(25), has_more: false }, true],
    [{ type: "people", people: references(25) }, false],
    [{ type: "people", people: references(24) }, true],
    [{ type: "title", title: mentions(25) }, false],
    [{ type: "rich_text", rich_text: mentions(24) }, true],
    [{ type: "multi_select", multi_select: references(25) }, true],
  ])("%j", (answer, complete) => {
    expect(readProperty({ id: "p", ...answer }).complete).toBe(complete);
  });
});

test("a property of a kind that Milepost does not write is read without harm", () => {
  expect(readProperty({ id: "f", type: "formula", formula: { type: "number", number: 3 } })).toEqual({
    type: "formula",
    value: '{"type":"number","number":3}',
    complete: true,
  });
  expect(readProperty({ id: "x", type: "hologram" })).toEqual({
    type: "hologram",
    value: null,
    complete: true,
  });
  expect(readProperty({ id: "x", type: "constructor", constructor: null })).toMatchObject({ value: null });
});
