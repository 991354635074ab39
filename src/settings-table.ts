import { z } from "zod";
import { pageIdIn } from "./types/page-id.ts";
import { isTimeZone } from "./types/time-zone.ts";

/** One or two accepted values: the first signs, both are accepted, so that a secret can be changed without a gap. */
export type Secrets = readonly [current: string, previous?: string];

const isAddress = (text: string, protocol: RegExp): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && protocol.test(url.protocol) && url.hostname !== "";
};

const address = (protocol: RegExp) =>
  z
    .string()
    .refine((text) => isAddress(text, protocol))
    .transform((text) => text.replace(/\/+$/, ""));

const webAddress = address(/^https?:$/);
/** An address that paths are added to. */
const webRoot = webAddress.refine((text) => !/[?#@]|\/v1$/.test(text));

const secret = (bytes: number) =>
  z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .refine(
      (parts) => parts.length <= 2 && parts.every((part) => new TextEncoder().encode(part).length >= bytes),
    )
    .transform(
      ([current = "", previous]): Secrets => (previous === undefined ? [current] : [current, previous]),
    );

const pageId = z.string().transform((text, context) => {
  const id = pageIdIn(text);
  if (id === null) context.addIssue("not a page");
  return id ?? z.NEVER;
});

const wholeNumber = (from: number, to: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(from).max(to));

const mailAddress = /^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/;

const random = (size: string) => `${size} or more, random; two values at most, comma-separated`;

/** How each setting of design §11 is read; its description is what is said to whoever got it wrong. */
const sharedTable = {
  DATA_DIR: z.string().default(".data").describe("a folder"),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default("127.0.0.1")
    .describe("a host name or address to listen on"),
  PORT: wholeNumber(0, 65_534).default(8787).describe("a whole number from 0 to 65534"),
  OFFICE_TIMEZONE: z
    .string()
    .refine(isTimeZone)
    .default("UTC")
    .describe("a time zone name such as Europe/Berlin"),
  POLL_SECONDS: wholeNumber(10, 3600).default(60).describe("a whole number from 10 to 3600"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"])
    .default("info")
    .describe("debug, info, warn or error"),
  NOTION_PLAN: z.enum(["plus", "business"]).default("plus").describe("plus or business"),
};

/** Without a token nothing may be reachable from another machine (design §10). */
export const embeddedTable = {
  ...sharedTable,
  HOST: z
    .enum(["127.0.0.1", "localhost"])
    .default("127.0.0.1")
    .describe("127.0.0.1 while NOTION_TOKEN is not set"),
};

export const workspaceTable = {
  ...sharedTable,
  NOTION_TOKEN: z
    .string()
    .regex(/^[^\s,]+$/)
    .describe("the token of the Notion connection, one alone"),
  NOTION_BASE_URL: webRoot.default("https://api.notion.com").describe("an http or https address without /v1"),
  NOTION_PARENT_PAGE: pageId.describe("the address or the id of the Notion page that holds the databases"),
  NOTION_WEBHOOK_TOKEN: secret(1)
    .optional()
    .describe("what Notion sent; two values at most, comma-separated"),
  PUBLIC_URL: webRoot.describe("the http or https address at which people reach Milepost"),
  LINK_SECRET: secret(32).describe(random("32 bytes")),
  API_TOKEN: secret(16).describe(random("16 bytes")),
  AUTOMATION_SECRET: secret(16).optional().describe(random("16 bytes")),
  SMTP_URL: address(/^smtps?:$/)
    .optional()
    .describe("an address such as smtps://user:password@host:465"),
  MAIL_FROM: z.string().regex(mailAddress).optional().describe("a mail address, with or without a name"),
  SLACK_WEBHOOK_URL: webAddress.optional().describe("the http or https address of an incoming webhook"),
};
