import { databases } from "../../notion-templates/databases.ts";
import type { EngineContext } from "../engine/context.ts";
import { ruleVersions } from "../rules/rules.ts";
import { startMailAnew } from "../store/mail-channel.ts";
import { dropMeta, getMeta, setMeta } from "../store/meta.ts";
import { livePages } from "../store/pages.ts";
import { clearProblem, raiseProblem } from "../store/problems.ts";
import { markAllRecords, markRecord, unparkRecords } from "../store/records.ts";
import { schedulePolls } from "../sync/poll.ts";
import type { SetupStore } from "../types/bindings.ts";
import { MilepostError, NotionError } from "../types/errors.ts";
import { sha256Hex } from "../types/sha256-hex.ts";
import { type Provisioned, provision } from "./provision.ts";

export type SetupOptions = {
  readonly context: EngineContext;
  readonly store: SetupStore;
  readonly parentPageId: string;
  /** What the connection is made of; kept only as a digest, to notice that it was changed. */
  readonly connection: string;
  /** The same of the way to the mail server; "" without one. */
  readonly mailSettings: string;
};

/** A Durable Object is dropped from memory when idle: for so long a start on the same connection asks Notion nothing. */
const trustMs = 6 * 3_600_000;

/**
 * Sets the workspace up, or completes it (see `provision`).
 * @throws MilepostError `store_foreign` where the store belongs to another workspace; NotionError
 */
export const setUp = async (
  { context, store, parentPageId }: SetupOptions,
  wait: (until: number, cause: NotionError) => Promise<void>,
): Promise<Provisioned> => {
  await identify(context);
  const { notion, clock, log, officeTimeZone: officeTimezone } = context;
  const result = await provision({ notion, store, clock, log, parentPageId, officeTimezone, wait });
  setMeta(context.database, "setup.ended", String(clock.now()));
  return result;
};

/** Learns who the token belongs to. A store serves one workspace for ever (design §6). */
const identify = async ({ database, notion }: EngineContext): Promise<void> => {
  const me = await notion.pull.me();
  const known = getMeta(database, "workspace_id");
  if (known !== null && known !== me.workspaceId) throw new MilepostError("store_foreign");
  database.transaction(() => {
    setMeta(database, "workspace_id", me.workspaceId);
    setMeta(database, "bot_id", me.botId);
  });
};

/**
 * What has to be true before the loop runs: the token's workspace is the store's, and it is set up. Held back by the
 * budget or interrupted, it is simply run again.
 * @throws MilepostError `store_foreign`; NotionError
 */
export const prepare = async (options: SetupOptions): Promise<void> => {
  const { context } = options;
  const { database, clock } = context;
  const now = clock.now();
  // From now on it is the secret that events are signed with, which nobody needs to see any more.
  if (context.expectsWebhooks) dropMeta(database, "webhook_handshake");
  const known = await sha256Hex(options.connection);
  await noteMailSettings(options);
  if (isSetUp(options) && getMeta(database, "connection") === known && now - preparedAt(context) < trustMs) {
    database.transaction(() => decideAnew(context));
    return;
  }
  if (isSetUp(options)) {
    await identify(context);
    await lookForSentinel(options);
  } else
    await setUp(options, (until, { code, detail }) =>
      Promise.reject(new NotionError(code, detail, { retryAt: until })),
    );
  database.transaction(() => {
    decideAnew(context);
    setMeta(database, "schema_due", String(now));
    schedulePolls(context);
    setMeta(database, "connection", known);
    setMeta(database, "prepared_at", String(now));
  });
};

/** What waits for a mail server that could not be used does not wait for the one that took its place (reliability F53). */
const noteMailSettings = async ({
  context: { database, clock },
  mailSettings,
}: SetupOptions): Promise<void> => {
  const settings = await sha256Hex(mailSettings);
  if (getMeta(database, "mail_settings") === settings) return;
  database.transaction(() => {
    startMailAnew(database, clock.now());
    setMeta(database, "mail_settings", settings);
  });
};

/** How soon a start that found no sentinel looks again. */
const sentinelMs = 60_000;

/**
 * The page that holds the databases must be there before a pass begins: without it nothing that is missing means anything
 * (reliability §2.1).
 * @throws NotionError
 */
const lookForSentinel = async ({ context, parentPageId }: SetupOptions): Promise<void> => {
  const { database, clock, notion } = context;
  const isThere = await notion.pull.retrievePage(parentPageId).then(
    ({ inTrash }) => !inTrash,
    (error) => {
      if (error instanceof NotionError && error.code === "notion_not_found") return false;
      throw error;
    },
  );
  if (isThere) return clearProblem(database, "sentinel_missing");
  const problem = {
    code: "sentinel_missing",
    pageId: null,
    database: null,
    property: null,
    detail: "",
  } as const;
  raiseProblem(database, problem, clock.now());
  throw new NotionError("notion_not_found", "sentinel", { retryAt: clock.now() + sentinelMs });
};

const preparedAt = ({ database }: EngineContext): number => Number(getMeta(database, "prepared_at") ?? 0);

/** A version that brings a database sets the workspace up again. */
const isSetUp = ({ context, store }: SetupOptions): boolean => {
  const bindings = store.loadBindings() ?? {};
  const everyOne = Object.keys(databases).every((key) => key in bindings);
  return everyOne && getMeta(context.database, "setup.ended") !== null;
};

/** A new version of the rules may want something else of every record; otherwise only parked ones are tried again. */
const decideAnew = ({ database, clock }: EngineContext): void => {
  setMeta(database, "catch_up", String(clock.now()));
  if (getMeta(database, "rules") === ruleVersions) unparkRecords(database);
  else {
    markAllRecords(database);
    for (const { pageId } of livePages(database, "office")) markRecord(database, pageId);
  }
  setMeta(database, "rules", ruleVersions);
};
