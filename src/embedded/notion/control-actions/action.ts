import { z } from "zod";
import type { WorkspaceControl } from "../control.ts";
import { normaliseId } from "../ids.ts";
import type { JsonObject } from "../model.ts";

/** One `POST /control/<name>`: what its body holds, and what it does. What `run` answers becomes the response. */
type ActionRow<B> = {
  body: z.ZodType<B>;
  run(control: WorkspaceControl, body: B): JsonObject | Promise<JsonObject>;
};
export type ControlAction = ActionRow<unknown>;

/** Rows differ in their bodies; the tables hold them as one. `run` sees only what its own schema parsed. */
export const action = <B>(body: z.ZodType<B>, run: ActionRow<B>["run"]): ControlAction =>
  ({ body, run }) as unknown as ControlAction;

/** An id in any spelling. */
export const id = z.string().transform((text, context) => {
  const normalised = normaliseId(text);
  if (normalised) return normalised;
  context.addIssue({ code: "custom", message: "a valid uuid", input: text });
  return z.NEVER;
});
/** Property values or definitions, as a request of the API gives them. */
export const values = z.record(z.string(), z.unknown());
/** The person in whose name it is done; the first one unless given. */
export const as = z.string().optional();

/** Leaves out what is undefined, for types whose optional fields hold no undefined. */
export const given = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** The answer of actions that have nothing to tell. */
export const done: JsonObject = { done: true };
