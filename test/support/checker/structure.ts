import { databases } from "../../../notion-templates/databases.ts";
import { botId, type Files, liveObjects, plain, valuesOf } from "./facts.ts";
import { type Place, places, propertyOf } from "./places.ts";

const templates = Object.values(databases);

/** `what: 2 times` for everything that is not there exactly as often as it should be. */
const miscounted = (what: string, expected: readonly string[], found: readonly string[]): string[] =>
  [...new Set([...expected, ...found])].flatMap((name) => {
    const [want, have] = [expected, found].map((names) => names.filter((one) => one === name).length);
    return want === have ? [] : [`${what} "${name}" is there ${have} times, expected ${want}`];
  });

/** The one page that Milepost made outside of a database. */
const startPages = (files: Files): string[] => {
  const pages = liveObjects(files, "page");
  const parents = new Set(pages.map(({ id }) => id));
  const made = pages.filter(
    ({ parentId, createdBy }) => parents.has(parentId) && createdBy === botId(files),
  ).length;
  return made === 1 ? [] : [`${made} start pages`];
};

const columns = ({ key, template, properties }: Place): string[] => {
  const twins = templates.flatMap((other) =>
    Object.values(other.properties).flatMap((property) =>
      property.type === "relation" && property.to === key ? [property.twin] : [],
    ),
  );
  const expected = [...Object.values(template.properties).map(({ name }) => name), ...twins];
  return miscounted(
    `in ${template.title} the property`,
    expected,
    properties.map(({ name }) => name),
  );
};

const views = (files: Files, { template, databaseId }: Place): string[] => {
  const expected = template.views.map(({ name }) => name);
  const found = liveObjects(files, "view").filter(({ parentId }) => parentId === databaseId);
  return miscounted(
    `in ${template.title} the view`,
    expected,
    found.map(({ data }) => String(data.name)),
  );
};

const keys = (files: Files, place: Place): string[] => {
  const property = propertyOf(place, "milepostKey")?.id ?? "";
  const found = liveObjects(files, "page")
    .filter(({ parentId }) => parentId === place.dataSourceId)
    .map(({ id }) => plain(valuesOf(files, id)[property]))
    .filter((key) => key !== "");
  return miscounted(`in ${place.template.title} the key`, [...new Set(found)], found);
};

const offices = (files: Files): string[] => {
  const sources = places(files).flatMap(({ key, dataSourceId }) => (key === "office" ? [dataSourceId] : []));
  const rows = liveObjects(files, "page").filter(({ parentId }) => sources.includes(parentId));
  return rows.length === 1 ? [] : [`${rows.length} rows in Office`];
};

/** Everything that setup makes is there once and whole. */
export const structureFaults = (files: Files): string[] => {
  const found = places(files);
  return [
    ...startPages(files),
    ...miscounted(
      "the database",
      templates.map(({ title }) => title),
      found.map(({ template }) => template.title),
    ),
    ...found.flatMap((place) => [...columns(place), ...views(files, place), ...keys(files, place)]),
    ...offices(files),
  ];
};
