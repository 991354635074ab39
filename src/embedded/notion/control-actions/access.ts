import { z } from "zod";
import { allCapabilities } from "../capability.ts";
import { action, as, type ControlAction, done, id, values } from "./action.ts";

/** Sharing, capabilities, the trash, and rows in bulk. */
export const accessActions: Readonly<Record<string, ControlAction>> = {
  share: action(z.strictObject({ object_id: id }), (control, body) => {
    control.share(body.object_id);
    return done;
  }),
  unshare: action(z.strictObject({ object_id: id }), (control, body) => {
    control.unshare(body.object_id);
    return done;
  }),
  capabilities: action(
    z.strictObject({ capabilities: z.array(z.enum(allCapabilities)) }),
    (control, body) => {
      control.setCapabilities(body.capabilities);
      return done;
    },
  ),
  "block-limit": action(z.strictObject({ blocks: z.int().min(0).nullable() }), (control, body) => {
    control.setBlockLimit(body.blocks);
    return done;
  }),
  trash: action(z.strictObject({ page_id: id, as }), (control, body) => {
    control.trash(body.page_id, body.as);
    return done;
  }),
  restore: action(z.strictObject({ page_id: id, as }), (control, body) => {
    control.restore(body.page_id, body.as);
    return done;
  }),
  seed: action(
    z.strictObject({ data_source_id: id, rows: z.array(values).max(10_000), as }),
    (control, body) => ({ ids: control.seedRows(body.data_source_id, body.rows, body.as) }),
  ),
};
