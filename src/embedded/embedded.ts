export { startMailbox } from "./mailbox/mailbox.ts";
export { mailboxPages } from "./mailbox/mailbox-pages.ts";
export { startWorkspaceServer } from "./notion/server.ts";
export { createWorkspace } from "./notion/workspace.ts";
export { peopleClock } from "./people-clock.ts";
export { nextSampleStart } from "./sample/calendar.ts";
export { seedSample } from "./sample/seed.ts";
export { openStoredClock } from "./stored-clock.ts";
