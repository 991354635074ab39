import { baselineRule } from "./baseline.ts";
import { certificationResetRule } from "./certification-reset.ts";
import { changeControlRule } from "./change-control.ts";
import { decisionLogRule } from "./decision-log.ts";
import { escalationLadderRule } from "./escalation-ladder.ts";
import { escalationsRule } from "./escalations.ts";
import { forecastRule } from "./forecast.ts";
import { gateCommentRule } from "./gate-comment.ts";
import { gateReplyRule } from "./gate-reply.ts";
import { gateTextRule } from "./gate-text.ts";
import { handoverPageRule } from "./handover-page.ts";
import { launchSignOffRule } from "./launch-sign-off.ts";
import { lettersRule } from "./letters.ts";
import { lifecycleActualRule } from "./lifecycle-actual.ts";
import { liveSinceRule } from "./live-since.ts";
import { measuresPageRule } from "./measures-page.ts";
import { milestoneLetterRule } from "./milestone-letter.ts";
import { officeMeasuresRule } from "./office-measures.ts";
import { overrideLogRule } from "./override-log.ts";
import { planRule } from "./plan.ts";
import { planChecksRule } from "./plan-checks.ts";
import { proposalsRule } from "./proposals.ts";
import { reviewRemindersRule } from "./review-reminders.ts";
import { riskScoreRule } from "./risk-score.ts";
import type { Rule } from "./rule.ts";
import { selfCertificationRule } from "./self-certification.ts";
import { signOffRule } from "./sign-off.ts";
import { startingPageRule } from "./starting-page.ts";
import { weeklySummaryRule } from "./weekly-summary.ts";

/** Every rule. Their order means nothing: none reads what another wants. */
export const rules: readonly Rule[] = [
  gateTextRule,
  gateCommentRule,
  gateReplyRule,
  liveSinceRule,
  certificationResetRule,
  riskScoreRule,
  weeklySummaryRule,
  milestoneLetterRule,
  handoverPageRule,
  lettersRule,
  signOffRule,
  launchSignOffRule,
  planRule,
  planChecksRule,
  proposalsRule,
  baselineRule,
  forecastRule,
  lifecycleActualRule,
  changeControlRule,
  decisionLogRule,
  startingPageRule,
  overrideLogRule,
  measuresPageRule,
  escalationsRule,
  escalationLadderRule,
  reviewRemindersRule,
  selfCertificationRule,
];

/** Everything that decides, with the office's own rule. */
export const deciders: readonly Pick<Rule, "id" | "since">[] = [...rules, officeMeasuresRule];

/** Says which rules decide; another text than a store has seen last makes every project be decided anew. */
export const ruleVersions: string = deciders.map(({ id, since }) => `${id}@${since}`).join(" ");
