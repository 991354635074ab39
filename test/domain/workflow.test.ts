import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { type ColumnRequest, coverOf, judgeWorkflow } from "../../src/domain/workflow.ts";
import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { aMilestone, aProject, people } from "../support/records.ts";

const { projects, milestones } = databases;
const person = { kind: "person", id: people.qa } as const;
const note = {
  kind: "note",
  by: people.manager,
  commentId: "comment",
  text: "Cleo said yes on the phone",
} as const;
const link = { kind: "link", answerId: "answer" } as const;

const outcome = (changes: Partial<ColumnRequest>): string => {
  const verdict = judgeWorkflow({
    ...{ template: projects, property: "qaCertification", pageId: "project", from: "Pending", to: "PASS" },
    ...{ asker: "team", evidence: person },
    ...changes,
  });
  return verdict.allowed ? "allowed" : verdict.findings.map(({ sentence }) => sentence).join(" ");
};

const launch = { property: "launchSignOff", from: "Requested", to: "Approved" } as const;

describe("a workflow column", () => {
  it("takes a change that its table has a row for", () => {
    expect(outcome({})).toBe("allowed");
    expect(outcome({ from: "PASS", to: "Pending", asker: "service", evidence: { kind: "none" } })).toBe(
      "allowed",
    );
    expect(outcome({ ...launch, asker: "client", evidence: link })).toBe("allowed");
  });

  it("takes stronger evidence than asked for", () => {
    expect(outcome({ evidence: note })).toBe("allowed");
  });

  it("needs to know the person where the table asks for one", () => {
    expect(outcome({ evidence: { kind: "none" } })).toBe(
      "QA certification does not go from Pending to PASS yet. It has to show which person set it: set it again yourself.",
    );
  });

  it("takes a client's approval by hand only with a note", () => {
    expect(outcome({ ...launch, evidence: note })).toBe("allowed");
    expect(outcome(launch)).toBe(
      "Launch sign-off does not go from Requested to Approved yet. To record it by hand, first write a new comment on this page that says who answered and how. Then set it again.",
    );
  });

  it("leaves to Milepost what only Milepost finds out", () => {
    expect(outcome({ ...launch, from: "Approved", to: "Outdated" })).toBe(
      "Launch sign-off cannot go from Approved to Outdated. Only Milepost sets it.",
    );
  });

  it("says which values are possible", () => {
    expect(outcome({ property: "receiptAcknowledged", from: "Acknowledged", to: "Requested" })).toBe(
      "Receipt acknowledged cannot go from Acknowledged to Requested. It can go to Not yet.",
    );
    expect(outcome({ from: "PASS", to: null })).toBe(
      "QA certification cannot go from PASS to empty. It can go to FAIL or Pending.",
    );
  });

  it("that nobody has filled in yet counts as holding its first value", () => {
    expect(outcome({ from: null })).toBe("allowed");
    expect(outcome({ from: null, to: "Pending", evidence: { kind: "none" } })).toBe("allowed");
    expect(outcome({ property: "launchSignOff", from: null, to: "Approved" })).toContain(
      "from To request to Approved",
    );
  });

  it("points to itself", () => {
    const verdict = judgeWorkflow({
      ...{ template: milestones, property: "signOff", pageId: "m1", from: "Not needed", to: "Approved" },
      ...{ asker: "team", evidence: note },
    });
    expect(verdict).toEqual({
      allowed: false,
      findings: [
        {
          criterion: "workflow",
          sentence: "Sign-off cannot go from Not needed to Approved. It can go to To request.",
          places: [{ database: "milestones", pageId: "m1", property: "signOff" }],
          overridable: false,
        },
      ],
      changesAt: null,
    });
  });

  it("without a table is an error of ours", () => {
    expect(() => outcome({ property: "stage" })).toThrow(new RangeError("projects.stage has no workflow"));
  });
});

describe("the table of each workflow column", () => {
  const columns = Object.values(databases).flatMap((template: DatabaseTemplate) =>
    Object.entries(template.properties).flatMap(([key, property]) =>
      "workflow" in property && property.workflow
        ? [{ column: `${template.key}.${key}`, workflow: property.workflow, options: property.options }]
        : [],
    ),
  );

  it("is there for every column that people may only ask to change, but for Stage, which the gates judge", () => {
    const gated = Object.values(databases).flatMap((template: DatabaseTemplate) =>
      Object.entries(template.properties)
        .filter(([, { owner }]) => owner === "gate")
        .map(([key]) => `${template.key}.${key}`),
    );
    expect(gated.filter((column) => column !== "projects.stage")).toEqual(
      columns.map(({ column }) => column),
    );
    expect(columns.map(({ column }) => column)).toEqual([
      ...["projects.qaCertification", "projects.launchSignOff", "projects.receiptAcknowledged"],
      ...["milestones.signOff", "changeRequests.status", "updates.state"],
    ]);
  });

  it.each(columns)(
    "$column names options of its column alone, and each change once for each asker",
    (row) => {
      const names = row.options.map(({ name }) => name);
      const { initial, rows } = row.workflow;
      expect(names).toContain(initial);
      for (const { from, to } of rows)
        expect(names, `${from} > ${to}`).toEqual(expect.arrayContaining([from, to]));
      const askers = rows.flatMap(({ from, to, who }) => who.map((asker) => `${from} > ${to} ${asker}`));
      expect(askers).toHaveLength(new Set(askers).size);
    },
  );

  it.each(columns)("$column can come to every option", ({ workflow, options }) => {
    const reached = new Set([workflow.initial]);
    for (let size = 0; size < reached.size; ) {
      size = reached.size;
      for (const { from, to } of workflow.rows) if (reached.has(from)) reached.add(to);
    }
    expect(options.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([]);
  });

  it.each(columns.filter(({ column }) => column !== "updates.state"))(
    "$column takes a client's answer only by link, and from the team only with a note or a person's name",
    ({ workflow }) => {
      const answers = ["Approved", "Changes requested", "Acknowledged", "Deferred", "PASS", "FAIL"];
      const weak = workflow.rows.filter(
        ({ to, who, evidence }) =>
          who.some((asker) => asker !== "service") &&
          answers.includes(to ?? "") &&
          (who.includes("client") ? evidence !== "link" : evidence === "none"),
      );
      expect(weak).toEqual([]);
    },
  );
});

describe("what an approval covers", () => {
  const milestone = aMilestone("Client handover", { deliverable: "Guide", demo: "https://demo.example" });

  it("changes with the covered properties alone", () => {
    const cover = coverOf(milestones, "signOff", milestone);
    expect(cover).toBe('[["deliverable","Guide"],["whatWorksNow",""],["demo","https://demo.example"]]');
    expect(coverOf(milestones, "signOff", { ...milestone, status: "Done" })).toBe(cover);
    expect(coverOf(milestones, "signOff", { ...milestone, demo: null })).not.toBe(cover);
  });

  it("is nothing where the column covers nothing", () => {
    expect(coverOf(projects, "qaCertification", aProject())).toBeNull();
    expect(coverOf(projects, "name", aProject())).toBeNull();
  });
});
