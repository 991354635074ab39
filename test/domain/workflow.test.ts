import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { type ColumnRequest, coverOf, judgeWorkflow } from "../../src/domain/workflow.ts";
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
      "QA certification cannot go from Pending to PASS. It has to show which person set it: set it again yourself.",
    );
  });

  it("takes a client's approval by hand only with a note", () => {
    expect(outcome({ ...launch, evidence: note })).toBe("allowed");
    expect(outcome(launch)).toBe(
      "Launch sign-off cannot go from Requested to Approved. To record it by hand, first write a comment on this page that says who answered and how. Then set it again.",
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
