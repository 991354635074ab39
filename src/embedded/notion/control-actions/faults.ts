import { z } from "zod";
import { faultNames } from "../api/fault-table.ts";
import { action, type ControlAction, given } from "./action.ts";

const faultRule = z.strictObject({
  fault: z.enum(faultNames),
  method: z.string().optional(),
  path: z.string().startsWith("/").optional(),
  operation: z.string().optional(),
  actor: z.enum(["bot", "person"]).optional(),
  nth: z.int().min(1).optional(),
  count: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  retry_after_seconds: z.int().min(0).optional(),
  lag_seconds: z.number().min(0).max(3600).optional(),
});

/** Replaces the fault rules. */
export const faultActions: Readonly<Record<string, ControlAction>> = {
  faults: action(z.strictObject({ rules: z.array(faultRule).max(100) }), (control, { rules }) => {
    control.setFaultRules(
      rules.map(({ retry_after_seconds: retryAfterSeconds, lag_seconds: lagSeconds, ...rule }) =>
        given({ ...rule, retryAfterSeconds, lagSeconds }),
      ),
    );
    return { rules: control.faultRules() };
  }),
};
