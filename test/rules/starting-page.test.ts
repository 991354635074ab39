import { expect, test } from "vitest";
import type { DeliveryRecord } from "../../src/domain/record.ts";
import { startingPageRule } from "../../src/rules/starting-page.ts";
import type { PastAction } from "../../src/types/action.ts";
import { aChangeRequest, anOffice, aRecord, aRisk, day, tuesdayAtTen } from "../support/records.ts";

const february = Date.UTC(2026, 1, 10);

const wantedOf = (
  record: DeliveryRecord,
  past: readonly PastAction[] = [],
  office = anOffice({ activeSince: day("2026-03-01") }),
): readonly string[] =>
  startingPageRule
    .decide({
      ...{ record, office, now: tuesdayAtTen + 60_000 },
      history: { transitions: [], answers: [], actions: past },
    })
    .actions.map(({ key }) => key);

const record = aRecord({
  changeRequests: [aChangeRequest()],
  risks: [aRisk({ pageId: "old-risk", createdTime: february }), aRisk({ pageId: "new-risk" })],
});

test("a project, its change requests and its risks get their starting text if they are younger than the office's start", () => {
  expect(wantedOf(record)).toEqual([
    "page|project|2026-03-10",
    "page|change-request|2026-03-10",
    "page|new-risk|2026-03-10",
  ]);
});

test("nothing gets one while nobody knows since when Milepost is active", () => {
  expect(wantedOf(record, [], anOffice({ activeSince: null }))).toEqual([]);
});

test("a row that Milepost made comes with its own text", () => {
  const made = aRecord({ project: { createdTime: february }, risks: [aRisk({ milepostKey: "risk|1" })] });
  expect(wantedOf(made)).toEqual([]);
});

test.each([
  ["done", 0],
  ["baseline", 0],
  ["dead", 0],
  ["pending", 1],
  ["cancelled", 1],
] as const)("once it is %s it is wanted %i times more", (state, times) => {
  const past = [{ key: "page|project|2026-03-10", state, at: tuesdayAtTen }];
  expect(wantedOf(aRecord({}), past)).toHaveLength(times);
});
