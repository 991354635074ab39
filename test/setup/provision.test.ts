import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import type { Provisioned } from "../../src/setup/provision.ts";
import {
  contents,
  emptyOffice,
  keys,
  lastRequest,
  memorySetupStore,
  type Office,
  rowsOf,
  schemaOf,
  writes,
} from "./support.ts";

const sourceOf = (result: Provisioned, key: (typeof keys)[number]): string =>
  result.bindings[key]?.dataSourceId ?? "none";
const propertyId = (result: Provisioned, key: (typeof keys)[number], property: string): string =>
  result.bindings[key]?.properties[property]?.propertyId ?? "none";

const afterSetup = {
  pages: ["Start here"],
  databases: [
    ...["Projects", "Milestones", "Change requests", "Risks", "Contacts", "Checks", "Asks", "Decisions"],
    ...["Updates", "Days off", "Office"],
  ],
  views: [
    "Projects: All",
    "Projects: By stage",
    "Projects: Health",
    "Milestones: All",
    "Milestones: Timeline",
    "Milestones: Calendar",
    "Change requests: All",
    "Change requests: By status",
    "Change requests: Parking lot",
    "Risks: All",
    "Risks: Open by score",
    "Risks: Escalations",
    "Risks: By status",
    "Contacts: All",
    "Checks: All",
    "Checks: By checkpoint",
    "Asks: All",
    "Asks: Blocking",
    "Decisions: All",
    "Updates: All",
    "Updates: By state",
    "Updates: By kind",
    "Days off: All",
    "Days off: Calendar",
    "Office: All",
  ],
};

const ready = async () => {
  const office = emptyOffice();
  const store = memorySetupStore();
  const result = await office.setup(store);
  return { office, store, result };
};

const expectWhole = async (office: Office, result: Provisioned): Promise<void> => {
  const found = await contents(office);
  expect({ ...found, views: found.views.toSorted() }).toEqual({
    ...afterSetup,
    views: afterSetup.views.toSorted(),
  });
  expect(await rowsOf(office, sourceOf(result, "office"))).toHaveLength(1);
  expect(result.problems).toEqual([]);
};

describe("setting up an empty workspace", () => {
  it("makes the start page, the databases, their views and the Office row", async () => {
    const { office, result } = await ready();
    await expectWhole(office, result);
    expect(result.made).toContain("database Projects");
  });

  it("gives every database the properties of its template, relations named on both sides", async () => {
    const { office, result } = await ready();
    for (const key of keys) {
      const schema = await schemaOf(office, sourceOf(result, key));
      for (const property of Object.values(databases[key].properties))
        expect(schema[property.name], property.name).toMatchObject({
          type: property.type,
          description: property.description,
        });
      expect(Object.keys(result.bindings[key]?.properties ?? {})).toEqual(
        Object.keys(databases[key].properties),
      );
    }
    expect(await schemaOf(office, sourceOf(result, "projects"))).toHaveProperty(
      "Milestones.type",
      "relation",
    );
    expect(await schemaOf(office, sourceOf(result, "contacts"))).toHaveProperty("Projects.type", "relation");
    expect(await schemaOf(office, sourceOf(result, "milestones"))).toHaveProperty("Blocks.type", "relation");
  });

  it("fills in the Office row and says since when Milepost is active, to the minute", async () => {
    const { office, result } = await ready();
    const [row] = await rowsOf(office, sourceOf(result, "office"));
    expect(row).toMatchObject({
      properties: {
        "Time zone": { rich_text: [{ plain_text: "Europe/Madrid" }] },
        "Default letters": { select: { name: "Review first" } },
        "Milepost key": { rich_text: [{ plain_text: "office" }] },
        "Work starts": { rich_text: [{ plain_text: "09:00" }] },
        "Active since": { date: { start: expect.stringContaining("2026-11-24T09:00:00") } },
      },
    });
  });

  it("takes few requests, and a second run one read a database and no write", async () => {
    const { office, store, result } = await ready();
    expect(lastRequest(office)).toBeLessThanOrEqual(65);
    const before = lastRequest(office);
    const again = await office.setup(store);
    expect(office.workspace.control.requests(before).map(({ method }) => method)).toEqual(
      keys.map(() => "GET"),
    );
    expect(again).toEqual({ ...result, made: [] });
  });
});

describe("setting up after an interruption", () => {
  class Interrupted extends Error {}

  /** The points of a whole run before and after the first and the last request of each kind. */
  const points = async (): Promise<number[]> => {
    const names: string[] = [];
    await emptyOffice().setup(memorySetupStore(), (name) => void names.push(name));
    const places = Map.groupBy(names.keys(), (index) => names[index]).values();
    return [...places].flatMap((all) => [...new Set([...all.slice(0, 1), ...all.slice(-1)])]);
  };
  const interrupted = async (office: Office, at: number, store = memorySetupStore()) => {
    let count = 0;
    const stop = (): void => {
      if (count++ === at) throw new Interrupted();
    };
    await expect(office.setup(store, stop)).rejects.toThrow(Interrupted);
    return store;
  };

  it("finishes without doubling anything, wherever it stopped", async () => {
    for (const at of await points()) {
      const office = emptyOffice();
      const store = await interrupted(office, at);
      await expectWhole(office, await office.setup(store));
    }
  });

  it("finishes without doubling anything even when its folder was lost too", async () => {
    for (const at of (await points()).filter((_point, index) => index % 3 === 1)) {
      const office = emptyOffice();
      await interrupted(office, at);
      await expectWhole(office, await office.setup(memorySetupStore()));
    }
  });

  it("adopts a whole workspace without a write when its folder was lost", async () => {
    const { office, result } = await ready();
    const before = lastRequest(office);
    const again = await office.setup(memorySetupStore());
    expect(writes(office, before)).toEqual([]);
    expect(again).toEqual({ ...result, made: [] });
  });

  it("makes nothing twice when Notion's answers get lost", async () => {
    const office = emptyOffice();
    const lost = new Set<string>();
    office.workspace.control.setHook({
      after({ method, path, operation }) {
        if (method === "GET" || path.endsWith("/query") || lost.has(`${operation}`)) return undefined;
        lost.add(`${operation}`);
        return "reset";
      },
    });
    const result = await office.setup(memorySetupStore());
    office.workspace.control.setHook(null);
    expect(lost.size).toBeGreaterThanOrEqual(4);
    await expectWhole(office, result);
  });

  it("waits as long as Notion asks, then goes on", async () => {
    const office = emptyOffice();
    let asked = false;
    office.workspace.control.setHook({
      before({ method, path }) {
        if (asked || method !== "POST" || !path.endsWith("/databases")) return undefined;
        asked = true;
        return { status: 429, code: "rate_limited", headers: { "retry-after": "7" } };
      },
    });
    const started = office.clock.now();
    const result = await office.setup(memorySetupStore());
    expect(office.waits).toHaveLength(1);
    expect(office.waits[0]).toBeGreaterThanOrEqual(started + 7_000);
    await expectWhole(office, result);
  });
});

describe("setting up where people have changed things", () => {
  it("leaves renamed properties alone and still knows them", async () => {
    const { office, store, result } = await ready();
    const id = propertyId(result, "projects", "client");
    await office.asDana("PATCH", `data_sources/${sourceOf(result, "projects")}`, {
      properties: { [id]: { name: "Customer" } },
    });
    const before = lastRequest(office);
    expect(await office.setup(store)).toEqual({ ...result, made: [] });
    expect(writes(office, before)).toEqual([]);
  });

  it("adds a deleted property again, and nothing else", async () => {
    const { office, store, result } = await ready();
    await office.asDana("PATCH", `data_sources/${sourceOf(result, "milestones")}`, {
      properties: { Deliverable: null, "Depends on": null },
    });
    const again = await office.setup(store);
    expect(again.made).toEqual(["property Deliverable of Milestones", "property Depends on of Milestones"]);
    expect(again.problems).toEqual([]);
    const schema = await schemaOf(office, sourceOf(result, "milestones"));
    expect(schema).toHaveProperty("Deliverable.type", "rich_text");
    expect(schema).toHaveProperty("Depends on.type", "relation");
  });

  it("names a property of another type and does not touch it", async () => {
    const { office, store, result } = await ready();
    const source = sourceOf(result, "milestones");
    await office.asDana("PATCH", `data_sources/${source}`, {
      properties: { "Why it moved": { number: {} } },
    });
    const before = lastRequest(office);
    const again = await office.setup(store);
    expect(again.problems).toMatchObject([
      { kind: "retyped", database: "milestones", property: "whyItMoved" },
    ]);
    expect(writes(office, before)).toEqual([]);
  });

  it("does not add a property under a name that another one was given", async () => {
    const { office, store, result } = await ready();
    const source = sourceOf(result, "contacts");
    await office.asDana("PATCH", `data_sources/${source}`, { properties: { Phone: null } });
    await office.asDana("PATCH", `data_sources/${source}`, {
      properties: { "Time zone": { name: "Phone" } },
    });
    const before = lastRequest(office);
    const again = await office.setup(store);
    expect(again.problems).toMatchObject([{ kind: "missing", database: "contacts", property: "phone" }]);
    expect(writes(office, before)).toEqual([]);
  });

  it("asks for a database in the trash to be restored instead of making another", async () => {
    const { office, store, result } = await ready();
    await office.asDana("PATCH", `databases/${result.bindings.contacts?.databaseId}`, { in_trash: true });
    const before = lastRequest(office);
    const again = await office.setup(store);
    expect(again.problems).toMatchObject([{ kind: "unreachable", database: "contacts", property: null }]);
    expect(writes(office, before)).toEqual([]);
    expect(again.bindings).toEqual(result.bindings);
  });

  it("makes its own databases beside people's that bear the same names", async () => {
    const office = emptyOffice();
    const body = {
      parent: { type: "page_id", page_id: office.workspace.rootPageId },
      title: [{ text: { content: "Projects" } }],
      initial_data_source: { properties: { Title: { title: {} } } },
    };
    await office.asDana("POST", "databases", body);
    await office.asDana("POST", "pages", {
      parent: { page_id: office.workspace.rootPageId },
      properties: { title: { title: [{ text: { content: "Start here" } }] } },
    });
    await office.setup(memorySetupStore());
    const { pages, databases: made } = await contents(office);
    expect(pages).toEqual(["Start here", "Start here"]);
    expect(made.toSorted()).toEqual([...afterSetup.databases, "Projects"].toSorted());
  });
});
