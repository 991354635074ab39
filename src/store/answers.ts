import type { Database } from "../ports.ts";
import type { Answer } from "../types/loop.ts";

/** Keeps what a client answered, for ever. */
export const addAnswer = (database: Database, answer: Answer): void => {
  database.exec(
    `INSERT INTO answers (answer_id, page_id, purpose, choice, name, comment, at, covers, contact_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    answer.id,
    answer.pageId,
    answer.purpose,
    answer.choice,
    answer.name,
    answer.comment,
    answer.at,
    answer.covers,
    answer.contactId,
  );
};
