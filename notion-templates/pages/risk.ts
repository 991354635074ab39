/** What a new risk's page starts with (process/001 "A risk register", process/003 "Resolution Process"). */
export const riskPage = `## What could break, or broke

Who notices it first, and what they see.

## If it happens

- First, within the hour:
- Then:
- Who has to hear of it:

## Log

| Day | What was seen or done | By |
| --- | --- | --- |
|  |  |  |

## What we learnt

How it is kept from happening again.
`;
