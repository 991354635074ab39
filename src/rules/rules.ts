import { certificationResetRule } from "./certification-reset.ts";
import { gateCommentRule } from "./gate-comment.ts";
import { gateReplyRule } from "./gate-reply.ts";
import { gateTextRule } from "./gate-text.ts";
import { liveSinceRule } from "./live-since.ts";
import type { Rule } from "./rule.ts";

/** Every rule. Their order means nothing: none reads what another wants. */
export const rules: readonly Rule[] = [
  gateTextRule,
  gateCommentRule,
  gateReplyRule,
  liveSinceRule,
  certificationResetRule,
];
