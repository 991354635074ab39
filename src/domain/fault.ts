import { databases } from "../../notion-templates/databases.ts";
import type { Place } from "../types/loop.ts";
import type { Ask, Check, Contact, DeliveryRecord, Milestone, Risk } from "./record.ts";

/** Something that keeps a criterion from being met: what to do, in one sentence, and where. */
export type Fault = { readonly sentence: string; readonly places: readonly Place[] };

export type ProjectKey = keyof typeof databases.projects.properties;
export type MilestoneKey = keyof typeof databases.milestones.properties;
export type ContactKey = keyof typeof databases.contacts.properties;
export type RiskKey = keyof typeof databases.risks.properties;
export type CheckKey = keyof typeof databases.checks.properties;
export type AskKey = keyof typeof databases.asks.properties;

/** Names as people see them in Notion, each written once: in its template. */
export const projectName = (key: ProjectKey): string => databases.projects.properties[key].name;
export const milestoneName = (key: MilestoneKey): string => databases.milestones.properties[key].name;
export const contactName = (key: ContactKey): string => databases.contacts.properties[key].name;
export const riskName = (key: RiskKey): string => databases.risks.properties[key].name;
export const checkName = (key: CheckKey): string => databases.checks.properties[key].name;
export const askName = (key: AskKey): string => databases.asks.properties[key].name;

/** A property of the record's own project. */
export const onProject = (record: DeliveryRecord, property: ProjectKey): Place => ({
  database: "projects",
  pageId: record.project.pageId,
  property,
});

/** A property of one milestone; of the database where there is none yet. */
export const onMilestone = (milestone: Milestone | null, property: MilestoneKey): Place => ({
  database: "milestones",
  pageId: milestone?.pageId ?? null,
  property,
});

/** A property of one contact. */
export const onContact = (contact: Contact, property: ContactKey): Place => ({
  database: "contacts",
  pageId: contact.pageId,
  property,
});

/** A property of one row of the register; of the database where there is none yet. */
export const onRisk = (risk: Risk | null, property: RiskKey): Place => ({
  database: "risks",
  pageId: risk?.pageId ?? null,
  property,
});

/** A property of one check; of the database where there is none yet. */
export const onCheck = (check: Check | null, property: CheckKey): Place => ({
  database: "checks",
  pageId: check?.pageId ?? null,
  property,
});

/** A property of one ask. */
export const onAsk = (ask: Ask, property: AskKey): Place => ({
  database: "asks",
  pageId: ask.pageId,
  property,
});
