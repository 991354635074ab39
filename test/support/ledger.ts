import { actionContext } from "../../src/engine/action-context.ts";
import { carryOut } from "../../src/ledger/carry-out.ts";
import type { ActionContext } from "../../src/ledger/context.ts";
import { createMailer } from "../../src/mail/smtp.ts";
import { createNotionGateway } from "../../src/notion/gateway.ts";
import type { Fetch, SqlRow } from "../../src/ports.ts";
import { addAction, type StoredAction } from "../../src/store/actions.ts";
import { problems } from "../../src/store/problems.ts";
import { setupStore } from "../../src/store/setup-store.ts";
import { type Action, type ActionPayload, actionKey } from "../../src/types/action.ts";
import { memoryStore } from "../notion/support.ts";
import { setUpWorld } from "./prepared-world.ts";
import { addRow, type DataSources, dataSources } from "./rows.ts";
import { seededIds, seededRandom } from "./seeded.ts";
import { publicUrl, type World } from "./world.ts";

/** A workspace that is set up, and the ledger over its store in the test's hand. */
export type LedgerWorld = {
  readonly world: World;
  readonly sources: DataSources;
  readonly context: (changes?: { readonly smtpUrl?: string | null; readonly fetch?: Fetch }) => ActionContext;
  /** Stores an action as rules would. */
  readonly want: (projectId: string, payload: ActionPayload, subject: string, version?: number) => string;
  /** Carries out one action as it stands in the store, if it is due; its state then. */
  readonly step: (key: string, context: ActionContext) => Promise<string>;
  readonly action: (key: string) => SqlRow;
  readonly problemCodes: () => string[];
  /** A live project with a contact and a Ready update to it. */
  readonly prepare: (cells?: {
    readonly email?: string;
    readonly zone?: string;
    readonly body?: string;
  }) => Promise<Prepared>;
};

export type Prepared = { readonly projectId: string; readonly contactId: string; readonly updateId: string };

export const createLedgerWorld = async (smtpUrl: string): Promise<LedgerWorld> => {
  const world = await setUpWorld({ webhooks: false });
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  const newId = seededIds(7);
  const context: LedgerWorld["context"] = (changes = {}) => contextOf(world, newId, { smtpUrl, ...changes });
  const action = (key: string): SqlRow =>
    world.store.exec("SELECT * FROM actions WHERE key = ?", key)[0] ?? {};
  const prepare: LedgerWorld["prepare"] = async ({ email = "cleo@acme.example", zone = "", body } = {}) => {
    const contactId = await addRow(dana, sources, "contacts", {
      Name: "Cleo Martin",
      ...(email === "" ? {} : { Email: { email } }),
      "Time zone": zone,
    });
    const projectId = await addRow(dana, sources, "projects", {
      ...{ Name: "Lead bot", "Client letters": "Automatic", Contacts: contactId },
    });
    const page = await dana.pages.create({
      parent: { type: "data_source_id", data_source_id: sources.updates },
      properties: {
        Title: { title: [{ text: { content: "Soft launch is complete" } }] },
        Project: { relation: [{ id: projectId }] },
        To: { relation: [{ id: contactId }] },
        State: { select: { name: "Ready" } },
      },
      markdown: body ?? "## What works now\n- Leads reach the CRM",
    });
    return { projectId, contactId, updateId: page.id };
  };
  return {
    ...{ world, sources, context, action, prepare },
    want: (projectId, payload, subject, version = 1) => want(world, projectId, payload, subject, version),
    step: async (key, over) => {
      const row = action(key);
      const due =
        Number(row.not_before) <= world.clock.now() && ["pending", "running"].includes(String(row.state));
      if (due) await carryOut(over, storedAction(row));
      return String(action(key).state);
    },
    problemCodes: () => problems(world.store).map(({ code }) => code),
  };
};

const contextOf = (
  world: World,
  newId: () => string,
  options: { readonly smtpUrl: string | null; readonly fetch?: Fetch },
): ActionContext => {
  const { clock, store: database, workspace } = world;
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const notion = createNotionGateway({
    ...{
      token: workspace.tokens.bot,
      baseUrl: "http://notion.test",
      plan: "business",
      clock,
      log,
      probe: quiet,
    },
    ...{ fetch: options.fetch ?? workspace.fetch, throttle: memoryStore() },
  });
  return actionContext({
    ...{ database, notion, clock, log, newId, random: seededRandom(3), publicUrl, probe: quiet },
    ...{ bindings: () => setupStore(database).loadBindings() ?? {}, saveBindings: quiet, botId: () => "bot" },
    ...{
      officeTimeZone: "Europe/Berlin",
      pollSeconds: 60,
      expectsWebhooks: false,
      birth: 0,
      installedAt: new Map(),
      listings: new Map(),
    },
    mail:
      options.smtpUrl === null
        ? null
        : { mailer: createMailer({ smtpUrl: options.smtpUrl }), from: "letters@north.example" },
    linkFor: async (linkId) => `${publicUrl}/l/token-of-${linkId}`,
  });
};

const want = (
  world: World,
  projectId: string,
  payload: ActionPayload,
  subject: string,
  version: number,
): string => {
  const cause = { kind: "transition", property: "state", version } as const;
  const key = actionKey(payload.kind, subject, cause);
  const now = world.clock.now();
  const action: Action & { rule: string } = {
    key,
    subject,
    cause,
    causedAt: now,
    window: null,
    payload,
    rule: "letters",
  };
  addAction(world.store, projectId, action, "pending", now);
  return key;
};

const storedAction = (row: SqlRow): StoredAction => ({
  key: String(row.key),
  projectId: String(row.project_id),
  subject: String(row.subject),
  rule: String(row.rule),
  payload: JSON.parse(String(row.payload)) as ActionPayload,
  state: String(row.state) as StoredAction["state"],
  attempts: Number(row.attempts),
  attempted: row.attempted === 1,
  result: row.result as string | null,
});
