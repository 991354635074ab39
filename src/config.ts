import { z } from "zod";
import { embeddedTable, type Secrets, workspaceTable } from "./settings-table.ts";
import { MilepostError } from "./types/errors.ts";

/** What a process or a Worker is started with. Names that are not settings are ignored; an empty text is the same as none. */
export type Environment = Readonly<Record<string, unknown>>;

type SharedSettings = {
  readonly dataDir: string;
  /** A host name or address to listen on. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** IANA name: the time zone that a new Office row is given. */
  readonly officeTimezone: string;
  readonly pollSeconds: number;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  readonly notionPlan: "plus" | "business";
};

/** The sample agency in this process, without a token; it never leaves this machine (design §10). */
export type EmbeddedSettings = SharedSettings & {
  readonly mode: "embedded";
  /** The embedded workspace listens beside Milepost: `port` + 1, or 0 where that is 0. */
  readonly workspacePort: number;
};

/** A real workspace. Addresses have no slash at the end. */
export type WorkspaceSettings = SharedSettings & {
  readonly mode: "workspace";
  readonly notionToken: string;
  readonly notionBaseUrl: string;
  /** Dashed id in lower case. */
  readonly notionParentPage: string;
  /** The verification token of the webhook subscription; none until Notion has sent it. */
  readonly notionWebhookToken: Secrets | null;
  /** Where people reach this service, with the mount of its routes. */
  readonly publicUrl: string;
  readonly linkSecret: Secrets;
  readonly apiToken: Secrets;
  readonly automationSecret: Secrets | null;
  /** Without it letters wait (design §10). */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  readonly slackWebhookUrl: string | null;
};

export type Settings = EmbeddedSettings | WorkspaceSettings;

type WorkspaceName = keyof typeof workspaceTable;

/** Settings that say nothing without another one. */
const companions: readonly (readonly [present: WorkspaceName, needed: WorkspaceName])[] = [
  ["NOTION_PARENT_PAGE", "NOTION_TOKEN"],
  ["NOTION_BASE_URL", "NOTION_TOKEN"],
  ["NOTION_WEBHOOK_TOKEN", "NOTION_TOKEN"],
  ["SMTP_URL", "MAIL_FROM"],
];

const embeddedSchema = z.object(embeddedTable);
const workspaceSchema = z.object(workspaceTable);

type Texts = Readonly<Partial<Record<WorkspaceName, unknown>>>;

const trimmed = (value: unknown): unknown => (typeof value === "string" ? value.trim() || undefined : value);

const known = (environment: Environment): Texts =>
  Object.fromEntries(Object.keys(workspaceTable).map((name) => [name, trimmed(environment[name])]));

const parse = <T>(schema: z.ZodObject & z.ZodType<T>, texts: Texts): T => {
  const result = schema.safeParse(texts);
  const wrong = result.error?.issues.map((issue) => String(issue.path[0])) ?? [];
  const alone = companions.filter(
    ([present, needed]) => texts[present] !== undefined && texts[needed] === undefined,
  );
  const names = new Set([...wrong, ...alone.map(([, needed]) => needed)]);
  if (result.success && names.size === 0) return result.data;

  const expected: Readonly<Record<string, z.ZodType>> = { ...workspaceTable, ...schema.shape };
  const sentences = [...names].map((name) => {
    const state = texts[name as WorkspaceName] === undefined ? "is missing" : "is wrong";
    return `${name} ${state}: expected ${expected[name]?.description}`;
  });
  throw new MilepostError("setting_invalid", sentences.join("; "));
};

const shared = (
  values: z.output<typeof embeddedSchema> | z.output<typeof workspaceSchema>,
): SharedSettings => ({
  dataDir: values.DATA_DIR,
  host: values.HOST,
  port: values.PORT,
  officeTimezone: values.OFFICE_TIMEZONE,
  pollSeconds: values.POLL_SECONDS,
  logLevel: values.LOG_LEVEL,
  notionPlan: values.NOTION_PLAN,
});

/**
 * The settings in these variables; without `NOTION_TOKEN`, those of the embedded workspace.
 * Throws `setting_invalid` that names every bad variable and what is expected of it, never a value (design §11).
 */
export const readSettings = (environment: Environment): Settings => {
  const texts = known(environment);
  if (texts.NOTION_TOKEN === undefined) {
    const values = shared(parse(embeddedSchema, texts));
    return { mode: "embedded", ...values, workspacePort: values.port === 0 ? 0 : values.port + 1 };
  }
  const values = parse(workspaceSchema, texts);
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = values;
  return {
    mode: "workspace",
    ...shared(values),
    notionToken: values.NOTION_TOKEN,
    notionBaseUrl: values.NOTION_BASE_URL,
    notionParentPage: values.NOTION_PARENT_PAGE,
    notionWebhookToken: values.NOTION_WEBHOOK_TOKEN ?? null,
    publicUrl: values.PUBLIC_URL,
    linkSecret: values.LINK_SECRET,
    apiToken: values.API_TOKEN,
    automationSecret: values.AUTOMATION_SECRET ?? null,
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    slackWebhookUrl: values.SLACK_WEBHOOK_URL ?? null,
  };
};

/** The variables of this process; the only place that reads them. A Worker passes its bindings instead. */
export const readEnvironment = (): Environment => {
  // Typed by hand: this file is also checked with the types of Workers, which have no `process`.
  const { process } = globalThis as { readonly process?: { readonly env: Environment } };
  return process?.env ?? {};
};
