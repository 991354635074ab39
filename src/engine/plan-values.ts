import { databases } from "../../notion-templates/databases.ts";
import { commentsNotWritten } from "../store/comments.ts";
import { lastReason } from "../store/history.ts";
import { findPage, livePages, type MirrorPage, outgoing } from "../store/pages.ts";
import { boundDatabase } from "../sync/context.ts";
import { pendingWrites } from "../sync/merge-page.ts";
import type { RichTextPart } from "../types/notion.ts";
import type { PlannedComment, PlannedValue } from "../types/plan.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { EngineContext } from "./context.ts";
import { nameOf, type OfProject, shownText, shownValue, titleOf } from "./plan-words.ts";

/** What waited to be written before anything is decided. */
export type WaitingBefore = { readonly values: ReadonlySet<string>; readonly comments: ReadonlySet<string> };

export const waitingBefore = (context: EngineContext): WaitingBefore => ({
  values: new Set(
    pagesToWrite(context).flatMap(({ page, writes }) =>
      Object.entries(writes).map(([property, value]) => idOf(page.pageId, property, value)),
    ),
  ),
  comments: new Set(
    commentsNotWritten(context.database).map(({ pageId, kind, wanted }) => idOf(pageId, kind, wanted)),
  ),
});

const idOf = (...parts: readonly unknown[]): string => JSON.stringify(parts);

const projectOf = ({ database, pageId, local }: MirrorPage): string | null =>
  database === "projects" ? pageId : ((local.project as readonly string[] | null | undefined)?.[0] ?? null);

const pagesToWrite = (context: EngineContext) =>
  (Object.keys(databases) as DatabaseKey[]).flatMap((key) => {
    const bound = boundDatabase(context, key);
    if (bound === null) return [];
    return livePages(context.database, key).map((page) => {
      const shown = page.remote ?? page.base;
      return { page, bound, shown, writes: pendingWrites(bound.template, page, shown) };
    });
  });

/** Every value that Notion shows otherwise than it should be. */
export const plannedValues = (
  context: EngineContext,
  before: WaitingBefore,
): readonly OfProject<PlannedValue>[] => {
  const now = context.clock.now();
  return pagesToWrite(context).flatMap(({ page, bound, shown, writes }) =>
    Object.entries(writes).map(([property, value]) => ({
      projectId: projectOf(page),
      planned: {
        ...{ pageId: page.pageId, page: titleOf(page), database: page.database },
        property: bound.template.properties[property]?.name ?? property,
        from: shownValue(context, bound, property, shown[property] ?? null),
        to: shownValue(context, bound, property, value),
        isNew: !before.values.has(idOf(page.pageId, property, value)),
        because: lastReason(context.database, page.pageId, property),
        nextTry: page.outgoing === outgoing.none ? null : Math.max(page.writeAfter, now),
      },
    })),
  );
};

/** Every comment that Notion does not show as it should be. */
export const plannedComments = (
  context: EngineContext,
  before: WaitingBefore,
): readonly OfProject<PlannedComment>[] =>
  commentsNotWritten(context.database).map(({ pageId, kind, wanted, commentId, notBefore, attempts }) => {
    const page = findPage(context.database, pageId);
    return {
      projectId: page && projectOf(page),
      planned: {
        ...{ pageId, page: nameOf(context, pageId), kind, edits: commentId !== null, failures: attempts },
        text: shownText(wanted.map((part) => inWords(context, part)).join("")),
        isNew: !before.comments.has(idOf(pageId, kind, wanted)),
        nextTry: Math.max(notBefore, context.clock.now()),
      },
    };
  });

const inWords = (context: EngineContext, part: RichTextPart): string => {
  if ("text" in part) return part.text;
  return "page" in part ? nameOf(context, part.page) : "@…";
};
