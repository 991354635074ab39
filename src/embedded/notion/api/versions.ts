import type { Json, JsonObject } from "../model.ts";
import { missingVersion, validationError } from "./errors.ts";

/** API versions that the workspace speaks, oldest first. */
const versions = ["2022-06-28", "2025-09-03", "2026-03-11"] as const;
export type Version = (typeof versions)[number];

/** The version that a request's header names; throws missing_version without one. */
export const versionOf = (header: string | null): Version => {
  if (!header) throw missingVersion();
  const version = versions.find((known) => known === header);
  if (version) return version;
  const names = versions.map((known) => `\`"${known}"\``).join(" or ");
  throw validationError(
    `Notion-Version header failed validation: Notion-Version header should be ${names}, instead was \`"${header}"\`.`,
  );
};

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A request body of any version in the words of 2026-03-11: `archived` is `in_trash`, `after` a position (notion-api §1). */
export const upgradeBody = (version: Version, body: Json): Json => {
  if (isAtLeast(version, "2026-03-11") || !isObject(body)) return body;
  const { archived, after, ...rest } = body;
  return {
    ...rest,
    ...(archived === undefined ? {} : { in_trash: rest.in_trash ?? archived }),
    ...(after === undefined ? {} : { position: { type: "after_block", after_block: { id: after } } }),
  };
};

/** An answer in the words of the version asked for: `archived` stands beside every `in_trash` before 2026-03-11. */
export const downgradeAnswer = (version: Version, answer: Json): Json => {
  if (isAtLeast(version, "2026-03-11")) return answer;
  if (Array.isArray(answer)) return answer.map((item) => downgradeAnswer(version, item));
  if (!isObject(answer)) return answer;
  const entries = Object.entries(answer).map(([key, value]) => [key, downgradeAnswer(version, value)]);
  const shown: JsonObject = Object.fromEntries(entries);
  return typeof answer.in_trash === "boolean" ? { ...shown, archived: answer.in_trash } : shown;
};

/** True when something that exists since `since` may be used. */
export const isAtLeast = (version: Version, since: string): boolean => version >= since;
