import { describe, expect, it } from "vitest";
import { readEnvironment, readSettings } from "../src/config.ts";
import { MilepostError } from "../src/types/errors.ts";

const real = {
  NOTION_TOKEN: "ntn_1234567890",
  NOTION_PARENT_PAGE: "0123456789abcdef0123456789ABCDEF",
  PUBLIC_URL: "https://milepost.example.com/",
  LINK_SECRET: "l".repeat(32),
  API_TOKEN: "a".repeat(16),
};

const refusal = (environment: Record<string, unknown>): string => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof MilepostError && error.code === "setting_invalid") return error.detail;
    throw error;
  }
  throw new Error("these settings were accepted");
};

const workspace = (changes: Record<string, unknown>) => {
  const settings = readSettings({ ...real, ...changes });
  if (settings.mode !== "workspace") throw new Error("expected a real workspace");
  return settings;
};

describe("settings without a token", () => {
  it("start the embedded workspace on this machine alone, with nothing set", () => {
    expect(readSettings({})).toEqual({
      mode: "embedded",
      dataDir: ".data",
      host: "127.0.0.1",
      port: 8787,
      workspacePort: 8788,
      officeTimezone: "UTC",
      pollSeconds: 60,
      logLevel: "info",
      notionPlan: "plus",
    });
  });

  it("let the system choose both ports for port 0", () => {
    expect(readSettings({ PORT: "0" })).toMatchObject({ port: 0, workspacePort: 0 });
  });

  it("refuse to open the sample to other machines", () => {
    expect(refusal({ HOST: "0.0.0.0" })).toBe(
      "HOST is wrong: expected 127.0.0.1 while NOTION_TOKEN is not set",
    );
  });

  it.each(["NOTION_PARENT_PAGE", "NOTION_BASE_URL", "NOTION_WEBHOOK_TOKEN"])(
    "ask for the token where %s shows that a real workspace was meant",
    (name) => expect(refusal({ [name]: "x" })).toMatch(/^NOTION_TOKEN is missing/),
  );

  it("take an empty variable for none", () => {
    expect(readSettings({ NOTION_TOKEN: " ", PORT: "" })).toMatchObject({ mode: "embedded", port: 8787 });
  });
});

describe("settings with a token", () => {
  it("fill in everything that may be left out", () => {
    expect(workspace({})).toEqual({
      mode: "workspace",
      dataDir: ".data",
      host: "127.0.0.1",
      port: 8787,
      officeTimezone: "UTC",
      pollSeconds: 60,
      logLevel: "info",
      notionPlan: "plus",
      notionToken: "ntn_1234567890",
      notionBaseUrl: "https://api.notion.com",
      notionParentPage: "01234567-89ab-cdef-0123-456789abcdef",
      notionWebhookToken: null,
      publicUrl: "https://milepost.example.com",
      linkSecret: ["l".repeat(32)],
      apiToken: ["a".repeat(16)],
      automationSecret: null,
      mail: null,
      slackWebhookUrl: null,
    });
  });

  it("name every setting that is missing, at once", () => {
    const told = refusal({ NOTION_TOKEN: "ntn_1" });
    for (const name of ["NOTION_PARENT_PAGE", "PUBLIC_URL", "LINK_SECRET", "API_TOKEN"]) {
      expect(told).toContain(`${name} is missing: expected `);
    }
    expect(told.split("; ").filter((part) => / is (missing|wrong)/.test(part))).toHaveLength(4);
  });

  it("name every setting that is wrong, at once, and never its value", () => {
    const wrong = {
      NOTION_TOKEN: "canary-1,canary-2",
      NOTION_BASE_URL: "ftp://canary",
      NOTION_PARENT_PAGE: "canary",
      NOTION_PLAN: "canary",
      NOTION_WEBHOOK_TOKEN: "canary,",
      PUBLIC_URL: "canary.example.com",
      LINK_SECRET: "canary",
      API_TOKEN: "canary",
      AUTOMATION_SECRET: "canary",
      SMTP_URL: "https://canary",
      MAIL_FROM: "canary",
      SLACK_WEBHOOK_URL: "mailto:canary@example.com",
      HOST: "can ary",
      PORT: "70000",
      OFFICE_TIMEZONE: "Europe/Canary",
      POLL_SECONDS: "9",
      LOG_LEVEL: "canary",
    };
    const told = refusal(wrong);
    for (const name of Object.keys(wrong)) expect(told).toContain(`${name} is wrong: expected `);
    expect(told).not.toMatch(/canary|70000/i);
  });

  it.each([
    "0123456789abcdef0123456789abcdef",
    "01234567-89ab-cdef-0123-456789abcdef",
    "https://www.notion.so/acme/Delivery-decade-0123456789abcdef0123456789abcdef?pvs=4",
    "https://www.notion.so/0123456789ABCDEF0123456789ABCDEF#fedcba9876543210fedcba9876543210",
    "https://www.notion.so/acme/ffffffffffffffffffffffffffffffff?v=e&p=0123456789abcdef0123456789abcdef&pm=s",
    "http://127.0.0.1:8788/pages/01234567-89ab-cdef-0123-456789abcdef/",
    "www.notion.so/acme/Delivery-0123456789abcdef0123456789abcdef#abc",
  ])("find the parent page in %s", (text) => {
    const { notionParentPage } = workspace({ NOTION_PARENT_PAGE: text });
    expect(notionParentPage).toBe("01234567-89ab-cdef-0123-456789abcdef");
  });

  it.each([
    "0123456789abcdef0123456789abcde",
    "00123456789abcdef0123456789abcdef",
    "https://www.notion.so/acme",
  ])("find no page in %s", (text) =>
    expect(refusal({ ...real, NOTION_PARENT_PAGE: text })).toMatch(/^NOTION_PARENT_PAGE is wrong/),
  );

  it("take two values of a secret, so that it can be changed without a gap", () => {
    const [first, second] = ["n".repeat(32), "o".repeat(32)];
    expect(workspace({ LINK_SECRET: `${first}, ${second}` }).linkSecret).toEqual([first, second]);
    expect(refusal({ ...real, LINK_SECRET: `${first},${second},${first}` })).toContain(
      "LINK_SECRET is wrong",
    );
    expect(refusal({ ...real, LINK_SECRET: `${first},short` })).toContain("LINK_SECRET is wrong");
  });

  it("count a secret's length in bytes", () => {
    expect(workspace({ LINK_SECRET: "é".repeat(16) }).linkSecret).toEqual(["é".repeat(16)]);
    expect(refusal({ ...real, LINK_SECRET: "é".repeat(15) })).toContain("LINK_SECRET is wrong");
  });

  it("need a sender for mail", () => {
    const smtp = { SMTP_URL: "smtps://user:secret@mail.example.com:465" };
    expect(refusal({ ...real, ...smtp })).toMatch(/^MAIL_FROM is missing/);
    expect(workspace({ ...smtp, MAIL_FROM: "Delivery <delivery@example.com>" }).mail).toEqual({
      smtpUrl: "smtps://user:secret@mail.example.com:465",
      from: "Delivery <delivery@example.com>",
    });
  });

  it("keep the mount of the public address", () => {
    expect(workspace({ PUBLIC_URL: "https://edge.example.com/w/acme/" }).publicUrl).toBe(
      "https://edge.example.com/w/acme",
    );
    expect(refusal({ ...real, PUBLIC_URL: "https://edge.example.com/?a=1" })).toMatch(/^PUBLIC_URL is wrong/);
  });

  it.each(["80.5", "-1", "65535", "0x50", "eight"])("refuse %j as a port", (PORT) => {
    expect(refusal({ ...real, PORT })).toMatch(/^PORT is wrong/);
  });

  it.each(["Europe/Berlin", "America/Los_Angeles", "UTC"])("know the time zone %s", (OFFICE_TIMEZONE) => {
    expect(workspace({ OFFICE_TIMEZONE }).officeTimezone).toBe(OFFICE_TIMEZONE);
  });

  it("refuse a fixed offset as a time zone, which Notion would refuse too", () => {
    expect(refusal({ ...real, OFFICE_TIMEZONE: "+02:00" })).toMatch(/^OFFICE_TIMEZONE is wrong/);
  });

  it("ignore bindings of a Worker that are no settings", () => {
    expect(workspace({ WORKSPACE: {} }).mode).toBe("workspace");
  });
});

describe("the environment", () => {
  it("is this process's", () => {
    expect(readEnvironment().PATH).toBe(process.env.PATH);
  });
});
