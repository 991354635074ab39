import type { Clock, Database, Fetch, Log, NewId, Random } from "../../ports.ts";
import { isShared } from "./access.ts";
import { type Api, answer } from "./api/answer.ts";
import { createFaultRules } from "./api/fault-rules.ts";
import type { FaultHook } from "./api/faults.ts";
import { createLimiter } from "./api/limiter.ts";
import { createRequestLog } from "./api/request-log.ts";
import { createBackground } from "./background.ts";
import { createControl, type WorkspaceControl } from "./control.ts";
import { createJournal, type JournalEntry } from "./journal.ts";
import { type Account, loadAccounts, newToken } from "./people.ts";
import { createHistory, type History } from "./query/read-index.ts";
import type { Core } from "./scope.ts";
import { textItem } from "./show/rich-text.ts";
import { createBlockStore } from "./store/block-store.ts";
import { createCommentStore } from "./store/comment-store.ts";
import { createExpiringStore } from "./store/expiring-store.ts";
import { createObjectStore } from "./store/object-store.ts";
import { createSettingsStore } from "./store/settings.ts";
import { createTables, storedValue } from "./store/tables.ts";
import { createTemplateJobStore } from "./store/template-job-store.ts";
import { collectEvents } from "./webhooks/collect.ts";

export type { Fault } from "./api/faults.ts";
export type { WorkspaceControl } from "./control.ts";
export type { JournalEntry } from "./journal.ts";

export type WorkspaceOptions = {
  /** Opened by the caller, who also closes it. */
  database: Database;
  clock: Clock;
  newId: NewId;
  random: Random;
  /** 180 requests a minute and token, or 600. */
  plan: "plus" | "business";
  log: Log;
  /** Delivers webhooks. */
  fetch: Fetch;
  /** Multiplies the request limit, for load tests. */
  limitScale?: number;
};

export type Workspace = {
  /** Answers Notion API requests (paths under /v1). Never throws for a request; a fault may reject (reset) or never settle (hang) until the signal aborts. */
  fetch: Fetch;
  /** The bot's, each person's by name, and the one of the control routes. The same after a restart. */
  tokens: { bot: string; people: Record<string, string>; control: string };
  /** A page shared with the bot, made at the first start. */
  rootPageId: string;
  botId: string;
  workspaceId: string;
  people: { id: string; name: string; email: string }[];
  control: WorkspaceControl;
  /** Stops its timers and webhooks; to be called before the database is closed. */
  close(): Promise<void>;
};

const workspaceName = "Agency";
const rootTitle = "Delivery";

/** The page that a person made and shared with the connection; below it everything is the bot's to see. */
const createRoot = (core: Core, ownerId: string): string => {
  const now = core.clock.now();
  const id = core.newId();
  core.objects.put({
    id,
    seq: 0,
    kind: "page",
    parent: { type: "workspace" },
    createdAt: now,
    createdBy: ownerId,
    editedAt: now,
    editedBy: ownerId,
    inTrash: false,
    shared: true,
    icon: null,
    cover: null,
    isLocked: false,
    values: { title: [textItem(rootTitle)] },
  });
  return id;
};

const memberOf = (accounts: readonly Account[], kind: Account["kind"]): Account => {
  const account = accounts.find((candidate) => candidate.kind === kind);
  if (!account) throw new Error(`the workspace's tables have no ${kind}`);
  return account;
};

const createFetch =
  (api: Api): Fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const { method, headers, signal } = request;
    return answer(api, { method, headers, signal, url: new URL(request.url), text: await request.text() });
  };

const createCore = (
  options: WorkspaceOptions,
  accounts: readonly Account[],
  history: History,
  onEntry: (entry: JournalEntry) => void,
): Core => {
  const { database, clock, newId, random, log } = options;
  const workspace = { id: storedValue(database, "workspace_id", newId), name: workspaceName };
  const { objects } = history;
  const blocks = createBlockStore(database);
  const settings = createSettingsStore(database);
  const hears = ({ kind, objectId, pageId }: JournalEntry): boolean => {
    const record = objects.get(pageId ?? objectId);
    const mayRead = !kind.startsWith("comment.") || settings.get().capabilities.includes("read_comments");
    return mayRead && record !== undefined && isShared({ objects, blocks }, record);
  };
  const sender = { workspace, integrationId: storedValue(database, "integration_id", newId), newId, hears };
  return {
    objects,
    index: history.index(0),
    blocks,
    comments: createCommentStore(database),
    expiring: createExpiringStore(database),
    journal: createJournal(database, (entry) => {
      collectEvents(database, sender, entry);
      onEntry(entry);
    }),
    settings,
    templateJobs: createTemplateJobStore(database),
    users: accounts.map(({ token: _token, ...user }) => user),
    workspace,
    clock,
    newId,
    random,
    log,
  };
};

const tokensOf = (database: Database, random: Random, accounts: readonly Account[]): Workspace["tokens"] => ({
  bot: memberOf(accounts, "bot").token,
  people: Object.fromEntries(
    accounts.filter(({ kind }) => kind === "person").map(({ name, token }) => [name, token]),
  ),
  control: storedValue(database, "control_token", () => newToken(random)),
});

/** A Notion workspace on a SQLite database: opens what is stored there, or begins an empty one. */
export const createWorkspace = (options: WorkspaceOptions): Workspace => {
  const { database, clock, newId, random, log, fetch } = options;
  createTables(database);
  const accounts = loadAccounts(database, newId, random);
  const history = createHistory(createObjectStore(database), clock);
  const core = createCore(options, accounts, history, (entry) => background.automations.collect(entry));
  const owner = memberOf(accounts, "person");
  const rootPageId = storedValue(database, "root_page_id", () => createRoot(core, owner.id));
  const outlet = { clock, log, fetch };
  const background = createBackground({ core, database, random, outlet, owner });
  background.arm();
  const byToken = new Map(accounts.map(({ token, id, kind, name }) => [token, { id, kind, name }]));
  let hook: FaultHook | null = null;
  const setHook = (next: FaultHook | null): void => {
    hook = next;
  };
  const shared = { core, history, requests: createRequestLog(), faults: createFaultRules(random) };
  return {
    fetch: createFetch({
      ...shared,
      limiter: createLimiter(database, options.plan, options.limitScale ?? 1),
      actorOf: (token) => byToken.get(token),
      hook: () => hook,
      onCommit: background.arm,
    }),
    tokens: tokensOf(database, random, accounts),
    rootPageId,
    botId: memberOf(accounts, "bot").id,
    workspaceId: core.workspace.id,
    people: accounts
      .filter(({ kind }) => kind === "person")
      .map(({ id, name, email }) => ({ id, name, email: email ?? "" })),
    control: createControl({ ...shared, database, background, outlet, setHook }),
    close: background.stop,
  };
};
