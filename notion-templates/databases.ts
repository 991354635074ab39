import { changeRequests } from "./databases/change-requests.ts";
import { contacts } from "./databases/contacts.ts";
import { milestones } from "./databases/milestones.ts";
import { office } from "./databases/office.ts";
import { projects } from "./databases/projects.ts";
import { risks } from "./databases/risks.ts";
import { updates } from "./databases/updates.ts";

/**
 * Every database that Milepost lives in, in the order in which setup creates them and people find them: the four that the
 * team works in first. A relation to a later one is added once all exist.
 */
export const databases = { projects, milestones, changeRequests, risks, contacts, updates, office } as const;
