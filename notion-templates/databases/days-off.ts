import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";

/** Days that no plan counts: public holidays, holidays of the office, closed days of a client. */
export const daysOff = {
  key: "daysOff",
  title: "Days off",
  icon: "🌴",
  description:
    "Days on which nobody works, at your office or at a client. Plans count only the days between.",
  properties: {
    name: { name: "Name", type: "title", owner: "team", description: "What the day is, such as New Year." },
    day: {
      name: "Day",
      type: "date",
      owner: "team",
      description: "The day, or the first and the last of several.",
    },
    appliesTo: {
      name: "Applies to",
      type: "rich_text",
      owner: "team",
      description:
        "Empty or Office: your office. Otherwise the client, as its projects name it; several with commas between.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table", sortBy: { property: "day", direction: "ascending" } },
    { name: "Calendar", type: "calendar", dateBy: "day" },
  ],
} as const satisfies DatabaseTemplate;
