import { serviceTypes } from "../../notion-templates/service-types.ts";
import type { Milestone } from "../../src/domain/record.ts";
import { decide } from "../../src/rules/decide.ts";
import type { Transition } from "../../src/types/loop.ts";
import { applyDecision, type RecordWorld } from "./apply-decision.ts";
import { aContact, anOffice, aRecord, aTransition, day, tuesdayAtTen } from "./records.ts";

/** What the bench measures of deciding: the time of each decision and of all (ms), rows of a project, memory (MB). */
type DecidingResult = {
  readonly times: readonly number[];
  readonly all: number;
  readonly rows: readonly number[];
  readonly memory: number;
};

/** `node test/support/decide-many.ts projects decisions` decides the projects in turn and prints a `DecidingResult`. */
const [projects = 0, decisions = 0] = process.argv.slice(2).map(Number);

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const office = anOffice();

const typeOf = (nth: number) => serviceTypes[nth % serviceTypes.length]?.name ?? null;

const told = (nth: number): Transition[] =>
  [
    { property: "serviceType", from: null, to: typeOf(nth), version: 1 },
    { property: "stage", from: "Intake", to: "Planning", version: 1 },
    { property: "stage", from: "Planning", to: "In production", version: 2 },
  ].map((change, index) =>
    aTransition({ pageId: "project", at: tuesdayAtTen - (9 - index) * hourMs, ...change }),
  );

/** A project in production, of each service type in turn, with the plan, register and checks that the rules make for it; what was due is done. */
const projectAt = (nth: number): RecordWorld => {
  const start = new Date(tuesdayAtTen - (nth % 60) * dayMs).toISOString().slice(0, 10);
  const record = aRecord({
    project: {
      ...{ serviceType: typeOf(nth), start: day(start), stage: "In production" },
      ...{ timelineAcknowledged: true, clientLetters: "Review first", contacts: ["contact"] },
    },
    contacts: [aContact({ pageId: "contact" })],
  });
  let world: RecordWorld = { record, history: { transitions: told(nth), answers: [], actions: [] } };
  for (let round = 0; round < 2; round++)
    world = applyDecision(world, decide(world.record, world.history, office, tuesdayAtTen), tuesdayAtTen);
  return { ...world, record: { ...world.record, milestones: world.record.milestones.map(onTrack) } };
};

const today = new Date(tuesdayAtTen).toISOString().slice(0, 10);

/** What was due is done, as in most projects that are being built; in every fifth step it came a day late. */
const onTrack = (milestone: Milestone, index: number): Milestone => {
  const { target } = milestone;
  if (target === null || target.start >= today) return milestone;
  const late = new Date(Date.parse(target.start) + dayMs).toISOString().slice(0, 10);
  return { ...milestone, status: "Done", actual: day(index % 5 === 0 ? late : target.start) };
};

const worlds = Array.from({ length: projects }, (_none, nth) => projectAt(nth));
const times: number[] = [];
const from = performance.now();
for (let nth = 0; nth < decisions; nth++) {
  const { record, history } = worlds[nth % projects] ?? projectAt(nth);
  const began = performance.now();
  decide(record, history, office, tuesdayAtTen + hourMs);
  times.push(performance.now() - began);
}
const result: DecidingResult = {
  times,
  all: performance.now() - from,
  rows: worlds.map(({ record }) => record.milestones.length + record.checks.length + record.risks.length),
  memory: process.memoryUsage().rss / 1024 ** 2,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
