import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { confirmation } from "../../notion-templates/letters/confirmation.ts";
import { handover } from "../../notion-templates/letters/handover.ts";
import { milestoneComplete } from "../../notion-templates/letters/milestone-complete.ts";
import { weeklySummary } from "../../notion-templates/letters/weekly-summary.ts";
import { answerViewOf, signOffViewOf } from "../../src/content/client-view.ts";
import { renderLetter } from "../../src/content/render-letter.ts";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import type { DatabaseKey } from "../../src/types/schema.ts";
import { actionsOf, decideAt, fridayMorning, happened, march } from "../support/client-side.ts";
import {
  aChangeRequest,
  aContact,
  aMilestone,
  anAsk,
  anOffice,
  anOfficeRow,
  anUpdate,
  aRecord,
  aRisk,
  day,
} from "../support/records.ts";

/** Every text of a row is a canary with the name of its property. */
const marked = <T extends object>(key: DatabaseKey, row: T): T => {
  const texts = Object.entries(databases[key].properties)
    .filter(
      ([name, { type }]) => ["title", "rich_text", "phone_number"].includes(type) && name !== "milepostKey",
    )
    .map(([name]) => [name, `canary:${key}.${name};`]);
  return { ...row, ...Object.fromEntries(texts) };
};

/** All that a client may ever read of a project's record, in letters and on pages. */
const mayLeave = [
  ...["projects.name", "projects.inScope"],
  ...["milestones.name", "milestones.deliverable", "milestones.whatWorksNow"],
  ...["changeRequests.title", "projects.code", "risks.title", "asks.title", "contacts.name"],
  ...["office.agency", "office.sender"],
];

const canariesIn = (text: string): string[] => [
  ...new Set([...text.replaceAll("\\", "").matchAll(/canary:([\w.]+);/g)].map(([, name = ""]) => name)),
];

const record = (): DeliveryRecord => {
  const shown = { clientVisible: true, clientLetters: "Automatic" } as const;
  const milestones = [
    aMilestone("Plan milestone", { ...shown, pageId: "m", status: "Done", signOff: "Requested" }),
    aMilestone("Cutover", { ...shown, pageId: "n", status: "In review", target: day("2026-03-16") }),
    aMilestone("Production complete", { pageId: "internal", signOff: "Requested" }),
  ];
  const base = aRecord({
    project: { clientLetters: "Automatic", liveSince: day("2026-03-02"), stage: "Handover" },
    milestones: milestones.map((one) => marked("milestones", one)),
    changeRequests: (["Awaiting client", "Applied", "Evaluating"] as const).map((status, index) =>
      marked("changeRequests", aChangeRequest({ pageId: `cr${index}`, status })),
    ),
    risks: (["Issue", "Escalation", "Risk"] as const).map((kind) =>
      marked("risks", aRisk({ pageId: kind, kind, clientVisible: true, status: "Occurred" })),
    ),
    asks: [marked("asks", anAsk({ state: "Open" }))],
    updates: [marked("updates", anUpdate({ state: "Sent", milepostKey: "update|project|2026-W10" }))],
    contacts: [marked("contacts", aContact({ timeZone: "" }))].map((one) => ({ ...one, timeZone: "" })),
  });
  return { ...base, project: marked("projects", base.project) };
};
const office = () =>
  anOffice({ ...marked("office", anOfficeRow()), timeZone: "Europe/Paris", supportTiers: "" });

const answer = {
  ...{
    id: "canary:answer.id;",
    pageId: "m",
    purpose: "sign-off",
    choice: "changes",
    covers: "canary:answer.covers;",
  },
  ...{
    name: "canary:answer.name;",
    comment: "canary:answer.comment;",
    at: march(12, 17),
    contactId: "contact",
  },
};

describe("what leaves for a client", () => {
  it("is in all letters together only what is meant for clients", () => {
    const history = happened([
      { version: 2, from: "Deployment", to: "Handover", at: march(13, 8) },
      { pageId: "m", property: "status", from: "In review", to: "Done", at: march(12, 16) },
      { pageId: "cr1", property: "status", from: "Awaiting client", to: "Approved", at: march(11, 9) },
    ]);
    const decision = decideAt(record(), { ...history, answers: [answer] }, fridayMorning, office());
    const letters = actionsOf(decision, "update").map(({ payload }) => payload);
    expect(letters.map(({ updateKind }) => updateKind).sort()).toEqual([
      ...["Confirmation", "Handover", "Milestone complete", "Weekly summary"],
    ]);
    const found = canariesIn(letters.map(({ title, markdown }) => `${title}\n${markdown}`).join("\n"));
    expect(found.toSorted()).toEqual(mayLeave.toSorted());
  });

  it("is on the page of a link only what is signed, whose it is, and the answer without its ids", () => {
    const whole = record();
    const [milestone] = whole.milestones;
    if (!milestone) throw new Error("no milestone");
    const page = signOffViewOf(whole, milestone, office());
    expect(canariesIn(JSON.stringify(page)).toSorted()).toEqual([
      ...["milestones.deliverable", "milestones.name", "milestones.whatWorksNow"],
      ...["office.agency", "projects.name"],
    ]);
    const [own, other] = [true, false].map((is) => answerViewOf(whole, answer, office(), is));
    expect(canariesIn(JSON.stringify(own)).toSorted()).toEqual(["answer.comment", "answer.name"]);
    expect(canariesIn(JSON.stringify(other))).toEqual(["answer.name"]);
  });

  it.each([
    ["weekly summary", weeklySummary],
    ["milestone letter", milestoneComplete],
    ["handover page", handover],
    ["confirmation", confirmation],
  ])("is refused whole where the view of the %s holds a field more than its letter", (_name, letter) => {
    const issuesOf = (view: object) => letter.view.safeParse(view).error?.issues ?? [];
    expect(issuesOf({ healthNote: "internal" })).toContainEqual(
      expect.objectContaining({ code: "unrecognized_keys", keys: ["healthNote"] }),
    );
    expect(() => renderLetter(letter, { healthNote: "internal" })).toThrow();
  });
});
