import { z } from "zod";
import { closing, detailed, frame, greeting, type LetterTemplate, lines } from "./letter.ts";

/** The handover page: the sections of process/002 §6 and the list of process/001 "The handoff package checklist". */
export const handover = {
  subject: "{{project}} – Your handover",
  body: `${greeting}

**{{project}}** is live and now yours. This page is your handover: keep it.

## What was delivered
{{#scope}}
- {{.}}
{{/scope}}
{{#delivered}}
- **{{name}}**{{#detail}}: {{detail}}{{/detail}}
{{/delivered}}
{{#nothingListed}}
- The scope is not written down here; it stands in our agreement.
{{/nothingListed}}

## How to use it
{{#access}}
- [{{name}}]({{{url}}}){{#works}}: {{works}}{{/works}}
{{/access}}
{{^access}}
- You reach it where you tested it. Reply to this mail if you need the address again.
{{/access}}

## Configuration and notes
{{#changes}}
- Added on your wish: **{{.}}**
{{/changes}}
{{^changes}}
- It is set up as agreed; nothing was changed on the way.
{{/changes}}

## The handover package
- Architecture overview: how it is built, in one or two pages
- Data boundary and access notes: which data it may see, and who may change that
- Runbook: what to look at when something breaks, how to roll back, whom to call
- Change log: what changed, when, and why (below)
- Evaluation set: real examples, and how to run them again after a change
- Ownership: who maintains what (below)

### Change log
{{#log}}
- {{#on}}{{on}}: {{/on}}{{what}}
{{/log}}
{{^log}}
- Nothing has changed since the work began.
{{/log}}

### Ownership
{{#agency}}
- {{agency}}: support, as described below
{{/agency}}
{{#owners}}
- {{name}}{{#role}}: {{role}} contact{{/role}}
{{/owners}}
{{^owners}}
- Tell us who looks after it on your side.
{{/owners}}

## Support
{{#tier}}
- Your support: **{{tier}}**{{#promise}}: {{promise}}{{/promise}}
{{/tier}}
{{^tier}}
- Your support is as agreed in our contract.
{{/tier}}
- To reach us, reply to this mail.

## Next steps
- Look through this page and tell us that you have received it.
- Tell us what you notice in the first days; we set it right.
- Five business days from now we look back on the project together.

${closing}`,
  view: z.strictObject({
    ...frame,
    scope: lines,
    delivered: z.array(detailed),
    nothingListed: z.boolean(),
    access: z.array(z.strictObject({ name: z.string(), url: z.string(), works: z.string() })),
    changes: lines,
    log: z.array(z.strictObject({ on: z.string().nullable(), what: z.string() })),
    owners: z.array(z.strictObject({ name: z.string(), role: z.string().nullable() })),
    tier: z.string().nullable(),
    promise: z.string().nullable(),
  }),
} as const satisfies LetterTemplate;
