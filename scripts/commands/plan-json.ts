import { rulesInWords } from "../../src/rules/rules-in-words.ts";
import type {
  MailState,
  Plan,
  PlannedAction,
  PlannedComment,
  PlannedValue,
  ProjectPlan,
} from "../../src/types/plan.ts";
import { summaryOf } from "./plan-summary.ts";
import { whyValue } from "./plan-words.ts";

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

const mailAsJson = (mail: MailState) =>
  mail.kind === "paused"
    ? { state: mail.kind, until: iso(mail.until), code: mail.code }
    : { state: mail.kind };

const actionAsJson = (action: PlannedAction) => ({
  ...{ key: action.key, kind: action.kind, state: action.state, recorded: action.recorded },
  ...{ title: action.title, update_kind: action.updateKind, recipients: action.recipients },
  ...{ rule: action.rule, why: rulesInWords[action.rule] ?? action.rule, cause: action.cause },
  ...{ caused_at: iso(action.causedAt), next_try: iso(action.nextTry), closes_at: iso(action.closesAt) },
  ...{ failures: action.failures, last_error: action.lastError },
});

const valueAsJson = (value: PlannedValue) => ({
  ...{ page_id: value.pageId, page: value.page, database: value.database, property: value.property },
  ...{ from: value.from, to: value.to, is_new: value.isNew, rule: value.because?.rule ?? null },
  ...{ why: whyValue(value), next_try: iso(value.nextTry) },
});

const commentAsJson = (comment: PlannedComment) => ({
  ...{ page_id: comment.pageId, page: comment.page, kind: comment.kind, text: comment.text },
  ...{ edits: comment.edits, is_new: comment.isNew, failures: comment.failures },
  next_try: iso(comment.nextTry),
});

const projectAsJson = (project: ProjectPlan) => ({
  ...{ project_id: project.projectId, name: project.name, url: project.url, stage: project.stage },
  ...{ parked: project.parked, gaps: project.gaps, wake_at: iso(project.wakeAt) },
  ...{ actions: project.actions.map(actionAsJson), values: project.values.map(valueAsJson) },
  comments: project.comments.map(commentAsJson),
  held: project.held.map(({ updateId, ...held }) => ({ update_id: updateId, ...held })),
});

/** The plan as one JSON object, as /status names things: snake_case, times as ISO 8601 in UTC. */
export const planAsJson = (plan: Plan) => {
  const summary = summaryOf(plan);
  return {
    ...{ time: iso(plan.at), time_zone: plan.timeZone, last_round: iso(plan.lastRound) },
    ...{ waiting_to_be_read: plan.unread, mail: mailAsJson(plan.mail) },
    projects: plan.projects.map(projectAsJson),
    elsewhere: {
      values: plan.elsewhere.values.map(valueAsJson),
      comments: plan.elsewhere.comments.map(commentAsJson),
    },
    summary: { ...summary, by_itself_at: iso(summary.by_itself_at) },
  };
};
