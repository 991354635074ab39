import fc from "fast-check";
import { expect } from "vitest";

/** `npm run test:long` says how many; `PROPERTY_SEED` looks elsewhere than the last time. */
const { PROPERTY_RUNS = "1000", PROPERTY_SEED = "20261124" } = process.env;

/** Of all runs; what costs two runs or a larger stage has the smaller share. */
const shares = { first: 0.44, second: 0.44, delivery: 0.06, mass: 0.06 } as const;

/** An hour, so that a run that hangs is an error and no silence. */
export const shareTimeout = 3_600_000;

/** Checks one share of the runs, each with a seed of its own; nothing ends them early but a fault. */
export const checkShare = async <T>(
  share: keyof typeof shares,
  from: fc.Arbitrary<T>,
  faults: (value: T) => Promise<string[]>,
): Promise<void> => {
  const numRuns = Math.ceil(Number(PROPERTY_RUNS) * shares[share]);
  const seed = Number(PROPERTY_SEED) + Object.keys(shares).indexOf(share);
  let done = 0;
  const holds = fc.asyncProperty(from, async (value) => {
    expect(await faults(value)).toEqual([]);
    done += 1;
  });
  await fc.assert(holds, { numRuns, seed });
  expect(done).toBe(numRuns);
};
