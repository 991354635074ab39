import type { Database, NewId, Random } from "../../ports.ts";
import type { User } from "./model.ts";

/** The agency's people and its one connection. */
const members = [
  { kind: "bot", name: "Milepost", email: null },
  { kind: "person", name: "Dana Reyes", email: "dana.reyes@agency.example" },
  { kind: "person", name: "Pablo Ortiz", email: "pablo.ortiz@agency.example" },
  { kind: "person", name: "Diego Santos", email: "diego.santos@agency.example" },
  { kind: "person", name: "Quinn Abbott", email: "quinn.abbott@agency.example" },
  { kind: "person", name: "Clara Voss", email: "clara.voss@agency.example" },
] as const;

/** A guest has no access of its own to the workspace's lists of people (documented: reference/get-users). */
export const addGuest = (
  database: Database,
  users: User[],
  { id, name, email, token }: { id: string; name: string; email: string; token: string },
): void => {
  database.exec(
    "INSERT INTO users (id, kind, name, email, token) VALUES (?, ?, ?, ?, ?)",
    id,
    "guest",
    name,
    email,
    token,
  );
  users.push({ id, kind: "person", name, email, isGuest: true });
};

export type Account = User & { token: string };

const tokenCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A token in Notion's current form; clients must take it as opaque. */
export const newToken = (random: Random): string => {
  const pick = (characters: string): string => characters.charAt(Math.floor(random() * characters.length));
  const digits = Array.from({ length: 9 }, () => pick("0123456789")).join("");
  return `ntn_${digits}${Array.from({ length: 37 }, () => pick(tokenCharacters)).join("")}`;
};

/** Who may use the workspace, made at the first start and the same ever after. */
export const loadAccounts = (database: Database, newId: NewId, random: Random): Account[] => {
  const [known] = database.exec("SELECT 1 AS found FROM users LIMIT 1");
  if (!known) {
    const insert = "INSERT INTO users (id, kind, name, email, token) VALUES (?, ?, ?, ?, ?)";
    for (const { kind, name, email } of members) {
      database.exec(insert, newId(), kind, name, email, newToken(random));
    }
  }
  return database.exec("SELECT id, kind, name, email, token FROM users ORDER BY rowid").map((row) => ({
    id: String(row.id),
    kind: row.kind === "bot" ? "bot" : "person",
    name: String(row.name),
    email: row.email === null || row.email === undefined ? null : String(row.email),
    token: String(row.token),
    ...(row.kind === "guest" ? { isGuest: true } : {}),
  }));
};
