import { describe, expect, it } from "vitest";
import { liveFrom } from "../../src/domain/letters.ts";
import type { Project } from "../../src/domain/record.ts";
import type { Transition } from "../../src/types/loop.ts";
import { aHistory, anOffice, aRecord, day, tuesdayAtTen } from "../support/records.ts";

const liveSince = (project: Partial<Project>, ...transitions: Partial<Transition>[]) =>
  liveFrom({
    ...{ record: aRecord({ project }), history: aHistory(...transitions), office: anOffice() },
    now: tuesdayAtTen + 90_000,
  });
const at10 = day("2026-03-10T09:00:00.000Z");
const toggled = (from: string | null, to: string, seconds: number): Partial<Transition> => ({
  ...{ property: "clientLetters", from, to, at: tuesdayAtTen + seconds * 1_000 },
});

describe("a project is live", () => {
  it("never while letters are off, or Live since cannot be read", () => {
    expect(liveSince({ clientLetters: "Off", liveSince: at10 })).toBeNull();
    expect(liveSince({ clientLetters: "Automatic", liveSince: day("soon") })).toBeNull();
  });

  it("from Live since on, or from this minute on while that is still being written", () => {
    expect(liveSince({ clientLetters: "Automatic", liveSince: at10 })).toBe(tuesdayAtTen);
    expect(liveSince({ clientLetters: "Automatic" })).toBe(tuesdayAtTen + 60_000);
  });

  it("from the second on in which letters were switched on, not from their minute", () => {
    const project = { clientLetters: "Automatic", liveSince: at10 } as const;
    expect(liveSince(project, toggled("Off", "Automatic", 30))).toBe(tuesdayAtTen + 30_000);
    expect(liveSince(project, toggled("Review first", "Automatic", 30))).toBe(tuesdayAtTen);
    expect(liveSince(project, { ...toggled(null, "Automatic", 30), outcome: "baseline" })).toBe(tuesdayAtTen);
  });
});
