import { checksToMake } from "../domain/checks-to-make.ts";
import { rowAction } from "./row-action.ts";
import { nothing, type Rule } from "./rule.ts";

/** A project gets the checks of its plan when it first comes into the stage that they begin in, each once. */
export const planChecksRule: Rule = {
  id: "plan-checks",
  since: "0.1.0",
  decide: (situation) => ({
    ...nothing,
    actions: checksToMake(situation).map(({ name, cause, causedAt, check: { check, checkpoint } }) =>
      rowAction({
        ...{ projectId: situation.record.project.pageId, name, cause, causedAt },
        ...{ database: "checks", title: check, values: { check, checkpoint, result: "Not checked" } },
      }),
    ),
  }),
};
