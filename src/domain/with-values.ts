import { Quarantined } from "../types/quarantined.ts";
import type { DateValue } from "../types/values.ts";

/**
 * An object with other values in some of its fields; itself where it has them already, so that what was found of it stays
 * known. One that cannot be read now stays so until somebody asks for it: its copy then reads the others through the
 * original, which takes longer.
 */
export const withValues = <T extends object>(target: T, values: Partial<T>): T => {
  try {
    for (const key in values) if (!isSame(target[key], values[key])) return { ...target, ...values };
    return target;
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    const [kept, given] = [target, values].map((one) => Object.getOwnPropertyDescriptors(one));
    return Object.defineProperties({}, { ...kept, ...given }) as T;
  }
};

/** A list with others in the place of some; itself where all stay. */
export const withEach = <T>(list: readonly T[], change: (one: T) => T): readonly T[] => {
  const changed = list.map(change);
  return changed.every((one, index) => one === list[index]) ? list : changed;
};

/** A date that follows from something is made anew each time. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (isDate(one) &&
    isDate(other) &&
    one.start === other.start &&
    one.end === other.end &&
    one.zone === other.zone);

const isDate = (value: unknown): value is DateValue =>
  typeof value === "object" && value !== null && "start" in value && "end" in value && "zone" in value;
