import type { MiddlewareHandler } from "hono";

const localNames = new Set(["127.0.0.1", "localhost"]);

/**
 * Answers only who asks for this machine by its own name, because nothing else is asked of who comes in embedded mode
 * (design §10). A page of another site whose name resolves to this machine (DNS rebinding) sends its own name as Host.
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  const name = (c.req.header("host") ?? "").replace(/:\d+$/, "");
  return localNames.has(name) ? next() : c.text("Here is answered only to 127.0.0.1 and localhost.", 403);
};
