import type { DatabaseTemplate } from "../src/types/schema.ts";
import { databases } from "./databases.ts";
import { lifecycleKinds } from "./milestone-kinds.ts";
import { checkpoints } from "./plans/checkpoints.ts";
import { stageGuide, stageOptions } from "./stages.ts";

export const startPageTitle = "Start here";
export const startPageIcon = "🧭";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const stageTable = (): string =>
  table(
    ["Stage", "What you do", "Gate to the next stage"],
    stageOptions.map(({ name }) => [name, stageGuide[name].work, stageGuide[name].gate ?? "None"]),
  );

const databaseList = (): string =>
  Object.values(databases)
    .map(({ icon, title, description }) => `- ${icon} **${title}**: ${description}`)
    .join("\n");

const aboutGates = (): string => {
  const { gate, overrideReason } = databases.projects.properties;
  return `## What a gate is

A gate is what has to be true before a project leaves a stage. The property **${gate.name}** of a project always shows what is missing for the next one, so you can look before you move.

## When a card is moved back

1. Open the project and read the comment: it names everything that is missing and links to where to fix it.
2. Fix what it names. The comment shortens as you do.
3. Move the card again.

Is it right to go on anyway? A person listed in **${databases.office.title}** under **${databases.office.properties.mayOverride.name}** writes the **${overrideReason.name}** and moves the card again. It counts for that one move. The QA gate has no exception.`;
};

const aboutMilestones = (): string => `## The milestones of a delivery

Each project has these, and the milestones of its own plan beside them:

${lifecycleKinds.map(({ name }) => `- ${name}`).join("\n")}

Set a milestone to **Done** when it is done. A step may be **Skipped** if its **${databases.milestones.properties.skipReason.name}** says why; QA may not.`;

const aboutLetters = (): string => {
  const { updates, projects, milestones } = databases;
  const { state, heldBecause, to } = updates.properties;
  return `## What your clients read

Milepost drafts it as a page in **${updates.title}**: a summary each week, a letter when a milestone that the client sees is done, the handover. The text of the page is the text of the mail.

1. Read the draft and change what you like. **${to.name}** says who gets it.
2. Set its **${state.name}** to **Ready**. It leaves in the client's office hours and becomes **Sent**. With **${projects.properties.clientLetters.name}** on Automatic this happens by itself.
3. If it is **Held**, **${heldBecause.name}** says what to do.

A milestone whose **${milestones.properties.signOff.name}** is **To request** asks the client for approval by a link in the mail. The answer comes back to the milestone; where the client asks for changes, it is **In progress** again.`;
};

const aboutChanges = (): string => {
  const { changeRequests } = databases;
  const { effortHours, timelineImpact, cost, status } = changeRequests.properties;
  return `## When a client wants something else

1. Add it to **${changeRequests.title}** in the client's words.
2. Set its **${status.name}** to **Evaluating** and fill in **${effortHours.name}**, **${timelineImpact.name}** and **${cost.name}**.
3. Set it to **Ready for client**, then **Awaiting client**. The weekly summary lists what waits for a decision.
4. Record the answer: write a comment that says who decided and how, then choose **Approved**, **Deferred** or **Cancelled**.`;
};

const aboutRisks = (): string => {
  const { risks, projects } = databases;
  const { escalateAfter } = projects.properties;
  const { kind, likelihood, impact, score, status, level } = risks.properties;
  return `## When something could go wrong, or has

Write it down in **${risks.title}** with who decides and what is done about it. Its **${kind.name}** says which it is:

- **Risk**: it may happen. Weigh its **${likelihood.name}** and **${impact.name}**; Milepost works out the **${score.name}**. If it happens, set **${status.name}** to **Occurred**.
- **Issue**: it has happened, and somebody is on it.
- **Escalation**: it needs a decision higher up. **${level.name}** says whose: the manager answers within 4 hours, the practice lead within 24, an executive within 48. Unanswered it goes up by itself; **Mitigating** says that you have taken it up.

Milepost escalates by itself what must not wait: a milestone that is later than **${escalateAfter.name}** accepts, a gate that refuses three times in a row, an answer that is overdue, a critical issue, a risk that has occurred.`;
};

const aboutChecks = (): string => {
  const { checks } = databases;
  const { result, reason } = checks.properties;
  return `## What is checked

**${checks.title}** holds what has to be looked at before work goes on:

${checkpoints.map(({ name }) => `- ${name}`).join("\n")}

Set **${result.name}** to **Passed** once it holds. Where it does not apply, choose **Not applicable** and write the **${reason.name}**.`;
};

const aboutClients = (): string => {
  const { asks, decisions, daysOff } = databases;
  const { owedBy, neededBy, blocks, state, answer } = asks.properties;
  const { why, revisitWhen } = decisions.properties;
  return `## What you wait for, and what was decided

- What you need from a client goes into **${asks.title}**: **${owedBy.name}** whom, **${neededBy.name}** when. Tick **${blocks.name}** if work stands still without it. The weekly summary asks for it while it is open. When it is there, write the **${answer.name}** and set **${state.name}** to **Answered**.
- What was decided goes into **${decisions.title}**, with **${why.name}** and **${revisitWhen.name}**. Two weeks later nobody has to remember.
- Holidays of your office and of clients go into **${daysOff.title}**. No business day is counted on them.`;
};

const aboutViews = (): string => {
  const rows = Object.values<DatabaseTemplate>(databases).flatMap(({ title, views }) =>
    views.flatMap(({ name, shows }) => (shows === undefined ? [] : [[title, name, shows]])),
  );
  return `## Where to click

${table(["Database", "View", "What it shows"], rows)}`;
};

const whatMilepostDoes = (): string => {
  const { gate } = databases.projects.properties;
  return `## What Milepost does, and what it leaves to you

- It checks each change of stage and puts back what the gate does not allow, with a comment that says why.
- It keeps **${gate.name}**, scores, numbers and dates that it works out itself up to date. If you change one of these, it puts its own value back and says so.
- It writes letters, mails them when you let them go, and brings the clients' answers back.
- It puts a text to fill in on the empty page of a new project, change request or risk, once. From then on the page is yours.
- It never moves a project forward, never writes to a client whose letters are Off, and never changes a text of yours.`;
};

const firstProject = (): string => {
  const { gate, clientLetters } = databases.projects.properties;
  return `## Your first project

1. Add a page to **${databases.projects.title}** and fill in its properties from the top.
2. Add the client's people to **${databases.contacts.title}** and link them.
3. Look at **${gate.name}**, fix what it names, and move the card to Planning.

Whether the client gets mail is up to **${clientLetters.name}** of the project; a new one follows **${databases.office.properties.defaultLetters.name}** in **${databases.office.title}**.`;
};

/** The Markdown of the start page: the process for a person who sees it for the first time. Its tables come from the templates. */
export const startPage = (): string => {
  const { stage } = databases.projects.properties;
  return `This is where your team delivers its client projects. You edit the databases as you always do. Milepost watches them, checks each stage change against its gate, and says what is missing.

## The databases

${databaseList()}

## The stages

Every project goes through these stages in order. You move it by its **${stage.name}**; Milepost never moves it forward by itself.

${stageTable()}

A project may go back to an earlier stage. To jump forward it has to meet every gate on the way.

${[
  firstProject(),
  whatMilepostDoes(),
  aboutViews(),
  aboutGates(),
  aboutMilestones(),
  aboutChecks(),
  aboutClients(),
  aboutChanges(),
  aboutRisks(),
  aboutLetters(),
].join("\n\n")}
`;
};
