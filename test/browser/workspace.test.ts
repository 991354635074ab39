import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { furnish, type Office, openOffice } from "../embedded/ui/support.ts";
import { accessibilityFaults } from "../support/axe.ts";
import { noBrowser, openBrowser, patience } from "../support/browser.ts";

let office: Office;
let browser: Browser;
let context: BrowserContext;
let paths: string[];
let projectId: string;

beforeAll(async () => {
  if (noBrowser !== null) return;
  office = await openOffice();
  browser = await openBrowser();
  const { databaseId, sourceId, ...made } = await furnish(office);
  projectId = made.projectId;
  const dana = office.as("Dana Reyes");
  const dates = { Start: { date: { start: "2026-11-25", end: "2026-12-04" } } };
  await dana.pages.update({ page_id: projectId, properties: dates });
  await dana.comments.create({ parent: { page_id: projectId }, rich_text: [{ text: { content: "Hello" } }] });
  const views = await Promise.all(
    ["timeline", "calendar", "list"].map((type) =>
      dana.views.create({
        database_id: databaseId,
        data_source_id: sourceId,
        name: type,
        type,
        configuration: { type, ...(type === "list" ? {} : { date_property_id: "Start" }) },
      } as never),
    ),
  );
  office.workspace.control.setFaultRules([{ fault: "rate_limited", operation: "pages.move", actor: "bot" }]);
  paths = [...views.map(({ id }) => `/p/${databaseId}?view=${id}`), "/ui/requests?who=all", "/ui/faults"];
});

afterAll(async () => {
  await browser?.close();
  await office?.server.close();
});
afterEach(() => context?.close());

const openPage = async (width: number): Promise<Page> => {
  context = await browser.newContext({ viewport: { width, height: 844 } });
  context.setDefaultTimeout(patience.timeout);
  return context.newPage();
};

const patient = { timeout: 3 * patience.timeout };

describe.skipIf(noBrowser !== null)(`the workspace's pages (${noBrowser ?? "in a browser"})`, patient, () => {
  // What a page says to assistive technology hardly depends on its width, and finding out takes a second a page.
  test.each([
    ["are accessible and", 1280],
    ["are", 390],
  ])("%s never wider than a screen of %i", async (said, width) => {
    const page = await openPage(width);
    for (const path of paths) {
      await page.goto(office.server.url + path);
      if (said.includes("accessible")) expect(await accessibilityFaults(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(width);
    }
  });

  test("let a fault be switched on and off with the keyboard alone", async () => {
    const page = await openPage(1280);
    await page.goto(`${office.server.url}/ui/faults`);
    await page.getByLabel("What goes wrong").focus();
    await page.keyboard.type("Conf");
    await page.keyboard.press("Tab");
    await page.keyboard.type("pages.re");
    for (let step = 0; step < 5; step++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Conflict for pages.retrieve of the connection").waitFor();
    await page.getByRole("button", { name: "Remove Conflict, rule 2" }).press("Enter");
    await page.getByText("Conflict for pages.retrieve").waitFor({ state: "detached" });
    expect(office.workspace.control.faultRules()).toHaveLength(1);
  });

  describe("show what others change", () => {
    const rename = (text: string) =>
      office.as("Dana Reyes").pages.update({
        page_id: projectId,
        properties: { Name: { title: [{ text: { content: text } }] } },
      });

    /** The project's page as it is after a change, when it looks for news every second. */
    const openProject = async (): Promise<Page> => {
      const page = await openPage(1280);
      await page.goto(`${office.server.url}/p/${projectId}?changed=${office.clock.now()}`);
      return page;
    };
    /** Waits until the page has looked for news so many times. */
    const looks = async (page: Page, times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1)
        await page.waitForResponse((response) => response.url().includes("/ui/changes"));
    };
    const plusMinute = (page: Page) => page.getByRole("button", { name: "+1 minute" });
    const movesOn = (from: number) => expect.poll(() => office.clock.now() - from, patience).toBe(60_000);

    test("by themselves, while nobody does anything on them", async () => {
      const page = await openProject();
      await rename("Acme portal, second");
      await page.getByRole("heading", { name: "Acme portal, second" }).waitFor();
    });

    test("on a link, while somebody types", async () => {
      const page = await openProject();
      await page.getByLabel("Note").fill("half a sen");
      await rename("Acme portal, third");
      await page.getByRole("link", { name: "Show it" }).waitFor();
      expect(await page.getByLabel("Note").inputValue()).toBe("half a sen");
    });

    test("not in the way of a button that is held down", async () => {
      const page = await openProject();
      const before = office.clock.now();
      await plusMinute(page).hover();
      await page.mouse.down();
      await rename("Acme portal, fourth");
      await looks(page, 2);
      await page.mouse.up();
      await movesOn(before);
    });

    test("not in the way of a form that is being sent, however long that takes", async () => {
      const page = await openProject();
      const before = office.clock.now();
      await page.route("**/ui/clock", async (route) => {
        await rename("Acme portal, fifth");
        await looks(page, 6);
        await route.continue();
      });
      await plusMinute(page).click();
      await movesOn(before);
    });
  });
});
