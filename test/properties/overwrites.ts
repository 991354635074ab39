import { databases } from "../../notion-templates/databases.ts";
import type { DatabaseTemplate, Owner } from "../../src/types/schema.ts";
import { cast, type Role } from "./cast.ts";
import type { Change } from "./facts.ts";
import type { Played } from "./play.ts";

const text = (value: unknown): string => JSON.stringify(value ?? null);

/** A value in a request, in canonical form. */
const written = (payload: Readonly<Record<string, unknown>>): unknown => {
  const [type] = Object.keys(payload).filter((key) => key !== "type" && key !== "id");
  const value = payload[type ?? ""];
  if (type === "rich_text" || type === "title")
    return (value as { text: { content: string } }[]).map((part) => part.text.content).join("");
  if (type === "select" || type === "status") return (value as { id: string } | null)?.id ?? null;
  if (type === "people" || type === "relation") return (value as { id: string }[]).map(({ id }) => id).sort();
  return value ?? null;
};

/** A person's value that a write of Milepost's replaced. */
export type Overwrite = {
  readonly pageId: string;
  readonly property: string;
  readonly lost: unknown;
  /** When the person set it (UTC ms). */
  readonly at: number;
  /** It came after the read before the write, so that nobody could see it (reliability R1). */
  readonly unseen: boolean;
  /** Milepost had written the same before, and nobody had asked for it anew. */
  readonly again: boolean;
};

/** How old the read before a write may be (reliability R1). */
const residualMs = 1_000;

/** Every value of a person's that a write of Milepost's replaced. */
export const overwrites = ({ facts, stage }: Played): Overwrite[] => {
  const found: Overwrite[] = [];
  const last = new Map<string, Change & { readonly index: number }>();
  const reads = new Map<string, { readonly index: number; readonly at: number }>();
  const ours = new Map<string, Set<string>>();
  const landings: { readonly landsAt: number; readonly keys: readonly string[] }[] = [];
  for (const [index, fact] of facts.entries()) {
    const { pageId, at } = fact;
    // What a write that lands late replaces, nobody can see.
    for (const { landsAt, keys } of landings)
      for (const key of landsAt <= at ? keys : []) if ((last.get(key)?.at ?? at) < landsAt) last.delete(key);
    if (fact.kind === "read") reads.set(pageId, { index, at });
    if (fact.kind === "person") last.set(`${pageId} ${fact.property}`, { ...fact, index });
    if (fact.kind === "service") ours.delete(`${pageId} ${fact.property}`);
    if (fact.kind !== "write") continue;
    const values = writesOf(stage.bindings, roleOf(stage.pages, pageId), fact.body);
    if (fact.landsAt !== undefined)
      landings.push({ landsAt: fact.landsAt, keys: values.map(([property]) => `${pageId} ${property}`) });
    for (const [property, value] of values) {
      const key = `${pageId} ${property}`;
      const [human, read] = [last.get(key), reads.get(pageId)];
      const before = ours.get(key) ?? new Set();
      const again = before.has(text(value));
      last.delete(key);
      ours.set(key, before.add(text(value)));
      if (!human || (again ? equal(human.value, value) : isKept(human, value))) continue;
      const unseen = read !== undefined && human.index > read.index && at - read.at <= residualMs;
      found.push({ pageId, property, lost: human.value, at: human.at, unseen, again });
    }
    reads.set(pageId, { index, at });
  }
  return found;
};

/** Whether a write holds what a person changed. Sets are merged (reliability §2.1), so of one it is what the person added. */
const isKept = ({ before, value }: Change, written: unknown): boolean => {
  if (!Array.isArray(value) || !Array.isArray(written)) return equal(value, written);
  const known = Array.isArray(before) ? before : [];
  return value.every((id) => known.includes(id) || written.includes(id));
};

/** Whether a value as the workspace keeps it is the one in a request. */
export const equal = (canonical: unknown, value: unknown): boolean => {
  const start = (one: unknown) =>
    typeof one === "object" && one !== null && "start" in one ? one.start : one;
  return text(start(canonical)) === text(start(value));
};

const roleOf = (pages: Played["stage"]["pages"], pageId: string): Role | null =>
  cast.find((role) => pages[role] === pageId) ?? null;

/** The values in the body of a page update, by key. */
export const writesOf = (
  bindings: Played["stage"]["bindings"],
  role: Role | null,
  body: string,
): [string, unknown][] => {
  const { properties = {} } = JSON.parse(body) as {
    properties?: Record<string, Record<string, unknown>>;
  };
  const bound = Object.entries(role === null ? {} : (bindings[role]?.properties ?? {}));
  return Object.entries(properties).flatMap(([id, payload]): [string, unknown][] => {
    const key = bound.find(
      ([, { propertyId }]) => decodeURIComponent(propertyId) === decodeURIComponent(id),
    )?.[0];
    return key === undefined ? [] : [[key, written(payload)]];
  });
};

/** What the journal says of a value, decisions from before it was set and our own writes aside. */
const isJournaled = ({ run }: Played, { pageId, property, lost, at }: Overwrite): boolean =>
  run.store
    .exec(
      `SELECT from_value, to_value FROM journal WHERE page_id = ? AND property = ? AND kind <> 'written'
       AND (kind <> 'decided' OR at >= ?)`,
      pageId,
      property,
      at,
    )
    .some((row) => row.from_value === text(lost) || row.to_value === text(lost));

const isReasserted = ({ run }: Played, { pageId, property, lost }: Overwrite): boolean =>
  run.store.exec(
    "SELECT 1 FROM journal WHERE page_id = ? AND property = ? AND kind = 'reasserted' AND from_value = ?",
    pageId,
    property,
    text(lost),
  ).length > 0;

export const ownerOf = (role: Role, property: string): Owner | undefined => {
  const template: DatabaseTemplate = databases[role];
  return template.properties[property]?.owner;
};

/**
 * P5: a person's value that was overwritten is in the journal, or came in between the read and the write. P5d: a shared
 * value that a person put back is undone only with a `reasserted` entry.
 */
export const lossFaults = (played: Played): string[] =>
  overwrites(played)
    .filter(({ unseen }) => !unseen)
    .flatMap((one) => {
      const said = `${one.property} ${text(one.lost)}`;
      const role = roleOf(played.stage.pages, one.pageId);
      const isShared = role !== null && ownerOf(role, one.property) === "shared";
      if (one.again && isShared)
        return isReasserted(played, one) ? [] : [`P5d ${said} was undone, and no entry says so`];
      return isJournaled(played, one) ? [] : [`P5 ${said} was overwritten, and nothing says so`];
    });
