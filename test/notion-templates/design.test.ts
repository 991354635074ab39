import { describe, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { checkpoints } from "../../notion-templates/plans/checkpoints.ts";
import { startPage } from "../../notion-templates/start-page.ts";
import { startingPages } from "../../notion-templates/starting-pages.ts";
import type { DatabaseKey, DatabaseTemplate, Owner } from "../../src/types/schema.ts";

type Owned = Partial<Record<Owner, readonly string[]>>;

/** The databases as the design names them, each property with who writes it. */
const designed: Readonly<Record<string, Owned>> = {
  Projects: {
    team: [
      ...["Name", "Code", "Client", "Contacts", "Service type", "Client letters", "Health", "Health note"],
      ...["Manager", "Production lead", "QA lead", "Deployment lead", "Start", "In scope", "Out of scope"],
      ...["Success criteria", "Acceptance criteria", "Fallback plan", "Support tier", "Escalate after"],
    ],
    gate: ["Stage", "QA certification", "Launch sign-off", "Receipt acknowledged"],
    service: [
      ...["Gate", "Live since", "Baseline delivery", "Forecast delivery", "Change orders", "Rating"],
      "Milepost key",
    ],
    shared: [
      ...["Override reason", "Agreed delivery", "Delivered", "Requirements signed off"],
      ...["Timeline acknowledged", "Schedule acknowledged by"],
    ],
  },
  Milestones: {
    team: [
      ...["Name", "Project", "Kind", "Order", "Deliverable", "What works now", "Demo", "Depends on"],
      ...["Review on", "Feedback by", "Skip reason", "Client visible"],
    ],
    shared: ["Target", "Actual", "Status"],
    gate: ["Sign-off"],
    service: [
      ...["Baseline", "Forecast", "Slip", "Why it moved", "Signed by", "Signed at", "Feedback"],
      "Milepost key",
    ],
  },
  "Change requests": {
    team: [
      ...["Title", "Project", "Description", "Requested by", "Channel", "Effort hours", "Timeline impact"],
      ...["Cost", "Risk level", "Risk note", "Boundary", "Replaces", "Option"],
    ],
    gate: ["Status"],
    service: ["Number", "New delivery date", "Decided by", "Decided at", "Decision note", "Milepost key"],
  },
  Risks: {
    team: [
      ...["Title", "Project", "Kind", "Likelihood", "Impact", "Severity", "Signal", "Mitigation"],
      ...["Contingency", "Decider", "Owner", "Review by", "Client visible", "Resolution"],
    ],
    shared: ["Status", "Level", "To", "Respond by"],
    service: ["Score", "Milepost key"],
  },
  Contacts: {
    team: ["Name", "Email", "Phone", "Client", "Role", "Receives", "Time zone"],
    service: ["Delivery problem", "Milepost key"],
  },
  Checks: {
    team: [
      ...["Check", "Project", "Checkpoint", "Result", "Evidence", "Reason", "Checked by", "Checked on"],
      "Client visible",
    ],
    service: ["Milepost key"],
  },
  Asks: {
    team: ["Title", "Project", "Kind", "Owed by", "Needed by", "Blocks", "State", "Answer"],
    service: ["Milepost key"],
  },
  Decisions: {
    team: [
      ...["Decision", "Project", "Why", "Revisit when", "Made by", "Made on", "Source", "Client visible"],
    ],
    service: ["Milepost key"],
  },
  Updates: {
    team: ["Title", "Project", "Milestone", "Kind", "Period", "To"],
    gate: ["State"],
    service: ["Held because", "Sent at", "Milepost key"],
  },
  "Days off": { team: ["Name", "Day", "Applies to"], service: ["Milepost key"] },
  Office: {
    team: [
      ...["Agency", "Sender", "Colour", "Time zone", "Working days", "Work starts", "Work ends"],
      ...["Practice lead", "Executive", "May override", "Support tiers", "Default letters"],
    ],
    service: ["Active since", "Milepost key"],
  },
};

const templates: readonly DatabaseTemplate[] = Object.values(databases);
const optionsOf = (key: DatabaseKey, property: string): readonly string[] => {
  const found = (databases[key] as DatabaseTemplate).properties[property];
  return found && "options" in found ? found.options.map(({ name }) => name) : [];
};

test("the databases are the eleven of the design", () => {
  expect(templates.map(({ title }) => title)).toEqual(Object.keys(designed));
});

describe.each(templates.map((template) => [template.title, template] as const))("%s", (title, template) => {
  const properties = Object.values(template.properties);

  test("has every property of the design with the owner that it has there, and no other", () => {
    const owned = (owner: Owner) =>
      properties.filter((property) => property.owner === owner).map(({ name }) => name);
    for (const owner of ["team", "shared", "gate", "service", "derived"] as const)
      expect(owned(owner).toSorted(), owner).toEqual((designed[title]?.[owner] ?? []).toSorted());
  });

  test("shows first what people edit; of what Milepost writes only Gate stands beside the Stage that it is about", () => {
    const writers = properties.filter(({ name }) => name !== "Gate").map(({ owner }) => owner === "service");
    expect(writers).toEqual(writers.toSorted((one, other) => Number(one) - Number(other)));
    expect(properties[0]?.type).toBe("title");
  });

  test("hides the Milepost key, and begins its views with the table of all rows", () => {
    expect(properties.filter(({ hidden }) => hidden).map(({ name }) => name)).toEqual(["Milepost key"]);
    expect(template.views[0]).toMatchObject({ name: "All", type: "table" });
    expect(template.views.filter(({ only, without, name }) => name === "All" && (only || without))).toEqual(
      [],
    );
  });
});

test.each<[DatabaseKey, string, readonly string[]]>([
  [
    "checks",
    "checkpoint",
    [
      ...["Onboarding", "Functional testing", "Integration testing", "User experience", "Documentation"],
      ...["Security and compliance", "Monitoring and alerts", "Client readiness", "Handover"],
      ...["Done: client", "Done: business"],
    ],
  ],
  ["checks", "result", ["Not checked", "Passed", "Failed", "Not applicable"]],
  ["asks", "kind", ["Decision", "Access", "Feedback", "Task"]],
  ["asks", "state", ["Open", "Answered", "Withdrawn"]],
  ["risks", "kind", ["Risk", "Issue", "Escalation"]],
  ["risks", "status", ["Open", "Mitigating", "Occurred", "Resolved", "Closed"]],
  ["risks", "level", ["1 Manager", "2 Practice lead", "3 Executive"]],
  ["milestones", "status", ["Not started", "In progress", "In review", "Done", "Skipped"]],
  ["changeRequests", "channel", ["Portal", "Slack", "Email", "Call"]],
  ["changeRequests", "boundary", ["Data", "Security", "Acceptance criteria"]],
  ["changeRequests", "option", ["Add to current phase", "Defer to phase 2", "Change order"]],
  ["contacts", "role", ["Primary", "Technical", "Escalation", "Billing"]],
  ["updates", "state", ["Draft", "Ready", "Sent", "Held", "Cancelled"]],
])("%s offers under %s what the process names", (key, property, options) => {
  expect(optionsOf(key, property)).toEqual(options);
});

test.each<[DatabaseKey, string, object]>([
  ["projects", "By stage", { type: "board", groupBy: "stage" }],
  ["projects", "Health", { type: "chart", groupBy: "health" }],
  ["milestones", "Timeline", { type: "timeline", dateBy: "target" }],
  ["milestones", "Calendar", { type: "calendar", dateBy: "target" }],
  ["changeRequests", "By status", { type: "board", groupBy: "status" }],
  ["changeRequests", "Parking lot", { only: { property: "status", is: "Deferred" } }],
  ["risks", "Open by score", { sortBy: { property: "score", direction: "descending" } }],
  ["risks", "Escalations", { only: { property: "kind", is: "Escalation" } }],
  ["checks", "By checkpoint", { type: "board", groupBy: "checkpoint" }],
  ["asks", "Blocking", { only: { property: "blocks", is: true } }],
  ["updates", "By kind", { type: "board", groupBy: "kind" }],
])("%s has the view %s, and the start page says what it shows", (key, name, view) => {
  const found = databases[key].views.find((one) => one.name === name);
  expect(found).toMatchObject(view);
  expect(startPage()).toMatch(new RegExp(`\\| ${databases[key].title} \\| ${name} \\| .{10,} \\|`));
});

test("the start page names every database and every checkpoint", () => {
  const page = startPage();
  for (const { title } of templates) expect(page).toContain(`**${title}**`);
  for (const { name } of checkpoints) expect(page).toContain(`- ${name}`);
});

test("projects, change requests and risks start with headings to write under", () => {
  expect(Object.keys(startingPages)).toEqual(["projects", "changeRequests", "risks"]);
  for (const text of Object.values(startingPages)) expect(text.match(/^## /gm)?.length).toBeGreaterThan(2);
});
