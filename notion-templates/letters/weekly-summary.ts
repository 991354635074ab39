import { z } from "zod";
import { closing, dated, detailed, frame, greeting, type LetterTemplate, lines } from "./letter.ts";

/** What the client is asked about; `by` only while that day is still to come. */
const asked = z.strictObject({ name: z.string(), by: z.string().nullable() });

/** The weekly client update (process/001 "Weekly client update script", process/000 "Follow-up email after call"). */
export const weeklySummary = {
  subject: "{{project}} – Week {{week}} summary",
  body: `${greeting}

here is where **{{project}}** stands in week {{week}}.

## This week

### Shipped
{{#shipped}}
- **{{name}}**{{#detail}}: {{detail}}{{/detail}}
{{/shipped}}
{{^shipped}}
- No milestone was finished this week.
{{/shipped}}

### Changed
{{#moved}}
- The project moved from {{from}} to {{to}}.
{{/moved}}
{{#rescheduled}}
- The agreed delivery date moved from {{from}} to {{to}}.
{{/rescheduled}}
{{#answered}}
- You {{#approved}}approved{{/approved}}{{^approved}}asked for changes to{{/approved}} **{{name}}**.
{{/answered}}
{{#decided}}
- Change request **{{label}}** was {{outcome}}.
{{/decided}}
{{#unchanged}}
- Nothing changed in the plan.
{{/unchanged}}

### Blocked
{{#blocked}}
- {{.}}
{{/blocked}}
{{^blocked}}
- Nothing is blocked.
{{/blocked}}

## Quality
- QA certification: {{certification}}.
{{#issues}}
- Open issue: {{.}}
{{/issues}}
{{^issues}}
- There are no open issues.
{{/issues}}

## Next
{{#next}}
- **{{name}}**{{#due}}, {{#overdue}}was {{/overdue}}due {{due}}{{/due}}
{{/next}}
{{^next}}
- No further milestone is planned.
{{/next}}

## Decision needed
{{#signOffs}}
- Your sign-off for **{{name}}**{{#by}}, please by {{by}}{{/by}}
{{/signOffs}}
{{#launch}}
- Your sign-off for the launch
{{/launch}}
{{#receipt}}
- Your word that you have received the handover
{{/receipt}}
{{#requests}}
- Change request **{{.}}**: shall we do it, leave it for later, or drop it?
{{/requests}}
{{#choices}}
- **{{name}}**{{#by}}, please by {{by}}{{/by}}
{{/choices}}
{{^decisions}}
- No decision is needed from you.
{{/decisions}}

## Action items

### You
{{#decisions}}
- Take the decision{{#several}}s{{/several}} above.
{{/decisions}}
{{#reviews}}
- Try **{{name}}** and tell us what you think{{#by}} by {{by}}{{/by}}.
{{/reviews}}
{{#asks}}
- **{{name}}**{{#by}}, please by {{by}}{{/by}}
{{/asks}}
{{#idle}}
- Nothing this week.
{{/idle}}

### We
{{#issues}}
- Resolve: {{.}}
{{/issues}}
{{#dated}}
- Finish **{{name}}**{{#overdue}}, which was due {{due}}{{/overdue}}{{^overdue}} by {{due}}{{/overdue}}.
{{/dated}}
{{#undated}}
- Nothing is due in the coming two weeks.
{{/undated}}

{{#outlook}}
{{#delivered}}
Delivered on **{{delivered}}**.
{{/delivered}}
{{#onTrack}}
We are on track for the agreed delivery on **{{agreed}}**.
{{/onTrack}}
{{#stated}}
The agreed delivery date is **{{agreed}}**.
{{/stated}}
{{#late}}
The agreed delivery date is **{{agreed}}**; as things stand it will be **{{forecast}}**.
{{/late}}
{{#atRisk}}
The agreed delivery date is **{{agreed}}**. It is at risk, and we are working on it.
{{/atRisk}}
{{#open}}
The delivery date has not been agreed yet.
{{/open}}
{{/outlook}}

Any questions? Reply to this mail.

${closing}`,
  view: z.strictObject({
    ...frame,
    week: z.number(),
    shipped: z.array(detailed),
    moved: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    rescheduled: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    answered: z.array(z.strictObject({ name: z.string(), approved: z.boolean() })),
    decided: z.array(z.strictObject({ label: z.string(), outcome: z.string() })),
    unchanged: z.boolean(),
    blocked: lines,
    certification: z.string(),
    issues: lines,
    next: z.array(dated),
    dated: z.array(dated),
    undated: z.boolean(),
    signOffs: z.array(asked),
    launch: z.boolean(),
    receipt: z.boolean(),
    requests: lines,
    choices: z.array(asked),
    asks: z.array(asked),
    decisions: z.boolean(),
    several: z.boolean(),
    reviews: z.array(asked),
    idle: z.boolean(),
    outlook: z.strictObject({
      agreed: z.string().optional(),
      forecast: z.string().optional(),
      delivered: z.string().optional(),
      onTrack: z.literal(true).optional(),
      stated: z.literal(true).optional(),
      late: z.literal(true).optional(),
      atRisk: z.literal(true).optional(),
      open: z.literal(true).optional(),
    }),
  }),
} as const satisfies LetterTemplate;

/** How QA's verdict reads for a client. */
export const certificationWords = {
  Pending: "still to come",
  PASS: "passed",
  FAIL: "not passed yet; the faults are being mended and it is tested again",
} as const;

/** How what became of a change request reads for a client. */
export const decisionWords = {
  Approved: "approved",
  Deferred: "left for a later phase",
  Cancelled: "dropped",
  Applied: "added to the plan",
} as const;
