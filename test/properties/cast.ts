import { databases } from "../../notion-templates/databases.ts";
import type { Workspace } from "../../src/embedded/notion/workspace.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import type { Bindings, BoundProperty } from "../../src/types/bindings.ts";
import type { DatabaseKey } from "../../src/types/schema.ts";
import type { Value } from "../../src/types/values.ts";
import { places, propertyOf } from "../support/checker/places.ts";
import { rewindable } from "./rewindable.ts";
import { minute, openRun, type Run } from "./run.ts";
import { createWitness, type Shape, startOf } from "./witness.ts";

export const people = ["Dana Reyes", "Pablo Ortiz", "Quinn Abbott"] as const;
export type Person = (typeof people)[number];

/** The pages of every run: a project, a milestone and a risk of it. */
export const cast = ["projects", "milestones", "risks"] as const;
export type Role = (typeof cast)[number];

/** One of many projects, with a milestone. */
export type Crowd = { readonly project: string; readonly milestone: string };

/** What everything starts from, made once: a workspace that is set up, and its cast at rest. */
export type Stage = {
  readonly open: (seed: number) => Run;
  readonly pages: Readonly<Record<Role, string>>;
  readonly bindings: Bindings;
  readonly crowd: readonly Crowd[];
  readonly drop: () => void;
};

/** A workspace that was just set up, with nothing in it yet. */
const setUp = async (): Promise<{ readonly run: Run; readonly bindings: Bindings }> => {
  const [workspace, store] = [openNodeDatabase(":memory:"), openNodeDatabase(":memory:")];
  const leave = (): void => {
    store.close();
    workspace.close();
  };
  const run = openRun({ workspace, store, leave, witness: { faults: () => [], valuesOf: () => ({}) } });
  await run.pass(5 * minute);
  const stored = run.store.exec("SELECT value FROM meta WHERE key = 'bindings'")[0]?.value;
  return { run, bindings: JSON.parse(String(stored)) as Bindings };
};

/** Everything that is there now is what each run starts from. */
const frozen = (run: Run, pages: Stage["pages"]): Stage["open"] => {
  const at = run.clock.now();
  const start = startOf({ workspace: run.workspaceDatabase, store: run.store }, shapeOf(run, pages));
  const [workspace, store] = [rewindable(run.workspaceDatabase), rewindable(run.store)];
  let isOpen = false;
  const leave = (): void => {
    isOpen = false;
    workspace.rewind();
    store.rewind();
  };
  return (seed) => {
    if (isOpen) throw new Error("a stage has room for one run at a time");
    isOpen = true;
    const witness = createWitness({ workspace: workspace.database, store: store.database }, start);
    return openRun({ workspace: witness.workspace, store: witness.store, witness, leave }, at, seed);
  };
};

const shapeOf = ({ workspaceDatabase, store }: Run, pages: Stage["pages"]): Shape => {
  const found = places({ workspace: workspaceDatabase.exec, milepost: store.exec });
  const keysOf = (role: Role) => {
    const place = found.find(({ key }) => key === role);
    return Object.keys(databases[role].properties).flatMap((key) => {
      const property = place && propertyOf(place, key);
      return property ? [[key, property] as const] : [];
    });
  };
  return new Map(cast.map((role) => [pages[role], keysOf(role)]));
};

/** Later than any history (UTC ms). */
const never = Date.UTC(2100, 0, 1);

/** `others`: projects beside the cast's own, each with a milestone. */
export const prepareStage = async (others = 0): Promise<Stage> => {
  const { run, bindings } = await setUp();
  const [dana] = people;
  const add = (key: DatabaseKey, values: Readonly<Record<string, Value>>) =>
    addAsPerson(run.workspace, dana, bindings, key, values);
  const projects = await add("projects", { name: "Lead bot" });
  const pages = {
    projects,
    milestones: await add("milestones", { name: "Kick-off", project: [projects] }),
    risks: await add("risks", { title: "No data", project: [projects] }),
  };
  const crowd: Crowd[] = [];
  for (let index = 0; index < others; index++) {
    const project = await add("projects", { name: `Project ${index}` });
    crowd.push({ project, milestone: await add("milestones", { name: "Kick-off", project: [project] }) });
  }
  // Until after the hourly look at the schema: twelve requests that would make up a third of most runs.
  await run.pass(62 * minute);
  // Nor does a history wait for databases in which nobody does anything; `listAll` lists them once they have a row.
  run.store.exec("UPDATE polls SET due_at = ? WHERE database NOT IN (SELECT database FROM pages)", never);
  return { ...{ pages, bindings, crowd, open: frozen(run, pages) }, drop: run.close };
};

export const boundProperty = (bindings: Bindings, key: DatabaseKey, property: string): BoundProperty => {
  const bound = bindings[key]?.properties[property];
  if (!bound) throw new Error(`${key} has no ${property}`);
  return bound;
};

/** A canonical value as the API takes it. */
const payload = (type: string, value: Value): unknown => {
  switch (type) {
    case "title":
    case "rich_text":
      return { [type]: value === "" ? [] : [{ text: { content: value } }] };
    case "select":
    case "status":
      return { [type]: value === null ? null : { id: value } };
    case "people":
    case "relation":
      return { [type]: (value as readonly string[]).map((id) => ({ id })) };
    case "date":
      return { date: value === null ? null : { start: (value as { start: string }).start } };
    default:
      return { [type]: value };
  }
};

const propertiesOf = (bindings: Bindings, key: DatabaseKey, values: Readonly<Record<string, Value>>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const { propertyId, type } = boundProperty(bindings, key, name);
      return [decodeURIComponent(propertyId), payload(type, value)];
    }),
  );

const ask = (
  workspace: Workspace,
  person: string,
  method: string,
  path: string,
  body: unknown,
): Promise<Response> =>
  workspace.fetch(`http://notion.test/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${workspace.tokens.people[person]}`,
      "notion-version": "2026-03-11",
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });

const addAsPerson = async (
  workspace: Workspace,
  person: Person,
  bindings: Bindings,
  key: DatabaseKey,
  values: Readonly<Record<string, Value>>,
): Promise<string> => {
  const response = await ask(workspace, person, "POST", "pages", {
    parent: { type: "data_source_id", data_source_id: bindings[key]?.dataSourceId },
    properties: propertiesOf(bindings, key, values),
  });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { id: string }).id;
};

/** False where the workspace refuses the edit, as it does on a page in the trash. */
export const editAsPerson = async (
  { workspace }: Pick<Run, "workspace">,
  person: Person,
  bindings: Bindings,
  page: { readonly role: Role; readonly pageId: string },
  values: Readonly<Record<string, Value>>,
): Promise<boolean> => {
  const response = await ask(workspace, person, "PATCH", `pages/${page.pageId}`, {
    properties: propertiesOf(bindings, page.role, values),
  });
  return response.ok;
};
