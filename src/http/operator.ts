import { Hono } from "hono";
import { z } from "zod";
import type { EngineContext } from "../engine/context.ts";
import { redrive } from "../engine/dead-letters.ts";
import { confirm } from "../engine/operator.ts";
import { why } from "../engine/why.ts";
import { holds } from "../store/holds.ts";
import { dashed } from "../types/page-id.ts";
import { measures } from "./measures.ts";
import { readLimited } from "./read-limited.ts";

const confirmation = z.strictObject({ holds: z.array(z.enum(holds)).min(1) });
const bodyLimit = 1_024;

export type OperatorOptions = { readonly context: EngineContext; readonly wake: () => void };

/**
 * What a person decides about the service itself. A decision comes as JSON: a browser sends that to another site only when
 * it was allowed to, which it never is here.
 */
export const operator = ({ context, wake }: OperatorOptions): Hono =>
  new Hono()
    .use(async (c, next) => {
      const isJson = (c.req.header("content-type") ?? "").startsWith("application/json");
      return c.req.method !== "POST" || isJson ? next() : c.body(null, 415);
    })
    .post("/confirm", async (c) => {
      const body = await readLimited(c.req.raw, bodyLimit);
      const asked = confirmation.safeParse(body && parse(body));
      if (!asked.success) return c.json({ error: 'expected {"holds": [...]}' }, 400);
      const confirmed = confirm(context, asked.data.holds);
      wake();
      return c.json({ confirmed });
    })
    .post("/redrive", (c) => {
      const letters = redrive(context);
      wake();
      return c.json({ letters });
    })
    .get("/why/:page", (c) => {
      const found = why(context, dashed(c.req.param("page")));
      return found ? c.json(found) : c.json({ error: "no page is known by this id" }, 404);
    })
    .route("/", measures(context));

const parse = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
};
