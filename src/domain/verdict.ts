import type { Finding } from "../types/loop.ts";

/**
 * What becomes of a request for a workflow column. `overridden` is the Override reason that stood there and then the findings
 * that it passed, none where it was not needed; it belongs into the accepted transition, because a reason counts once. `changesAt` (UTC ms) is when the clock alone removes a finding.
 */
export type Verdict =
  | { readonly allowed: true; readonly overridden: readonly Finding[] }
  | { readonly allowed: false; readonly findings: readonly Finding[]; readonly changesAt: number | null };
