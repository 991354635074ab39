import { describe, expect, it } from "vitest";
import { riskScoreRule } from "../../src/rules/risk-score.ts";
import { aHistory, anOffice, aRecord, aRisk, tuesdayAtTen } from "../support/records.ts";

const scores = (...risks: Parameters<typeof aRisk>[0][]) =>
  riskScoreRule
    .decide({
      record: aRecord({ risks: risks.map((risk, index) => aRisk({ pageId: `risk-${index}`, ...risk })) }),
      ...{ history: aHistory(), office: anOffice(), now: tuesdayAtTen },
    })
    .values.map((value) => value.target === "property" && [value.pageId, value.property, value.value]);

describe("the score of a risk", () => {
  it("is its likelihood times its impact, from 1 to 9", () => {
    expect(scores({ likelihood: "Low", impact: "Low" }, { likelihood: "High", impact: "Medium" })).toEqual([
      ["risk-0", "score", 1],
      ["risk-1", "score", 6],
    ]);
  });

  it("is empty while one of them is", () => {
    expect(scores({ likelihood: "High" }, { impact: "High", score: 9 })).toEqual([
      ["risk-0", "score", null],
      ["risk-1", "score", null],
    ]);
  });
});
