import { z } from "zod";
import { closing, frame, greeting, type LetterTemplate, lines } from "./letter.ts";

/** What the client gets after an answer by link (process/000 "Milestone Review Process": get explicit approval, document feedback). */
export const confirmation = {
  subject: "{{project}} – Your answer on {{milestone}}",
  body: `${greeting}

thank you. We have recorded your answer on **{{milestone}}** of {{project}}.

- Your answer: **{{#approved}}approved{{/approved}}{{^approved}}changes requested{{/approved}}**
- Given on {{at}} ({{zone}})

## What you answered about
{{#deliverable}}
- {{.}}
{{/deliverable}}
{{#works}}
- {{.}}
{{/works}}
{{#demo}}
- [What you tried]({{{demo}}})
{{/demo}}
{{#bare}}
- {{milestone}}, as we showed it to you
{{/bare}}

{{#approved}}
There is nothing more for you to do. We go on with the next step.
{{/approved}}
{{^approved}}
We have your comment, and come back to you when the changes are made.
{{/approved}}

Was this not you? Then please reply to this mail.

${closing}`,
  view: z.strictObject({
    ...frame,
    milestone: z.string(),
    approved: z.boolean(),
    at: z.string(),
    zone: z.string(),
    deliverable: lines,
    works: lines,
    demo: z.string().nullable(),
    bare: z.boolean(),
  }),
} as const satisfies LetterTemplate;
