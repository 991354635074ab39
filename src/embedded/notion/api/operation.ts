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
  handle(scope: Scope, input: { params: Record<string, string>; query: Q; body: B }): Json;
};
export type Operation = OperationRow<unknown, unknown>;

const nothing = z.strictObject({});

/** Rows differ in their request types; the table holds them as one. A handler sees only what its own schemas parsed. */
export const operation = <Q = Record<string, never>, B = Record<string, never>>(
  row: Pick<OperationRow<Q, B>, "name" | "method" | "path" | "handle"> & Partial<OperationRow<Q, B>>,
): Operation => ({ query: nothing, body: nothing, cost: 1, ...row }) as unknown as Operation;
