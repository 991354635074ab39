import type { SqlValue } from "../ports.ts";

/** Cloudflare's Durable Objects refuse more; both drivers do, so that a statement runs in either runtime or in none. */
const parameterLimit = 100;

/** @throws RangeError for more parameters than every runtime takes */
export const checkParameters = (params: readonly SqlValue[]): void => {
  if (params.length > parameterLimit) throw new RangeError(`more than ${parameterLimit} SQL parameters`);
};
