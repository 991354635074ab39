import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose, type ServiceOptions } from "../../src/compose.ts";
import { createLog } from "../../src/log.ts";
import { copyNodeDatabase } from "../../src/store/node-sqlite.ts";
import type { Plan, PlannedAction, PlannedState } from "../../src/types/plan.ts";
import { seededIds, seededRandom } from "./seeded.ts";
import { publicUrl, type World } from "./world.ts";

/** A folder with the file of a store, as it lies in DATA_DIR. */
export const storeFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-plan-"));
  return {
    folder,
    storeFile: join(folder, "milepost.sqlite"),
    /** Every file with its bytes. The index of a log (-shm) is where readers tell a writer of themselves. */
    bytes: (): Readonly<Record<string, string>> =>
      Object.fromEntries(
        readdirSync(folder)
          .filter((name) => !name.endsWith("-shm"))
          .map((name) => [name, readFileSync(join(folder, name), "latin1")]),
      ),
    remove: () => rmSync(folder, { recursive: true }),
  };
};

/** The plan for a world's store, from a copy, with no way to anybody. */
export const planFor = (world: World, storeFile: string, mail: ServiceOptions["mail"]): Plan => {
  const database = copyNodeDatabase(storeFile, seededIds(7));
  const log = createLog({ level: "error", write: () => undefined, clock: world.clock });
  try {
    return compose(
      {
        ...{ notionToken: "", notionBaseUrl: "", notionPlan: "plus", notionParentPage: "", publicUrl },
        ...{ webhookTokens: [], apiTokens: null, linkSecrets: [], mail, embedded: null },
        ...{ officeTimeZone: "Europe/Berlin", pollSeconds: 60 },
      },
      {
        ...{ database, clock: world.clock, log, newId: seededIds(8), random: seededRandom(9) },
        fetch: () => Promise.reject(new Error("a plan asks nobody")),
        ...{ probe: () => undefined, wake: () => undefined, gather: async () => undefined },
      },
    ).plan();
  } finally {
    database.close();
  }
};

/** All planned actions in one of these states. */
export const planned = (plan: Plan, ...states: readonly PlannedState[]): PlannedAction[] =>
  plan.projects.flatMap(({ actions }) => actions.filter(({ state }) => states.includes(state)));
