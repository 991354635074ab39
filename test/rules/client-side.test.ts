import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { judgeWorkflow } from "../../src/domain/workflow.ts";
import { decide } from "../../src/rules/decide.ts";
import type { Decision, Transition } from "../../src/types/loop.ts";
import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { applyDecision, leftToDo, type RecordWorld } from "../support/apply-decision.ts";
import { anOffice, anyHistory, anyRecord, aTransition, tuesdayAtTen } from "../support/records.ts";

type World = RecordWorld;

const dayMs = 86_400_000;
const office = anOffice();

const carryOut = (world: World, decision: Decision, now: number, failing: boolean): World =>
  applyDecision(world, decision, now, ({ kind }) => (failing && kind === "letter" ? "dead" : "done"));

const isLeft = (world: World, decision: Decision): boolean => {
  const left = leftToDo(world, decision);
  return left.values.length + left.actions.length > 0;
};

const columns = {
  milestones: ["status", "signOff"],
  updates: ["state"],
} as const;

/** A world in which milestones and updates have a history that ends where they are now, and clients have answered. */
const anyWorld: fc.Arbitrary<World> = fc
  .record({
    record: anyRecord,
    history: anyHistory,
    seeds: fc.array(fc.nat(9), { minLength: 40, maxLength: 40 }),
  })
  .map(({ record, history, seeds }) => {
    let at = 0;
    const next = () => seeds[at++ % seeds.length] ?? 0;
    const milestones = record.milestones.map((row) => ({
      ...row,
      clientVisible: next() < 7,
      signOff: (["To request", "Requested", "Approved", "Not needed"] as const)[next() % 4] ?? null,
    }));
    const updates = record.updates.map((row, index) => ({
      ...row,
      milepostKey: `update|project|2026-W0${index}`,
    }));
    const told = (row: { readonly pageId: string }, property: string): Transition[] => {
      const to = (Object.entries(row).find(([key]) => key === property)?.[1] ?? null) as string | null;
      const seed = next();
      if (to === null || seed === 0) return [];
      const outcome = seed < 3 ? "baseline" : "accepted";
      const evidence = { kind: "link", answerId: `answer-${row.pageId}` } as const;
      const when = tuesdayAtTen + seed * 600_000;
      const { pageId } = row;
      // A row that is Done from the start is no news.
      const from = property === "status" && to !== "In progress" ? "In progress" : null;
      return [aTransition({ ...{ pageId, property, from, to, outcome, evidence, at: when }, covers: "old" })];
    };
    const contacts = record.contacts.map((row) =>
      next() < 7 ? { ...row, email: "cleo@acme.example" } : row,
    );
    const clientLetters = next() < 5 ? ("Automatic" as const) : record.project.clientLetters;
    const transitions = [
      ...milestones.flatMap((row) => columns.milestones.flatMap((property) => told(row, property))),
      ...updates.flatMap((row) => columns.updates.flatMap((property) => told(row, property))),
    ];
    const answers = milestones.slice(0, next() % 3).map(({ pageId }) => ({
      ...{
        id: `answer-${pageId}`,
        pageId,
        purpose: "sign-off",
        choice: "approve",
        name: "Cleo",
        comment: "",
      },
      ...{ at: tuesdayAtTen + 700_000, covers: "old", contactId: "contact-0" },
    }));
    return {
      record: { ...record, project: { ...record.project, clientLetters }, milestones, updates, contacts },
      history: { ...history, transitions: [...history.transitions, ...transitions], answers },
    };
  });

const untilQuiet = (world: World, now: number, failing: boolean) => {
  const rounds: { readonly before: World; readonly decision: Decision }[] = [];
  let current = world;
  for (let round = 0; round < 8; round++) {
    const decision = decide(current.record, current.history, office, now);
    rounds.push({ before: current, decision });
    if (!isLeft(current, decision)) return { rounds, quiet: true, world: current };
    current = carryOut(current, decision, now, failing);
  }
  return { rounds, quiet: false, world: current };
};

describe("the client's side, decided and carried out again and again", () => {
  const anyRun = [anyWorld, fc.integer({ min: 0, max: 20 }), fc.boolean()] as const;

  it("comes to rest, and then wants nothing", () => {
    fc.assert(
      fc.property(...anyRun, (world, days, failing) => {
        expect(untilQuiet(world, tuesdayAtTen + days * dayMs, failing).quiet).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("reaches every step from a draft to Sent and Requested", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(...anyRun, (world, days, failing) => {
        for (const { before, decision } of untilQuiet(world, tuesdayAtTen + days * dayMs, failing).rounds) {
          if (!isLeft(before, decision)) continue;
          for (const value of decision.values)
            if (value.target === "property") seen.add(`${value.property}=${String(value.value)}`);
          for (const { payload } of decision.actions) seen.add(payload.kind);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
    for (const step of ["update", "letter", "state=Ready", "state=Sent", "state=Held"])
      expect(seen).toContain(step);
    expect([...seen]).toEqual(expect.arrayContaining(["signOff=Requested", "signOff=Outdated"]));
  });

  it("mails a contact one update once", () => {
    fc.assert(
      fc.property(...anyRun, (world, days, failing) => {
        const { history } = untilQuiet(world, tuesdayAtTen + days * dayMs, failing).world;
        const mails = history.actions
          .filter(({ key, state }) => key.startsWith("letter|") && state === "done")
          .map(({ key }) => key.split("|")[1]);
        expect(new Set(mails).size).toBe(mails.length);
      }),
    );
  });

  it("asks of the workflow columns only what their tables let Milepost do", () => {
    fc.assert(
      fc.property(...anyRun, (world, days, failing) => {
        for (const { before, decision } of untilQuiet(world, tuesdayAtTen + days * dayMs, failing).rounds) {
          for (const value of decision.values) {
            if (value.target !== "property") continue;
            if (value.property !== "state" && value.property !== "signOff") continue;
            const { pageId, property } = value;
            const template: DatabaseTemplate = databases[value.database];
            const row = [...before.record.milestones, ...before.record.updates].find(
              (one) => one.pageId === pageId,
            );
            const from = (Object.entries(row ?? {}).find(([key]) => key === property)?.[1] ?? null) as
              | string
              | null;
            const request = {
              template,
              property,
              pageId,
              from,
              to: value.value as string,
              asker: "service",
            } as const;
            expect(judgeWorkflow({ ...request, evidence: { kind: "none" } }).allowed).toBe(true);
          }
        }
      }),
    );
  });

  it("mails nobody of what happened before letters were switched on", () => {
    fc.assert(
      fc.property(...anyRun, (world, days, failing) => {
        const now = tuesdayAtTen + (days + 1) * dayMs;
        const switched = aTransition({ property: "clientLetters", from: "Off", to: "Automatic", at: now });
        const project = { ...world.record.project, clientLetters: "Automatic" as const };
        const late = {
          record: { ...world.record, project },
          history: { ...world.history, transitions: [...world.history.transitions, switched] },
        };
        const { history } = untilQuiet(late, now + 1, failing).world;
        expect(history.actions.filter(({ key }) => key.startsWith("letter|"))).toEqual([]);
      }),
    );
  });
});
