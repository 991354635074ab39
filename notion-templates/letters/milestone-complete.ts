import { z } from "zod";
import { closing, frame, greeting, type LetterTemplate, lines } from "./letter.ts";

/** The letter about a milestone that is done (process/000 "Milestone Completion"). */
export const milestoneComplete = {
  subject: "{{project}} – {{milestone}} complete",
  body: `${greeting}

good news: **{{milestone}}** of {{project}} is complete.

## What is working now
{{#works}}
- {{.}}
{{/works}}
{{^works}}
- It is not written down here yet. Reply to this mail and we will show you.
{{/works}}

{{#hasDeliverable}}
## What you get
{{#deliverable}}
- {{.}}
{{/deliverable}}

{{/hasDeliverable}}
## Try it out
{{#demo}}
- [Open it here]({{{demo}}})
{{/demo}}
{{^demo}}
- There is no link for this one; we are happy to show it to you.
{{/demo}}

Please test it and let us know:
1. Does it work as you expect?
2. Did you find any faults?
3. What would make it easier to use?

{{#by}}
We need your feedback by **{{by}}**, so that we can adjust before {{#next}}we move on to {{next}}{{/next}}{{^next}}we go on{{/next}}.
{{/by}}
{{^by}}
Tell us soon, so that we can adjust before {{#next}}we move on to {{next}}{{/next}}{{^next}}we go on{{/next}}.
{{/by}}

${closing}`,
  view: z.strictObject({
    ...frame,
    milestone: z.string(),
    works: lines,
    deliverable: lines,
    hasDeliverable: z.boolean(),
    demo: z.string().nullable(),
    by: z.string().nullable(),
    next: z.string().nullable(),
  }),
} as const satisfies LetterTemplate;
