import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { furnish, type Office, openBrowser, openOffice, readForm } from "./support.ts";

let office: Office;
let browser: ReturnType<typeof openBrowser>;
beforeEach(async () => {
  office = await openOffice();
  browser = openBrowser(office);
});
afterEach(() => office.server.close());

type Loose = Record<string, unknown>;
type Source = { properties: Record<string, { id: string }> };

/** The furnished projects, three of them with dates, and a view of a type. */
const furnishViews = async () => {
  const furnished = await furnish(office);
  const dana = office.as("Dana Reyes");
  const source = (await dana.dataSources.retrieve({
    data_source_id: furnished.sourceId,
  })) as unknown as Source;
  const dates: [string, string, string | null][] = [
    ["Globex", "2026-11-20", null],
    ["Initech", "2026-11-25", "2026-12-04"],
    ["Hooli", "2027-05-03", null],
  ];
  for (const [name, start, end] of dates) {
    await dana.pages.create({
      parent: { type: "data_source_id", data_source_id: furnished.sourceId },
      properties: {
        Name: { title: [{ text: { content: name } }] },
        Size: { number: 7 },
        Start: { date: { start, end } },
      },
    });
  }
  const idOf = (name: string): string => source.properties[name]?.id ?? "";
  const show = async (type: string, configuration: Loose = {}, query = ""): Promise<string> => {
    const { id } = await dana.views.create({
      database_id: furnished.databaseId,
      data_source_id: furnished.sourceId,
      name: `The ${type}`,
      type,
      configuration: { type, ...configuration },
    } as never);
    const { text, status } = await browser.get(`/p/${furnished.databaseId}?view=${id}${query}`);
    expect(status).toBe(200);
    expect(text).toContain(`>The ${type}</a>`);
    return text;
  };
  return { ...furnished, idOf, show };
};

/** The cell of a day with what stands in it. */
const onDay = (page: string, day: string): string =>
  new RegExp(`<time datetime="${day}">[\\s\\S]*?</td>`).exec(page)?.[0] ?? "";

describe("views of a database", () => {
  it("a calendar puts rows on every day that they cover, month by month", async () => {
    const { show, idOf } = await furnishViews();
    const page = await show("calendar", { date_property_id: idOf("Start") });
    expect(page).toContain("November 2026");
    expect(onDay(page, "2026-11-20")).toContain("Globex");
    for (const day of ["2026-11-25", "2026-11-30"]) expect(onDay(page, day)).toContain("Initech");
    expect(onDay(page, "2026-11-24")).not.toContain("Initech");
    expect(page).not.toContain("Hooli");
    expect(page).toContain("1 without a date");
    const later = /href="([^"]*from=2026-12-01)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const next = (await browser.get(later)).text;
    expect(next).toContain("December 2026");
    expect(onDay(next, "2026-12-04")).toContain("Initech");
  });

  it("a calendar of weeks shows seven days", async () => {
    const { show, idOf } = await furnishViews();
    const page = await show("calendar", { date_property_id: idOf("Start"), view_range: "week" });
    expect(page.match(/<time datetime="\d{4}-\d{2}-\d{2}">/g)).toHaveLength(7);
    expect(onDay(page, "2026-11-23")).not.toBe("");
  });

  it("a timeline shows twelve weeks of bars, and others by its links", async () => {
    const { show, idOf } = await furnishViews();
    const page = await show("timeline", { date_property_id: idOf("Start") });
    expect(page).toContain("25 Nov → 4 Dec");
    expect(page).not.toContain("Hooli");
    const spring = await show("timeline", { date_property_id: idOf("Start") }, "&from=2027-05-01");
    expect(spring).toContain("Hooli");
    expect(spring).not.toContain("Initech");
  });

  it("a chart counts the rows of each option, in their order", async () => {
    const { show, idOf } = await furnishViews();
    const x_axis = {
      type: "status",
      group_by: "option",
      property_id: idOf("Stage"),
      sort: { type: "manual" },
    };
    const page = await show("chart", { chart_type: "column", x_axis, y_axis: { aggregator: "count" } });
    const counts = [...page.matchAll(/<meter[^>]*value="(\d+)" aria-label="([^"]+)"/g)].map(
      ([, count, name]) => [name, Number(count)],
    );
    expect(counts.length).toBeGreaterThan(1);
    expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThanOrEqual(3);
  });

  it.each(["list", "gallery"])("a %s names rows with short facts", async (type) => {
    const { show } = await furnishViews();
    expect(await show(type)).toMatch(/Globex[\s\S]*<dt>Size<\/dt><dd>7<\/dd>/);
  });

  it("a day that is none, and kinds of view that are not shown, lead to what can be", async () => {
    const { show, idOf, databaseId } = await furnishViews();
    await show("calendar", { date_property_id: idOf("Start") }, "&from=99999999-01-01");
    const { status, text } = await browser.get(`/p/${databaseId}?view=nothing`);
    expect(status).toBe(200);
    expect(text).toContain('aria-current="page">Default view</a>');
  });

  it("of several data sources have their names before them", async () => {
    const { databaseId } = await furnish(office);
    await office.as("Dana Reyes").dataSources.create({
      parent: { type: "database_id", database_id: databaseId },
      title: [{ text: { content: "Archive" } }],
      properties: { Name: { title: {} } },
    });
    const { text } = await browser.get(`/p/${databaseId}`);
    expect(text).toContain("Projects: Default view");
    expect(text).toContain("Archive: ");
  });
});

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  office.workspace.fetch(`http://w/v1/${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${office.workspace.tokens.bot}`,
      "notion-version": "2026-03-11",
    },
  });

describe("the request log", () => {
  it("lists what the connection asked, what people did, and what went wrong", async () => {
    const { projectId } = await furnish(office);
    await ask(`pages/${projectId}`);
    await ask("nothing/at/all");
    await ask("pages/no-id");
    const log = async (who: string): Promise<string> => (await browser.get(`/ui/requests?who=${who}`)).text;
    expect(await log("bot")).toContain(`GET /v1/pages/${projectId}`);
    expect(await log("bot")).not.toContain("POST /v1/databases");
    expect(await log("people")).toContain("POST /v1/databases");
    const refused = await log("refused");
    expect(refused).toContain("/v1/nothing/at/all");
    expect(refused).not.toContain(`GET /v1/pages/${projectId}`);
    expect((await browser.get("/ui/requests?who=%3Cscript%3E")).text).not.toContain("<script>");
  });

  it("shows a hundred at once, newest first, and goes back by its link", async () => {
    for (let index = 0; index < 105; index++) await ask(`pages/p${index}`);
    const { text } = await browser.get("/ui/requests?who=all");
    expect(text.match(/<th scope="row">/g)).toHaveLength(100);
    expect(text.indexOf("/v1/pages/p104")).toBeLessThan(text.indexOf("/v1/pages/p103"));
    const older = /href="([^"]*before=\d+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect((await browser.get(older)).text).toContain("/v1/pages/p0<");
  });
});

describe("fault switches", () => {
  const switchOn = async (fields: Record<string, string>): Promise<void> => {
    const form = readForm((await browser.get("/ui/faults")).text, "/ui/faults");
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    expect((await browser.submit("/ui/faults", form)).status).toBe(303);
  };

  it("make requests fail, tell how often, and are switched off again", async () => {
    const { projectId } = await furnish(office);
    await switchOn({ fault: "conflict", operation: "pages.retrieve", count: "1" });
    await switchOn({ fault: "rate_limited" });
    expect((await ask(`pages/${projectId}`)).status).toBe(409);
    expect((await ask(`pages/${projectId}`)).status).toBe(429);
    const page = (await browser.get("/ui/faults")).text;
    expect(page).toMatch(/Conflict<\/strong> for pages\.retrieve of the connection, 1 times[\s\S]*spoiled 1/);
    await browser.submit("/ui/faults/remove", { index: "1", return_to: "/ui/faults" });
    expect((await ask(`pages/${projectId}`)).status).toBe(200);
    await browser.submit("/ui/faults/clear", { return_to: "/ui/faults" });
    expect(office.workspace.control.faultRules()).toEqual([]);
  });

  it("stay reachable when every request of every person hangs", async () => {
    await switchOn({ fault: "hang", actor: "" });
    expect((await browser.get("/ui/faults")).text).toContain("Hang</strong> for every request of everybody");
    expect((await browser.get("/ui/requests")).status).toBe(200);
  });

  it("set how webhooks go astray", async () => {
    await browser.submit("/ui/faults/webhooks", { lose: "25", duplicate: "500", reorder: "x" });
    expect(office.workspace.control.webhookDisturbance()).toEqual({ lose: 0.25, duplicate: 1, reorder: 0 });
    expect((await browser.get("/ui/faults")).text).toContain('name="lose" min="0" max="100" value="25"');
  });

  it("take neither nonsense nor forms of other sites", async () => {
    await browser.submit("/ui/faults", { fault: "earthquake" });
    const foreign = { origin: "http://evil.example" };
    for (const path of ["/ui/faults", "/ui/faults/clear", "/ui/faults/webhooks"]) {
      expect((await browser.submit(path, { fault: "conflict", lose: "9" }, foreign)).status).toBe(403);
    }
    expect(office.workspace.control.faultRules()).toEqual([]);
    expect(office.workspace.control.webhookDisturbance().lose).toBe(0);
  });
});
