import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { criteria } from "../../src/domain/criteria.ts";
import { judgeGates, nextGate } from "../../src/domain/gates.ts";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import type { History } from "../../src/types/loop.ts";
import {
  aContact,
  aFinishedRecord,
  aHistory,
  aMilestone,
  anOffice,
  type aProject,
  aRecord,
  aSchedule,
  day,
  people,
  tuesdayAtTen,
} from "../support/records.ts";

const none = aHistory();

const judged = (id: string, record: DeliveryRecord, history: History = none, now = tuesdayAtTen) => {
  const criterion = criteria.find((one) => one.id === id);
  if (!criterion) throw new Error(`no criterion ${id}`);
  return criterion.judge({ record, history, office: anOffice(), now });
};

const missing = (id: string, record: DeliveryRecord, history: History = none, now = tuesdayAtTen) => {
  const judgement = judged(id, record, history, now);
  return judgement.met
    ? []
    : judgement.faults.map(({ sentence, places }) => [
        sentence,
        ...places.map(({ pageId, property }) => `${pageId}.${property}`),
      ]);
};

const met = { met: true };
const notApplicable = { met: true, notApplicable: true };

const processText = new URL("../../../shared/process/002_8e8fe2e1426f8407.txt", import.meta.url);

describe("the table of criteria", () => {
  it("has two criteria for each stage with a gate", () => {
    const gates = ["Intake", "Planning", "In production", "QA", "Deployment", "Handover", "Review"];
    expect(criteria.map(({ gate }) => gate)).toEqual(gates.flatMap((gate) => [gate, gate]));
    expect(new Set(criteria.map(({ id }) => id)).size).toBe(14);
  });

  it("lets everything be overridden but QA's certification", () => {
    expect(criteria.filter(({ overridable }) => !overridable).map(({ id }) => id)).toEqual(["qa-certified"]);
  });

  it.skipIf(!existsSync(processText))(
    "quotes the process document word for word (skipped where the document is not at hand)",
    () => {
      const text = readFileSync(processText, "utf8");
      expect(criteria.filter(({ sentence }) => !text.includes(sentence))).toEqual([]);
    },
  );

  it("finds nothing in a record that has everything", () => {
    const situation = { record: aFinishedRecord(), history: none, office: anOffice(), now: tuesdayAtTen };
    const gates = criteria.map(({ gate }) => gate);
    expect(judgeGates(gates, situation)).toEqual({ findings: [], changesAt: null });
  });

  it("finds only what its rows say can be fixed there", () => {
    const situation = { record: aRecord({}), history: none, office: anOffice(), now: tuesdayAtTen };
    for (const criterion of criteria) {
      const { findings } = judgeGates([criterion.gate], situation);
      const places = findings
        .filter((finding) => finding.criterion === criterion.id)
        .flatMap((finding) => finding.places.map(({ database, property }) => ({ database, property })));
      expect(criterion.fixedIn).toEqual(expect.arrayContaining(places));
    }
  });
});

describe("leaving Intake", () => {
  it("takes requirements that are signed off", () => {
    const id = "requirements-signed-off";
    expect(judged(id, aRecord({ project: { requirementsSignedOff: true } }))).toEqual(met);
    expect(missing(id, aRecord({}))).toEqual([
      [
        "Tick Requirements signed off once the requirements leave no question open.",
        "project.requirementsSignedOff",
      ],
    ]);
  });

  it("takes a timeline that the client has acknowledged", () => {
    const id = "timeline-acknowledged";
    expect(judged(id, aRecord({ project: { timelineAcknowledged: true } }))).toEqual(met);
    expect(missing(id, aRecord({}))).toEqual([
      [
        "Tick Timeline acknowledged once the client has acknowledged the timeline.",
        "project.timelineAcknowledged",
      ],
    ]);
  });
});

describe("leaving Planning", () => {
  const id = "schedule-complete";
  const skipped = { status: "Skipped", target: null } as const;

  it("takes the six milestones of the schedule, dated and in order", () => {
    expect(judged(id, aRecord({ milestones: aSchedule() }))).toEqual(met);
  });

  it("names the milestones that are missing", () => {
    const without = aSchedule().filter(({ kind }) => kind !== "QA certified" && kind !== "Deployment start");
    expect(missing(id, aRecord({ milestones: without }))).toEqual([
      ["Add the milestones QA certified and Deployment start to this project, with a Target.", "null.kind"],
    ]);
    expect(missing(id, aRecord({}))[0]?.[0]).toBe(
      "Add the milestones Production start, Production complete, QA submitted, QA certified, Deployment start and Client handover to this project, with a Target.",
    );
  });

  it("names the milestones without a date, or with one that is none", () => {
    const milestones = aSchedule({
      "Production start": { target: null },
      "QA certified": { target: day("soon") },
    });
    expect(missing(id, aRecord({ milestones }))).toEqual([
      [
        "Set the Target of Production start and QA certified.",
        "Production start.target",
        "QA certified.target",
      ],
    ]);
  });

  it("names two milestones that are in the wrong order; the same day is no wrong order", () => {
    const late = aSchedule({ "Production complete": { target: day("2026-04-01") } });
    expect(missing(id, aRecord({ milestones: late }))).toEqual([
      [
        "Put each Target in order: QA submitted (2026-03-30) comes before Production complete (2026-04-01).",
        "Production complete.target",
        "QA submitted.target",
      ],
    ]);
    const sameDay = aSchedule({ "Production complete": { target: day("2026-03-30") } });
    expect(judged(id, aRecord({ milestones: sameDay }))).toEqual(met);
  });

  it("compares days as the office sees them", () => {
    // 23:30 UTC on the 29th is the 30th in Paris, the day of QA submitted
    const milestones = aSchedule({ "Production complete": { target: day("2026-03-29T23:30:00.000Z") } });
    expect(judged(id, aRecord({ milestones }))).toEqual(met);
  });

  it("names a milestone that is there twice", () => {
    const twin = aMilestone("QA submitted", { pageId: "twin", target: day("2026-03-30") });
    expect(missing(id, aRecord({ milestones: [...aSchedule(), twin] }))).toEqual([
      ["Keep one milestone QA submitted: there are 2.", "QA submitted.kind", "twin.kind"],
    ]);
  });

  it("lets a step be skipped with a reason, QA excepted", () => {
    const why = aSchedule({ "Deployment start": { ...skipped, skipReason: "Runs at the client's" } });
    expect(judged(id, aRecord({ milestones: why }))).toEqual(met);
    const bare = aSchedule({ "Deployment start": { ...skipped, skipReason: " " } });
    expect(missing(id, aRecord({ milestones: bare }))).toEqual([
      ["Deployment start is skipped: write its Skip reason.", "Deployment start.skipReason"],
    ]);
    const qa = aSchedule({ "QA certified": { ...skipped, skipReason: "No time" } });
    expect(missing(id, aRecord({ milestones: qa }))).toEqual([
      ["QA certified cannot be skipped: QA has no exceptions. Set its Status back.", "QA certified.status"],
    ]);
  });

  it("takes a schedule that both leads have acknowledged", () => {
    const column = "schedule-acknowledged";
    const both = { scheduleAcknowledgedBy: [people.deployment, people.production, "someone"] };
    expect(judged(column, aRecord({ project: both }))).toEqual(met);
    expect(missing(column, aRecord({ project: { scheduleAcknowledgedBy: [people.production] } }))).toEqual([
      [
        "Add the Deployment lead to Schedule acknowledged by once they have agreed to the schedule.",
        "project.scheduleAcknowledgedBy",
      ],
    ]);
  });

  it("asks for a lead that nobody has named", () => {
    const project = { productionLead: [], scheduleAcknowledgedBy: [people.deployment] };
    expect(missing("schedule-acknowledged", aRecord({ project }))).toEqual([
      ["Name the Production lead.", "project.productionLead"],
    ]);
  });

  it("takes one person for both roles", () => {
    const project = {
      productionLead: [people.manager],
      deploymentLead: [people.manager],
      scheduleAcknowledgedBy: [people.manager],
    };
    expect(judged("schedule-acknowledged", aRecord({ project }))).toEqual(met);
  });
});

describe.each([
  ["In production", "production-complete", "Production complete"],
  ["Deployment", "deployment-complete", "Deployment complete"],
  ["Handover", "handover-delivered", "Client handover"],
  ["Review", "review-complete", "Post-delivery review"],
] as const)("leaving %s", (_stage, id, kind) => {
  it("takes its milestone Done", () => {
    expect(judged(id, aRecord({ milestones: [aMilestone(kind, { status: "Done" })] }))).toEqual(met);
  });

  it("does not take an Actual for it", () => {
    const milestone = aMilestone(kind, { status: "In review", actual: day("2026-03-09") });
    expect(missing(id, aRecord({ milestones: [milestone] }))).toEqual([
      [
        `Set the Status of the milestone ${kind} to Done when it is done (it is In review).`,
        `${kind}.status`,
      ],
    ]);
  });

  it("asks for the milestone where there is none", () => {
    expect(missing(id, aRecord({}))).toEqual([
      [`Add the milestone ${kind} to this project, and set its Status to Done when it is done.`, "null.kind"],
    ]);
  });

  it("lets the step be skipped with a reason only", () => {
    const skipped = aMilestone(kind, { status: "Skipped", skipReason: "Part of another project" });
    expect(judged(id, aRecord({ milestones: [skipped] }))).toEqual(notApplicable);
    expect(missing(id, aRecord({ milestones: [{ ...skipped, skipReason: "" }] }))).toEqual([
      [`${kind} is skipped: write its Skip reason.`, `${kind}.skipReason`],
    ]);
  });

  it("takes every milestone of the kind where there are several", () => {
    const open = aMilestone(kind, { pageId: "second", status: null });
    const record = aRecord({ milestones: [aMilestone(kind, { status: "Done" }), open] });
    expect(missing(id, record)).toEqual([
      [`Set the Status of the milestone ${kind} to Done when it is done (it is empty).`, "second.status"],
    ]);
  });
});

describe("leaving In production", () => {
  it("takes somebody to certify the work", () => {
    expect(judged("qa-lead-named", aRecord({}))).toEqual(met);
    expect(missing("qa-lead-named", aRecord({ project: { qaLead: [] } }))).toEqual([
      ["Name the QA lead.", "project.qaLead"],
    ]);
  });
});

describe("leaving QA", () => {
  it("takes the certification PASS and nothing else", () => {
    expect(judged("qa-certified", aRecord({ project: { qaCertification: "PASS" } }))).toEqual(met);
    for (const [value, word] of [
      ["Pending", "Pending"],
      ["FAIL", "FAIL"],
      [null, "empty"],
    ] as const)
      expect(missing("qa-certified", aRecord({ project: { qaCertification: value } }))).toEqual([
        [`QA certification has to be PASS (it is ${word}).`, "project.qaCertification"],
      ]);
  });

  it("does not take a certification from before the work went back, also while the column still shows it", () => {
    const certification = { property: "qaCertification", from: "Pending", to: "PASS" };
    const back = { from: "QA", to: "In production" };
    const record = aRecord({ project: { stage: "QA", qaCertification: "PASS" } });
    expect(missing("qa-certified", record, aHistory(certification, back))[0]?.[0]).toContain(
      "(it is Pending)",
    );
    expect(judged("qa-certified", record, aHistory(back, certification))).toEqual(met);
  });

  it("takes a date for the deployment", () => {
    const id = "deployment-window";
    const start = aMilestone("Deployment start", { target: day("2026-04-13") });
    expect(judged(id, aRecord({ milestones: [start] }))).toEqual(met);
    expect(missing(id, aRecord({ milestones: [{ ...start, target: null }] }))).toEqual([
      ["Set the Target of Deployment start.", "Deployment start.target"],
    ]);
    expect(missing(id, aRecord({}))).toEqual([
      ["Add the milestone Deployment start to this project, with a Target.", "null.kind"],
    ]);
    const skipped = { ...start, status: "Skipped", skipReason: "Runs at the client's" } as const;
    expect(judged(id, aRecord({ milestones: [skipped] }))).toEqual(notApplicable);
  });
});

describe("leaving Deployment", () => {
  const id = "client-reachable";

  it("takes a contact with an address", () => {
    expect(judged(id, aRecord({ contacts: [aContact({ email: null }), aContact()] }))).toEqual(met);
  });

  it("asks for one where nobody would receive the handover", () => {
    expect(missing(id, aRecord({}))).toEqual([
      ["Link the client's people in Contacts: nobody would receive the handover.", "project.contacts"],
    ]);
    for (const contact of [{ email: null }, { email: "cleo" }, { deliveryProblem: "mailbox full" }])
      expect(missing(id, aRecord({ contacts: [aContact(contact)] }))).toEqual([
        ["Give one of the client's contacts an Email that mail reaches.", "contact.email"],
      ]);
  });
});

describe("leaving Handover", () => {
  const id = "handover-received";
  const inHandover = aRecord({ project: { stage: "Handover", receiptAcknowledged: "Requested" } });
  const since = (at: number) => aHistory({ from: "Deployment", to: "Handover", at });
  // Tuesday 2026-03-10: Wed 11, Thu 12, Fri 13, Mon 16, Tue 17. Paris is at UTC+1.
  const fiveDaysLater = Date.UTC(2026, 2, 16, 23);

  it("takes the client's acknowledgement at once", () => {
    const record = aRecord({ project: { stage: "Handover", receiptAcknowledged: "Acknowledged" } });
    expect(judged(id, record, since(tuesdayAtTen))).toEqual(met);
  });

  it("or five business days, and says until when", () => {
    expect(missing(id, inHandover, since(tuesdayAtTen), fiveDaysLater - 1)).toEqual([
      [
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt, or wait until 2026-03-17.",
        "project.receiptAcknowledged",
      ],
    ]);
    expect(judged(id, inHandover, since(tuesdayAtTen), fiveDaysLater)).toEqual(met);
  });

  it("and knows when the clock alone will change its answer", () => {
    expect(judged(id, inHandover, since(tuesdayAtTen))).toMatchObject({ changesAt: fiveDaysLater });
  });

  it("counts from the day in the office's zone, over a clock change", () => {
    // 2026-03-26 23:30 UTC is Friday 27 in Paris: Mon 30, Tue 31, Wed 1, Thu 2, Fri 3 April (UTC+2)
    const late = Date.UTC(2026, 2, 26, 23, 30);
    expect(judged(id, inHandover, since(late), late)).toMatchObject({ changesAt: Date.UTC(2026, 3, 2, 22) });
  });

  it("waits where the project has not come into Handover yet", () => {
    expect(missing(id, aRecord({ project: { stage: "Deployment" } }))).toEqual([
      [
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt, or wait five business days in Handover.",
        "project.receiptAcknowledged",
      ],
    ]);
  });
});

describe("leaving Review", () => {
  it("takes the client's acknowledgement, whatever time has passed", () => {
    const id = "receipt-acknowledged";
    expect(judged(id, aRecord({ project: { receiptAcknowledged: "Acknowledged" } }))).toEqual(met);
    for (const value of ["Not yet", "Requested", null] as const)
      expect(missing(id, aRecord({ project: { receiptAcknowledged: value } }))).toEqual([
        [
          "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt.",
          "project.receiptAcknowledged",
        ],
      ]);
  });
});

describe("the next gate", () => {
  const ahead = (stage: ReturnType<typeof aProject>["stage"]) =>
    nextGate({
      record: aRecord({ project: { stage } }),
      history: none,
      office: anOffice(),
      now: tuesdayAtTen,
    });

  it("is the one out of the project's stage", () => {
    expect(ahead("Intake")).toMatchObject({
      to: "Planning",
      findings: [{ criterion: "requirements-signed-off" }, { criterion: "timeline-acknowledged" }],
    });
  });

  it("is none where no stage follows", () => {
    expect((["Complete", "On hold", "Cancelled", null] as const).map(ahead)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
