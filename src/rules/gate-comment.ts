import {
  accepted,
  allClear,
  allOverridden,
  refusedColumn,
  refusedMove,
  unknownMove,
} from "../content/gate-comment.ts";
import type { Situation } from "../domain/criterion.ts";
import { isUnknownMove, judge, overrideCriterion } from "../domain/gates.ts";
import { addresseeOf, type Column, openRefusals, refusedColumns, settledBy } from "../domain/requests.ts";
import type { Transition, WantedValue } from "../types/loop.ts";
import type { RichTextPart } from "../types/notion.ts";
import type { Rule } from "./rule.ts";

type Section = { readonly text: readonly RichTextPart[]; readonly changesAt: number | null };

/** A page where something was put back carries one comment: what is open there now, or how it was settled. */
export const gateCommentRule: Rule = {
  id: "gate-comment",
  since: "0.1.0",
  decide: (situation) => {
    const pages = refusedColumns(situation.record, situation.history).map(({ pageId, columns }) => ({
      pageId,
      sections: sectionsOf(situation, columns),
    }));
    const changes = pages.flatMap(({ sections }) => sections.flatMap(({ changesAt }) => changesAt ?? []));
    return {
      values: pages.map(
        ({ pageId, sections }): WantedValue => ({
          ...{ target: "comment", comment: "gate", pageId },
          text: sections.flatMap(({ text }, index) => (index === 0 ? text : [{ text: "\n\n" }, ...text])),
        }),
      ),
      actions: [],
      wakeAt: changes.length === 0 ? null : Math.min(...changes),
    };
  },
};

const sectionsOf = (situation: Situation, columns: readonly Column[]): readonly Section[] => {
  const open = columns.flatMap((column) => {
    const request = openRefusals(column).at(-1);
    return request ? [sectionOf(situation, column, request)] : [];
  });
  return open.length > 0 ? open : settled(columns);
};

const sectionOf = (situation: Situation, column: Column, request: Transition): Section => {
  const addressee = addresseeOf(request, situation.record);
  if (column.property !== "stage")
    return { text: refusedColumn(request, request.findings, column.name, addressee), changesAt: null };
  const from = situation.record.project.stage;
  const verdict = judge({ ...situation, from, to: request.to, by: request.by });
  if (verdict.allowed) {
    const isOverridden = verdict.overridden.some(({ criterion }) => criterion !== overrideCriterion);
    const text = isOverridden ? allOverridden(request, addressee) : allClear(request, addressee);
    return { text, changesAt: null };
  }
  const [first] = verdict.findings;
  const text =
    first && isUnknownMove(verdict.findings)
      ? unknownMove(request, first, addressee)
      : refusedMove(request, verdict.findings, addressee);
  return { text, changesAt: verdict.changesAt };
};

/** The text stays with what settled the latest refusal, whatever is accepted afterwards. */
const settled = (columns: readonly Column[]): readonly Section[] => {
  const [last] = columns
    .flatMap((column) => {
      const transition = settledBy(column);
      return transition ? [{ transition, name: column.name }] : [];
    })
    .sort((one, other) => other.transition.at - one.transition.at);
  return last ? [{ text: accepted(last.transition, last.name), changesAt: null }] : [];
};
