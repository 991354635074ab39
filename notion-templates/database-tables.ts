import type { DatabaseTemplate, Owner, PropertyTemplate } from "../src/types/schema.ts";
import { databases } from "./databases.ts";

const writers: Record<Owner, string> = {
  team: "you",
  service: "Milepost",
  shared: "both; yours wins",
  gate: "you ask, its rules decide",
  derived: "Notion",
};

const typeOf = (property: PropertyTemplate): string =>
  property.type === "relation"
    ? `relation to ${databases[property.to].title}`
    : property.type.replaceAll("_", " ");

const row = (property: PropertyTemplate): string =>
  `| ${property.name} | ${typeOf(property)} | ${writers[property.owner]} | ${property.description} |`;

const section = (template: DatabaseTemplate): string =>
  [
    `### ${template.title}`,
    "",
    template.description,
    "",
    "| Property | Type | Who writes it | What it is |",
    "| --- | --- | --- | --- |",
    ...Object.values(template.properties).map(row),
  ].join("\n");

/** Markdown of every database with its properties: type, who writes it, what it is. The README holds it between markers. */
export const databaseTables = (): string => Object.values(databases).map(section).join("\n\n");
