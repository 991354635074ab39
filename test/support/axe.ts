import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds on the page as it stands, light and dark: each rule with the places that break it. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    // Only colours differ the second time, and all rules take several times as long.
    const rules = colorScheme === "light" ? { runOnly: ["color-contrast"] } : {};
    const run = `axe.run(document, ${JSON.stringify({ iframes: false, resultTypes: ["violations"], ...rules })})`;
    // In one piece: a page that is left meanwhile takes along what was put into it before.
    const { violations } = await page.evaluate<AxeResults>(`${axe.source}\n;${run}`);
    for (const { id, nodes } of violations)
      faults.push(
        `${page.url()} ${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
      );
  }
  return faults;
};
