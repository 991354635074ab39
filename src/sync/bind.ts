import type { BoundProperty, DatabaseBinding, SchemaProblem } from "../types/bindings.ts";
import type { LiveDataSource, LiveProperty, RelationTargets } from "../types/notion.ts";
import type { DatabaseTemplate, PropertyTemplate, PropertyType } from "../types/schema.ts";

export type Bound = { readonly binding: DatabaseBinding; readonly problems: readonly SchemaProblem[] };

/**
 * Pairs a template with the live data source: a property that was bound before by its id, so that renaming changes
 * nothing, any other by its name; options likewise. A property of another type keeps its binding and is a problem;
 * one that is gone has no entry. A missing option counts only where Milepost may have to write it.
 */
export const bind = (
  template: DatabaseTemplate,
  live: LiveDataSource,
  previous: DatabaseBinding | null,
  targets: RelationTargets,
): Bound => {
  const known = previous?.dataSourceId === live.dataSourceId ? previous.properties : {};
  const find = finder(live, known);
  const properties: Record<string, BoundProperty> = {};
  const problems: SchemaProblem[] = [];
  for (const [key, property] of Object.entries(template.properties)) {
    const found = find(key, property.name);
    if (!found) {
      problems.push({
        kind: "missing",
        database: template.key,
        property: key,
        click: clickMissing(template, property),
      });
      continue;
    }
    properties[key] = {
      propertyId: found.propertyId,
      type: property.type,
      options: optionIds(property, found, known[key]),
    };
    problems.push(...problemsOf(template, key, property, found, properties[key], targets));
  }
  const binding = { databaseId: live.databaseId, dataSourceId: live.dataSourceId, properties };
  return { binding, problems };
};

/** The live property of a key. A property that belongs to another key by its id is never taken by its name. */
const finder = (live: LiveDataSource, known: DatabaseBinding["properties"]) => {
  const byId = new Map(live.properties.map((property) => [property.propertyId, property]));
  const taken = new Set(Object.values(known).map((property) => property.propertyId));
  const byName = new Map(
    live.properties
      .filter(({ propertyId }) => !taken.has(propertyId))
      .map((property) => [property.name, property]),
  );
  return (key: string, name: string): LiveProperty | undefined =>
    byId.get(known[key]?.propertyId ?? "") ?? byName.get(name);
};

const optionIds = (
  property: PropertyTemplate,
  live: LiveProperty,
  known: BoundProperty | undefined,
): BoundProperty["options"] => {
  if (!("options" in property)) return {};
  const ids = new Set(live.options.map(({ id }) => id));
  const taken = new Set(Object.values(known?.options ?? {}));
  // Notion holds option names unique whatever their case.
  const byName = new Map(
    live.options.filter(({ id }) => !taken.has(id)).map(({ id, name }) => [name.toLowerCase(), id]),
  );
  const entries = property.options.flatMap(({ name }): [string, string][] => {
    const before = known?.options[name];
    const id = before !== undefined && ids.has(before) ? before : byName.get(name.toLowerCase());
    return id === undefined ? [] : [[name, id]];
  });
  return Object.fromEntries(entries);
};

const problemsOf = (
  template: DatabaseTemplate,
  key: string,
  property: PropertyTemplate,
  live: LiveProperty,
  bound: BoundProperty,
  targets: RelationTargets,
): SchemaProblem[] => {
  const base = { database: template.key, property: key };
  if (live.type !== property.type || pointsElsewhere(property, live, targets)) {
    const click = `In ${template.title}, change the type of "${live.name}" back to ${typeLabels[property.type]}.`;
    return [{ ...base, kind: "retyped", click }];
  }
  if (!("options" in property) || property.owner === "team") return [];
  return property.options
    .filter(({ name }) => bound.options[name] === undefined)
    .map(({ name }) => {
      const click = `In ${template.title}, open "${live.name}", choose Edit property and add the option "${name}".`;
      return { ...base, kind: "option_missing", click };
    });
};

const pointsElsewhere = (
  property: PropertyTemplate,
  live: LiveProperty,
  targets: RelationTargets,
): boolean => {
  if (property.type !== "relation" || live.relatedTo === null) return false;
  const target = targets[property.to];
  return target !== undefined && live.relatedTo !== target;
};

const clickMissing = (template: DatabaseTemplate, property: PropertyTemplate): string =>
  `In ${template.title}, add a property "${property.name}" of type ${typeLabels[property.type]}, or stop Milepost, run \`npm run milepost -- setup\` and start it.`;

/** What Notion calls its types where a person chooses one. */
const typeLabels: Readonly<Record<PropertyType, string>> = {
  title: "Title",
  rich_text: "Text",
  number: "Number",
  select: "Select",
  multi_select: "Multi-select",
  status: "Status",
  date: "Date",
  people: "Person",
  checkbox: "Checkbox",
  url: "URL",
  email: "Email",
  phone_number: "Phone",
  relation: "Relation",
};
