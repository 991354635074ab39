import { type Context, Hono } from "hono";
import { z } from "zod";
import { isPlainDate } from "../domain/calendar.ts";
import type { EngineContext } from "../engine/context.ts";
import { measuresOfOffice, measuresOfProject } from "../engine/measures.ts";
import { dashed } from "../types/page-id.ts";
import { Quarantined } from "../types/quarantined.ts";

const day = z.string().refine(isPlainDate, "expected a day such as 2026-11-30");

/** Both days or neither: without them the last whole month counts. */
const period = z
  .strictObject({ from: day.optional(), to: day.optional() })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), "expected both from and to")
  .refine(({ from, to }) => !from || !to || from <= to, "from lies after to");

/** What a project, or the office over a period, measures. */
export const measures = (context: EngineContext): Hono =>
  new Hono()
    .get("/projects/:page/measures", (c) =>
      readable(c, () => {
        const found = measuresOfProject(context, dashed(c.req.param("page")));
        return found ? c.json(found) : c.json({ error: "no project is known by this id" }, 404);
      }),
    )
    .get("/measures", (c) => {
      const asked = period.safeParse(c.req.query());
      if (!asked.success) return c.json({ error: problemsIn(asked.error) }, 400);
      const { from, to } = asked.data;
      const span = from === undefined || to === undefined ? null : { from, to };
      return readable(c, () => c.json(measuresOfOffice(context, span)));
    });

const problemsIn = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => [...path.map(String), message].join(": ")).join("; ");

/** Numbers of half a record would be wrong; it may be whole again soon. */
const readable = (c: Context, answer: () => Response): Response => {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    return c.json({ error: `a record cannot be read whole: ${error.detail}` }, 503, { "retry-after": "60" });
  }
};
