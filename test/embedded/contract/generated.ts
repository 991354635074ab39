import fc from "fast-check";
import type { Fixture, Input } from "./fixture.ts";
import { unknownId } from "./fixture.ts";

type Json = unknown;
type Key = string | number;

const isContainer = (value: Json): value is Record<Key, Json> => typeof value === "object" && value !== null;

const pathsIn = (value: Json, at: readonly Key[] = []): Key[][] =>
  isContainer(value)
    ? Object.entries(value).flatMap(([key, inner]) => {
        const path = [...at, Array.isArray(value) ? Number(key) : key];
        return [path, ...pathsIn(inner, path)];
      })
    : [];

const changed = (value: Json, [key, ...rest]: readonly Key[], change: (old: Json) => Json): Json => {
  if (key === undefined) return change(value);
  if (!isContainer(value)) return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<Key, Json>;
  const next = changed(copy[key], rest, change);
  if (next !== undefined) copy[key] = next;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
};

type Edit = { at: number; kind: "drop" | "put" | "add" | "id" | "repeat"; value: Json; pick: number };

const oddities = fc.constantFrom<Json>(
  ...[null, true, 0, -1, 1.5, 101, 2 ** 53, "", "x", "a".repeat(2001), [], {}, [[]], [null], "2026-02-30"],
);
const edits: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("drop", "put", "add", "id", "repeat"),
  value: fc.oneof(oddities, fc.jsonValue({ maxDepth: 2 })),
  pick: fc.nat(),
});

const idsOf = (f: Fixture): string[] => [
  ...[f.root, f.database, f.source, f.second, f.projects, f.projectSource, f.project, f.row, f.empty],
  ...[f.trashed, f.plain, f.below, f.hidden, ...f.blocks, f.comment, f.discussion, f.personal, f.template],
  ...[f.dana, f.bot, f.view, unknownId],
];

const edited = (body: Json, { at, kind, value, pick }: Edit, ids: readonly string[]): Json => {
  const paths = [[], ...pathsIn(body)];
  const path = paths[at % paths.length] ?? [];
  const id = ids[pick % ids.length];
  return changed(body, path, (old) => {
    if (kind === "drop") return path.length > 0 ? undefined : {};
    if (kind === "put") return value;
    if (kind === "id") return typeof old === "string" ? id : old;
    if (kind === "repeat") return Array.isArray(old) ? [...old, ...old, ...old] : old;
    return isContainer(old) && !Array.isArray(old) ? { ...old, [`key${pick % 5}`]: value } : old;
  });
};

const words = fc.string({ maxLength: 20 });
const richText = fc.array(
  fc.oneof(
    words.map((content) => ({ text: { content } })),
    fc.record({
      text: words.map((content) => ({ content, link: { url: "https://example.com" } })),
      annotations: fc.record({ bold: fc.boolean(), color: fc.constantFrom("red", "default") }),
    }),
    words.map((expression) => ({ equation: { expression } })),
  ),
  { maxLength: 3 },
);
const days = fc
  .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
  .map((date) => date.toISOString());
const dates = fc.oneof(
  days.map((start) => ({ start: start.slice(0, 10) })),
  days.map((start) => ({ start })),
  days.map((start) => ({ start: start.slice(0, 19), time_zone: "Europe/Paris" })),
);

/** Values that a row takes, by the fixture's property names. */
const values = (f: Fixture): fc.Arbitrary<Json> =>
  fc.record(
    {
      Name: fc.record({ title: richText }),
      Notes: fc.record({ rich_text: richText }),
      Points: fc.record({
        number: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
      }),
      Kind: fc.record({
        select: fc.oneof(
          words.map((name) => ({ name })),
          fc.constant(null),
        ),
      }),
      Tags: fc.record({ multi_select: fc.array(fc.record({ name: words }), { maxLength: 4 }) }),
      Stage: fc.record({ status: fc.constantFrom({ name: "Done" }, { name: "in progress" }, null) }),
      Due: fc.record({ date: fc.oneof(dates, fc.constant(null)) }),
      Owner: fc.record({ people: fc.subarray([{ id: f.dana }, { id: f.bot }]) }),
      Done: fc.record({ checkbox: fc.boolean() }),
      Site: fc.record({ url: fc.webUrl() }),
      Mail: fc.record({ email: fc.emailAddress() }),
      Phone: fc.record({ phone_number: words }),
      Project: fc.record({ relation: fc.subarray([{ id: f.project }]) }),
      Files: fc.record({
        files: fc.array(fc.record({ name: words, external: fc.record({ url: fc.webUrl() }) }), {
          maxLength: 2,
        }),
      }),
    },
    { requiredKeys: [] },
  );

const textBlock = fc
  .tuple(
    fc.constantFrom("paragraph", "heading_1", "quote", "toggle", "to_do", "bulleted_list_item", "callout"),
    richText,
  )
  .map(([type, rich_text]) => ({ [type]: { rich_text } }));
const blocks = fc.array(
  fc.oneof(
    textBlock,
    fc.constantFrom({ divider: {} }, { table_of_contents: {} }, { bookmark: { url: "https://example.com" } }),
    fc.array(textBlock, { maxLength: 3 }).map((children) => ({ toggle: { rich_text: [], children } })),
  ),
  { maxLength: 5 },
);

const condition = fc.oneof(
  fc.record({
    property: fc.constantFrom("Name", "Notes", "Site"),
    rich_text: fc.oneof(
      words.map((contains) => ({ contains })),
      fc.constant({ is_empty: true }),
    ),
  }),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((less_than) => ({ property: "Points", number: { less_than } })),
  fc.boolean().map((equals) => ({ property: "Done", checkbox: { equals } })),
  days.map((before) => ({ property: "Due", date: { before } })),
  fc.constantFrom("To-do", "Done").map((equals) => ({ property: "Stage", status: { equals } })),
  fc.constant({ property: "Late", formula: { checkbox: { equals: true } } }),
  fc.constant({ property: "Names", rollup: { any: { rich_text: { contains: "S" } } } }),
);
const filters = fc.oneof(
  condition,
  fc.array(condition, { maxLength: 3 }).map((and) => ({ and })),
  fc.array(condition, { maxLength: 3 }).map((or) => ({ or })),
);

const plainTypes = ["rich_text", "number", "select", "date", "people", "checkbox", "url", "files", "status"];
const definitions: (object | null)[] = [
  ...plainTypes.map((type) => ({ [type]: {} })),
  { formula: { expression: '1 + length("a")' } },
  { unique_id: { prefix: "X" } },
  null,
];
const configurations = fc.constantFrom(...definitions);

/** Requests made from nothing, for the operations whose bodies have the richest shapes. */
const fresh = (f: Fixture): Readonly<Record<string, fc.Arbitrary<Input>>> => ({
  "POST /pages": values(f).map((properties) => ({
    body: { parent: { data_source_id: f.source }, properties },
  })),
  "PATCH /pages/:id": values(f).map((properties) => ({ params: [f.row], body: { properties } })),
  "PATCH /blocks/:id/children": blocks.map((children) => ({ params: [f.plain], body: { children } })),
  "POST /data_sources/:id/query": filters.map((filter) => ({ params: [f.source], body: { filter } })),
  "PATCH /data_sources/:id": fc
    .dictionary(fc.constantFrom("Points", "Kind", "Extra", "Other"), configurations)
    .map((properties) => ({ params: [f.second], body: { properties } })),
  "POST /comments": richText.map((rich_text) => ({ body: { parent: { page_id: f.row }, rich_text } })),
  "PATCH /pages/:id/markdown": words.map((content) => ({
    params: [f.plain],
    body: { type: "insert_content", insert_content: { content } },
  })),
});

/** Requests for an operation: hand-picked ones with a few of their parts changed, and some made from nothing. */
export const generatedInputs = (
  f: Fixture,
  key: string,
  handPicked: readonly Input[],
): fc.Arbitrary<Input> => {
  const ids = idsOf(f);
  const mutated = fc
    .record({
      from: fc.constantFrom(...handPicked),
      edits: fc.array(edits, { maxLength: 2 }),
      swap: fc.option(fc.nat(), { freq: 6 }),
    })
    .map(({ from, edits: changes, swap }): Input => {
      const params = (from.params ?? []).map((id) => (swap === null ? id : (ids[swap % ids.length] ?? id)));
      if (from.body === undefined) return { ...from, params };
      return {
        ...from,
        params,
        body: changes.reduce<Json>((body, edit) => edited(body, edit, ids), from.body),
      };
    });
  const made = fresh(f)[key];
  return made ? fc.oneof(mutated, made) : mutated;
};
