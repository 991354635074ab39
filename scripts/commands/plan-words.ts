import { rulesInWords } from "../../src/rules/rules-in-words.ts";
import type { PlannedAction, PlannedCause, PlannedValue } from "../../src/types/plan.ts";

/** Why a value is to be written, by what the journal says of it last. */
const reasons: Readonly<Record<string, string>> = {
  refused: "the change was put back: its gate is not met",
  accepted: "the change was accepted",
  drift: "only Milepost writes this; what a person changed is put back",
};

const byRule = (rule: string): string => `${rulesInWords[rule] ?? "a rule wants it"} (rule ${rule})`;

export const whyValue = ({ because }: Pick<PlannedValue, "because">): string => {
  if (because?.rule) return byRule(because.rule);
  return (because && reasons[because.kind]) ?? "Notion shows something else than Milepost holds";
};

const causeInWords = (cause: PlannedCause): string => {
  switch (cause.kind) {
    case "date":
      return cause.date.includes("W") ? `week ${cause.date}` : cause.date;
    case "answer":
      return `${cause.by ?? "the client"} answered${cause.choice === null ? "" : ` “${cause.choice}”`}`;
    case "transition":
      return `${cause.property} of “${cause.page}” went from ${cause.from ?? "empty"} to ${cause.to ?? "empty"}`;
  }
};

export const whyAction = ({ rule, cause }: Pick<PlannedAction, "rule" | "cause">): string =>
  `${byRule(rule)}; ${causeInWords(cause)}`;

/** What carrying an action out does. */
export const deed = ({ kind, title, updateKind, recipients }: PlannedAction): string => {
  const people = recipients.length === 0 ? "nobody yet" : recipients.join(", ");
  switch (kind) {
    case "reply":
      return `reply in the comment on “${title}”`;
    case "update":
      return `write the update “${title}” (${updateKind ?? "update"}) for ${people}`;
    case "row":
      return `add “${title}” to ${updateKind ?? "a database"}`;
    case "propose":
      return title === "" ? "propose values" : title;
    case "note":
      return `comment on “${title}”`;
    case "letter":
      return `mail “${title}” to ${people}`;
  }
};
