import { html } from "hono/html";
import { returnField } from "./layout.ts";
import type { ApiComment, Html, Visit } from "./model.ts";
import type { Names } from "./property-kinds.ts";
import { showText } from "./rich-text.ts";
import { showTime } from "./times.ts";

const threadsOf = (comments: readonly ApiComment[]): [discussionId: string, thread: ApiComment[]][] => {
  const threads = new Map<string, ApiComment[]>();
  for (const comment of comments) {
    threads.set(comment.discussion_id, [...(threads.get(comment.discussion_id) ?? []), comment]);
  }
  return [...threads];
};

const showComment = (comment: ApiComment, names: Names): Html => html`<li id="c-${comment.id}">
  <p class="by"><strong>${comment.display_name.resolved_name ?? names.userName(comment.created_by.id)}</strong>
    <time datetime="${comment.created_time}">${showTime(comment.created_time)}</time></p>
  <p class="text">${showText(comment.rich_text)}</p>
</li>`;

type Target = { name: "page_id" | "discussion_id"; id: string };

const writeForm = (visit: Visit, target: Target, label: string, button: string): Html => html`
  <form class="write" method="post" action="/ui/comments">
    ${returnField(visit.path)}
    <input type="hidden" name="${target.name}" value="${target.id}">
    <label class="hidden" for="t-${target.id}">${label}</label>
    <textarea id="t-${target.id}" name="text" rows="1" placeholder="${label}…" required maxlength="20000"></textarea>
    <button>${button}</button>
  </form>`;

/** The threads of a page, oldest first, each with a form to answer, and a form for a new one. */
export const commentSection = (
  visit: Visit,
  pageId: string,
  comments: readonly ApiComment[],
  names: Names,
): Html => html`
  <section class="comments" id="comments" aria-labelledby="comments-title">
    <h2 id="comments-title">Comments</h2>
    ${threadsOf(comments).map(
      ([id, thread]) => html`<div class="thread">
        <ul>${thread.map((comment) => showComment(comment, names))}</ul>
        ${writeForm(visit, { name: "discussion_id", id }, `Reply as ${visit.person.name}`, "Reply")}
      </div>`,
    )}
    ${writeForm(visit, { name: "page_id", id: pageId }, `Comment as ${visit.person.name}`, "Comment")}
  </section>`;
