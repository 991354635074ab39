import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { updateRows } from "../support/client-scene.ts";
import { addDelivery, advance, type DeliveryScene } from "../support/delivery-scene.ts";
import { addRow, edit } from "../support/rows.ts";
import { createWorld } from "../support/world.ts";

/** Monday, 16 November 2026, 09:00 in Berlin. */
const monday = Date.parse("2026-11-16T08:00:00Z");
const morning = (date: string): number => Date.parse(`${date}T09:00:00Z`);
const token = "an-operator-token-of-32-characters";

type Measure = { readonly id: string; readonly value: number | null; readonly met: boolean | null };
type Answer = {
  readonly error?: string;
  readonly from?: string;
  readonly to?: string;
  readonly project?: object;
  readonly projects?: readonly object[];
  readonly measures: readonly Measure[];
  readonly findings: readonly object[];
};

let scene: DeliveryScene;
const get = async (path: string, bearer = token): Promise<{ status: number; body: Answer }> => {
  const headers = { authorization: `Bearer ${bearer}` };
  const response = await scene.world.service().app.request(`/api/v1/${path}`, { headers });
  const body = response.status === 401 ? {} : await response.json();
  return { status: response.status, body: body as Answer };
};
const numbersIn = ({ measures }: Answer) => new Map(measures.map((one) => [one.id, one]));
const markdownOf = async (title: string): Promise<string> => {
  const rows = await updateRows(scene.dana, scene.sources);
  const page = rows.find(({ cells }) => cells.Title === title);
  return (await scene.dana.pages.retrieveMarkdown({ page_id: page?.id ?? "" })).markdown;
};
const pagesOfMeasures = async () =>
  (await updateRows(scene.dana, scene.sources)).filter(({ cells }) => cells.Kind === "Measures");

/** Delivered on 24 November, five business days before 1 December; one move refused, one ask open for three days. */
beforeAll(async () => {
  const world = createWorld({ startAt: monday, pollSeconds: 43_200, service: { apiTokens: [token] } });
  await world.pass(600_000);
  scene = await addDelivery(world, { "Service type": "Single-purpose agent", Start: "2026-11-16" });
  const { dana, sources, project } = scene;
  const ask = await addRow(dana, sources, "asks", { Title: "Access to the CRM", Project: project });
  await scene.set({ Stage: "Planning" });
  await advance(scene, "Planning");
  await advance(scene, "In production");
  // The plan's own milestones are not marked here, and nobody shall be asked why.
  await scene.set({ "Escalate after": { number: 60 } });
  await scene.until(monday + 3 * 86_400_000);
  await edit(dana, "asks", ask, { State: "Answered" });
  await advance(scene, "QA");
  await advance(scene, "Deployment");
  await scene.until(morning("2026-11-24"));
  await advance(scene, "Handover");
  await addRow(dana, sources, "risks", {
    ...{ Title: "Leads come twice", Project: project, Kind: "Issue", Severity: "Low", Status: "Resolved" },
    ...{ Resolution: "Deduplicated" },
  });
  await advance(scene, "Review");
  await advance(scene, "Complete");
}, 60_000);
afterAll(() => scene.world.close());

describe("a project that is complete", () => {
  test("has its numbers in the API, beside the documents' targets", async () => {
    const { status, body } = await get(`projects/${scene.project.replaceAll("-", "")}/measures`);
    expect({ status, project: body.project }).toMatchObject({
      ...{ status: 200, project: { id: scene.project, name: "Lead qualification", delivered: "2026-11-24" } },
    });
    const numbers = numbersIn(body);
    expect(numbers.get("on-time")).toMatchObject({ value: 1, unit: "yes or no", goal: null, met: null });
    // Tue 24 November before Tue 1 December
    expect(numbers.get("slip")).toMatchObject({ value: -5, unit: "business days" });
    expect(numbers.get("issues-after-launch")).toEqual({
      ...{ id: "issues-after-launch", name: "Issues after launch", value: 1, unit: "per project" },
      ...{ goal: { kind: "below", value: 3 }, met: true, source: 'process/000 "Delivery Performance"' },
    });
    // Seven gates, the first of which was refused
    expect(numbers.get("gate-first-pass")?.value).toBeCloseTo(6 / 7);
    expect(numbers.get("client-wait")?.value).toBeCloseTo(3, 1);
    expect(numbers.get("time-in-in-production")?.value).toBeCloseTo(3, 1);
    expect(numbers.get("checks-complete")).toMatchObject({ value: 1, met: true });
    expect(numbers.get("rating")).toMatchObject({ value: null, met: null });
    expect(body.findings).toMatchObject([
      { criterion: "requirements-signed-off", count: 1 },
      {
        ...{ criterion: "timeline-acknowledged", sentence: "client timeline is acknowledged", count: 1 },
        source: "process/002 §1 Gate",
      },
    ]);
  });

  test("has a page of them in Notion, once, to nobody", async () => {
    expect(await pagesOfMeasures()).toMatchObject([
      {
        cells: {
          ...{ Title: "Measures: Lead qualification", Project: scene.project, To: "", State: "Draft" },
        },
      },
    ]);
    const markdown = await markdownOf("Measures: Lead qualification");
    expect(markdown).toContain("- **Delivered on time**: yes\n");
    expect(markdown).toContain("- **Slip against the baseline**: -5 business days\n");
    expect(markdown).toContain("(target: less than 3 per project, met)");
    expect(markdown).toContain("- once: “client timeline is acknowledged”");
  });

  test("is in the office's page of its month, which nobody can mail either", async () => {
    await scene.until(morning("2026-12-01"));
    const title = "November 2026";
    const [, page] = await pagesOfMeasures();
    expect(page?.cells).toMatchObject({ Period: "2026-11", Project: "", State: "Draft" });
    expect(page?.cells.Title).toContain(title);
    const markdown = await markdownOf(page?.cells.Title ?? "");
    expect(markdown).toContain("- Lead qualification\n");
    expect(markdown).toContain("100 % of projects (target: more than 85 % of projects, met)");
    await edit(scene.dana, "updates", page?.id ?? "", { State: "Ready" });
    await scene.rest();
    const [, held, ...more] = await pagesOfMeasures();
    expect(held?.cells).toMatchObject({
      State: "Held",
      "Held because": expect.stringContaining("for your team"),
    });
    expect(more).toEqual([]);
  });
});

describe("the office's numbers in the API", () => {
  test("are those of the projects delivered in the period, by default in the last whole month", async () => {
    const { body } = await get("measures");
    expect(body).toMatchObject({ from: "2026-11-01", to: "2026-11-30" });
    expect(body.projects).toMatchObject([{ id: scene.project, delivered: "2026-11-24" }]);
    expect(numbersIn(body).get("on-time")).toMatchObject({ value: 1, met: true });
    expect(numbersIn(body).get("scope-changes")).toMatchObject({ value: 0, met: true });
    const after = await get("measures?from=2026-11-25&to=2026-11-30");
    expect(after.body.projects).toEqual([]);
    expect(numbersIn(after.body).get("on-time")).toMatchObject({ value: null, met: null });
  });

  test.each([
    ["measures?from=2026-11-31&to=2026-12-01", 400, "from: expected a day such as 2026-11-30"],
    ["measures?from=2026-12-02&to=2026-12-01", 400, "from lies after to"],
    ["measures?from=2026-12-02", 400, "expected both from and to"],
    ["measures?since=2026-12-02", 400, 'Unrecognized key: "since"'],
    ["projects/nobody/measures", 404, "no project is known by this id"],
  ])("%s is a clear error", async (path, status, error) => {
    expect(await get(path)).toEqual({ status, body: { error } });
  });

  test("are not given while a part of a record cannot be read, and that part is named", async () => {
    scene.world.store.exec(
      `INSERT INTO problems (id, code, database, property, detail, since)
       VALUES ('x', 'schema_broken', 'risks', 'kind', 'Risks: Kind is missing', 0)`,
    );
    const error = "a record cannot be read whole: Risks: Kind is missing";
    for (const path of ["measures", `projects/${scene.project}/measures`])
      expect(await get(path)).toEqual({ status: 503, body: { error } });
    scene.world.store.exec("DELETE FROM problems WHERE id = 'x'");
  });

  test("are the operator's alone, and not of any other page than a project", async () => {
    expect((await get("measures", "guessed")).status).toBe(401);
    expect((await get(`projects/${scene.project}/measures`, "guessed")).status).toBe(401);
    const [page] = await pagesOfMeasures();
    expect((await get(`projects/${page?.id}/measures`)).status).toBe(404);
  });
});
