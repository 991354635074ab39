import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { bind } from "../../src/sync/bind.ts";
import type { LiveDataSource, LiveProperty } from "../../src/types/notion.ts";
import type { DatabaseTemplate, PropertyTemplate } from "../../src/types/schema.ts";

const template: DatabaseTemplate = databases.milestones;
const targets = { projects: "ds-projects", milestones: "ds-milestones" };

const liveOf = (key: string, property: PropertyTemplate): LiveProperty => ({
  propertyId: `id-${key}`,
  name: property.name,
  type: property.type,
  options: "options" in property ? property.options.map(({ name }) => ({ id: `opt-${name}`, name })) : [],
  relatedTo: property.type === "relation" ? `ds-${property.to}` : null,
});

const fresh = Object.entries(template.properties).map(([key, property]) => liveOf(key, property));
const source = (properties: readonly LiveProperty[]): LiveDataSource => ({
  dataSourceId: "ds-milestones",
  databaseId: "db-milestones",
  inTrash: false,
  properties,
});
const changed = (id: string, change: Partial<LiveProperty>): LiveDataSource =>
  source(fresh.map((property) => (property.propertyId === id ? { ...property, ...change } : property)));

const first = bind(template, source(fresh), null, targets);
const again = (live: LiveDataSource) => bind(template, live, first.binding, targets);

describe("binding a template to a live database", () => {
  it("finds every property and option of a database as setup makes it", () => {
    expect(first.problems).toEqual([]);
    expect(Object.keys(first.binding.properties)).toEqual(Object.keys(template.properties));
    expect(first.binding.properties.signOff).toEqual({
      propertyId: "id-signOff",
      type: "select",
      options: {
        "Not needed": "opt-Not needed",
        "To request": "opt-To request",
        Requested: "opt-Requested",
        Approved: "opt-Approved",
        "Changes requested": "opt-Changes requested",
        Outdated: "opt-Outdated",
      },
    });
  });

  it("follows a renamed property and a renamed option by id", () => {
    const options = [
      { id: "opt-Done", name: "Finished" },
      ...(fresh.find(({ name }) => name === "Status")?.options ?? []),
    ];
    const live = changed("id-status", {
      name: "Progress",
      options: options.filter(({ name }) => name !== "Done"),
    });
    expect(again(live)).toEqual(first);
  });

  it("does not take a property for another that was renamed to its name", () => {
    const live = source(
      fresh.flatMap((property) => {
        if (property.propertyId === "id-deliverable") return [];
        return property.propertyId === "id-skipReason" ? [{ ...property, name: "Deliverable" }] : [property];
      }),
    );
    const { binding, problems } = again(live);
    expect(binding.properties.skipReason?.propertyId).toBe("id-skipReason");
    expect(binding.properties.deliverable).toBeUndefined();
    expect(problems).toMatchObject([{ kind: "missing", property: "deliverable" }]);
  });

  it("finds a property again that was deleted and made anew under its name", () => {
    const { binding, problems } = again(changed("id-order", { propertyId: "id-new" }));
    expect(binding.properties.order?.propertyId).toBe("id-new");
    expect(problems).toEqual([]);
  });

  it("names a property that is gone, and says which type to add", () => {
    const { binding, problems } = again(source(fresh.filter(({ propertyId }) => propertyId !== "id-target")));
    expect(binding.properties.target).toBeUndefined();
    expect(problems).toEqual([
      {
        kind: "missing",
        database: "milestones",
        property: "target",
        click:
          'In Milestones, add a property "Target" of type Date, or stop Milepost, run `npm run milepost -- setup` and start it.',
      },
    ]);
  });

  it("names a property of another type by the name people see, and keeps its id", () => {
    const { binding, problems } = again(changed("id-target", { type: "rich_text", name: "Due" }));
    expect(binding.properties.target).toEqual(first.binding.properties.target);
    expect(problems).toEqual([
      {
        kind: "retyped",
        database: "milestones",
        property: "target",
        click: 'In Milestones, change the type of "Due" back to Date.',
      },
    ]);
  });

  it("names a relation that points to another database", () => {
    const { problems } = again(changed("id-project", { relatedTo: "ds-elsewhere" }));
    expect(problems).toMatchObject([{ kind: "retyped", property: "project" }]);
  });

  it("names a missing option only where Milepost may have to write it", () => {
    const gated = again(changed("id-signOff", { options: [{ id: "opt-Approved", name: "Approved" }] }));
    expect(gated.problems.map(({ kind }) => kind)).toEqual(Array(5).fill("option_missing"));
    expect(gated.problems[0]?.click).toBe(
      'In Milestones, open "Sign-off", choose Edit property and add the option "Not needed".',
    );
    expect(again(changed("id-kind", { options: [] })).problems).toEqual([]);
  });

  it("does not take an option for another that was renamed to its name", () => {
    const { binding, problems } = again(
      changed("id-status", { options: [{ id: "opt-Done", name: "Skipped" }] }),
    );
    expect(binding.properties.status?.options).toEqual({ Done: "opt-Done" });
    expect(problems).toHaveLength(4);
  });

  it("forgets what was bound when the database is another one", () => {
    const moved = { ...changed("id-name", { name: "Title" }), dataSourceId: "ds-copy" };
    expect(again(moved).problems).toMatchObject([{ kind: "missing", property: "name" }]);
  });
});
