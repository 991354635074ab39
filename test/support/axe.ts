import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds on the page as it stands, light and dark: each rule with the places that break it. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>("axe.run(document, { iframes: false })");
    for (const { id, nodes } of violations)
      faults.push(
        `${page.url()} ${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
      );
  }
  return faults;
};
