import { z } from "zod";
import type { Json } from "../model.ts";
import type { Scope } from "../scope.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** One row of the operation table. Paths are below `/v1`; every parameter but `property_id` is an id. */
export type OperationRow<Q, B> = {
  name: string;
  method: Method;
  path: string;
  query: z.ZodType<Q>;
  body: z.ZodType<B>;
  /** How many requests of the window it uses. */
  cost: number;
  /** API version from which it exists. */
  since?: string;
  /** The last API version that has it. */
  until?: string;
  /** Where it is documented; all are in the SDK. */
  source: string;
  handle(scope: Scope, input: { params: Record<string, string>; query: Q; body: B }): Json;
};
export type Operation = OperationRow<unknown, unknown>;

const nothing = z.strictObject({});

/** Paths that came with data sources (documented: upgrade guide 2025-09-03). */
const needsDataSources = /^\/(data_sources|views)\b/;

const documentedBySdk = "documented: SDK 5.26, api-endpoints";

/** Rows differ in their request types; the table holds them as one. A handler sees only what its own schemas parsed. */
export const operation = <Q = Record<string, never>, B = Record<string, never>>(
  row: Pick<OperationRow<Q, B>, "name" | "method" | "path" | "handle"> & Partial<OperationRow<Q, B>>,
): Operation =>
  ({
    query: nothing,
    body: nothing,
    cost: 1,
    source: documentedBySdk,
    ...(needsDataSources.test(row.path) ? { since: "2025-09-03" } : {}),
    ...row,
  }) as unknown as Operation;
