import type { Situation } from "../domain/criterion.ts";
import { settledOf } from "../domain/settled.ts";
import { type Action, actionKey, causeIn } from "../types/action.ts";
import type { Transition } from "../types/loop.ts";
import { noteAction } from "./note-action.ts";
import { nothing, type Rule } from "./rule.ts";

/** What has happened takes the shared properties that depend on it along, once, and the page where it happened says so. */
export const proposalsRule: Rule = {
  id: "proposals",
  since: "0.1.0",
  decide: (situation) => {
    const proposals = settledOf(situation).proposals.map(
      ({ changes, summary, ...rest }): Action => ({
        ...{ ...rest, window: null },
        payload: { kind: "propose", changes, summary },
      }),
    );
    return { ...nothing, actions: [...proposals, ...notes(situation)] };
  },
};

type Said = { readonly key: string; readonly summary: string };

const notes = (situation: Situation): readonly Action[] => {
  const { history, record } = situation;
  // A client cannot be answered on the page: the manager hears of what they moved.
  const manager = record.project.manager.flatMap((person) => [{ person }, { text: " " }]);
  const made = history.actions.flatMap(({ key, state, result }): Said[] =>
    key.startsWith("propose|") && state === "done" && result ? [{ key, summary: result }] : [],
  );
  const open = settledOf(situation).proposals.filter(({ summary }) => summary !== "");
  return [...made, ...open].flatMap(({ key, summary }) => {
    const by = causeOf(situation, key);
    if (!by) return [];
    return noteAction(history, by, [...(by.by.kind === "client" ? manager : []), { text: summary }]);
  });
};

const causeOf = ({ history }: Situation, key: string): Transition | undefined =>
  history.transitions.find(
    (one) =>
      actionKey("propose", one.pageId, causeIn(key)) === key &&
      key.endsWith(`|${one.property}#${one.version}`),
  );
