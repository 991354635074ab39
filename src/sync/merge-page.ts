import type { JournalKind } from "../store/history.ts";
import type { Intent } from "../store/intents.ts";
import { type MirrorPage, type Outgoing, outgoing, type Values } from "../store/pages.ts";
import type { DatabaseBinding } from "../types/bindings.ts";
import type { DatabaseTemplate, PropertyTemplate } from "../types/schema.ts";
import { sameValue, type Value } from "../types/values.ts";
import { common, type MergeInput, type MergeResult, merge, mergeKind } from "./merge.ts";
import { emptyValue, type ObservedRow, toCanonical } from "./row.ts";

/** A person's wish in a gate column, in canonical values. */
export type GateRequest = { readonly property: string; readonly from: Value; readonly to: Value };

export type PageEvent = {
  readonly property: string | null;
  readonly kind: JournalKind;
  readonly from: Value;
  readonly to: Value;
};

/** What one direct read of a page makes of its mirror. */
export type MergedPage = {
  readonly base: Values;
  readonly local: Values;
  readonly judged: Values;
  readonly events: readonly PageEvent[];
  readonly requests: readonly GateRequest[];
};

/** Merges a direct read into a mirrored page, property by property. Broken properties keep what was known. */
export const mergePage = (
  template: DatabaseTemplate,
  page: MirrorPage,
  row: ObservedRow,
  intent: Intent | null,
): MergedPage => {
  const base: Record<string, Value> = { ...page.base };
  const local: Record<string, Value> = { ...page.local };
  const judged: Record<string, Value> = { ...page.judged };
  const events: PageEvent[] = [];
  const requests: GateRequest[] = [];
  for (const [key, property] of Object.entries(template.properties)) {
    const to = row.values[key];
    if (to === undefined) continue;
    const from = local[key] ?? null;
    const kind = mergeKind(property);
    const agreed = agreedOn(intent, key, kind, base[key] ?? null, to);
    const result = merge({ owner: property.owner, kind, base: agreed, local: from, remote: to });
    base[key] = result.base;
    local[key] = result.local;
    if (sameValue(result.local, to)) delete judged[key];
    if (result.event === "request" && !sameJudged(judged, key, to))
      requests.push({ property: key, from, to });
    events.push(...eventsOf(page, key, result, from, to));
    if (isReassertion(intent, key, to, result.local)) {
      events.push({ property: key, kind: "reasserted", from: to, to: result.local });
    }
  }
  return { base, local, judged, events, requests };
};

const sameJudged = (judged: Values, key: string, value: Value): boolean =>
  key in judged && sameValue(judged[key] ?? null, value);

/** What the journal keeps of a merge; something that the last read showed already is kept already. */
const eventsOf = (
  page: MirrorPage,
  property: string,
  { event, local }: MergeResult,
  from: Value,
  remote: Value,
): readonly PageEvent[] => {
  if (event === null || event === "request") return [];
  if (page.remote !== null && sameValue(page.remote[property] ?? null, remote)) return [];
  return [{ property, kind: event, from, to: event === "drift" ? remote : local }];
};

/**
 * What both sides agreed on last, where the outcome of a write may be unknown. One that Notion shows has landed and is nobody's
 * change, also where we want something else by now. Of a set that shows neither that nor what was there before, nobody can
 * tell what a person took out or put back: agreed is only what held before and after, so that nothing of theirs is lost.
 */
const agreedOn = (
  intent: Intent | null,
  key: string,
  kind: MergeInput["kind"],
  base: Value,
  remote: Value,
): Value => {
  if (intent?.state !== "unknown" || !(key in intent.writes)) return base;
  const written = intent.writes[key] ?? null;
  if (sameValue(written, remote)) return remote;
  if (kind === "scalar" || sameValue(intent.plannedRemote[key] ?? null, remote)) return base;
  return common(base, written);
};

/** Step 6 of the write protocol: the outcome stayed unknown and Notion still shows what it did before the write. */
const isReassertion = (intent: Intent | null, key: string, remote: Value, local: Value): boolean =>
  intent?.state === "unknown" &&
  key in intent.writes &&
  sameValue(intent.plannedRemote[key] ?? null, remote) &&
  !sameValue(local, remote);

/**
 * On first sight a page is taken as it is. Only a page that a person made since the process began starts anew in what is
 * not theirs to write: gate columns at their initial value, so that what they claim is a request, and service values
 * empty. It may be a copy, and a new page never inherits an approval or a fact (design §6, §7).
 */
export const firstSight = (
  template: DatabaseTemplate,
  binding: DatabaseBinding,
  row: ObservedRow,
  isNew: boolean,
  initialOf: (key: string, property: PropertyTemplate) => string | null,
): MergedPage => {
  const base: Record<string, Value> = { ...row.values };
  const local: Record<string, Value> = { ...row.values };
  const requests: GateRequest[] = [];
  const seen = { base, local, requests, judged: {}, events: [] };
  if (!isNew) return seen;
  for (const [key, property] of Object.entries(template.properties)) {
    const remote = row.values[key];
    if (remote === undefined) continue;
    if (property.owner === "service") local[key] = emptyValue(property);
    if (property.owner !== "gate") continue;
    const initial = toCanonical(template, binding, key, initialOf(key, property));
    local[key] = initial;
    if (remote === null || sameValue(initial, remote)) continue;
    base[key] = initial;
    requests.push({ property: key, from: initial, to: remote });
  }
  return seen;
};

/**
 * The values that differ from Notion's and are ours to write: never `team` or `derived` ones, never broken ones, and a gate
 * column only when what Notion shows was judged or was agreed on before, so that no request is put back unjudged.
 */
export const pendingWrites = (
  template: DatabaseTemplate,
  page: Pick<MirrorPage, "base" | "local" | "judged">,
  remote: Values,
): Record<string, Value> => {
  const writes: Record<string, Value> = {};
  for (const [key, property] of Object.entries(template.properties)) {
    const [mine, theirs] = [page.local[key], remote[key]];
    if (
      property.owner === "team" ||
      property.owner === "derived" ||
      mine === undefined ||
      theirs === undefined
    )
      continue;
    if (sameValue(mine, theirs) || (property.owner === "gate" && isUnjudged(page, key, theirs))) continue;
    writes[key] = mine;
  }
  return writes;
};

const isUnjudged = (page: Pick<MirrorPage, "base" | "judged">, key: string, theirs: Value): boolean =>
  !sameValue(page.base[key] ?? null, theirs) && !sameJudged(page.judged, key, theirs);

/** How urgently a page's pending writes go out: a verdict at once, values at the page's next turn. */
export const outgoingLevel = (template: DatabaseTemplate, writes: Values): Outgoing => {
  const keys = Object.keys(writes);
  if (keys.some((key) => template.properties[key]?.owner === "gate")) return outgoing.verdict;
  return keys.length > 0 ? outgoing.values : outgoing.none;
};
