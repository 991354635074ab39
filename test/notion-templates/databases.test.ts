import { describe, expect, expectTypeOf, it } from "vitest";
import { databaseTables } from "../../notion-templates/database-tables.ts";
import { databases } from "../../notion-templates/databases.ts";
import { lifecycleKinds } from "../../notion-templates/milestone-kinds.ts";
import { stageOptions } from "../../notion-templates/stages.ts";
import { startPage } from "../../notion-templates/start-page.ts";
import type { UpdateKind } from "../../src/types/action.ts";
import type { DatabaseTemplate, PropertyTemplate, RowOf, WorkflowRow } from "../../src/types/schema.ts";
import type { DateValue } from "../../src/types/values.ts";

const templates: readonly DatabaseTemplate[] = Object.values(databases);
const propertiesOf = (template: DatabaseTemplate): readonly (readonly [string, PropertyTemplate])[] =>
  Object.entries(template.properties);
const repeated = (names: readonly string[]): readonly string[] =>
  names.filter(
    (name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== index,
  );
const camelCase = (name: string): string =>
  name
    .split(/[ -]+/)
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");

describe.each(templates.map((template) => [template.title, template] as const))("%s", (_title, template) => {
  const properties = propertiesOf(template);

  it("has one title and names each property once, twins of other databases included", () => {
    const twins = templates.flatMap((other) =>
      propertiesOf(other).flatMap(([, property]) =>
        property.type === "relation" && property.to === template.key ? [property.twin] : [],
      ),
    );
    expect(repeated([...properties.map(([, property]) => property.name), ...twins])).toEqual([]);
    expect(properties.filter(([, property]) => property.type === "title")).toHaveLength(1);
  });

  it("keys each property by the camel case of its Notion name", () => {
    expect(properties.map(([key]) => key)).toEqual(
      properties.map(([, property]) => camelCase(property.name)),
    );
  });

  it("explains each property in the 280 characters that Notion allows", () => {
    const lengths = properties.map(([key, property]) => [key, property.description.length] as const);
    expect(lengths.filter(([, length]) => length < 10 || length > 280)).toEqual([]);
  });

  it("offers options that Notion accepts: no commas, different in more than case, groups on statuses only", () => {
    for (const [key, property] of properties) {
      if (!("options" in property)) continue;
      const names = property.options.map(({ name }) => name);
      expect(repeated(names), key).toEqual([]);
      expect(
        names.filter((name) => name.includes(",")),
        key,
      ).toEqual([]);
      expect(
        property.options.every((option) => (option.group !== undefined) === (property.type === "status")),
        key,
      ).toBe(true);
    }
  });

  it("hides Milepost's own key and nothing else", () => {
    expect(properties.filter(([, property]) => property.hidden).map(([key]) => key)).toEqual(["milepostKey"]);
    expect(template.properties.milepostKey?.owner).toBe("service");
  });

  it("gives every gated choice a table whose values are its options and that reaches each of them", () => {
    for (const [key, property] of properties) {
      if (property.owner !== "gate" || !("options" in property) || key === "stage") continue;
      const options = new Set(property.options.map(({ name }) => name));
      const rows = property.workflow?.rows ?? [];
      const reached = new Set([property.workflow?.initial, ...rows.map(({ to }) => to)]);
      expect(reached, key).toEqual(options);
      expect(
        rows.filter(({ from, to }) => from === to || !options.has(from ?? "")),
        key,
      ).toEqual([]);
      const asks = rows.flatMap(({ from, to, who }) => who.map((asker) => `${from} > ${to} ${asker}`));
      expect(repeated(asks), key).toEqual([]);
    }
  });

  it("never lets the team approve for the client without a note, nor the client without a link", () => {
    for (const [key, property] of properties) {
      if (!("workflow" in property)) continue;
      for (const row of property.workflow?.rows ?? []) {
        if (row.who.includes("client")) expect(row, key).toMatchObject({ who: ["client"], evidence: "link" });
        if (row.to === "Approved" || row.to === "Acknowledged")
          expect(["link", "note"], key).toContain(row.evidence);
        if (row.to === "Outdated") expect(row.who, key).toEqual(["service"]);
      }
    }
  });

  it("refers to its own properties in views and in what an approval covers", () => {
    const keys = properties.map(([key]) => key);
    const references = template.views.flatMap(
      ({ groupBy, dateBy, sortBy, only, without, onCards, columns }) => [
        ...(onCards ?? []),
        ...(columns ?? []),
        only?.property,
        groupBy,
        dateBy,
        sortBy?.property,
        without?.property,
      ],
    );
    const covered = properties.flatMap(([, property]) =>
      "covers" in property ? (property.covers ?? []) : [],
    );
    for (const key of [...references, ...covered]) if (key !== undefined) expect(keys).toContain(key);
    expect(repeated(template.views.map(({ name }) => name))).toEqual([]);
    for (const { without } of template.views) {
      const property = without && template.properties[without.property];
      const options = property && "options" in property ? property.options.map(({ name }) => name) : [];
      expect(options).toEqual(expect.arrayContaining([...(without?.options ?? [])]));
    }
  });

  it("keeps the changes of choices and dates alone, and of none that a gate keeps already", () => {
    const tracked = properties.filter(([, property]) => "tracked" in property && property.tracked);
    expect(
      tracked.filter(([, { type, owner }]) => !/status|select|date/.test(type) || owner === "gate"),
    ).toEqual([]);
  });
});

describe("a change request", () => {
  const { status } = databases.changeRequests.properties;
  const waysTo = (to: string, who: string) =>
    (status.workflow.rows as readonly WorkflowRow[]).filter(
      (row) => row.to === to && row.who.includes(who as WorkflowRow["who"][number]),
    );

  it("is decided by the client's link or by hand with a note, once it has been evaluated", () => {
    for (const to of ["Approved", "Deferred", "Cancelled"]) {
      expect(
        waysTo(to, "client").map(({ from }) => from),
        to,
      ).toContain("Awaiting client");
      expect(
        waysTo(to, "team").every(({ evidence }) => evidence === "note"),
        to,
      ).toBe(true);
    }
    // Milepost itself only leaves for later what the client approved to leave for later.
    const own = ["Approved", "Deferred", "Cancelled"].flatMap((to) => waysTo(to, "service"));
    expect(own.map(({ from, to }) => [from, to])).toEqual([["Approved", "Deferred"]]);
    expect(
      [...waysTo("Approved", "team"), ...waysTo("Approved", "client")].map(({ from }) => from),
    ).not.toContain("Submitted");
    // What nobody has carried into the plan is not applied.
    expect(waysTo("Applied", "team")).toEqual([]);
    expect(waysTo("Applied", "service").map(({ from }) => from)).toEqual(["Approved"]);
  });

  it("can be dropped again once it was approved, whatever has become of it since", () => {
    for (const from of ["Approved", "Applied", "Outdated"])
      for (const to of ["Deferred", "Cancelled"])
        expect(
          waysTo(to, "team").map((row) => row.from),
          `${from} to ${to}`,
        ).toContain(from);
  });

  it("covers what the client was told: the wish, its effort, days, cost and the option", () => {
    expect(status.covers).toEqual(["description", "effortHours", "timelineImpact", "cost", "option"]);
  });
});

describe("an update", () => {
  const { state, kind } = databases.updates.properties;
  const rows = (who: string) =>
    (state.workflow.rows as readonly WorkflowRow[])
      .filter((row) => row.who.includes(who as WorkflowRow["who"][number]))
      .map(({ from, to }) => `${from} > ${to}`);

  it("is let go, taken back and given up by the team; sent and held by Milepost alone", () => {
    expect(state.workflow.initial).toBe("Draft");
    expect(rows("team").toSorted()).toEqual([
      "Draft > Cancelled",
      "Draft > Ready",
      "Held > Cancelled",
      "Held > Ready",
      "Ready > Cancelled",
      "Ready > Draft",
    ]);
    expect(rows("service").toSorted()).toEqual([
      "Draft > Ready",
      "Held > Sent",
      "Ready > Held",
      "Ready > Sent",
    ]);
    expect(rows("client")).toEqual([]);
  });

  it("is of a kind that Milepost writes", () => {
    expectTypeOf<(typeof kind.options)[number]["name"]>().toEqualTypeOf<UpdateKind>();
  });
});

describe("the templates together", () => {
  it("keep every change that something follows from and that no gate judges", () => {
    const tracked = templates.flatMap((template) =>
      propertiesOf(template).flatMap(([key, property]) =>
        "tracked" in property && property.tracked ? [`${template.key}.${key}`] : [],
      ),
    );
    expect(tracked).toEqual([
      ...["projects.serviceType", "projects.clientLetters", "projects.start", "projects.agreedDelivery"],
      ...["milestones.status", "milestones.target", "risks.kind", "risks.status", "risks.severity"],
      ...["risks.level", "asks.state"],
    ]);
  });

  it("keep Projects at 40 properties or fewer, those that a person edits first among them", () => {
    expect(Object.keys(databases.projects.properties).length).toBeLessThanOrEqual(40);
  });

  it("begin with Intake, which Notion shows where the stage was cleared", () => {
    expect(stageOptions[0]).toMatchObject({ name: "Intake", group: "To-do" });
    expect(stageOptions).toHaveLength(10);
  });

  it("give the code typed rows: option names, ids of people and pages, dates", () => {
    type Project = RowOf<typeof databases.projects>;
    type Milestone = RowOf<typeof databases.milestones>;
    expectTypeOf<Project["qaCertification"]>().toEqualTypeOf<"Pending" | "PASS" | "FAIL" | null>();
    expectTypeOf<Project["stage"]>().toEqualTypeOf<(typeof stageOptions)[number]["name"] | null>();
    expectTypeOf<Project["contacts"]>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<Project["timelineAcknowledged"]>().toEqualTypeOf<boolean>();
    expectTypeOf<Milestone["target"]>().toEqualTypeOf<DateValue | null>();
    expectTypeOf<Milestone["order"]>().toEqualTypeOf<number | null>();
    expectTypeOf<Milestone["demo"]>().toEqualTypeOf<string | null>();
    expectTypeOf<Milestone["name"]>().toEqualTypeOf<string>();
  });

  it("explain every stage and every milestone of a delivery on the start page", () => {
    const page = startPage();
    for (const { name } of [...stageOptions, ...lifecycleKinds]) expect(page).toContain(name);
    expect(page).toContain("QA certification is PASS. No exceptions.");
  });

  it("list every property of every database in the README's tables", () => {
    const tables = databaseTables();
    const names = templates.flatMap((template) =>
      propertiesOf(template).map(([, property]) => property.name),
    );
    for (const name of names) expect(tables).toContain(`| ${name} | `);
    expect(
      tables.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---")),
    ).toHaveLength(names.length + templates.length);
  });
});
