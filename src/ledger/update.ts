import { createRow } from "./create-row.ts";
import type { Carrier } from "./outcome.ts";

/** Makes a row of Updates with its text. */
export const carryOutUpdate: Carrier<"update">["carryOut"] = (context, action, payload) =>
  createRow(context, action, {
    database: "updates",
    lane: "verdict",
    markdown: payload.markdown,
    values: {
      title: payload.title,
      project: payload.projectId === null ? [] : [payload.projectId],
      milestone: payload.milestoneId === null ? [] : [payload.milestoneId],
      kind: payload.updateKind,
      period: payload.period,
      state: payload.state,
      to: payload.contactIds,
    },
  });
