import { minuteValue } from "../domain/calendar.ts";
import { lettersOf } from "../domain/letters.ts";
import type { Rule } from "./rule.ts";

/** Live since is set, to the minute, when letters to the client are switched on; kept while they stay so; empty while they are off. */
export const liveSinceRule: Rule = {
  id: "live-since",
  since: "0.1.0",
  decide: ({ record, office, now }) => {
    const { pageId, liveSince } = record.project;
    const isLive = lettersOf(record.project, office) !== "Off";
    const value = isLive ? (liveSince ?? minuteValue(now)) : null;
    return {
      values: [{ target: "property", database: "projects", pageId, property: "liveSince", value }],
      actions: [],
      wakeAt: null,
    };
  },
};
