import { recordContentChange } from "../blocks/write-blocks.ts";
import type { PageRecord } from "../model.ts";
import type { Scope } from "../scope.ts";

/** Puts all blocks of a page into the trash. */
export const eraseContent = (scope: Scope, page: PageRecord): void => {
  const blocks = scope.blocks.childrenOf(page.id);
  for (const block of blocks) scope.blocks.update({ ...block, inTrash: true });
  if (blocks.length === 0) return;
  recordContentChange(
    scope,
    page,
    blocks.map(({ id }) => id),
  );
};
