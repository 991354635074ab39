import { startingPages } from "../../notion-templates/starting-pages.ts";
import { noteAttempt } from "../store/actions.ts";
import { NotionError } from "../types/errors.ts";
import { settleMs } from "../types/settle.ts";
import type { Carrier } from "./outcome.ts";

/**
 * Puts the starting text on a page that has none. Whatever stands there is the team's, or came with an earlier try; then
 * nothing is written.
 */
export const carryOutStartingPage: Carrier<"page">["carryOut"] = async (context, action, payload) => {
  const { database, clock, notion } = context;
  try {
    const found = await notion.bulk.retrieveMarkdown(payload.pageId);
    if (found.trim() !== "") return { kind: "done", result: "it has a text" };
    noteAttempt(database, action.key, clock.now(), clock.now() + settleMs.stopped);
    await notion.bulk.appendMarkdown(payload.pageId, startingPages[payload.database]);
    return { kind: "done", result: payload.pageId };
  } catch (error) {
    if (error instanceof NotionError && error.code === "notion_not_found")
      return { kind: "done", result: "it is gone" };
    throw error;
  }
};
