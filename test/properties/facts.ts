import type { Value } from "../../src/types/values.ts";

/** What really happened, in its order, as nobody but the world knows it; `at` in UTC ms. */
export type Fact =
  | {
      readonly kind: "person" | "service";
      readonly pageId: string;
      readonly property: string;
      readonly value: Value;
      readonly at: number;
    }
  | { readonly kind: "read"; readonly pageId: string; readonly at: number }
  | { readonly kind: "write"; readonly pageId: string; readonly at: number; readonly body: string };

/** A change of one value, by whomever. */
export type Change = Extract<Fact, { kind: "person" | "service" }>;
