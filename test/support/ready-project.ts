import type { Client } from "@notionhq/client";
import { type LifecycleKind, lifecycleKinds } from "../../notion-templates/milestone-kinds.ts";
import { checkpoints } from "../../notion-templates/plans/checkpoints.ts";
import { addRow, type Cells, type DataSources, edit, rowsOfProject } from "./rows.ts";

/** What stands in a project that is ready, in the words of its team. The sign-offs that only a request gives are not there. */
const projectCells: Cells = {
  ...{ Name: "Order desk", Client: "Acme", "Requirements signed off": "yes", "Timeline acknowledged": "yes" },
  ...{ "In scope": "Orders by mail", "Out of scope": "Returns", "Success criteria": "No order waits a day" },
  ...{ "Acceptance criteria": "38 of 40 test orders", "Fallback plan": "Back to the shared mailbox" },
  "Escalate after": { number: 2 },
};

/** Targets of the delivery record, in order; late enough for every world of the tests. */
const targets: Readonly<Record<LifecycleKind, string>> = {
  "Intake handoff": "2026-11-30",
  "Production start": "2026-12-01",
  "Production complete": "2026-12-10",
  "QA submitted": "2026-12-11",
  "QA certified": "2026-12-15",
  "Deployment start": "2026-12-16",
  "Deployment complete": "2026-12-17",
  "Client handover": "2026-12-18",
  "Post-delivery review": "2026-12-29",
};

/** The people of a project by their ids. */
export type Team = { readonly production: string; readonly qa: string; readonly deployment: string };

type Changes = {
  readonly project?: Cells;
  /** The steps of the delivery record that are done; the others are not started. */
  readonly done?: readonly LifecycleKind[];
};

/** Checks of every checkpoint, passed: what the gates from Planning on ask for. */
export const addPassedChecks = async (
  client: Client,
  sources: DataSources,
  project: string,
): Promise<void> => {
  for (const { name } of checkpoints)
    await addRow(client, sources, "checks", {
      ...{ Check: `All of ${name}`, Project: project, Checkpoint: name, Result: "Passed" },
    });
};

/** A project with everything that the gates ask for but what its steps and sign-offs still have to bring. */
export const addReadyProject = async (
  client: Client,
  sources: DataSources,
  team: Team,
  { project: cells = {}, done = [] }: Changes = {},
): Promise<string> => {
  const owner = await addRow(client, sources, "contacts", {
    ...{ Name: "Cleo", Email: { email: "cleo@acme.example" }, Role: { multi_select: [{ name: "Primary" }] } },
  });
  const project = await addRow(client, sources, "projects", {
    ...{ ...projectCells, Contacts: owner },
    ...{ "Production lead": team.production, "QA lead": team.qa, "Deployment lead": team.deployment },
    ...{ "Schedule acknowledged by": `${team.production},${team.deployment}`, ...cells },
  });
  for (const { name } of lifecycleKinds)
    await addRow(client, sources, "milestones", {
      ...{ Name: name, Project: project, Kind: name, Target: targets[name] },
      Status: done.includes(name) ? "Done" : "Not started",
    });
  await addRow(client, sources, "risks", {
    ...{ Title: "The shop limits requests", Project: project, Kind: "Risk", Status: "Open" },
    ...{ Likelihood: "Low", Impact: "Low", Mitigation: "Orders wait in a queue" },
  });
  await addPassedChecks(client, sources, project);
  return project;
};

/** Sets every check of a project to Passed, those that Milepost has made among them. */
export const passChecks = async (client: Client, sources: DataSources, project: string): Promise<void> => {
  for (const { id } of await rowsOfProject(client, sources.checks, project))
    await edit(client, "checks", id, { Result: "Passed" });
};
