import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { type Running, startNode } from "../../src/node.ts";
import { accessibilityFaults } from "../support/axe.ts";
import { noBrowser, openBrowser, patience } from "../support/browser.ts";

let running: Running;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), "milepost-browser-"));

beforeAll(async () => {
  if (noBrowser !== null) return;
  running = await startNode(readSettings({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error" }));
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await running?.stop();
  rmSync(folder, { recursive: true });
});

const openWindow = async (width: number, height: number): Promise<void> => {
  context = await browser.newContext({ viewport: { width, height } });
  context.setDefaultTimeout(patience.timeout);
  // These pages reload by themselves, as browser/workspace.test.ts shows; here that would come between any two steps.
  await context.route("**/ui/changes?*", (route) => route.abort());
  page = await context.newPage();
};
afterEach(() => context?.close());

/** The page that is open does not scroll sideways. */
const fits = async (seen: Page = page): Promise<void> => {
  const [wide, width] = await seen.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(wide, seen.url()).toBeLessThanOrEqual(width ?? 0);
};
/** Nor does it keep anybody out. */
const isSound = async (seen: Page = page): Promise<void> => {
  expect(await accessibilityFaults(seen)).toEqual([]);
  await fits(seen);
};

/** Clicks what leads to a page, and waits until that is there. */
const go = async (to: Locator): Promise<void> =>
  void (await Promise.all([page.waitForEvent("load"), to.click()]));
/** Looks again until it is there. */
const appears = (what: Locator): Promise<void> =>
  expect.poll(() => page.reload().then(() => what.count()), patience).toBeGreaterThan(0);

const start = async (): Promise<void> => void (await page.goto(running.url));
const follow = (name: string | RegExp): Promise<void> =>
  go(page.getByRole("main").getByRole("link", { name }).first());
const press = (name: string): Promise<void> => go(page.getByRole("button", { name }));
const choose = (label: string, option: string): Promise<unknown> =>
  page.getByLabel(label, { exact: true }).selectOption({ label: option });
const save = (): Promise<void> => press("Save as Dana Reyes");
const column = (name: string) => page.getByRole("region", { name, exact: true });
const card = (name: string, stage: string) => column(stage).getByRole("listitem").filter({ hasText: name });

/** Opens the mail whose subject holds `subject` once it has come. */
const openMail = async (subject: string): Promise<void> => {
  await page.goto(`${running.url}/mail`);
  const mail = page.getByRole("link", { name: subject }).first();
  await appears(mail);
  await go(mail);
};

const letter = () => page.frameLocator("iframe");

describe.skipIf(noBrowser !== null)(
  `a newcomer in the browser${noBrowser ? ` (skipped: ${noBrowser})` : ""}`,
  { timeout: 3 * patience.timeout },
  () => {
    describe("on a desktop follows the start page", () => {
      beforeEach(() => openWindow(1280, 900));

      test("a move that is not ready is put back with its reason, and kept once that is mended", async () => {
        await start();
        await isSound();
        await follow("Projects board");
        await card("Invoice approval", "Intake").getByRole("combobox").selectOption({ label: "Planning" });
        await go(card("Invoice approval", "Intake").getByRole("button", { name: "Move" }));
        await press("+1 minute");
        await appears(card("Invoice approval", "Intake"));
        await isSound();

        await start();
        await follow("Invoice approval");
        await appears(page.getByText("Not yet in Planning"));
        const comments = await page.getByRole("region", { name: "Comments" }).innerText();
        expect(comments).toContain("Tick Timeline acknowledged");
        await isSound();

        await page.getByLabel("Timeline acknowledged").check();
        await choose("Stage", "Planning");
        await save();
        await press("+1 minute");
        await appears(page.getByText("Settled: Stage is Planning now"));
        expect(await page.getByLabel("Stage", { exact: true }).locator("option:checked").innerText()).toBe(
          "Planning",
        );
      });

      test("the weekly summary is a draft on Friday, is edited, and reaches the client as it reads then", async () => {
        await start();
        await follow("Updates");
        const shownTime = page.locator("header time");
        for (let day = 0; day < 2; day += 1) await press("+1 day");
        await expect
          .poll(() => press("Next due").then(() => shownTime.innerText()), patience)
          .toMatch(/^Fri .* 08:00 UTC$/);
        const draft = column("Draft").getByRole("link", { name: "Support inbox triage" });
        await appears(draft);
        await go(draft);
        await page.getByText("Edit the text").click();
        const text = page.getByLabel("The text of this page, in Markdown");
        await text.fill((await text.inputValue()).replace("here is where", "shortly, this is where"));
        await isSound();
        await press("Save the text");
        await page.getByText("shortly, this is where").first().waitFor();
        await choose("State", "Ready");
        await save();
        await press("+1 minute");
        await press("+1 hour");

        await openMail("Support inbox triage");
        await letter().getByText("shortly, this is where").waitFor();
        await isSound();
      });

      test("a finished milestone is mailed, the client signs off by its link, and the answer is in Notion", async () => {
        await start();
        await follow("Core build");
        await choose("Status", "Done");
        await save();
        await press("+1 minute");
        await openMail("Core build complete");
        const [form] = await Promise.all([
          context.waitForEvent("page"),
          letter()
            .getByRole("link", { name: /sign|answer|review/i })
            .click(),
        ]);
        await form.getByRole("heading", { name: "Core build" }).waitFor();
        await isSound(form);
        await form.getByRole("button", { name: "Send my answer" }).click();
        expect(form.url()).toContain("/l/");
        await form.getByLabel("Yes, I approve this").check();
        await form.getByLabel("Your name").fill("Hannah Vogt");
        await form.getByRole("button", { name: "Send my answer" }).click();
        await form.getByText("by Hannah Vogt").waitFor();
        await isSound(form);

        await start();
        await follow("Core build");
        await expect
          .poll(() => page.reload().then(() => page.getByLabel("Signed by").inputValue()), patience)
          .toBe("Hannah Vogt, by link");
        const signOff = page.getByLabel("Sign-off", { exact: true }).locator("option:checked");
        expect(await signOff.innerText()).toBe("Approved");
        await openMail("Your answer on Core build");
        await letter().getByText("Core build").first().waitFor();
      });
    });

    describe("on a phone", () => {
      beforeEach(() => openWindow(390, 844));

      // What a page says to assistive technology hardly depends on its width: here are those that a desktop has not shown.
      test("every page that they meet fits, and the others are accessible too", async () => {
        await start();
        await fits();
        for (const name of ["Projects", "Invoice approval", "Core build"]) {
          await start();
          await follow(name);
          await fits();
        }
        for (const name of ["Milestones", "Updates"]) {
          await start();
          await follow(name);
          await isSound();
        }
        await page.goto(`${running.url}/mail`);
        await isSound();
        await openMail("Core build complete");
        await fits();
        const href = await letter()
          .getByRole("link", { name: /sign|answer|review/i })
          .getAttribute("href");
        await page.goto(href ?? "");
        await page.getByText("by Hannah Vogt").waitFor();
        await fits();
      });

      test("what is not there says so", async () => {
        for (const address of [
          `${running.url}/l/v1.unknown`,
          `${running.url}/mail/999`,
          `${running.url}/nothing`,
          `${running.workspaceUrl}/p/00000000-0000-4000-8000-000000000000`,
        ]) {
          const answer = await page.goto(address);
          expect(answer?.status(), address).toBe(404);
          await page.getByRole("heading", { level: 1 }).waitFor();
          await isSound();
        }
      });

      test("a mail is accessible by itself", async () => {
        await openMail("Core build complete");
        const body = await page.request.get(`${page.url()}/body`);
        await page.goto("about:blank");
        await page.setContent(await body.text());
        await isSound();
      });
    });
  },
);
