import { Hono } from "hono";
import { html } from "hono/html";
import { page } from "./client-pages.ts";

const headers = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "x-robots-tag": "noindex, nofollow",
} as const;

const content = html`<h1>Milepost</h1>
  <p>Milepost looks after the delivery of client projects in Notion: it checks each stage's gate and says on the page what is missing. This address is that of your team's own Milepost; there is nothing to do here.</p>`;

/** What the signature under every comment links to: anybody may read it, so it tells of no team and no project. */
export const frontPage = (): Hono =>
  // Relative, because on Workers the service lies below its workspace's path.
  new Hono().get("/", (c) => c.html(page("Milepost", content, "l/style.css"), 200, headers));
