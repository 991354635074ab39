import { validationError } from "../api/errors.ts";
import { insertBlocks, recordContentChange } from "../blocks/write-blocks.ts";
import type { BlockRecord, PageRecord } from "../model.ts";
import type { Core, Scope } from "../scope.ts";
import { setTrashed } from "../write/pages.ts";
import { isReference, type MarkdownBlock } from "./markdown-block.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { isRenderable, renderBlocks } from "./render-markdown.ts";

type StoredBlock = MarkdownBlock & { id: string };

/** How many blocks a read may still show; what comes later is named only. */
export type ReadBudget = { left: number; isSpent: boolean };
const unlimited = (): ReadBudget => ({ left: Number.POSITIVE_INFINITY, isSpent: false });

/** A block with all that lies below it. */
export const readBlock = (core: Core, block: BlockRecord, budget = unlimited()): StoredBlock => {
  const { id, type, data } = block;
  if (budget.left <= 0) {
    budget.isSpent = true;
    return { id, type: "unknown", data: {}, children: [] };
  }
  budget.left--;
  const children = type.startsWith("child_") ? [] : readContent(core, id, budget);
  return { id, type, data, children };
};

/** The blocks below a page or block with all that lies below them. */
export const readContent = (core: Core, parentId: string, budget = unlimited()): StoredBlock[] =>
  core.blocks.childrenOf(parentId).map((block) => readBlock(core, block, budget));

/** Ids of the blocks that Markdown cannot show. */
export const unknownBlocks = (blocks: readonly MarkdownBlock[]): string[] =>
  blocks.flatMap((block) => [
    ...(isRenderable(block.type) ? [] : [block.id ?? ""]),
    ...(block.type === "table" ? [] : unknownBlocks(block.children)),
  ]);

const flat = (blocks: readonly MarkdownBlock[]): MarkdownBlock[] =>
  blocks.flatMap((block) => [block, ...flat(block.children)]);

/** For each block of the new content, the place of the one before that says the same; -1 where there is none. */
const matched = (before: readonly string[], after: readonly string[]): number[] => {
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const places = placesByText(before.slice(0, before.length - tail));
  let next = 0;
  return after.map((text, index) => {
    const fromEnd = after.length - index;
    if (fromEnd <= tail) return before.length - fromEnd;
    const queue = places.get(text);
    while (queue && (queue.places[queue.at] ?? next) < next) queue.at++;
    const place = queue?.places[queue.at];
    if (place === undefined) return -1;
    next = place + 1;
    return place;
  });
};

type Queue = { places: number[]; at: number };

const placesByText = (texts: readonly string[]): Map<string, Queue> => {
  const found = new Map<string, Queue>();
  for (const [place, text] of texts.entries()) {
    const queue = found.get(text);
    if (queue) queue.places.push(place);
    else found.set(text, { places: [place], at: 0 });
  }
  return found;
};

/** References in the new content name blocks of this page, each once. */
const assertKnown = (after: readonly MarkdownBlock[], known: ReadonlySet<string>): Set<string> => {
  const kept = new Set<string>();
  for (const block of flat(after).filter(isReference)) {
    const id = block.id ?? "";
    if (kept.has(id) || !known.has(id)) {
      throw validationError(`Block with ID ${id} is not on this page, or stands in the content twice.`);
    }
    kept.add(id);
  }
  return kept;
};

const isObject = ({ type }: MarkdownBlock): boolean => type === "child_page" || type === "child_database";

/** Child pages and databases that no line of the new content holds; what a kept block holds stays with it. */
const lostObjects = (before: readonly MarkdownBlock[], kept: ReadonlySet<string>): MarkdownBlock[] =>
  before
    .filter((block) => !kept.has(block.id ?? ""))
    .flatMap((block) => (isObject(block) ? [block] : lostObjects(block.children, kept)));

const assertMayDelete = (lost: readonly MarkdownBlock[], mayDeleteObjects: boolean): void => {
  if (mayDeleteObjects || lost.length === 0) return;
  const ids = lost.map(({ id }) => id).join(", ");
  throw validationError(
    `This operation would delete child pages or databases: ${ids}. Set allow_deleting_content to true to allow it.`,
  );
};

/** New blocks get ids of their own; references keep theirs. */
const forInsert = (block: MarkdownBlock): MarkdownBlock => {
  const { id, type, data } = block;
  if (isReference(block) && id !== undefined) return { id, type, data, children: [] };
  return { type, data, children: block.children.map(forInsert) };
};

type Run = { after: BlockRecord | null; blocks: MarkdownBlock[] };

/** Neighbouring new blocks, with the kept block that they stand after. */
const runsOf = (
  after: readonly MarkdownBlock[],
  places: readonly number[],
  stored: readonly BlockRecord[],
) => {
  const runs: Run[] = [];
  let last: BlockRecord | null = null;
  let isOpen = false;
  for (const [index, block] of after.entries()) {
    const place = places[index] ?? -1;
    if (place >= 0) last = stored[place] ?? null;
    else if (isOpen) runs.at(-1)?.blocks.push(block);
    else runs.push({ after: last, blocks: [block] });
    isOpen = place < 0;
  }
  return runs;
};

/**
 * Makes a page's content what the Markdown says. Top blocks that stay the same keep their ids (assumed); a line that
 * refers to a child page keeps it, and without one the child would be deleted, which has to be allowed.
 */
export const writeContent = (
  scope: Scope,
  page: PageRecord,
  markdown: string,
  mayDeleteObjects: boolean,
): void => {
  const before = readContent(scope, page.id);
  const after = parseMarkdown(markdown, Number.POSITIVE_INFINITY);
  const kept = assertKnown(after, new Set(flat(before).map(({ id }) => id ?? "")));
  const lost = lostObjects(before, kept);
  assertMayDelete(lost, mayDeleteObjects);
  const stored = scope.blocks.childrenOf(page.id);
  const places = matched(renderBlocks(before, scope), renderBlocks(after, scope));
  const changed: string[] = [];
  // From the end, so that no run shifts the blocks that another one stands after.
  for (const run of runsOf(after, places, stored).reverse()) {
    const place = { parentId: page.id, pageId: page.id };
    const made = insertBlocks(scope, place, run.blocks.map(forInsert), run.after);
    changed.push(...made.map(({ id }) => id));
  }
  for (const { id } of lost) {
    const record = id === undefined ? undefined : scope.objects.get(id);
    if (record?.kind === "page" || record?.kind === "database") setTrashed(scope, record, true);
    changed.push(id ?? "");
  }
  const stays = new Set(places);
  const gone = stored.filter((block, place) => !stays.has(place) && !kept.has(block.id));
  for (const { id } of gone) {
    const block = scope.blocks.get(id);
    if (block)
      scope.blocks.update({ ...block, inTrash: true, editedAt: scope.now, editedBy: scope.actor.id });
    changed.push(id);
  }
  if (changed.length > 0) recordContentChange(scope, page, [...new Set(changed)]);
};
