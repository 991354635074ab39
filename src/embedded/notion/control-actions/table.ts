import { accessActions } from "./access.ts";
import type { ControlAction } from "./action.ts";
import { faultActions } from "./faults.ts";
import { schemaActions } from "./schema.ts";
import { webhookActions } from "./webhooks.ts";

/** All that the control routes can do beside the clock; what each does stands at the function of `WorkspaceControl`. */
export const controlActions: Readonly<Record<string, ControlAction>> = {
  ...accessActions,
  ...schemaActions,
  ...faultActions,
  ...webhookActions,
};
