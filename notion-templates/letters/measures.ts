import { z } from "zod";
import type { LetterTemplate } from "./letter.ts";

/** A page for the team: what a project, or an office over a period, measures beside the documents' targets (process/000 "Performance Metrics"). */
export const measures = {
  subject: "Measures: {{subject}}",
  body: `Read off the delivery records on {{asOf}}. This page stays as it is, and with your team: it is mailed to nobody.
{{#period}}

Of the projects delivered from {{from}} to {{to}}:
{{#projects}}
- {{.}}
{{/projects}}
{{/period}}

## Measures
{{#measures}}
- **{{name}}**: {{value}}{{#target}} (target: {{target}}{{#verdict}}, {{verdict}}{{/verdict}}){{/target}}
{{/measures}}

## Time in each stage
{{#stages}}
- {{name}}: {{value}}
{{/stages}}
{{^stages}}
- No answer yet.
{{/stages}}

## What gates found missing most often
{{#findings}}
- {{times}}: “{{sentence}}”
{{/findings}}
{{^findings}}
- Nothing: no move was put back.
{{/findings}}

The numbers as they are now: \`npm run milepost -- measures{{^period}} <page>{{/period}}\`{{^period}}, with the project's page{{/period}}.`,
  view: z.strictObject({
    subject: z.string(),
    asOf: z.string(),
    period: z
      .strictObject({ from: z.string(), to: z.string(), projects: z.array(z.string()).readonly() })
      .nullable(),
    measures: z.array(
      z.strictObject({
        ...{ name: z.string(), value: z.string(), target: z.string().nullable() },
        verdict: z.string().nullable(),
      }),
    ),
    stages: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    findings: z.array(z.strictObject({ times: z.string(), sentence: z.string() })),
  }),
} as const satisfies LetterTemplate;
