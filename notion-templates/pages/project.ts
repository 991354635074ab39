import { agendaInMarkdown, agendas } from "../plans/agendas.ts";

/** What a new project's page starts with: what its properties have no room for (process/000 "Scope Creep Prevention", process/001 "Client onboarding checklist"). */
export const projectPage = `## Brief

What the client wants, for whom, and why now.

## How we work together

- Requests come in by: one place that counts
- Updates go out by: the weekly summary, each Friday
- The client's owner, who decides:

## Access and environments

| System | What for | Who approves it | State |
| --- | --- | --- | --- |
|  |  |  |  |

- Staging:
- Production, and who may deploy:

## Data boundary

- Allowed:
- Restricted:
- Never logged:

## Calls with the client

${agendas.map(agendaInMarkdown).join("\n\n")}

## Parking lot

Ideas for a later phase. What is wanted now is a change request.
`;
