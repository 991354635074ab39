import { describe, expect, it } from "vitest";
import { z } from "zod";
import { databases } from "../../notion-templates/databases.ts";
import { detailOf, linesOf, linkTo } from "../../src/content/letter-view.ts";
import { markdown } from "../../src/content/markdown.ts";
import { renderLetter } from "../../src/content/render-letter.ts";
import { coverOf } from "../../src/domain/workflow.ts";
import {
  actionsOf,
  decideAt,
  fridayMorning,
  happened,
  inTheMiddle,
  march,
  thatWeek,
  updateOf,
} from "../support/client-side.ts";
import { aChangeRequest, aContact, aMilestone, anAsk, anOffice, aRecord, day } from "../support/records.ts";

const live = { clientLetters: "Review first", liveSince: day("2026-03-02") } as const;
const textOf = (update: ReturnType<typeof updateOf>) =>
  update === null ? null : `${update.payload.title}\n\n${update.payload.markdown}`;

describe("the weekly summary", () => {
  it("says what the process asks for, and nothing internal", () => {
    const decision = decideAt(inTheMiddle(), happened(thatWeek), fridayMorning);
    expect(textOf(updateOf(decision, "Weekly summary"))).toBe(`Lead bot – Week 11 summary

Hello Cleo Martin and Max,

here is where **Lead bot** stands in week 11.

## This week

### Shipped
- **Core build**: Leads are scored; Scores reach the CRM

### Changed
- The project moved from In production to QA.
- Change request **ACME-CR-2 A monthly report** was left for a later phase.

### Blocked
- Access to the mail server

## Quality
- QA certification: not passed yet; the faults are being mended and it is tested again.
- Open issue: The CRM sandbox drops requests

## Next
- **Integration**, due Wednesday, 18 March 2026
- **Launch**, due Friday, 3 April 2026

## Decision needed
- Your sign-off for **Integration**, please by Friday, 20 March 2026
- Change request **ACME-CR-1 Leads from WhatsApp**: shall we do it, leave it for later, or drop it?

## Action items

### You
- Take the decisions above.
- Try **Integration** and tell us what you think by Friday, 20 March 2026.

### We
- Resolve: The CRM sandbox drops requests
- Finish **Integration** by Wednesday, 18 March 2026.

We are on track for the agreed delivery on **Friday, 3 April 2026**.

Any questions? Reply to this mail.

Best,
Dana
North Agency`);
  });

  it("says of every empty section that it is empty", () => {
    const decision = decideAt(
      aRecord({ project: live }),
      happened([]),
      fridayMorning,
      anOffice({ sender: "" }),
    );
    expect(textOf(updateOf(decision, "Weekly summary"))).toBe(`Lead bot – Week 11 summary

Hello,

here is where **Lead bot** stands in week 11.

## This week

### Shipped
- No milestone was finished this week.

### Changed
- Nothing changed in the plan.

### Blocked
- Nothing is blocked.

## Quality
- QA certification: still to come.
- There are no open issues.

## Next
- No further milestone is planned.

## Decision needed
- No decision is needed from you.

## Action items

### You
- Nothing this week.

### We
- Nothing is due in the coming two weeks.

The delivery date has not been agreed yet.

Any questions? Reply to this mail.

Best,
North Agency`);
  });

  it.each([
    [{ agreedDelivery: day("2026-04-03") }, "The agreed delivery date is **Friday, 3 April 2026**."],
    [
      { agreedDelivery: day("2026-03-12"), health: "On track" },
      "The agreed delivery date is **Thursday, 12 March 2026**.",
    ],
    [
      { agreedDelivery: day("2026-04-03"), forecastDelivery: day("2026-04-08"), health: "On track" },
      "The agreed delivery date is **Friday, 3 April 2026**; as things stand it will be **Wednesday, 8 April 2026**.",
    ],
    [
      { agreedDelivery: day("2026-04-03"), health: "Off track", healthNote: "CANARY" },
      "The agreed delivery date is **Friday, 3 April 2026**. It is at risk, and we are working on it.",
    ],
    [{ stage: "Handover", delivered: day("2026-03-11") }, "Delivered on **Wednesday, 11 March 2026**."],
    [
      { stage: "QA", delivered: day("2026-03-11"), agreedDelivery: day("2026-04-03") },
      "The agreed delivery date is **Friday, 3 April 2026**.",
    ],
  ] as const)("never claims more about the delivery than %j allows", (project, sentence) => {
    const decision = decideAt(aRecord({ project: { ...live, ...project } }), happened([]), fridayMorning);
    const text = textOf(updateOf(decision, "Weekly summary"));
    expect(text).toContain(`\n${sentence}\n`);
    expect(text).not.toContain("CANARY");
  });
});

describe("days that are over", () => {
  const past = {
    ...{ pageId: "m", name: "Integration", clientVisible: true, signOff: "Requested" as const },
    ...{ status: "In review" as const, target: day("2026-03-10"), feedbackBy: day("2026-03-12") },
  };
  const summaryOf = (milestone: object) => {
    const record = aRecord({
      project: live,
      milestones: [aMilestone("Plan milestone", { ...past, ...milestone })],
    });
    return textOf(updateOf(decideAt(record, happened([]), fridayMorning), "Weekly summary"));
  };

  it("are no days by which a client is asked for something, nor by which we promise it", () => {
    const text = summaryOf({});
    expect(text).toContain("- Your sign-off for **Integration**\n");
    expect(text).toContain("- Try **Integration** and tell us what you think.\n");
    expect(text).toContain("- **Integration**, was due Tuesday, 10 March 2026\n");
    expect(text).toContain("- Finish **Integration**, which was due Tuesday, 10 March 2026.\n");
  });

  it("are over at the end of the client's day", () => {
    const today = summaryOf({ target: day("2026-03-13"), feedbackBy: day("2026-03-13") });
    expect(today).toContain("- Your sign-off for **Integration**, please by Friday, 13 March 2026\n");
    expect(today).toContain("- Finish **Integration** by Friday, 13 March 2026.\n");
  });

  it("are not asked for in the letter about a milestone either", () => {
    const done = { pageId: "m", property: "status", from: "In review", to: "Done", at: march(13, 9) };
    const milestones = [aMilestone("Plan milestone", { ...past, status: "Done" })];
    const decision = decideAt(aRecord({ project: live, milestones }), happened([done]), fridayMorning);
    expect(textOf(updateOf(decision, "Milestone complete"))).toContain("Tell us soon");
  });
});

it("what the client still owes stands among the decisions or the action items, until it is answered", () => {
  const asks = [
    anAsk({
      pageId: "a",
      title: "Which mailbox gets the leads?",
      kind: "Decision",
      neededBy: day("2026-03-18"),
    }),
    anAsk({ pageId: "b", title: "Access to the CRM", neededBy: day("2026-03-10"), answer: "CANARY" }),
    anAsk({ pageId: "c", title: "CANARY", state: "Answered" }),
    anAsk({ pageId: "d", title: "CANARY", state: "Withdrawn" }),
  ];
  const decision = decideAt(aRecord({ project: live, asks }), happened([]), fridayMorning);
  const text = textOf(updateOf(decision, "Weekly summary"));
  expect(text).toContain(
    "## Decision needed\n- **Which mailbox gets the leads?**, please by Wednesday, 18 March 2026\n\n",
  );
  expect(text).toContain("### You\n- Take the decision above.\n- **Access to the CRM**\n\n");
  expect(text).not.toContain("CANARY");
});

it("what blocks the work until the client answers is said to block it", () => {
  const blocking = anAsk({ pageId: "a", title: "Access to the order API", blocks: true });
  const asks = [blocking, anAsk({ ...blocking, pageId: "b", title: "CANARY", state: "Answered" })];
  const decision = decideAt(aRecord({ project: live, asks }), happened([]), fridayMorning);
  const text = textOf(updateOf(decision, "Weekly summary"));
  expect(text).toContain("### Blocked\n- Access to the order API\n");
  expect(text).not.toContain("CANARY");
});

it("a milestone that the client does not see is not named among the decisions either", () => {
  const hidden = aMilestone("Plan milestone", { pageId: "m", name: "CANARY", signOff: "Requested" });
  const decision = decideAt(aRecord({ project: live, milestones: [hidden] }), happened([]), fridayMorning);
  const text = textOf(updateOf(decision, "Weekly summary"));
  expect(text).not.toContain("CANARY");
  expect(text).toContain("- No decision is needed from you.");
});

it("tells what works now in one line, sentences as sentences", () => {
  const inOneLine = (whatWorksNow: string) => detailOf(aMilestone("Plan milestone", { whatWorksNow }));
  expect(inOneLine("Leads are scored.\nScores reach the CRM.")).toBe(
    "Leads are scored. Scores reach the CRM.",
  );
  expect(inOneLine("Leads are scored\nScores reach the CRM")).toBe("Leads are scored; Scores reach the CRM");
  expect(inOneLine("")).toBe("");
});

describe("the milestone letter", () => {
  it("says what works, where to try it, and by when feedback is needed", () => {
    const middle = inTheMiddle();
    const record = {
      ...middle,
      milestones: middle.milestones.map((one) =>
        one.pageId === "core"
          ? { ...one, signOff: "To request" as const, feedbackBy: day("2026-03-17"), deliverable: "The bot" }
          : one,
      ),
    };
    const decision = decideAt(record, happened(thatWeek), march(12, 17));
    expect(textOf(updateOf(decision, "Milestone complete"))).toBe(`Lead bot – Core build complete

Hello Cleo Martin,

good news: **Core build** of Lead bot is complete.

## What is working now
- Leads are scored
- Scores reach the CRM

## What you get
- The bot

## Try it out
- [Open it here](https://demo.acme.example/core)

Please test it and let us know:
1. Does it work as you expect?
2. Did you find any faults?
3. What would make it easier to use?

We need your feedback by **Tuesday, 17 March 2026**, so that we can adjust before we move on to Integration.

Best,
Dana
North Agency`);
  });

  it("says what it does not know", () => {
    const bare = aMilestone("Plan milestone", { pageId: "m", name: "", clientVisible: true, status: "Done" });
    const done = { pageId: "m", property: "status", from: "In progress", to: "Done", at: march(12, 16) };
    const record = aRecord({ project: live, milestones: [bare] });
    expect(
      textOf(updateOf(decideAt(record, happened([done]), march(12, 17)), "Milestone complete")),
    ).toBe(`Lead bot – (no name yet) complete

Hello,

good news: **(no name yet)** of Lead bot is complete.

## What is working now
- It is not written down here yet. Reply to this mail and we will show you.

## Try it out
- There is no link for this one; we are happy to show it to you.

Please test it and let us know:
1. Does it work as you expect?
2. Did you find any faults?
3. What would make it easier to use?

Tell us soon, so that we can adjust before we go on.

Best,
Dana
North Agency`);
  });
});

describe("the handover page", () => {
  const entered = { from: "Deployment", to: "Handover", at: march(12, 10) };

  it("holds the sections of the handover and the package list", () => {
    const middle = inTheMiddle();
    const record = {
      ...middle,
      project: {
        ...middle.project,
        ...{ stage: "Handover" as const, inScope: "Scoring of leads\n• Sync to the CRM" },
        supportTier: "Priority" as const,
      },
      changeRequests: [
        aChangeRequest({ pageId: "cr1", number: "ACME-CR-1", status: "Applied", cost: 1_680 }),
        ...middle.changeRequests.slice(1),
      ],
    };
    const approved = {
      ...{ pageId: "cr1", property: "status", from: "Awaiting client", to: "Approved", at: march(3, 23, 30) },
    };
    const decision = decideAt(record, happened([entered, approved]), march(12, 11));
    expect(textOf(updateOf(decision, "Handover"))).toBe(`Lead bot – Your handover

Hello Cleo Martin,

**Lead bot** is live and now yours. This page is your handover: keep it.

## What was delivered
- Scoring of leads
- Sync to the CRM
- **Core build**: Leads are scored; Scores reach the CRM

## How to use it
- [Core build](https://demo.acme.example/core): Leads are scored; Scores reach the CRM

## Configuration and notes
- Added on your wish: **Leads from WhatsApp**

## The handover package
- Architecture overview: how it is built, in one or two pages
- Data boundary and access notes: which data it may see, and who may change that
- Runbook: what to look at when something breaks, how to roll back, whom to call
- Change log: what changed, when, and why (below)
- Evaluation set: real examples, and how to run them again after a change
- Ownership: who maintains what (below)

### Change log
- Tuesday, 3 March 2026: ACME-CR-1 Leads from WhatsApp, approved

### Ownership
- North Agency: support, as described below
- Cleo Martin: Primary contact
- Max: Technical contact

## Support
- Your support: **Priority**: four hours
- To reach us, reply to this mail.

## Next steps
- Look through this page and tell us that you have received it.
- Tell us what you notice in the first days; we set it right.
- Five business days from now we look back on the project together.

Best,
Dana
North Agency`);
  });

  it("never says that nothing has changed beside a change that was agreed before Milepost looked", () => {
    const changeRequests = [aChangeRequest({ number: "ACME-CR-1", status: "Applied" })];
    const record = aRecord({ project: { ...live, stage: "Handover" }, changeRequests });
    const text = textOf(updateOf(decideAt(record, happened([entered]), march(12, 11)), "Handover"));
    expect(text).toContain("### Change log\n- ACME-CR-1 Leads from WhatsApp, approved\n");
    expect(text).not.toContain("Nothing has changed");
  });

  it("says what is not there", () => {
    const record = aRecord({ project: { ...live, stage: "Handover" } });
    const text = textOf(updateOf(decideAt(record, happened([entered]), march(12, 11)), "Handover"));
    expect(text).toContain("- The scope is not written down here; it stands in our agreement.");
    expect(text).toContain("- You reach it where you tested it.");
    expect(text).toContain("- It is set up as agreed; nothing was changed on the way.");
    expect(text).toContain("- Nothing has changed since the work began.");
    expect(text).toContain("- Tell us who looks after it on your side.");
    expect(text).toContain("- Your support is as agreed in our contract.");
  });
});

describe("the confirmation", () => {
  const milestone = aMilestone("Plan milestone", {
    ...{ pageId: "m", name: "Design", deliverable: "Workflow diagram", demo: "https://demo.acme.example/" },
  });
  const cover = coverOf(databases.milestones, "signOff", milestone) ?? "";
  const answer = {
    ...{ id: "a1", pageId: "m", purpose: "sign-off", choice: "approve", name: "CANARY", comment: "CANARY" },
    ...{ at: march(12, 23, 30), covers: cover, contactId: "contact" },
  };
  const confirmed = (changes: Partial<typeof answer>) => {
    const contacts = [aContact({ timeZone: "Asia/Tokyo" })];
    const record = aRecord({ project: live, milestones: [milestone], contacts });
    const history = { ...happened([]), answers: [{ ...answer, ...changes }] };
    return textOf(updateOf(decideAt(record, history, march(12, 23, 31)), "Confirmation"));
  };

  it("says what was answered, when on the client's clock, and to what", () => {
    expect(confirmed({})).toBe(`Lead bot – Your answer on Design

Hello Cleo,

thank you. We have recorded your answer on **Design** of Lead bot.

- Your answer: **approved**
- Given on Friday, 13 March 2026, 07:30 (Asia/Tokyo)

## What you answered about
- Workflow diagram
- [What you tried](https://demo.acme.example/)

There is nothing more for you to do. We go on with the next step.

Was this not you? Then please reply to this mail.

Best,
Dana
North Agency`);
  });

  it("shows nothing that was changed since, and no word of the client's as Markdown", () => {
    const text = confirmed({ choice: "changes", covers: "another version" });
    expect(text).toContain("- Your answer: **changes requested**");
    expect(text).toContain("- Design, as we showed it to you");
    expect(text).toContain("We have your comment, and come back to you when the changes are made.");
    expect(text).not.toMatch(/CANARY|Workflow diagram/);
  });
});

const named = z.strictObject({ name: z.string() });

describe("what people wrote", () => {
  const hostile = [
    ...[
      "*bold* _em_ __strong__ ~~gone~~ `code` $x$",
      "<script>alert(1)</script>",
      "[click](https://evil.example)",
    ],
    ...["![x](https://evil.example/p.png)", "# Heading", "1. item", "- item", "---", "+ item", "> quote"],
    ...[
      "{{project}} {{{sender}}} {{#names}}",
      "a\n\n## b",
      "| a | b |",
      "\\*",
      "snake_case_name",
      "a \u202e b",
    ],
  ];

  it.each(hostile)("stays text: %j", (name) => {
    const letter = { subject: "", body: "- {{name}}\n\n**{{name}}**", view: named };
    const { markdown: text } = renderLetter(letter, { name });
    const shown = markdown.parse(text, {}).flatMap(({ children }) => children ?? []);
    const types = new Set(shown.map(({ type }) => type));
    expect(
      [...types].filter((type) => !["text", "text_special", "strong_open", "strong_close"].includes(type)),
    ).toEqual([]);
    const words = markdown.parse(text, {}).filter(({ type }) => type === "inline");
    expect(words).toHaveLength(2);
    const plain = words[0]?.children?.map(({ content }) => content).join("");
    expect(plain).toBe(name.replace("\u202e", "").replace(/\s+/g, " "));
  });

  it("stays one line in a subject, as it is", () => {
    const { subject } = renderLetter(
      { subject: "{{name}}", body: "", view: named },
      { name: "A & *B*\r\nBcc: x@y.example" },
    );
    expect(subject).toBe("A & *B* Bcc: x@y.example");
  });

  it("becomes a link only where a browser should go", () => {
    expect(linkTo("https://a.example/x_(1)?q=*a*")).toBe("https://a.example/x%5F%281%29?q=%2Aa%2A");
    expect(
      ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "demo", "", null].map(linkTo),
    ).toEqual(Array(6).fill(null));
  });

  it("keeps its lines without their own marks", () => {
    expect(linesOf("- one\n\n • two\n3. three \n* four")).toEqual(["one", "two", "3. three", "four"]);
  });

  it("never shows what is internal", () => {
    const decision = decideAt(
      { ...inTheMiddle(), project: { ...inTheMiddle().project, stage: "Handover" } },
      happened([...thatWeek, { version: 2, from: "Deployment", to: "Handover", at: march(13, 8) }]),
      fridayMorning,
    );
    const texts = actionsOf(decision, "update").map(({ payload }) => payload.markdown);
    expect(texts).toHaveLength(3);
    expect(texts.join("\n")).not.toMatch(/CANARY|1.?680/);
  });
});
