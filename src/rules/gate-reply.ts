import { refusedAgain } from "../content/gate-comment.ts";
import { addresseeOf, openRefusals, refusedColumns } from "../domain/requests.ts";
import { type Action, actionKey } from "../types/action.ts";
import type { Transition } from "../types/loop.ts";
import type { Rule } from "./rule.ts";

/**
 * Every further refused attempt on a page gets one reply in the gate comment's thread; the first one gets the comment
 * itself. An attempt that has been settled since needs no reply any more.
 */
export const gateReplyRule: Rule = {
  id: "gate-reply",
  since: "0.1.0",
  decide: ({ record, history }) => {
    const actions = refusedColumns(record, history).flatMap(({ pageId, columns }) => {
      const [first] = columns
        .flatMap(({ judged }) => judged.filter(({ outcome }) => outcome === "refused"))
        .sort((one, other) => one.at - other.at);
      return columns.flatMap((column) =>
        openRefusals(column)
          .filter((request) => request !== first)
          .map((request) => reply(pageId, column.name, request, addresseeOf(request, record))),
      );
    });
    return { values: [], actions, wakeAt: null };
  },
};

const reply = (pageId: string, column: string, request: Transition, addressee: string | null): Action => {
  const cause = { kind: "transition", property: request.property, version: request.version } as const;
  return {
    key: actionKey("reply", pageId, cause),
    subject: pageId,
    cause,
    causedAt: request.at,
    window: null,
    payload: { kind: "reply", pageId, text: refusedAgain(request, column, addressee) },
  };
};
