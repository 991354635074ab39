import type { Answer } from "./fixture.ts";
import { officialCheck } from "./official-document.ts";
import { acceptedSchema, sdkSchemas } from "./sdk-schemas.ts";

/** The key of an operation in the tables of this folder: ids without their names. */
export const keyOf = (method: string, path: string): string => `${method} ${path.replace(/:\w+/g, ":id")}`;

type Source = "document" | "sdk";

/** How many answers were held against what, by operation. */
const counts = new Map<string, { source: Source; accepted: number; refused: number }>();

const sdkFailures = (key: string, { status, body }: Answer): string[] => {
  const schema = status === 202 ? acceptedSchema : sdkSchemas[key];
  if (!schema) return [`nothing is known of ${key} ${status}`];
  const result = schema.safeParse(body);
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join("/")} ${issue.message}`);
};

/** What is wrong with an answer; refusals of operations that the document lacks look like all others. */
export const failuresOf = (method: string, path: string, answer: Answer): string[] => {
  const key = keyOf(method, path);
  const official = officialCheck();
  const isCovered = official.covers(method, path);
  const row = counts.get(key) ?? { source: isCovered ? "document" : "sdk", accepted: 0, refused: 0 };
  counts.set(key, row);
  if (answer.status < 300) row.accepted++;
  else row.refused++;
  if (isCovered && answer.status !== 202) return official.failures(method, path, answer.status, answer.body);
  if (answer.status < 300) return sdkFailures(key, answer);
  return official.failures("GET", "/users/me", answer.status, answer.body);
};

export const tallied = (key: string): { accepted: number; refused: number } =>
  counts.get(key) ?? { accepted: 0, refused: 0 };

/** The counts as lines of text. */
export const summary = (): string[] => {
  const rows = [...counts.entries()];
  const total = (pick: (row: (typeof rows)[number][1]) => number): number =>
    rows.reduce((sum, [, row]) => sum + pick(row), 0);
  const of = (source: Source): number => rows.filter(([, row]) => row.source === source).length;
  return [
    ...rows.map(([key, row]) => `${key}: ${row.accepted} accepted, ${row.refused} refused (${row.source})`),
    `${rows.length} operations: ${of("document")} by the official document, ${of("sdk")} by the SDK's types`,
    `${total((row) => row.accepted)} answers of success and ${total((row) => row.refused)} of refusal were checked`,
  ];
};
