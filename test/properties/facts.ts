import type { Value } from "../../src/types/values.ts";

/** What really happened, in its order, as nobody but the world knows it; `at` in UTC ms. */
export type Fact =
  | {
      readonly kind: "person" | "service";
      readonly pageId: string;
      readonly property: string;
      readonly value: Value;
      /** What stood there: for a person in the workspace, for the service in the mirror. */
      readonly before: Value;
      readonly at: number;
    }
  | { readonly kind: "read"; readonly pageId: string; readonly at: number }
  | {
      readonly kind: "write";
      readonly pageId: string;
      readonly at: number;
      readonly body: string;
      /** When one that got no answer reaches the workspace after all. */
      readonly landsAt?: number;
    };

/** A change of one value, by whomever. */
export type Change = Extract<Fact, { kind: "person" | "service" }>;
