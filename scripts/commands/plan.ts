import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { compose, type ServiceOptions, serviceOptions } from "../../src/compose.ts";
import { type EmbeddedSettings, readSettings, type Settings } from "../../src/config.ts";
import { openStoredClock } from "../../src/embedded/stored-clock.ts";
import { createLog } from "../../src/log.ts";
import type { Clock, Database } from "../../src/ports.ts";
import { copyNodeDatabase } from "../../src/store/node-sqlite.ts";
import { MilepostError } from "../../src/types/errors.ts";
import type { Plan } from "../../src/types/plan.ts";
import type { Command } from "./command.ts";
import { planAsJson } from "./plan-json.ts";
import { planAsText } from "./plan-text.ts";

const copyIn = ({ dataDir }: Settings, name: string): Database => {
  const path = join(dataDir, name);
  if (!existsSync(path)) throw new MilepostError("store_missing", `DATA_DIR, ${name}`);
  return copyNodeDatabase(path, randomUUID);
};

const noTimer = (): (() => void) => () => undefined;

/** The embedded workspace has a clock of its own, which is kept in its database. */
const clockOf = (settings: Settings): Clock => {
  if (settings.mode === "workspace") return { now: Date.now, after: noTimer };
  const workspace = copyIn(settings, "workspace.sqlite");
  try {
    const { now } = openStoredClock(workspace, { realNow: Date.now, setTimer: noTimer });
    return { now, after: noTimer };
  } finally {
    workspace.close();
  }
};

/** A plan reaches nobody, so that it needs no address and no secret; that there is a mail server is a fact for it. */
const embeddedOptions = ({ notionPlan, officeTimezone, pollSeconds }: EmbeddedSettings): ServiceOptions => ({
  ...{ notionToken: "", notionBaseUrl: "", notionParentPage: "", publicUrl: "", notionPlan, pollSeconds },
  ...{ webhookTokens: [], linkSecrets: [], apiTokens: null, embedded: null, officeTimeZone: officeTimezone },
  mail: { smtpUrl: "smtp://127.0.0.1", from: "letters@agency.example" },
});

const planOf = (settings: Settings): Plan => {
  const database = copyIn(settings, "milepost.sqlite");
  try {
    const clock = clockOf(settings);
    const log = createLog({ level: settings.logLevel, clock, write: (line) => console.error(line) });
    const options = settings.mode === "workspace" ? serviceOptions(settings) : embeddedOptions(settings);
    const fetch = () => Promise.reject(new TypeError("a plan asks Notion nothing"));
    const ports = { database, clock, log, fetch, newId: randomUUID, random: Math.random };
    return compose(options, {
      ...ports,
      probe: () => undefined,
      wake: () => undefined,
      gather: async () => undefined,
    }).plan();
  } finally {
    database.close();
  }
};

/** What a round of the loop would do now, decided in a copy of the store: nothing is changed, asked or sent. */
export const plan: Command = {
  summary: "say what would happen now and why, without doing it",
  async run(environment, { json }) {
    const result = planOf(readSettings(environment));
    console.log(json ? JSON.stringify(planAsJson(result)) : planAsText(result));
    return 0;
  },
};
