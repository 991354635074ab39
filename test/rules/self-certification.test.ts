import { expect, test } from "vitest";
import type { Project } from "../../src/domain/record.ts";
import { decide } from "../../src/rules/decide.ts";
import { aHistory, anOffice, aRecord, people, tuesdayAtTen } from "../support/records.ts";

const lead = people.production;

/** Why a PASS by the production lead is written to Decisions. */
const why = (qaLead: Project["qaLead"]): unknown => {
  const record = aRecord({ project: { stage: "QA", productionLead: [lead], qaLead } });
  const passed = { property: "qaCertification", from: "Pending", to: "PASS", at: tuesdayAtTen };
  const history = aHistory({ ...passed, by: { kind: "person", id: lead } });
  return decide(record, history, anOffice(), tuesdayAtTen).actions.flatMap(({ rule, payload }) =>
    rule === "self-certification" && payload.kind === "row" ? [payload.values.why] : [],
  );
};

test("a certification by the production lead says whether they hold QA's role too", () => {
  expect(why([lead])).toEqual(["One person holds both roles."]);
  expect(why([])).toEqual(["One person holds both roles."]);
  expect(why([people.manager])).toEqual(["Somebody else is the QA lead."]);
});
