import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, longest first: begun last, it would keep one core while the other has nothing left to do. */
const slow = [
  "faults/sigkill.test.ts",
  "properties/engine-first.test.ts",
  "faults/letters-sigkill.test.ts",
  "properties/engine-second.test.ts",
  "browser/newcomer.test.ts",
  "worker/workspace.wtest.ts",
  "faults/memory-drop.test.ts",
  "stories/refused-and-accepted.test.ts",
  "faults/letters-bad-input.test.ts",
  "faults/failing-statement.test.ts",
] as const;

const place = ({ moduleId }: TestSpecification): number => {
  const found = slow.findIndex((file) => moduleId.endsWith(file));
  return found === -1 ? slow.length : found;
};

/** Slow files first; the others in their usual order. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}
