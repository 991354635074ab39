import { contacts } from "./databases/contacts.ts";
import { milestones } from "./databases/milestones.ts";
import { office } from "./databases/office.ts";
import { projects } from "./databases/projects.ts";

/** Every database that Milepost lives in, in the order in which setup creates them. */
export const databases = { projects, milestones, contacts, office } as const;
