import { describe, expect, it } from "vitest";
import type { Situation } from "../../src/domain/criterion.ts";
import type { Project, Update } from "../../src/domain/record.ts";
import { decideOffice, lastOfficeMonth, officeMeasuresKey } from "../../src/rules/office-measures.ts";
import type { PastAction } from "../../src/types/action.ts";
import type { Transition } from "../../src/types/loop.ts";
import { actionsOf, decideAt, happened, march, valuesOf } from "../support/client-side.ts";
import { aCheck, aHistory, anOffice, anUpdate, aRecord, day } from "../support/records.ts";

const completed: Partial<Transition> = { version: 9, from: "Review", to: "Complete", at: march(10, 11) };
const key = "update|project:measures|stage#9";
const complete: Partial<Project> = {
  ...{
    stage: "Complete",
    agreedDelivery: day("2026-03-06"),
    delivered: day("2026-03-05"),
    name: "Lead *bot*",
  },
};

const pagesOf = (transitions: readonly Partial<Transition>[], actions: readonly PastAction[] = []) => {
  const checks = [aCheck({ result: "Passed" }), aCheck()];
  const record = aRecord({ project: complete, checks });
  const wanted = actionsOf(decideAt(record, happened(transitions, actions), march(10, 12)), "update");
  return wanted.filter(({ payload }) => payload.updateKind === "Measures");
};

describe("the page of a project's measures", () => {
  it("is made once the project is Complete, for nobody, whether or not its client gets letters", () => {
    const [page] = pagesOf([completed]);
    expect(page).toMatchObject({
      ...{ key, rule: "measures-page", subject: "project", causedAt: march(10, 11), window: null },
      cause: { kind: "transition", property: "stage", version: 9 },
      payload: {
        ...{ projectId: "project", title: "Measures: Lead *bot*", contactIds: [], state: "Draft" },
        ...{ milestoneId: null, period: "" },
      },
    });
    const lines = page?.payload.markdown.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "- **Delivered on time**: yes",
        "- **Client satisfaction**: no answer yet (target: at least 8 out of 10)",
        "- **Approved changes of scope**: 0 change requests",
        "- **Quality checks complete**: 50 % of checks (target: 100 % of checks, not met)",
        "- Nothing: no move was put back.",
      ]),
    );
  });

  it("is not made anew, nor for a project that was complete before Milepost looked", () => {
    expect(pagesOf([completed], [{ key, state: "done", at: march(10, 11, 1) }])).toEqual([]);
    expect(pagesOf([{ ...completed, outcome: "baseline" }])).toEqual([]);
  });

  const made: Partial<Update> = { kind: "Measures", milepostKey: key, to: ["contact"], state: "Ready" };
  const asked: Partial<Transition> = {
    ...{ pageId: "update", property: "state", version: 2, from: "Draft", to: "Ready", at: march(10, 11, 30) },
  };
  const decided = (update: Partial<Update>, clientLetters: "Off" | "Automatic" = "Automatic") => {
    const project = { ...complete, clientLetters, liveSince: day("2026-03-09") };
    const record = aRecord({ project, updates: [anUpdate({ ...made, ...update })] });
    const transitions = update.state === "Draft" ? [completed] : [completed, asked];
    const decision = decideAt(record, happened(transitions), march(10, 12));
    return { letters: actionsOf(decision, "letter"), values: valuesOf(decision, "update") };
  };

  it.each(["Measures", "Handover", null] as const)(
    "is never mailed, even as %s; who tries is told why",
    (kind) => {
      for (const letters of ["Off", "Automatic"] as const)
        expect(decided({ kind }, letters)).toEqual({
          letters: [],
          values: {
            state: "Held",
            heldBecause:
              "Measures are for your team, so this page is mailed to nobody. Choose Cancelled, or leave it as it is.",
          },
        });
      expect(decided({ kind, state: "Draft" })).toEqual({ letters: [], values: {} });
    },
  );
});

describe("the page of an office's month", () => {
  // Sunday 1 March; Monday 2 March is a day off
  const office = { ...anOffice(), daysOff: new Set(["2026-03-02"]) };
  const tuesday = march(3, 9);
  const month = lastOfficeMonth(tuesday, office);
  const delivered: Situation[] = ["First", "Second"].map((name, index) => ({
    record: aRecord({
      project: { ...complete, name, delivered: day(index === 0 ? "2026-02-27" : "2026-03-09") },
    }),
    ...{ history: aHistory(), office, now: tuesday },
  }));
  const situation = {
    ...{ officeId: "office", office, now: tuesday, month, pages: [], history: aHistory() },
  };

  it("is due on its first business day at nine, over the month before", () => {
    expect(month).toEqual({
      ...{ month: "2026-02", from: "2026-02-01", to: "2026-02-28" },
      // Wednesday 1 April, in summer time
      ...{ opens: tuesday, closes: Date.parse("2026-04-01T07:00:00Z") },
    });
    expect(lastOfficeMonth(tuesday - 1, office)).toMatchObject({ month: "2026-01", closes: tuesday });
    const january = lastOfficeMonth(Date.parse("2026-01-05T12:00:00Z"), office);
    expect(january).toMatchObject({ month: "2025-12", from: "2025-12-01", to: "2025-12-31" });
  });

  it("lists what was delivered, in figures with their targets, and belongs to no project", () => {
    const { actions, wakeAt } = decideOffice({ ...situation, delivered });
    expect(wakeAt).toBe(month.closes);
    expect(actions).toMatchObject([
      {
        ...{ key: officeMeasuresKey("office", month), causedAt: tuesday, rule: "office-measures" },
        window: { opens: month.opens, closes: month.closes },
        payload: {
          ...{ projectId: null, updateKind: "Measures", period: "2026-02", contactIds: [], state: "Draft" },
          title: "Measures: North Agency, February 2026",
        },
      },
    ]);
    const [page] = actions;
    expect(page?.key).toBe("update|office:measures|2026-02");
    const markdown = page?.payload.kind === "update" ? page.payload.markdown : "";
    expect(markdown).toContain("- First\n- Second\n");
    expect(markdown).toContain(
      "- **Delivered on time**: 50 % of projects (target: more than 85 % of projects, not met)",
    );
  });

  it("is not made where nothing was delivered, and waits where a record cannot be read", () => {
    expect(decideOffice({ ...situation, delivered: [] })).toMatchObject({ actions: [], waiting: [] });
    expect(decideOffice({ ...situation, delivered: null })).toMatchObject({
      ...{ actions: [], waiting: ["office-measures"] },
    });
  });

  it("is held when somebody sets it to Ready", () => {
    const page = anUpdate({
      kind: "Measures",
      milepostKey: "update|office:measures|2026-02",
      state: "Ready",
    });
    const ready = { pageId: "update", property: "state", version: 2, from: "Draft", to: "Ready" };
    const of = (...history: Partial<Transition>[]) =>
      decideOffice({ ...situation, delivered: [], pages: [page], history: aHistory(...history) });
    expect(valuesOf(of(ready), "update")).toMatchObject({
      ...{ state: "Held", heldBecause: expect.stringContaining("for your team") },
    });
    expect(of().values).toEqual([]);
  });
});
