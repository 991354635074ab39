import type { Situation } from "../domain/criterion.ts";
import { nextGate } from "../domain/gates.ts";
import { stageBefore } from "../domain/lifecycle.ts";
import { regressions } from "../domain/regressions.ts";
import type { Finding } from "../types/loop.ts";

/** How many findings the Gate property names. */
const nearest = 3;

/** A property's text and when the clock alone will change it (UTC ms). */
export type TimedText = { readonly text: string; readonly changesAt: number | null };

/**
 * What the Gate property of a project says: what is missing for the next stage, or that it is ready; then what was met when
 * the project passed an earlier gate and is not any more.
 */
export const gateText = (situation: Situation): TimedText => {
  const gate = nextGate(situation);
  if (!gate) return { text: outsideText(situation), changesAt: null };
  const { to, findings, changesAt } = gate;
  const ahead = findings.length === 0 ? `Ready for ${to}` : `Needs: ${nearestOf(findings)}`;
  const behind = regressions(situation);
  const text =
    behind.findings.length === 0 ? ahead : `${ahead}. No longer met: ${nearestOf(behind.findings)}`;
  const changes = [changesAt, behind.changesAt].flatMap((at) => at ?? []);
  return { text, changesAt: changes.length === 0 ? null : Math.min(...changes) };
};

const nearestOf = (findings: readonly Finding[]): string => {
  const sentences = findings.slice(0, nearest).map(({ sentence }) => sentence.replace(/\.$/, ""));
  const more = findings.length > nearest ? ` (+${findings.length - nearest} more)` : "";
  return `${sentences.join(" · ")}${more}`;
};

const outsideText = ({ record, history }: Situation): string => {
  if (record.project.stage !== "On hold") return "";
  const was = stageBefore(history, record.project.pageId);
  return was ? `On hold; goes back to ${was}` : "On hold";
};
