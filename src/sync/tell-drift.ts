import { driftComment } from "../content/drift-comment.ts";
import { wantComment } from "../store/comments.ts";
import { differencesOf, type KeptEntry } from "../store/history.ts";
import type { RichTextPart } from "../types/notion.ts";
import type { DateValue, Value } from "../types/values.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";
import { toDomain } from "./row.ts";

/** More fields than this are not told of in one comment, and a text no longer than this. */
const limits = { fields: 8, references: 5, characters: 200 } as const;

/** Wants the page's comment on the values that Milepost and people saw differently, the latest of each field. */
export const tellOfDrift = (context: SyncContext, bound: BoundDatabase, pageId: string): void => {
  const latest = new Map<string, KeptEntry>();
  for (const entry of differencesOf(context.database, pageId))
    if (entry.property !== null && !latest.has(entry.property)) latest.set(entry.property, entry);
  const told = [...latest.values()].slice(0, limits.fields).map((entry) => {
    const key = entry.property ?? "";
    const shown = (value: Value): readonly RichTextPart[] => partsOf(bound, key, value);
    const property = bound.template.properties[key]?.name ?? key;
    const kind = entry.kind === "conflict" ? ("conflict" as const) : ("drift" as const);
    const by = entry.actor.kind === "person" ? entry.actor.id : null;
    return { property, kind, by, ours: shown(entry.from), theirs: shown(entry.to) };
  });
  if (told.length > 0) wantComment(context.database, pageId, "drift", driftComment(told));
};

const partsOf = (
  { template, binding }: BoundDatabase,
  key: string,
  value: Value,
): readonly RichTextPart[] => {
  const named = toDomain(template, binding, key, value);
  const type = template.properties[key]?.type;
  if (named === null || named === "" || (Array.isArray(named) && named.length === 0))
    return [{ text: value === null || value === "" || Array.isArray(value) ? "nothing" : "another option" }];
  if (type === "people") return listed(named as readonly string[], (person) => ({ person }));
  if (type === "relation") return listed(named as readonly string[], (page) => ({ page }));
  if (Array.isArray(named)) return [quoted(named.join(", "))];
  if (typeof named === "boolean") return [{ text: named ? "ticked" : "not ticked" }];
  return [quoted(typeof named === "object" ? period(named as DateValue) : String(named))];
};

const listed = (ids: readonly string[], part: (id: string) => RichTextPart): readonly RichTextPart[] => {
  const shown = ids
    .slice(0, limits.references)
    .flatMap((id, index) => (index === 0 ? [part(id)] : [{ text: ", " }, part(id)]));
  const more = ids.length - limits.references;
  return more > 0 ? [...shown, { text: ` and ${more} more` }] : shown;
};

const period = ({ start, end }: DateValue): string => (end === null ? start : `${start} – ${end}`);

const quoted = (text: string): RichTextPart => ({
  text: `“${text.length > limits.characters ? `${text.slice(0, limits.characters)}…` : text}”`,
});
