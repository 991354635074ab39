import type { OptionTemplate, WorkflowRow } from "../src/types/schema.ts";

/** The answers of a client's sign-off, of a milestone or of the launch. */
export const signOffOptions = [
  { name: "Not needed", color: "default" },
  { name: "To request", color: "gray" },
  { name: "Requested", color: "yellow" },
  { name: "Approved", color: "green" },
  { name: "Changes requested", color: "red" },
  { name: "Outdated", color: "orange" },
] as const satisfies readonly OptionTemplate[];

/**
 * Who may change a sign-off, and on what evidence. The client answers by link where a letter carries one, which are those
 * about milestones; the team records an answer by hand with a note; only Milepost finds that what was asked or approved has
 * changed since (process/000 "Milestone Review Process"). The client may answer before the letter's Requested has reached
 * the column, hence the rows from To request.
 */
export const signOffRows = [
  { from: "Not needed", to: "To request", who: ["team"], evidence: "none" },
  { from: "To request", to: "Not needed", who: ["team"], evidence: "person" },
  { from: "To request", to: "Requested", who: ["team", "service"], evidence: "none" },
  { from: "To request", to: "Approved", who: ["client"], evidence: "link" },
  { from: "To request", to: "Approved", who: ["team"], evidence: "note" },
  { from: "To request", to: "Changes requested", who: ["client"], evidence: "link" },
  { from: "To request", to: "Changes requested", who: ["team"], evidence: "note" },
  { from: "Requested", to: "Approved", who: ["client"], evidence: "link" },
  { from: "Requested", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Requested", to: "Changes requested", who: ["client"], evidence: "link" },
  { from: "Requested", to: "Changes requested", who: ["team"], evidence: "note" },
  { from: "Requested", to: "To request", who: ["team"], evidence: "person" },
  { from: "Requested", to: "Not needed", who: ["team"], evidence: "person" },
  { from: "Requested", to: "Outdated", who: ["service"], evidence: "none" },
  { from: "Approved", to: "Changes requested", who: ["client"], evidence: "link" },
  { from: "Approved", to: "Changes requested", who: ["team"], evidence: "note" },
  { from: "Approved", to: "To request", who: ["team"], evidence: "person" },
  { from: "Approved", to: "Outdated", who: ["service"], evidence: "none" },
  { from: "Changes requested", to: "To request", who: ["team"], evidence: "none" },
  { from: "Changes requested", to: "Requested", who: ["team", "service"], evidence: "none" },
  { from: "Changes requested", to: "Approved", who: ["client"], evidence: "link" },
  { from: "Changes requested", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Changes requested", to: "Not needed", who: ["team"], evidence: "person" },
  { from: "Outdated", to: "To request", who: ["team"], evidence: "none" },
  { from: "Outdated", to: "Requested", who: ["team", "service"], evidence: "none" },
  { from: "Outdated", to: "Approved", who: ["team"], evidence: "note" },
  { from: "Outdated", to: "Not needed", who: ["team"], evidence: "person" },
] as const satisfies readonly WorkflowRow[];
