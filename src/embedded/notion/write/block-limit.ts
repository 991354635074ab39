import { ApiError } from "../api/errors.ts";
import type { Core, Scope } from "../scope.ts";

const blockLimitReached = (): ApiError =>
  new ApiError(403, "restricted_resource", "This workspace has reached its limit of blocks.", {
    additionalData: { block_limit: "block_creation" },
  });

/**
 * Runs a change of content and refuses it when it creates blocks beyond the limit of a free workspace: blocks ever
 * created count, pages are blocks (documented: reference/workspace-block-limits; the message is assumed).
 */
export const withinBlockLimit = <T>(core: Core, actor: Scope["actor"], change: () => T): T => {
  const { blockLimit } = core.settings.get();
  if (blockLimit === null || actor.kind === "person") return change();
  const before = core.blocks.countEver();
  const result = change();
  const after = core.blocks.countEver();
  if (after > before && after > blockLimit) throw blockLimitReached();
  return result;
};
