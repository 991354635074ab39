import { databases } from "./databases.ts";
import { lifecycleKinds } from "./milestone-kinds.ts";
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

A milestone whose **${milestones.properties.signOff.name}** is **To request** asks the client for approval by a link in the mail. The answer comes back to the milestone.`;
};

const aboutChanges = (): string => {
  const { changeRequests, risks } = databases;
  const { effortHours, timelineImpact, cost, status } = changeRequests.properties;
  return `## When a client wants something else

1. Add it to **${changeRequests.title}** in the client's words.
2. Set its **${status.name}** to **Evaluating** and fill in **${effortHours.name}**, **${timelineImpact.name}** and **${cost.name}**.
3. Set it to **Ready for client**, then **Awaiting client**. The weekly summary lists what waits for a decision.
4. Record the answer: write a comment that says who decided and how, then choose **Approved**, **Deferred** or **Cancelled**.

What could go wrong, or has, belongs in **${risks.title}** with who decides and what is done about it.`;
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

${[aboutGates(), aboutMilestones(), aboutLetters(), aboutChanges(), firstProject()].join("\n\n")}
`;
};
