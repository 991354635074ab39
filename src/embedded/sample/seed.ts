import type { Workspace } from "../notion/workspace.ts";
import { contacts, daysOff, office } from "./agency.ts";
import { officeDay } from "./calendar.ts";
import { invoiceApproval } from "./invoice-approval.ts";
import { leadAgent } from "./lead-agent.ts";
import { createPersonApi, findTables, listRows, type PersonApi, type Table } from "./person-api.ts";
import { salesDashboard } from "./sales-dashboard.ts";
import type { SampleProject, SampleRow } from "./sample-row.ts";
import { supportTriage } from "./support-triage.ts";
import { type Meaning, writeCells } from "./write-cell.ts";

export type SeedOptions = {
  /** Set up already: it has Milepost's databases. */
  readonly workspace: Workspace;
  /** The workspace's own; it is moved ahead by one to two minutes. */
  readonly clock: { now(): number; advance(ms: number): void | Promise<void> };
};

const manager = "Dana Reyes";
const projects: readonly SampleProject[] = [leadAgent, supportTriage, salesDashboard, invoiceApproval];
const minuteMs = 60_000;

/**
 * Fills the workspace with an agency at work, as its people would: through the API, with their tokens. To be called after
 * setup and before Milepost reads the databases for the first time: the rows are then older than the office's Active
 * since, so that their stages and answers are facts. Does nothing where the workspace holds a project already, or held
 * the sample once.
 */
export const seedSample = async ({ workspace, clock }: SeedOptions): Promise<void> => {
  const api = createPersonApi(workspace);
  const tables = await findTables(api, manager);
  const [officeRow] = await listRows(api, manager, tableOf(tables, "Office"));
  const projectRows = await listRows(api, manager, tableOf(tables, "Projects"));
  if (!officeRow || officeRow.title === office.Agency || projectRows.length > 0) return;
  const seeding: Seeding = { api, tables, ids: idsOf(workspace), today: officeDay(clock.now()) };
  for (const row of contacts) await addRow(seeding, "Contacts", row);
  for (const row of daysOff) await addRow(seeding, "Days off", row);
  for (const project of projects) await addProject(seeding, project);
  // Notion rounds creation times down to the minute: the next one lies after every row.
  const activeSince = (Math.floor(clock.now() / minuteMs) + 1) * minuteMs;
  const since = { "Active since": { date: { start: new Date(activeSince).toISOString() } } };
  const properties = writeCells(office, tableOf(tables, "Office").types, meaningOf(seeding));
  await api(manager, "PATCH", `pages/${officeRow.id}`, { properties: { ...properties, ...since } });
  // What is added from now on lies after the minute of Active since, whole.
  await clock.advance(Math.max(0, activeSince + minuteMs - clock.now()));
};

type Seeding = {
  readonly api: PersonApi;
  readonly tables: ReadonlyMap<string, Table>;
  /** Ids of people, and of rows by title. Milestones of several projects share titles: the latest counts. */
  readonly ids: Map<string, string>;
  readonly today: string;
};

const idsOf = ({ people }: Workspace): Map<string, string> =>
  new Map(people.map(({ name, id }) => [name, id]));

const tableOf = (tables: Seeding["tables"], title: string): Table => {
  const table = tables.get(title);
  if (!table) throw new Error(`the sample: the workspace is not set up, ${title} is not there`);
  return table;
};

const meaningOf = ({ ids, today }: Seeding): Meaning => ({
  today,
  idOf: (name) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`the sample: nobody and nothing is called ${name}`);
    return id;
  },
});

const addProject = async (seeding: Seeding, sample: SampleProject): Promise<void> => {
  const { project, milestones, risks, changeRequests, checks, asks, decisions } = sample;
  await addRow(seeding, "Projects", project);
  const its = { Project: String(project.cells.Name) };
  const add = (title: string, row: SampleRow, more = {}): Promise<void> =>
    addRow(seeding, title, { ...row, cells: { ...row.cells, ...its, ...more } });
  for (const [index, row] of milestones.entries()) await add("Milestones", row, { Order: index + 1 });
  for (const row of risks) await add("Risks", row);
  for (const row of changeRequests) await add("Change requests", row);
  for (const row of checks) await add("Checks", row);
  for (const row of asks) await add("Asks", row);
  for (const row of decisions) await add("Decisions", row);
};

const addRow = async (seeding: Seeding, title: string, { by, cells, body }: SampleRow): Promise<void> => {
  const { id, types } = tableOf(seeding.tables, title);
  const page = await seeding.api(by, "POST", "pages", {
    parent: { type: "data_source_id", data_source_id: id },
    properties: writeCells(cells, types, meaningOf(seeding)),
    ...(body === undefined ? {} : { markdown: body }),
  });
  const name = cells.Name ?? cells.Title;
  if (name !== undefined) seeding.ids.set(String(name), String(page.id));
};
