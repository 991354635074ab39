import { validationError } from "../api/errors.ts";
import { insertBlocks, recordContentChange } from "../blocks/write-blocks.ts";
import type { BlockRecord, PageRecord } from "../model.ts";
import type { Core, Scope } from "../scope.ts";
import { setTrashed } from "../write/pages.ts";
import type { MarkdownBlock } from "./markdown-block.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { isRenderable, renderBlocks } from "./render-markdown.ts";

/** The blocks below a page or block with all that lies below them. */
export const readContent = (core: Core, parentId: string): (MarkdownBlock & { id: string })[] =>
  core.blocks.childrenOf(parentId).map((block) => ({
    id: block.id,
    type: block.type,
    data: block.data,
    children: block.type.startsWith("child_") ? [] : readContent(core, block.id),
  }));

/** Ids of the blocks that Markdown cannot show. */
export const unknownBlocks = (blocks: readonly MarkdownBlock[]): string[] =>
  blocks.flatMap((block) => [
    ...(isRenderable(block.type) ? [] : [block.id ?? ""]),
    ...(block.type === "table" ? [] : unknownBlocks(block.children)),
  ]);

const matchingEnds = (
  before: readonly string[],
  after: readonly string[],
): { head: number; tail: number } => {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { head, tail };
};

const isReference = (block: MarkdownBlock): boolean =>
  block.type.startsWith("child_") || block.type === "unsupported";

const removeBlock = (scope: Scope, block: BlockRecord, mayDeleteObjects: boolean): void => {
  const record = scope.objects.get(block.id);
  if (record?.kind !== "page" && record?.kind !== "database") {
    scope.blocks.update({ ...block, inTrash: true, editedAt: scope.now, editedBy: scope.actor.id });
    return;
  }
  if (!mayDeleteObjects) {
    throw validationError(
      "This operation would delete child pages or databases. Set allow_deleting_content to true to allow it.",
    );
  }
  setTrashed(scope, record, true);
};

/**
 * Makes a page's content what the Markdown says. Blocks at the beginning and end that stay the same keep their ids;
 * a line that refers to a child page keeps it, and without one the child would be deleted.
 */
export const writeContent = (
  scope: Scope,
  page: PageRecord,
  markdown: string,
  mayDeleteObjects: boolean,
): void => {
  const before = readContent(scope, page.id);
  const after = parseMarkdown(markdown);
  const { head, tail } = matchingEnds(renderBlocks(before, scope), renderBlocks(after, scope));
  const stored = scope.blocks.childrenOf(page.id);
  const gone = stored.slice(head, stored.length - tail);
  const made = after.slice(head, after.length - tail);
  const changed: string[] = [];
  let last: BlockRecord | null = stored[head - 1] ?? null;
  for (const block of made) {
    const kept = isReference(block) ? gone.find((candidate) => candidate.id === block.id) : undefined;
    if (isReference(block) && !kept) continue;
    const place = { parentId: page.id, pageId: page.id };
    if (kept) {
      const rank = scope.blocks.makeRoom(page.id, last, 1);
      last = { ...kept, rank };
      scope.blocks.update(last);
      continue;
    }
    last = insertBlocks(scope, place, [block], last)[0] ?? last;
    if (last) changed.push(last.id);
  }
  const keptIds = new Set(made.flatMap((block) => (isReference(block) && block.id ? [block.id] : [])));
  for (const block of gone.filter((candidate) => !keptIds.has(candidate.id))) {
    removeBlock(scope, block, mayDeleteObjects);
    changed.push(block.id);
  }
  if (changed.length > 0) recordContentChange(scope, page, changed);
};
