import { describe, expect, it } from "vitest";
import { baselineDeliveryOf, baselineOf, changeOrdersOf } from "../../src/domain/baseline.ts";
import { withDecisions } from "../../src/domain/change-decisions.ts";
import { changeFaults, changeNumbers, impactOf, newDeliveryDate } from "../../src/domain/changes.ts";
import {
  aChangeRequest,
  aHistory,
  aMilestone,
  anOffice,
  aProject,
  aRecord,
  day,
  tuesdayAtTen,
} from "../support/records.ts";

const office = anOffice();

/** Evaluated and proposed as a change order of three days for $1,680. */
const evaluated = aChangeRequest({
  ...{ status: "Evaluating", description: "Leads that come by WhatsApp", effortHours: 14, timelineImpact: 3 },
  ...{ cost: 1_680, riskLevel: "Medium", option: "Change order" },
});

const preview = (
  changes: Partial<typeof evaluated>,
  agreed: string | null = "2026-03-24",
  shown: string | null = null,
) => newDeliveryDate({ ...evaluated, ...changes }, agreed, shown, office);

describe("the new delivery date", () => {
  it("is shown from Evaluating on: the agreed day and the change's business days after it", () => {
    // Tue 24: Wed 25, Thu 26, Fri 27
    for (const status of [
      "Evaluating",
      "Ready for client",
      "Awaiting client",
      "Outdated",
      "Approved",
    ] as const)
      expect(preview({ status })).toBe("2026-03-27");
    expect(preview({ status: "Submitted" })).toBeNull();
  });

  it("stays what was shown once the plan has changed, or the client has said no", () => {
    for (const status of ["Applied", "Deferred", "Cancelled"] as const)
      expect(preview({ status }, "2026-03-27", "2026-03-27")).toBe("2026-03-27");
  });

  it("is the agreed day for what takes no time or is deferred", () => {
    expect(preview({ timelineImpact: 0 })).toBe("2026-03-24");
    expect(preview({ option: "Defer to phase 2" })).toBe("2026-03-24");
  });

  it("counts a part of a day as a day", () => {
    expect(impactOf({ ...evaluated, timelineImpact: 0.5 })).toBe(1);
    expect(preview({ timelineImpact: 2.5 })).toBe("2026-03-27");
  });

  it("is not guessed", () => {
    expect(preview({}, null)).toBeNull();
    expect(preview({ timelineImpact: null })).toBeNull();
    expect(preview({ timelineImpact: -2 })).toBeNull();
    expect(preview({ timelineImpact: 1e9 })).toBeNull();
    expect(preview({ timelineImpact: Number.NaN })).toBeNull();
  });
});

describe("before a change request goes to the client", () => {
  const asked = (changes: Partial<typeof evaluated>) =>
    changeFaults({ ...evaluated, ...changes }).map(({ sentence, places }) => [sentence, places[0]?.property]);

  it("nothing is missing once it is evaluated", () => {
    expect(asked({})).toEqual([]);
    expect(asked({ option: "Add to current phase", cost: 0 })).toEqual([]);
  });

  it("its impact has to be written", () => {
    const empty = {
      effortHours: null,
      timelineImpact: null,
      riskLevel: null,
      option: null,
      description: " ",
    };
    expect(asked(empty)).toEqual([
      ["Fill in Effort hours.", "effortHours"],
      ["Fill in Timeline impact.", "timelineImpact"],
      ["Fill in Risk level.", "riskLevel"],
      ["Fill in Option.", "option"],
      ["Fill in Description.", "description"],
    ]);
  });

  it("its numbers have to be possible", () => {
    expect(asked({ timelineImpact: -2, effortHours: Number.NaN })).toEqual([
      ["Effort hours has to be 0 or more (it is NaN).", "effortHours"],
      ["Timeline impact has to be 0 or more (it is -2).", "timelineImpact"],
    ]);
    expect(asked({ timelineImpact: 5_000 })).toEqual([
      ["Check Timeline impact: 5000 business days.", "timelineImpact"],
    ]);
  });

  it("one that changes a boundary is priced separately", () => {
    expect(asked({ boundary: ["Data", "Security"], option: "Add to current phase", cost: null })).toEqual([
      [
        "It changes a boundary (Data, Security), so it is priced separately: set Option to Change order or Defer to phase 2.",
        "option",
      ],
    ]);
    expect(asked({ boundary: ["Data"] })).toEqual([]);
  });

  it("a change order has a price, and what is added to this phase has none", () => {
    expect(asked({ cost: null })).toEqual([["A change order has a price: fill in Cost.", "cost"]]);
    expect(asked({ option: "Add to current phase" })).toEqual([
      ["What is added to this phase costs nothing more: make it a Change order, or clear Cost.", "option"],
    ]);
  });
});

describe("numbers of change requests", () => {
  const request = (pageId: string, createdTime: number, number = "") =>
    aChangeRequest({ pageId, createdTime, number });
  const numbers = (rows: readonly ReturnType<typeof request>[], code = "ACME") =>
    Object.fromEntries(changeNumbers(aRecord({ project: { code }, changeRequests: rows })));

  it("follow the order in which they were made, after the highest", () => {
    expect(numbers([request("b", 2), request("a", 1), request("c", 3, "ACME-CR-4")])).toEqual({
      ...{ c: "ACME-CR-4", a: "ACME-CR-5", b: "ACME-CR-6" },
    });
  });

  it("are kept, also where the project's Code changes later", () => {
    expect(numbers([request("a", 1, "OLD-CR-1"), request("b", 2)])).toEqual({
      a: "OLD-CR-1",
      b: "ACME-CR-2",
    });
  });

  it("are given anew to a duplicated page", () => {
    expect(numbers([request("copy", 2, "ACME-CR-1"), request("a", 1, "ACME-CR-1")])).toEqual({
      ...{ a: "ACME-CR-1", copy: "ACME-CR-2" },
    });
  });

  it("do not change because a change request comes from another project with its number", () => {
    expect(
      numbers([request("moved", 1, "OTHER-CR-1"), request("a", 2, "ACME-CR-1"), request("b", 3)]),
    ).toEqual({
      ...{ moved: "OTHER-CR-1", a: "ACME-CR-1", b: "ACME-CR-2" },
    });
  });

  it("wait for a Code", () => {
    expect(numbers([request("a", 1)], " ")).toEqual({});
  });
});

describe("the baseline", () => {
  const target = day("2026-03-11");
  const acknowledged = aProject({ timelineAcknowledged: true, agreedDelivery: day("2026-03-24") });

  it("is taken when the timeline is acknowledged, and kept when dates move afterwards", () => {
    const design = aMilestone("Plan milestone", { target });
    expect(baselineOf(design, aProject())).toBeNull();
    expect(baselineOf(design, acknowledged)).toEqual(target);
    expect(baselineOf({ ...design, baseline: target, target: day("2026-04-01") }, acknowledged)).toEqual(
      target,
    );
    expect(baselineOf({ ...design, baseline: target, target: null }, aProject())).toEqual(target);
  });

  it("is not taken of a skipped step, and of the delivery like of a milestone", () => {
    expect(baselineOf(aMilestone("Plan milestone", { target, status: "Skipped" }), acknowledged)).toBeNull();
    expect(baselineDeliveryOf(acknowledged)).toEqual(day("2026-03-24"));
    expect(baselineDeliveryOf({ ...acknowledged, baselineDelivery: target })).toEqual(target);
    expect(baselineDeliveryOf(aProject({ agreedDelivery: target }))).toBeNull();
  });

  it("has a dated line on top for each applied change, and their total", () => {
    const applied = { ...evaluated, status: "Applied" } as const;
    const changeRequests = [
      { ...applied, number: "ACME-CR-4", decidedAt: day("2026-03-12"), newDeliveryDate: day("2026-03-27") },
      {
        ...applied,
        pageId: "small",
        number: "ACME-CR-2",
        timelineImpact: 1,
        cost: null,
        decidedAt: day("2026-03-10"),
      },
      { ...evaluated, pageId: "open", number: "ACME-CR-5" },
    ];
    expect(changeOrdersOf(aRecord({ changeRequests }), aHistory(), "Europe/Paris").split("\n")).toEqual([
      "2026-03-10 ACME-CR-2: +1 business day, included",
      "2026-03-12 ACME-CR-4: +3 business days, delivery 2026-03-27, $1,680",
      "Total: +4 business days, $1,680",
    ]);
    expect(changeOrdersOf(aRecord({}), aHistory(), "Europe/Paris")).toBe("");
  });
});

describe("a change that was edited after it was applied", () => {
  it("shows no delivery date among the change orders that nobody has approved", () => {
    const request = aChangeRequest({
      ...{ ...evaluated, number: "ACME-CR-1", status: "Outdated", newDeliveryDate: day("2026-03-31") },
    });
    const move = { pageId: evaluated.pageId, property: "status" };
    const history = aHistory(
      { ...move, from: "Approved", to: "Applied", version: 1, at: tuesdayAtTen },
      { ...move, from: "Applied", to: "Outdated", version: 2, at: tuesdayAtTen + 1 },
    );
    const record = aRecord({ changeRequests: [request] });
    const orders = ["2026-03-10 ACME-CR-1: +3 business days, $1,680", "Total: +3 business days, $1,680"];
    expect(changeOrdersOf(record, history, "Europe/Paris").split("\n")).toEqual(orders);
  });
});

describe("a change that is dropped after it was applied", () => {
  it.each([
    ["Applied", "Deferred"],
    ["Applied", "Cancelled"],
    ["Outdated", "Deferred"],
    ["Outdated", "Cancelled"],
  ] as const)("leaves the plan from %s to %s: the dates come back, and its change order goes", (from, to) => {
    const path = ["Ready for client", "Approved", "Applied", ...(from === "Outdated" ? [from] : []), to];
    const moves = path.slice(1).map((status, index) => ({
      ...{ pageId: evaluated.pageId, property: "status", from: path[index] ?? null, to: status },
      version: index + 1,
    }));
    const record = aRecord({
      project: { agreedDelivery: day("2026-03-27") },
      milestones: [aMilestone("Plan milestone", { pageId: "m", target: day("2026-03-20") })],
      changeRequests: [{ ...evaluated, status: to }],
    });
    const history = aHistory(...moves);
    const { proposals } = withDecisions({ record, history, office, now: tuesdayAtTen });
    // Fri 27 and Fri 20, three business days earlier
    expect(proposals.map(({ changes }) => changes)).toMatchObject([
      [
        { pageId: "m", property: "target", value: { start: "2026-03-17" } },
        { pageId: "project", property: "agreedDelivery", value: { start: "2026-03-24" } },
      ],
    ]);
    expect(changeOrdersOf(record, history, "Europe/Paris")).toBe("");
  });
});
