import type { CommentObservation } from "../types/notion.ts";
import type { NotionCalls } from "../types/notion-gateway.ts";

/**
 * All open comments of a page, oldest first.
 * @throws NotionError
 */
export const allComments = async (calls: NotionCalls, pageId: string): Promise<CommentObservation[]> => {
  const comments: CommentObservation[] = [];
  let cursor: string | undefined;
  do {
    const part = await calls.listComments(pageId, cursor);
    comments.push(...part.comments);
    cursor = part.cursor ?? undefined;
  } while (cursor !== undefined);
  return comments;
};
