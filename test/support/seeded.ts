import type { NewId, Random } from "../../src/ports.ts";

/** The mulberry32 generator: the same seed gives the same numbers in [0, 1) on every machine. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** UUIDs (version 4 layout), the same sequence for the same seed. */
export const seededIds = (seed: number): NewId => {
  const random = seededRandom(seed);
  const hex = (digits: number): string =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  return () => {
    const variant = "89ab".charAt(Math.floor(random() * 4));
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
  };
};
