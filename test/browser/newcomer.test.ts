import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { type Running, startNode } from "../../src/node.ts";
import { noBrowser, openBrowser } from "../support/browser.ts";

let running: Running;
let browser: Browser;
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

const card = (page: Page, name: string, column: string) =>
  page.getByRole("region", { name: column, exact: true }).getByRole("listitem").filter({ hasText: name });

const moveTo = async (page: Page, name: string, from: string, stage: string): Promise<void> => {
  await card(page, name, from).getByRole("combobox").selectOption({ label: stage });
  await card(page, name, from).getByRole("button", { name: "Move" }).click();
};

describe.skipIf(noBrowser !== null)(
  `a newcomer in the browser${noBrowser ? ` (skipped: ${noBrowser})` : ""}`,
  () => {
    test.each([
      { device: "a desktop", width: 1280, height: 900 },
      { device: "a phone", width: 390, height: 844 },
    ])(
      "on $device follows the start page: a refused move with its reasons, then an accepted one",
      async ({ device, width, height }) => {
        const name = `Lead bot on ${device}`;
        const page = await browser.newPage({ viewport: { width, height } });
        await page.goto(running.url);
        await page.getByRole("link", { name: "the workspace" }).click();
        await page.getByRole("main").getByRole("link", { name: "Projects" }).click();
        await page.getByText("New", { exact: true }).click();
        await page.getByLabel("Name").fill(name);
        await page.getByRole("button", { name: "Create" }).click();
        await page.getByRole("navigation").getByRole("link", { name: "Projects" }).first().click();

        await moveTo(page, name, "Intake", "Planning");
        await card(page, name, "Intake").waitFor();
        await card(page, name, "Intake").getByRole("link").first().click();
        await page.getByText("Not yet in Planning").waitFor();
        const comments = await page.getByRole("region", { name: "Comments" }).innerText();
        expect(comments).toContain("Tick Requirements signed off");
        expect(comments).toContain("Tick Timeline acknowledged");

        await page.getByLabel("Requirements signed off").check();
        await page.getByLabel("Timeline acknowledged").check();
        await page.getByRole("button", { name: "Save" }).click();
        await page.getByRole("button", { name: "+1 minute" }).click();
        await page.getByText("Everything that was missing is there now").waitFor();
        await page.getByLabel("Stage", { exact: true }).selectOption({ label: "Planning" });
        await page.getByRole("button", { name: "Save" }).click();
        await page.getByRole("button", { name: "+1 minute" }).click();
        await page.getByText("Settled: Stage is Planning now").waitFor();
        expect(await page.getByLabel("Stage", { exact: true }).locator("option:checked").innerText()).toBe(
          "Planning",
        );
        await page.close();
      },
    );
  },
);
