import type { Client } from "@notionhq/client";
import { personId } from "./requests.ts";
import { addRow, type Cells, cellsOf, type DataSources, dataSources, edit, rowsOfProject } from "./rows.ts";
import type { World } from "./world.ts";

const minute = 60_000;

/** Longer than every wait after an edit: a webhook's way, the rows that follow, a write a minute. */
const untilQuiet = 15 * minute;

export type ShownRow = { readonly id: string; readonly cells: Readonly<Record<string, string>> };

/** Who plays which part. */
export type Cast = Readonly<Record<"manager" | "production" | "qa" | "deployment", string>>;

const usualCast: Cast = {
  ...{ manager: "Dana Reyes", production: "Pablo Ortiz" },
  ...{ qa: "Quinn Abbott", deployment: "Diego Santos" },
};

/** A project played from the people's side: what they set, and what they see. Everything is at rest after each step. */
export type DeliveryScene = {
  readonly world: World;
  readonly dana: Client;
  readonly sources: DataSources;
  readonly project: string;
  readonly cast: Cast;
  /** Edits the project as a person and lets everything come to rest. */
  readonly set: (cells: Cells, by?: string) => Promise<void>;
  readonly shows: () => Promise<Readonly<Record<string, string>>>;
  /** The project's rows of a database as Dana reads them, by title. */
  readonly rows: (
    key: "milestones" | "risks" | "checks" | "decisions",
  ) => Promise<ReadonlyMap<string, ShownRow>>;
  readonly milestone: (name: string) => Promise<ShownRow>;
  readonly setMilestone: (name: string, cells: Cells, by?: string) => Promise<void>;
  /**
   * Goes on at a time (UTC ms), after a rest. Milepost stands still in between, as over a weekend without power: days of
   * its hourly and daily routine would take seconds.
   */
  readonly until: (time: number) => Promise<void>;
  readonly rest: () => Promise<void>;
};

const titles = { milestones: "Name", risks: "Title", checks: "Check", decisions: "Decision" } as const;

export const deliveryScene = async (
  world: World,
  project: string,
  cast: Cast = usualCast,
): Promise<DeliveryScene> => {
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const rest = (): Promise<void> => world.pass(untilQuiet);
  const rows: DeliveryScene["rows"] = async (key) => {
    const found = await rowsOfProject(dana, sources[key], project);
    return new Map(found.map((row) => [row.cells[titles[key]] ?? "", row]));
  };
  const milestone = async (name: string): Promise<ShownRow> => {
    const row = (await rows("milestones")).get(name);
    if (!row) throw new Error(`no milestone is called ${name}`);
    return row;
  };
  return {
    ...{ world, dana, sources, project, cast, rest, rows, milestone },
    set: async (cells, by = "Dana Reyes") => {
      await edit(world.as(by), "projects", project, cells);
      await rest();
    },
    shows: () => cellsOf(dana, project),
    setMilestone: async (name, cells, by = "Dana Reyes") => {
      await edit(world.as(by), "milestones", (await milestone(name)).id, cells);
      await rest();
    },
    until: async (time) => {
      await world.clock.advance(Math.max(0, time - world.clock.now()));
      await rest();
    },
  };
};

/** The people of a delivery, as cells of a project. */
const leads = (world: World, cast: Cast): Cells => ({
  Manager: personId(world, cast.manager),
  "Production lead": personId(world, cast.production),
  "QA lead": personId(world, cast.qa),
  "Deployment lead": personId(world, cast.deployment),
});

/**
 * The facts that people set before a project leaves a stage, in the order in which gates ask for them. Whoever adds a
 * criterion adds what meets it here, and every story goes on.
 */
const facts: Readonly<Record<string, (scene: DeliveryScene) => Promise<void>>> = {
  Planning: async ({ dana, project }) => {
    await edit(dana, "projects", project, {
      ...{ "Requirements signed off": "yes", "Timeline acknowledged": "yes" },
      ...{ "In scope": "Qualifying leads", "Out of scope": "Outbound calls" },
      ...{ "Success criteria": "Half the triage time", "Acceptance criteria": "90 % of test leads right" },
    });
  },
  "In production": async (scene) => {
    const { world, dana, project, cast } = scene;
    for (const { id, cells } of (await scene.rows("checks")).values())
      if (cells.Checkpoint === "Onboarding") await edit(dana, "checks", id, { Result: "Passed" });
    for (const { id } of (await scene.rows("risks")).values())
      await edit(dana, "risks", id, {
        ...{ Likelihood: "Low", Impact: "Medium", Owner: personId(world, "Dana Reyes") },
      });
    const acknowledged = [...new Set([cast.production, cast.deployment])]
      .map((name) => personId(world, name))
      .join(",");
    await edit(dana, "projects", project, {
      ...{ "Schedule acknowledged by": acknowledged, "Escalate after": { number: 2 } },
    });
  },
  QA: async (scene) => {
    await edit(
      scene.world.as(scene.cast.production),
      "milestones",
      (await scene.milestone("Production complete")).id,
      {
        Status: "Done",
      },
    );
  },
  Deployment: async (scene) => {
    for (const { id, cells } of (await scene.rows("checks")).values())
      if (cells.Checkpoint !== "Onboarding")
        await edit(scene.world.as(scene.cast.qa), "checks", id, { Result: "Passed", Evidence: "Run 12" });
    await edit(scene.dana, "projects", scene.project, { "Fallback plan": "Switch back to manual triage" });
    await edit(scene.world.as(scene.cast.qa), "projects", scene.project, { "QA certification": "PASS" });
  },
  Handover: async (scene) => {
    await edit(
      scene.world.as(scene.cast.deployment),
      "milestones",
      (await scene.milestone("Deployment complete")).id,
      {
        Status: "Done",
      },
    );
    await note(scene, "Cleo approved the launch on the call.");
    await edit(scene.dana, "projects", scene.project, { "Launch sign-off": "Approved" });
  },
  Review: async (scene) => {
    await note(scene, "Cleo confirmed by phone that everything has arrived.");
    await edit(scene.dana, "projects", scene.project, { "Receipt acknowledged": "Acknowledged" });
  },
  Complete: async (scene) => {
    for (const { id, cells } of (await scene.rows("checks")).values())
      if (cells.Result === "Not checked") await edit(scene.dana, "checks", id, { Result: "Passed" });
    await edit(scene.dana, "milestones", (await scene.milestone("Post-delivery review")).id, {
      Status: "Done",
    });
  },
};

/** The stages that a project passes before it is closed. */
export const untilReview = ["Planning", "In production", "QA", "Deployment", "Handover", "Review"] as const;

/** A comment of Dana's on the project: what is recorded by hand rests on it. */
const note = async ({ dana, project }: DeliveryScene, text: string): Promise<void> => {
  await dana.comments.create({ parent: { page_id: project }, rich_text: [{ text: { content: text } }] });
};

/** Sets what a stage asks for and moves the project there. */
export const advance = async (scene: DeliveryScene, stage: string): Promise<void> => {
  await facts[stage]?.(scene);
  await scene.rest();
  await scene.set({ Stage: stage });
};

/** A project with its client and people, in Intake. */
export const addDelivery = async (
  world: World,
  cells: Cells,
  cast: Cast = usualCast,
): Promise<DeliveryScene> => {
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const contact = await addRow(dana, sources, "contacts", {
    ...{ Name: "Cleo Marsh", Email: "cleo@acme.example" },
    Role: { multi_select: [{ name: "Primary" }] },
  });
  const project = await addRow(dana, sources, "projects", {
    ...{ Name: "Lead qualification", Code: "ACME", Client: "Acme", Contacts: contact },
    ...leads(world, cast),
    ...cells,
  });
  await world.pass(untilQuiet);
  return deliveryScene(world, project, cast);
};
