import { databases } from "../../../notion-templates/databases.ts";
import { type Files, type LiveProperty, liveObjects, plain, propertiesOf } from "./facts.ts";

type DatabaseKey = keyof typeof databases;
/** What of a template's property the checker compares; a view is known by its name. */
type PropertyTemplate = {
  readonly name: string;
  readonly owner: string;
} & ({ readonly type: "relation"; readonly to: string; readonly twin: string } | { readonly type: string });
type DatabaseTemplate = {
  readonly key: DatabaseKey;
  readonly title: string;
  readonly properties: Readonly<Record<string, PropertyTemplate>>;
  readonly views: readonly { readonly name: string }[];
};

/** A database as it lies in the workspace, beside what it was made from. */
export type Place = {
  readonly key: DatabaseKey;
  readonly template: DatabaseTemplate;
  readonly databaseId: string;
  readonly dataSourceId: string;
  readonly properties: readonly LiveProperty[];
};

/** The databases by their titles; one that is there twice is two places. */
export const places = (files: Files): Place[] => {
  const sources = liveObjects(files, "data_source");
  return liveObjects(files, "database").flatMap((database) => {
    const title = plain(database.data.title);
    const template = Object.values(databases).find((candidate) => candidate.title === title);
    return sources
      .filter(({ parentId }) => template !== undefined && parentId === database.id)
      .map((source) => ({
        key: (template as DatabaseTemplate).key,
        template: template as DatabaseTemplate,
        databaseId: database.id,
        dataSourceId: source.id,
        properties: propertiesOf(files, source.id),
      }));
  });
};

/** The live property of a template's key. */
export const propertyOf = (place: Place, key: string): LiveProperty | undefined =>
  place.properties.find(({ name }) => name === place.template.properties[key]?.name);
