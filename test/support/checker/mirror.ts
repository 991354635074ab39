import { type Files, type Json, json, type LiveProperty, liveObjects, plain, valuesOf } from "./facts.ts";
import { type Place, places, propertyOf } from "./places.ts";

type StoredDate = { readonly start: string; readonly end: string | null; readonly time_zone: string | null };

/** The same instant written in two ways is the same; with a time zone it is what the clocks there show. */
const moment = (text: string | null, zone: string | null): string | null => {
  if (text === null || !/(Z|[+-]\d\d:\d\d)$/.test(text)) return text;
  const instant = new Date(text);
  if (zone === null) return instant.toISOString();
  const shown = instant.toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return `${shown.replace(" ", "T")}.000`;
};

/** A value of the workspace as Milepost's mirror should hold it (reliability §2.1, law C0). */
export const mirrored = (property: LiveProperty, value: unknown): unknown => {
  switch (property.type) {
    case "title":
    case "rich_text":
      return plain(value);
    case "people":
    case "relation":
    case "multi_select":
      return [...((value ?? []) as readonly string[])].sort();
    case "checkbox":
      return value ?? false;
    case "status":
      return value ?? property.config.groups?.[0]?.option_ids[0];
    case "date": {
      const date = (value ?? null) as StoredDate | null;
      const zone = date?.time_zone ?? null;
      return date && { start: moment(date.start, zone), end: moment(date.end, zone), zone };
    }
    default:
      return value ?? null;
  }
};

export const undated = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "start" in value
    ? mirrored({ id: "", name: "", type: "date", config: {} }, { ...value, time_zone: (value as Json).zone })
    : value;

/** A relation does not show what lies in the trash. */
const shownOf = (property: LiveProperty, value: unknown, live: ReadonlySet<string>): unknown =>
  property.type === "relation" ? ((value ?? []) as readonly string[]).filter((id) => live.has(id)) : value;

const pageFaults = (files: Files, place: Place, pageId: string, shown: ReadonlySet<string>): string[] => {
  const row = files.milepost("SELECT * FROM pages WHERE page_id = ?", pageId)[0];
  if (row?.state !== "live") return [`a page of ${place.template.title} is ${row?.state ?? "not"} mirrored`];
  const live = valuesOf(files, pageId);
  return ["base", "local", "remote"].flatMap((side) => {
    // A page known from a listing alone has no direct read.
    if (row[side] === null) return [];
    const values = json<Json>(row[side] ?? null);
    return Object.keys(place.template.properties).flatMap((key) => {
      const property = propertyOf(place, key);
      if (!property) return [`${place.template.title} lacks ${key}`];
      const [mine, theirs] = [
        JSON.stringify(undated(values[key])),
        JSON.stringify(mirrored(property, shownOf(property, live[property.id], shown))),
      ];
      return mine === theirs
        ? []
        : [`${side} of ${place.template.title}.${key} is ${mine}, the workspace has ${theirs}`];
    });
  });
};

/** What the mirror holds is what the workspace holds, row for row and value for value, on all three sides of the merge. */
export const mirrorFaults = (files: Files): string[] => {
  const known = files
    .milepost("SELECT page_id FROM pages WHERE state = 'live'")
    .map((row) => String(row.page_id));
  const pages = liveObjects(files, "page");
  const found = places(files);
  const shown = new Set(pages.map(({ id }) => id));
  const live = new Set(
    pages
      .filter(({ parentId }) => found.some((place) => place.dataSourceId === parentId))
      .map(({ id }) => id),
  );
  return [
    ...known.filter((id) => !live.has(id)).map((id) => `the mirror holds ${id}, which is not there`),
    ...found.flatMap((place) =>
      pages
        .filter(({ parentId }) => parentId === place.dataSourceId)
        .flatMap(({ id }) => pageFaults(files, place, id, shown)),
    ),
  ];
};

/** What must be empty once nothing is left to do: what it is, and the SQL that finds it. */
const leftovers = [
  [
    "write with an open outcome",
    "SELECT page_id FROM intents WHERE page_id NOT IN (SELECT page_id FROM pages WHERE state = 'trashed')",
  ],
  ["page to be read", "SELECT page_id FROM dirty_pages"],
  ["value to be written", "SELECT page_id FROM pages WHERE outgoing > 0"],
  ["refusal to be put back", "SELECT page_id FROM pages WHERE judged <> '{}' AND state = 'live'"],
  [
    "comment to be written",
    `SELECT page_id FROM comments WHERE (written IS NOT wanted OR attempted = 1)
     AND page_id IN (SELECT page_id FROM pages WHERE state = 'live')`,
  ],
  ["action that is not done", "SELECT key FROM actions WHERE state <> 'done'"],
  ["record to be decided", "SELECT project_id FROM records WHERE dirty > 0 OR parked IS NOT NULL"],
  ["problem", "SELECT code || ' ' || detail FROM problems"],
] as const;

/** Nothing is left half done. */
export const leftoverFaults = ({ milepost }: Files): string[] =>
  leftovers.flatMap(([what, sql]) => milepost(sql).map((row) => `${what}: ${Object.values(row).join(" ")}`));
