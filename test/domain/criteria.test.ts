import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Stage, stageOptions } from "../../notion-templates/stages.ts";
import { criteria } from "../../src/domain/criteria.ts";
import type { Criterion } from "../../src/domain/criterion.ts";
import { judge, judgeGates, nextGate } from "../../src/domain/gates.ts";
import { stageAfter } from "../../src/domain/lifecycle.ts";
import {
  aFinishedRecord,
  aHistory,
  anOffice,
  anyHistory,
  anyRecord,
  aRecord,
  people,
  tuesdayAtTen,
} from "../support/records.ts";
import { beforeLaunch } from "./criteria/before-launch.ts";
import { beforeProduction } from "./criteria/before-production.ts";
import { type Case, everything, type Facts } from "./criteria/case.ts";
import { toClose } from "./criteria/to-close.ts";

const cases: Readonly<Record<string, Case>> = { ...beforeProduction, ...beforeLaunch, ...toClose };

const situationOf = ({ record, history = aHistory(), now = tuesdayAtTen, office = anOffice() }: Facts) => ({
  ...{ record, history, now, office },
});

const criterionOf = (id: string): Criterion => {
  const criterion = criteria.find((one) => one.id === id);
  if (!criterion) throw new Error(`no criterion ${id}`);
  return criterion;
};

/** "met", "not applicable", or the sentences. */
const outcome = (id: string, facts: Facts): readonly string[] => {
  const judgement = criterionOf(id).judge(situationOf(facts));
  if (judgement.met) return [judgement.notApplicable ? "not applicable" : "met"];
  return judgement.faults.map(({ sentence }) => sentence);
};

const asRow = ([what, facts, ...findings]: Case["unmet"][number]) => ({ what, facts, findings });

describe.each(Object.entries(cases))("%s", (id, { met, unmet, notApplicable, overridden, missing }) => {
  it("is met", () => {
    expect(outcome(id, met)).toEqual(["met"]);
  });

  it.each(unmet.map(asRow))("is unmet: $what", ({ facts, findings }) => {
    expect(outcome(id, facts)).toEqual(findings);
  });

  it(`is not applicable, or says what stands: ${notApplicable[0]}`, () => {
    const [, facts, ...findings] = notApplicable;
    expect(outcome(id, facts)).toEqual(findings.length === 0 ? ["not applicable"] : findings);
  });

  it(`${overridden} when it is overridden by somebody listed in Office`, () => {
    const [, facts, finding] = unmet[0];
    const [from] = criterionOf(id).gates;
    const project = { ...facts.record.project, overrideReason: "The client starts on Monday" };
    const verdict = judge({
      ...situationOf({ ...facts, record: { ...facts.record, project } }),
      ...{ from: from ?? null, to: from ? stageAfter(from) : null },
      by: { kind: "person", id: people.manager },
    });
    expect(verdict.allowed).toBe(overridden === "passes");
    const findings = verdict.allowed ? verdict.overridden : verdict.findings;
    expect(findings.find(({ criterion }) => criterion === id)?.sentence).toBe(finding);
  });

  it.each(missing.map(asRow))("misses data: $what", ({ facts, findings }) => {
    expect(outcome(id, facts)).toEqual(findings);
  });
});

describe("the table of criteria", () => {
  it("has each outcome of each criterion tried, and each criterion once", () => {
    expect(Object.keys(cases).toSorted()).toEqual(criteria.map(({ id }) => id).toSorted());
  });

  it("has criteria for every stage with a gate and no other", () => {
    const gated = new Set(criteria.flatMap(({ gates }) => gates));
    const stages = stageOptions.map(({ name }): Stage => name);
    expect(stages.filter((stage) => gated.has(stage))).toEqual(
      stages.filter((stage) => stageAfter(stage) !== null),
    );
  });

  it("lets everything be overridden but QA's certification", () => {
    expect(criteria.filter(({ overridable }) => !overridable).map(({ id }) => id)).toEqual(["qa-certified"]);
  });

  const folder = new URL("../../../shared/process/", import.meta.url);
  it.skipIf(!existsSync(folder))(
    "quotes the process documents word for word (skipped where they are not at hand)",
    () => {
      const texts = readdirSync(folder).map((file) => [
        file.slice(0, 3),
        readFileSync(new URL(file, folder), "utf8"),
      ]);
      const strange = criteria.filter(
        ({ sentence, source }) =>
          !texts.some(([number, text]) => source.startsWith(`process/${number}`) && text?.includes(sentence)),
      );
      expect(strange.map(({ id }) => id)).toEqual([]);
    },
  );

  it("finds nothing in a record that has everything, however often it is asked", () => {
    const gates = stageOptions.map(({ name }) => name);
    const once = judgeGates(gates, situationOf(everything));
    expect(once).toEqual({ findings: [], changesAt: null });
    expect(judgeGates(gates, situationOf(everything))).toEqual(once);
  });

  it("says the same of any record whenever it is asked, changes nothing in it, and names a place for every finding", () => {
    fc.assert(
      fc.property(anyRecord, anyHistory, (record, history) => {
        const before = JSON.stringify({ record, history });
        const ask = () => criteria.map(({ judge: judgeOne }) => judgeOne(situationOf({ record, history })));
        const once = ask();
        expect(ask()).toEqual(once);
        expect(JSON.stringify({ record, history })).toBe(before);
        for (const judgement of once)
          if (!judgement.met) for (const { places } of judgement.faults) expect(places).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("finds only what its rows say can be fixed there", () => {
    for (const [id, { unmet, missing }] of Object.entries(cases)) {
      const { fixedIn, judge: judgeOne } = criterionOf(id);
      for (const [, facts] of [...unmet, ...missing]) {
        const judgement = judgeOne(situationOf(facts));
        const places = judgement.met ? [] : judgement.faults.flatMap((fault) => fault.places);
        expect(places.length, id).toBeGreaterThan(0);
        expect(fixedIn, id).toEqual(
          expect.arrayContaining(places.map(({ database, property }) => ({ database, property }))),
        );
      }
    }
  });

  it("names what several criteria ask for only once", () => {
    const { findings } = judgeGates(["QA", "Review"], situationOf({ record: aRecord({}) }));
    const sentences = findings.map(({ sentence }) => sentence);
    expect(sentences).toHaveLength(new Set(sentences).size);
    expect(findings.filter(({ criterion }) => criterion === "steps-documented")).toHaveLength(8);
  });
});

describe("five business days in Handover", () => {
  const facts = (at: number, now = at): Facts => ({
    record: aFinishedRecord({ stage: "Handover", receiptAcknowledged: "Requested" }),
    history: aHistory({ from: "Deployment", to: "Handover", at }),
    now,
  });
  const judged = (one: Facts) => criterionOf("handover-received").judge(situationOf(one));

  it("end by the clock alone, and it is known when", () => {
    // Tuesday 2026-03-10: Wed 11, Thu 12, Fri 13, Mon 16, Tue 17 in Paris (UTC+1)
    expect(judged(facts(tuesdayAtTen))).toMatchObject({ changesAt: Date.UTC(2026, 2, 16, 23) });
  });

  it("do not count while the project is on hold or cancelled; a hold in Review starts nothing anew", () => {
    const [entered, held, back] = [tuesdayAtTen, Date.UTC(2026, 2, 12, 9), Date.UTC(2026, 3, 2, 8)];
    const { record } = facts(entered);
    for (const to of ["On hold", "Cancelled"]) {
      const history = aHistory(
        { from: "Deployment", to: "Handover", at: entered },
        { from: "Handover", to, at: held },
        { from: to, to: "Handover", at: back },
      );
      // Wed 11 March; on hold from Thu 12 to Wed 1 April; Thu 2, Fri 3, Mon 6, Tue 7 April in Paris (UTC+2)
      expect(judged({ record, history, now: back })).toMatchObject({ changesAt: Date.UTC(2026, 3, 6, 22) });
      const goneOn = aHistory(
        ...history.transitions,
        { from: "Handover", to: "Review", at: Date.UTC(2026, 3, 7, 8) },
        { from: "Review", to: "On hold", at: Date.UTC(2026, 3, 7, 9) },
        { from: "On hold", to: "Review", at: Date.UTC(2026, 3, 11, 8) },
      );
      const review = { ...record, project: { ...record.project, stage: "Review" as const } };
      expect(judged({ record: review, history: goneOn, now: Date.UTC(2026, 3, 11, 8) })).toEqual({
        met: true,
      });
    }
  });

  it("count from the day in the office's zone, over a clock change", () => {
    // 2026-03-26 23:30 UTC is Friday 27 in Paris: Mon 30, Tue 31, Wed 1, Thu 2, Fri 3 April (UTC+2)
    expect(judged(facts(Date.UTC(2026, 2, 26, 23, 30)))).toMatchObject({
      changesAt: Date.UTC(2026, 3, 2, 22),
    });
  });
});

describe("Targets", () => {
  it("are compared as days of the office", () => {
    // 23:30 UTC on the 29th is the 30th in Paris, the day of QA submitted
    const late = { start: "2026-03-29T23:30:00.000Z", end: null, zone: null };
    const milestones = beforeProduction["schedule-in-order"].met.record.milestones.map((one) =>
      one.kind === "Production complete" ? { ...one, target: late } : one,
    );
    const record = { ...everything.record, milestones };
    expect(outcome("schedule-in-order", { record })).toEqual(["met"]);
  });
});

describe("the next gate", () => {
  const ahead = (stage: Stage | null) =>
    nextGate({ ...situationOf({ record: aRecord({ project: { stage } }) }) });

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
