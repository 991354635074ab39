/** What a new change request's page starts with (process/000 "Handling Scope Changes", "Change Request Process"). */
export const changeRequestPage = `## In the client's words

What they want changed or added, and what for.

## What it takes

- The work, step by step:
- What it touches that is built already:
- What it replaces, if the client wants it next:

## What we offer

1. **Add to current phase**, if it is minor: so many days, no cost.
2. **Defer to phase 2**, if it is major: launch as planned, this one after it.
3. **Change order**, if it is significant: cost and days as in the properties.

## What was said

Who answered what, and when. Where you record a decision by hand, write it as a comment too.
`;
