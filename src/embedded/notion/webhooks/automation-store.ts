import type { Database, NewId, SqlRow } from "../../../ports.ts";
import type { JournalEntry } from "../journal.ts";
import { delays } from "./event-types.ts";

/**
 * A database automation that posts a row to an address: "Send webhook" (documented: Help Center; its payload is observed,
 * notion-api §6). A call that fails pauses it until a person resumes it.
 */
export type AutomationInput = {
  url: string;
  dataSourceId: string;
  /** What sets it off; a row that is added and any edit of a row unless given. */
  on?: readonly AutomationTrigger[];
  /** Only edits of these properties (names or ids) count. */
  watched?: readonly string[];
  /** The properties that the payload carries (names or ids); none unless given. */
  properties?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  /** Whether edits through the API set it off. Assumed true; notion-api §6 leaves it open. */
  byConnections?: boolean;
};
export type AutomationTrigger = "page_added" | "property_edited";
export type Automation = Required<AutomationInput> & { id: string; state: "active" | "paused" };

const automationOf = (row: SqlRow): Automation => ({
  ...(JSON.parse(String(row.definition)) as Required<AutomationInput>),
  id: String(row.id),
  state: row.state === "paused" ? "paused" : "active",
});

const insertAutomation =
  "INSERT INTO automations (id, action_id, definition, state) VALUES (?, ?, ?, 'active')";
/** Changes of a page within the trigger window make one call. */
const insertCall = `INSERT INTO automation_calls (automation_id, page_id, event_id, user_id, due_at)
  SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS
    (SELECT 1 FROM automation_calls WHERE automation_id = ? AND page_id = ?)`;
const dueCall = `SELECT c.*, a.action_id FROM automation_calls c JOIN automations a ON a.id = c.automation_id
  WHERE c.due_at <= ? ORDER BY c.due_at, c.seq LIMIT 1`;

export const createAutomationStore = (database: Database, newId: NewId) => ({
  list: (): Automation[] => database.exec("SELECT * FROM automations ORDER BY rowid").map(automationOf),
  insert(definition: Required<AutomationInput>): string {
    const id = newId();
    database.exec(insertAutomation, id, newId(), JSON.stringify(definition));
    return id;
  },
  setState(id: string, state: Automation["state"]): void {
    database.exec("UPDATE automations SET state = ? WHERE id = ?", state, id);
    if (state === "paused") database.exec("DELETE FROM automation_calls WHERE automation_id = ?", id);
  },
  remove(id: string): void {
    database.exec("DELETE FROM automation_calls WHERE automation_id = ?", id);
    database.exec("DELETE FROM automations WHERE id = ?", id);
  },
  addCall(id: string, { objectId, actor, at }: JournalEntry): void {
    const call = [id, objectId, newId(), actor.id, at + delays.automation];
    database.exec(insertCall, ...call, id, objectId);
  },
  nextDue(): number | null {
    const [row] = database.exec("SELECT min(due_at) AS due FROM automation_calls");
    return row?.due === null || row?.due === undefined ? null : Number(row.due);
  },
  /** The call that is due, which is made once whatever comes of it. */
  takeDue(now: number): SqlRow | undefined {
    const [call] = database.exec(dueCall, now);
    if (call) database.exec("DELETE FROM automation_calls WHERE seq = ?", Number(call.seq));
    return call;
  },
});
