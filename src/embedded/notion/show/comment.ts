import type { CommentRecord, JsonObject } from "../model.ts";
import type { Scope } from "../scope.ts";
import { exactTime } from "../time.ts";
import { showRichText } from "./rich-text.ts";
import { partialUser } from "./user.ts";

export const showComment = (scope: Scope, comment: CommentRecord): JsonObject => ({
  object: "comment",
  id: comment.id,
  parent: { type: comment.parent.type, [comment.parent.type]: comment.parent.id },
  discussion_id: comment.discussionId,
  created_time: exactTime(comment.createdAt),
  last_edited_time: exactTime(comment.editedAt),
  created_by: partialUser(comment.createdBy),
  rich_text: showRichText(comment.richText, scope),
  display_name: comment.displayName,
});
