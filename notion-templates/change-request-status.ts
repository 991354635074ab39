import type { OptionTemplate, WorkflowRow } from "../src/types/schema.ts";

/** The way of a change request from the client's wish to the changed plan (process/000 "Change Request Process"). */
export const changeRequestStatuses = [
  { name: "Submitted", group: "To-do", color: "gray" },
  { name: "Evaluating", group: "In progress", color: "blue" },
  { name: "Ready for client", group: "In progress", color: "purple" },
  { name: "Awaiting client", group: "In progress", color: "yellow" },
  { name: "Outdated", group: "In progress", color: "orange" },
  { name: "Approved", group: "Complete", color: "green" },
  { name: "Deferred", group: "Complete", color: "brown" },
  { name: "Cancelled", group: "Complete", color: "red" },
  { name: "Applied", group: "Complete", color: "green" },
] as const satisfies readonly OptionTemplate[];

/**
 * Who may move a change request, and on what evidence. Its steps are those of the process: submitted (1), evaluated (2),
 * answered with the impact (3), decided by the client (4), carried into the plan (5). The team records the client's decision
 * by hand with a note; no letter carries a link for it yet. The client may decide before the letter's Awaiting client has
 * reached the column, and may decide anew. Only Milepost carries a change into the plan, and only it finds that what was
 * shown or approved has changed since, and that the option which the client approved was to leave it for later.
 */
export const changeRequestRows = [
  { from: "Submitted", to: "Evaluating", who: ["team"], evidence: "none" },
  { from: "Submitted", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Evaluating", to: "Submitted", who: ["team"], evidence: "none" },
  { from: "Evaluating", to: "Ready for client", who: ["team"], evidence: "person" },
  { from: "Evaluating", to: "Deferred", who: ["team"], evidence: "note" },
  { from: "Evaluating", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Ready for client", to: "Evaluating", who: ["team"], evidence: "person" },
  { from: "Ready for client", to: "Awaiting client", who: ["team", "service"], evidence: "none" },
  { from: "Ready for client", to: "Approved", who: ["client"], evidence: "link" },
  { from: "Ready for client", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Ready for client", to: "Deferred", who: ["client"], evidence: "link" },
  { from: "Ready for client", to: "Deferred", who: ["team"], evidence: "note" },
  { from: "Ready for client", to: "Cancelled", who: ["client"], evidence: "link" },
  { from: "Ready for client", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Awaiting client", to: "Evaluating", who: ["team"], evidence: "person" },
  { from: "Awaiting client", to: "Approved", who: ["client"], evidence: "link" },
  { from: "Awaiting client", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Awaiting client", to: "Deferred", who: ["client"], evidence: "link" },
  { from: "Awaiting client", to: "Deferred", who: ["team"], evidence: "note" },
  { from: "Awaiting client", to: "Cancelled", who: ["client"], evidence: "link" },
  { from: "Awaiting client", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Awaiting client", to: "Outdated", who: ["service"], evidence: "none" },
  { from: "Outdated", to: "Evaluating", who: ["team"], evidence: "none" },
  { from: "Outdated", to: "Ready for client", who: ["team"], evidence: "person" },
  { from: "Outdated", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Outdated", to: "Deferred", who: ["team"], evidence: "note" },
  { from: "Outdated", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Approved", to: "Applied", who: ["service"], evidence: "none" },
  { from: "Approved", to: "Deferred", who: ["client"], evidence: "link" },
  { from: "Approved", to: "Deferred", who: ["team"], evidence: "note" },
  { from: "Approved", to: "Deferred", who: ["service"], evidence: "none" },
  { from: "Approved", to: "Cancelled", who: ["client"], evidence: "link" },
  { from: "Approved", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Approved", to: "Outdated", who: ["service"], evidence: "none" },
  { from: "Applied", to: "Deferred", who: ["client"], evidence: "link" },
  { from: "Applied", to: "Deferred", who: ["team"], evidence: "note" },
  { from: "Applied", to: "Cancelled", who: ["client"], evidence: "link" },
  { from: "Applied", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Applied", to: "Outdated", who: ["service"], evidence: "none" },
  { from: "Deferred", to: "Evaluating", who: ["team"], evidence: "none" },
  { from: "Deferred", to: "Approved", who: ["client"], evidence: "link" },
  { from: "Deferred", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Deferred", to: "Cancelled", who: ["client"], evidence: "link" },
  { from: "Deferred", to: "Cancelled", who: ["team"], evidence: "note" },
  { from: "Cancelled", to: "Evaluating", who: ["team"], evidence: "person" },
  { from: "Cancelled", to: "Approved", who: ["client"], evidence: "link" },
  { from: "Cancelled", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Cancelled", to: "Deferred", who: ["client"], evidence: "link" },
  { from: "Cancelled", to: "Deferred", who: ["team"], evidence: "note" },
] as const satisfies readonly WorkflowRow[];
