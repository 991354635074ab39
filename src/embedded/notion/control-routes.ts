import { type Context, Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { z } from "zod";
import type { AdjustableClock } from "../clock.ts";
import { ApiError } from "./api/errors.ts";
import type { ControlAction } from "./control-actions/action.ts";
import { controlActions } from "./control-actions/table.ts";
import type { Workspace, WorkspaceControl } from "./workspace.ts";

/** What a test may jump over at once: a year, so that no mistyped number leaves the range of dates. */
const longestJump = 366 * 24 * 60 * 60 * 1000;

const jumpSchema = z.union([
  z.strictObject({ advance_ms: z.number().int().min(0).max(longestJump) }),
  z.strictObject({ to: z.literal("next") }),
]);
const afterSchema = z.coerce.number().int().min(0).default(0);

const parsed = async <T>(c: Context, schema: z.ZodType<T>): Promise<T | null> => {
  const body: unknown = await c.req.json().catch(() => null);
  return schema.safeParse(body).data ?? null;
};

const refuse = (c: Context, expected: string): Response => c.json({ error: `expected ${expected}` }, 400);

const listing = (c: Context, list: (after: number) => unknown[]): Response => {
  const after = afterSchema.safeParse(c.req.query("after"));
  return after.success ? c.json({ results: list(after.data) }) : refuse(c, "after: a whole number");
};

/** What the action refuses (an unknown id, person, property) is told; anything else is an error of the workspace. */
const act = async (
  c: Context,
  control: WorkspaceControl,
  { body, run }: ControlAction,
): Promise<Response> => {
  const input = body.safeParse(await c.req.json().catch(() => null));
  if (!input.success) return c.json({ error: z.prettifyError(input.error) }, 400);
  try {
    return c.json(await run(control, input.data));
  } catch (error) {
    if (error instanceof RangeError || error instanceof ApiError)
      return c.json({ error: error.message }, 400);
    throw error;
  }
};

/** What Notion has no API for, over HTTP and with the control token: see `controlActions` for what can be done. */
export const controlRoutes = ({
  workspace,
  clock,
}: {
  workspace: Workspace;
  clock: AdjustableClock;
}): Hono => {
  const { control, tokens } = workspace;
  const state = () => ({
    now: clock.now(),
    offset_ms: clock.offset(),
    next_due: clock.nextDue(),
    webhooks: { ...control.webhooks(), next_due: control.nextDue() },
  });
  const routes = new Hono();
  routes.use(bearerAuth({ token: tokens.control }));
  routes.get("/state", (c) => c.json(state()));
  routes.get("/journal", (c) => listing(c, (after) => control.journal(after)));
  routes.get("/requests", (c) => listing(c, (after) => control.requests(after)));
  routes.post("/clock", async (c) => {
    const jump = await parsed(c, jumpSchema);
    if (!jump) return refuse(c, `{"advance_ms": 0 to ${longestJump}} or {"to": "next"}`);
    if ("to" in jump) clock.advanceToNext();
    else clock.advance(jump.advance_ms);
    return c.json(state());
  });
  routes.get("/faults", (c) => c.json({ rules: control.faultRules() }));
  routes.get("/webhooks", (c) =>
    c.json({ results: control.subscriptions(), disturbance: control.webhookDisturbance() }),
  );
  routes.get("/automations", (c) => c.json({ results: control.automations() }));
  for (const [name, row] of Object.entries(controlActions)) {
    routes.post(`/${name}`, (c) => act(c, control, row));
  }
  routes.all("/*", (c) => c.json({ error: "there is no such control route" }, 404));
  return routes;
};
