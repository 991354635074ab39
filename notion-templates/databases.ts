import { asks } from "./databases/asks.ts";
import { changeRequests } from "./databases/change-requests.ts";
import { checks } from "./databases/checks.ts";
import { contacts } from "./databases/contacts.ts";
import { daysOff } from "./databases/days-off.ts";
import { decisions } from "./databases/decisions.ts";
import { milestones } from "./databases/milestones.ts";
import { office } from "./databases/office.ts";
import { projects } from "./databases/projects.ts";
import { risks } from "./databases/risks.ts";
import { updates } from "./databases/updates.ts";

/**
 * Every database that Milepost lives in, in the order in which setup creates them and people find them: the four that the
 * team works in first. A relation to a later one is added once all exist.
 */
export const databases = {
  projects,
  milestones,
  changeRequests,
  risks,
  contacts,
  checks,
  asks,
  decisions,
  updates,
  daysOff,
  office,
} as const;
