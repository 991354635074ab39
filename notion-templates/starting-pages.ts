import type { StartingPage } from "../src/types/action.ts";
import { changeRequestPage } from "./pages/change-request.ts";
import { projectPage } from "./pages/project.ts";
import { riskPage } from "./pages/risk.ts";

/** The Markdown that a new row's page starts with, by database. */
export const startingPages: Readonly<Record<StartingPage, string>> = {
  projects: projectPage,
  changeRequests: changeRequestPage,
  risks: riskPage,
};
