import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Why browser tests cannot run here; null where they can. CI has to have the browser. */
export const noBrowser = existsSync(executablePath) ? null : `no browser at ${executablePath}`;
if (noBrowser !== null && process.env.CI) throw new Error(`${noBrowser}; CI has to install it`);

/** What a machine that does much else may need for one step. */
export const patience = { timeout: 60_000, interval: 300 };

/** Debian's Chromium, without the background requests that a closed network refuses. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
