import type { Situation } from "../domain/criterion.ts";
import { nextGate } from "../domain/gates.ts";
import { stageBefore } from "../domain/lifecycle.ts";

/** How many findings the Gate property names. */
const nearest = 3;

/** A property's text and when the clock alone will change it (UTC ms). */
export type TimedText = { readonly text: string; readonly changesAt: number | null };

/** What the Gate property of a project says: what is missing for the next stage, or that it is ready. */
export const gateText = (situation: Situation): TimedText => {
  const gate = nextGate(situation);
  if (!gate) return { text: outsideText(situation), changesAt: null };
  const { to, findings, changesAt } = gate;
  if (findings.length === 0) return { text: `Ready for ${to}`, changesAt };
  const sentences = findings.slice(0, nearest).map(({ sentence }) => sentence.replace(/\.$/, ""));
  const more = findings.length > nearest ? ` (+${findings.length - nearest} more)` : "";
  return { text: `Needs: ${sentences.join(" · ")}${more}`, changesAt };
};

const outsideText = ({ record, history }: Situation): string => {
  if (record.project.stage !== "On hold") return "";
  const was = stageBefore(history, record.project.pageId);
  return was ? `On hold; goes back to ${was}` : "On hold";
};
