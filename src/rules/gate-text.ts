import { gateText } from "../content/gate-text.ts";
import { withRowsToMake } from "../domain/with-rows-to-make.ts";
import type { Rule } from "./rule.ts";

/** The project's Gate property says what is missing for the next stage. */
export const gateTextRule: Rule = {
  id: "gate-text",
  since: "0.1.0",
  decide: (situation) => {
    const { text, changesAt } = gateText(withRowsToMake(situation));
    const { pageId } = situation.record.project;
    const value = {
      target: "property",
      database: "projects",
      pageId,
      property: "gate",
      value: text,
    } as const;
    return { values: [value], actions: [], wakeAt: changesAt };
  },
};
