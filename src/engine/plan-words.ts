import { databases } from "../../notion-templates/databases.ts";
import { cleanLine } from "../content/clean-text.ts";
import { findPage, type MirrorPage } from "../store/pages.ts";
import type { BoundDatabase } from "../sync/context.ts";
import { toDomain } from "../sync/row.ts";
import type { DatabaseKey, PropertyTemplate } from "../types/schema.ts";
import type { Value } from "../types/values.ts";
import type { EngineContext } from "./context.ts";

/** Anything that reads as a mail address, wherever people wrote it. */
const mailAddress = /[^\s<>()[\]",;:]+@[^\s<>()[\]",;:]+/g;

/** A text that people wrote, as a plan shows it: one line, cut, without mail addresses. */
export const shownText = (text: string, longest = 160): string =>
  cleanLine(text.replace(mailAddress, "[mail]"), longest);

/** Something planned, with its project; null where it belongs to none. */
export type OfProject<T> = { readonly projectId: string | null; readonly planned: T };

export const propertiesOf = (key: DatabaseKey): Readonly<Record<string, PropertyTemplate>> =>
  databases[key].properties;

/** A page by its title. */
export const titleOf = ({ database, local }: Pick<MirrorPage, "database" | "local">): string => {
  const key = Object.entries(propertiesOf(database)).find(([, { type }]) => type === "title")?.[0];
  return shownText(String((key && local[key]) || "")) || "(no name)";
};

/** A page by its title; where the mirror does not know it, that is said. */
export const nameOf = ({ database }: EngineContext, pageId: string): string => {
  const page = findPage(database, pageId);
  return page ? titleOf(page) : "(a page that is not known)";
};

/** A value as a person reads it in Notion; "" where it is empty. */
export const shownValue = (
  context: EngineContext,
  { template, binding }: BoundDatabase,
  key: string,
  value: Value,
): string => {
  const shown = toDomain(template, binding, key, value);
  if (shown === null) return "";
  if (typeof shown === "boolean") return shown ? "yes" : "no";
  if (typeof shown !== "object") return shownText(String(shown));
  if ("start" in shown) return shown.end === null ? shown.start : `${shown.start} to ${shown.end}`;
  switch (template.properties[key]?.type) {
    case "relation":
      return shown.map((pageId) => nameOf(context, pageId)).join(", ");
    case "people":
      return shown.length === 0 ? "" : `${shown.length} ${shown.length === 1 ? "person" : "people"}`;
    default:
      return shown.join(", ");
  }
};
