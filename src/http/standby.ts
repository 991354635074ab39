/** What is answered while another instance serves the store: this one lives, is not ready, and takes nothing in. */
export const standby = (request: Request): Response =>
  new URL(request.url).pathname === "/health"
    ? Response.json({ status: "ok" })
    : Response.json({ status: "standby" }, { status: 503, headers: { "retry-after": "5" } });
