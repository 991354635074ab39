import { databases } from "../../notion-templates/databases.ts";
import type { RichTextPart } from "../types/notion.ts";

const { risks } = databases;
const { status, reviewBy, resolution } = risks.properties;

type Parts = readonly RichTextPart[];

/** The people who are to hear of it, each by name. */
const mentions = (people: readonly string[]): Parts =>
  people.flatMap((person) => [{ person }, { text: " " }]);

const howToAnswer = (whose: string): string =>
  `Set ${whose} ${status.name} to Mitigating when you take it up, and to Resolved, with a ${resolution.name}, when it is over.`;

/** On the page where something went wrong: that it is escalated, or would be if it were not already. */
export const raisedNote = (title: string, people: readonly string[], hours: number): Parts => [
  ...mentions(people),
  {
    text: `${title}. It is an escalation in ${risks.title} now, to be answered within ${hours} office hours. ${howToAnswer("the escalation's")}`,
  },
];

/** The same where an escalation about it is open still. */
export const stillOpenNote = (title: string, people: readonly string[]): Parts => [
  ...mentions(people),
  { text: `${title}. The escalation about it in ${risks.title} is still open.` },
];

/** On the page of an escalation, to those whom it is put to. */
export const askedNote = (people: readonly string[], hours: number, isMovedUp: boolean): Parts => [
  ...mentions(people),
  {
    text: `${isMovedUp ? "Nobody has answered this escalation in time, so it is put to you" : "This escalation is put to you"}, to be answered within ${hours} office hours. ${howToAnswer("its")}`,
  },
];

/** On the page of a row of the register, to its owners. */
export const reviewNote = (people: readonly string[], day: string): Parts => [
  ...mentions(people),
  {
    text: `${reviewBy.name} was ${day}: look at it again, and set the next ${reviewBy.name}, or its ${status.name}.`,
  },
];
