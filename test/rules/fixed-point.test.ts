import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { milestoneKinds } from "../../notion-templates/milestone-kinds.ts";
import { serviceTypes } from "../../notion-templates/service-types.ts";
import { signOffOptions } from "../../notion-templates/sign-off.ts";
import { stageOptions } from "../../notion-templates/stages.ts";
import type { ChangeRequest, Milestone, Risk } from "../../src/domain/record.ts";
import { coverOf } from "../../src/domain/workflow.ts";
import { decide } from "../../src/rules/decide.ts";
import type { Transition } from "../../src/types/loop.ts";
import { applyDecision, leftToDo, type RecordWorld } from "../support/apply-decision.ts";
import {
  aChangeRequest,
  aMilestone,
  anAsk,
  anOffice,
  aProject,
  aRecord,
  aRisk,
  aTransition,
  day,
  tuesdayAtTen,
} from "../support/records.ts";

const dayMs = 86_400_000;
const office = anOffice({ practiceLead: ["user-lead"] });

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const nameOf = <T extends { readonly name: string }>(options: readonly T[]) =>
  fc.constantFrom(...options.map(({ name }) => name as T["name"]));

/** A day within two months of the Tuesday, weekends included, or something that is none. */
const anyText = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -20, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom("soon", "9999-01-01", "2026-03-12T14:30:00.000Z") },
);
const anyDay = anyText.map((shift) =>
  day(typeof shift === "string" ? shift : new Date(tuesdayAtTen + shift * dayMs).toISOString().slice(0, 10)),
);

const anyMilestone = fc.record({
  kind: nameOf(milestoneKinds),
  status: maybe(nameOf(databases.milestones.properties.status.options)),
  target: maybe(anyDay),
  baseline: maybe(anyDay),
  actual: fc.option(anyDay, { nil: null, freq: 1 }),
  waitsFor: fc.array(fc.nat(9), { maxLength: 2 }),
  /** What the Target was before a person moved it. */
  movedFrom: maybe(anyDay),
});

const anyChange = fc.record({
  statuses: fc.array(nameOf(databases.changeRequests.properties.status.options), { maxLength: 4 }),
  timelineImpact: maybe(fc.constantFrom(0, 1, 3, 2.5, -4, 1e9)),
  cost: maybe(fc.constantFrom(0, 1_680)),
  option: maybe(nameOf(databases.changeRequests.properties.option.options)),
  isChanged: fc.boolean(),
});

/** A launch that was asked about or approved, as certified as it is shown or not. */
const anyLaunch = fc.record({
  statuses: fc.array(nameOf(signOffOptions), { maxLength: 3 }),
  certification: nameOf(databases.projects.properties.qaCertification.options),
  covered: nameOf(databases.projects.properties.qaCertification.options),
});

const launchColumn = { pageId: "project", property: "launchSignOff" } as const;

const anyRisk = fc.record({
  kind: maybe(nameOf(databases.risks.properties.kind.options)),
  statuses: fc.array(nameOf(databases.risks.properties.status.options), { maxLength: 3 }),
  severity: maybe(nameOf(databases.risks.properties.severity.options)),
  level: maybe(nameOf(databases.risks.properties.level.options)),
  to: fc.subarray(["user-manager", "user-lead"]),
  owner: fc.subarray(["user-manager"]),
  respondBy: maybe(anyDay),
  reviewBy: maybe(anyDay),
  milepostKey: fc.constantFrom("", "row|project:escalation-risk-occurred-risk-0|2026-03-10"),
});

const anyAsk = fc.record({
  state: maybe(nameOf(databases.asks.properties.state.options)),
  neededBy: maybe(anyDay),
});

type Told = Pick<Transition, "pageId" | "property" | "from" | "to"> & Partial<Transition>;

/** Any project in the middle of anything: chosen, dated, moved, decided and edited in every order. */
const anyWorld: fc.Arbitrary<RecordWorld> = fc
  .record({
    serviceType: maybe(nameOf(serviceTypes)),
    project: fc.record({
      start: maybe(anyDay),
      agreedDelivery: maybe(anyDay),
      timelineAcknowledged: fc.boolean(),
      scheduleAcknowledgedBy: fc.subarray(["user-production"]),
      escalateAfter: maybe(fc.constantFrom(0, 2, -1)),
    }),
    risks: fc.array(anyRisk, { maxLength: 3 }),
    asks: fc.array(anyAsk, { maxLength: 2 }),
    startWas: maybe(anyDay),
    stages: fc.array(nameOf(stageOptions), { maxLength: 5 }),
    milestones: fc.oneof(fc.array(anyMilestone, { maxLength: 0 }), fc.array(anyMilestone, { maxLength: 9 })),
    changes: fc.array(anyChange, { maxLength: 3 }),
    launch: anyLaunch,
    outcome: fc.constantFrom("accepted" as const, "accepted" as const, "baseline" as const),
  })
  .map(({ serviceType, project, startWas, stages, milestones, changes, launch, outcome, ...register }) => {
    let at = tuesdayAtTen - 10 * dayMs;
    const transitions: Transition[] = [];
    const tell = (told: Told): void => {
      at += 3_600_000;
      const { pageId, property } = told;
      const version = transitions.filter((one) => one.pageId === pageId && one.property === property).length;
      transitions.push(aTransition({ outcome, at, ...told, version: version + 1 }));
    };
    tell({ pageId: "project", property: "serviceType", from: null, to: serviceType });
    const rows = milestones.map(({ waitsFor, movedFrom, kind, ...rest }, index): Milestone => {
      const pageId = `milestone-${index}`;
      if (movedFrom !== null && rest.target !== null)
        tell({ pageId, property: "target", from: movedFrom.start, to: rest.target.start });
      const dependsOn = waitsFor.map((place) => `milestone-${place}`);
      return aMilestone(kind, { ...rest, pageId, dependsOn });
    });
    if (startWas !== null && project.start !== null)
      tell({ pageId: "project", property: "start", from: startWas.start, to: project.start.start });
    const requests = changes.map(({ statuses, isChanged, ...rest }, index): ChangeRequest => {
      const pageId = `change-${index}`;
      const status = statuses.at(-1) ?? "Submitted";
      const shown = aChangeRequest({ ...rest, pageId, status });
      const covers = coverOf(databases.changeRequests, "status", shown);
      const evidence = { kind: "note", by: "user-manager", commentId: "c", text: "Agreed." } as const;
      for (const [place, to] of statuses.entries())
        tell({ pageId, property: "status", from: statuses[place - 1] ?? "Submitted", to, covers, evidence });
      return isChanged ? { ...shown, description: "Something else" } : shown;
    });
    const { statuses, certification, covered } = launch;
    const covers = coverOf(databases.projects, "launchSignOff", aProject({ qaCertification: covered }));
    for (const [place, to] of statuses.entries())
      tell({ ...launchColumn, from: statuses[place - 1] ?? "To request", to, covers });
    tell({ pageId: "project", property: "qaCertification", from: "Pending", to: certification });
    const risks = register.risks.map(({ statuses, ...rest }, index): Risk => {
      const pageId = `risk-${index}`;
      for (const [place, to] of statuses.entries())
        tell({ pageId, property: "status", from: statuses[place - 1] ?? null, to });
      return aRisk({ ...rest, pageId, status: statuses.at(-1) ?? null });
    });
    const asks = register.asks.map((ask, index) => anAsk({ ...ask, pageId: `ask-${index}` }));
    for (const [place, to] of stages.entries())
      tell({ pageId: "project", property: "stage", from: stages[place - 1] ?? "Intake", to });
    const stage = stages.at(-1) ?? "Intake";
    const record = aRecord({
      project: {
        ...{ ...project, serviceType, stage, clientLetters: "Off", qaCertification: certification },
        launchSignOff: statuses.at(-1) ?? "To request",
      },
      ...{ milestones: rows, changeRequests: requests, risks, asks },
    });
    return { record, history: { transitions, answers: [], actions: [] } };
  });

describe("rules never oscillate", () => {
  it("any record reaches a fixed point in one round of deciding and applying, and nothing is left to do", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyWorld, (world) => {
        const first = decide(world.record, world.history, office, tuesdayAtTen);
        const after = applyDecision(world, first, tuesdayAtTen);
        const second = decide(after.record, after.history, office, tuesdayAtTen + 1_000);
        const { values, actions } = leftToDo(after, second);
        const made = first.actions.some(({ payload }) => payload.kind === "row");
        // New rows are new facts: what the gate says of them it can say only once they are there.
        const left = values.filter(({ property }) => !(made && property === "gate"));
        expect({ values: left, actions }).toEqual({ values: [], actions: [] });
        for (const { payload, rule } of first.actions) seen.add(`${rule} ${payload.kind}`);
        for (const value of first.values)
          if (value.target === "property" && value.value) seen.add(`${value.property}`);
      }),
      { numRuns: 1_000 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...["plan row", "plan-checks row", "decision-log row", "measures-page update"],
        ...["escalations row", "escalations note", "escalation-ladder propose", "escalation-ladder note"],
        ...["proposals propose", "proposals note", "change-control note", "launch-sign-off note"],
        "review-reminders note",
        ...["whyItMoved", "forecastDelivery", "baseline", "changeOrders", "number"],
      ]),
    );
  });
});
