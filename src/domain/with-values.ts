import { Quarantined } from "../types/quarantined.ts";

/**
 * An object with other values in some of its fields. One that cannot be read now stays so until somebody asks for it: its
 * copy then reads the others through the original, which takes longer.
 */
export const withValues = <T extends object>(target: T, values: Partial<T>): T => {
  try {
    return { ...target, ...values };
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    const [kept, given] = [target, values].map((one) => Object.getOwnPropertyDescriptors(one));
    return Object.defineProperties({}, { ...kept, ...given }) as T;
  }
};
