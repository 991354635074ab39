import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { disturbanceOf, faultsPage, ruleOf } from "./faults-page.ts";
import { layout } from "./layout.ts";
import type { Html } from "./model.ts";
import { requestLogPage } from "./request-log-page.ts";
import { beginVisit, goBack, type Parts } from "./visit.ts";

/** These pages ask nothing of the API, so that a fault cannot shut them. */
const page = (
  c: Context,
  parts: Parts,
  title: string,
  main: (visit: ReturnType<typeof beginVisit>) => Html,
) => {
  const visit = beginVisit(c, parts, null);
  return c.html(
    layout(visit, { title, main: main(visit), aboutId: null, places: [], currentId: visit.path }),
  );
};

const returnTo = (form: FormData): string => String(form.get("return_to") ?? "/ui/faults");

/** The log of requests and the switches for faults. Only forms of this server's own pages are taken. */
export const workbenchRoutes = (parts: Parts): Hono => {
  const { control } = parts.workspace;
  const routes = new Hono();
  routes.use(csrf());
  routes.get("/requests", (c) => {
    const query = { who: c.req.query("who"), before: c.req.query("before") };
    return page(c, parts, "Requests", (visit) => requestLogPage(visit, query));
  });
  routes.get("/faults", (c) => page(c, parts, "Faults", faultsPage));
  routes.post("/faults", async (c) => {
    const form = await c.req.formData();
    const rule = ruleOf(form);
    if (rule) control.setFaultRules([...control.faultRules(), rule]);
    return goBack(c, parts, returnTo(form));
  });
  routes.post("/faults/remove", async (c) => {
    const form = await c.req.formData();
    const index = String(form.get("index"));
    control.setFaultRules(control.faultRules().filter((_rule, place) => String(place) !== index));
    return goBack(c, parts, returnTo(form));
  });
  routes.post("/faults/clear", async (c) => {
    control.setFaultRules([]);
    return goBack(c, parts, returnTo(await c.req.formData()));
  });
  routes.post("/faults/webhooks", async (c) => {
    const form = await c.req.formData();
    control.disturbWebhooks(disturbanceOf(form));
    return goBack(c, parts, returnTo(form));
  });
  return routes;
};
