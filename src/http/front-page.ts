import { Hono } from "hono";

const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "x-robots-tag": "noindex, nofollow",
} as const;

// The stylesheet is that of the client's pages; relative, because on Workers the service lies below its workspace's path.
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex, nofollow" />
    <title>Milepost</title>
    <link rel="stylesheet" href="l/style.css" />
  </head>
  <body>
    <main>
      <h1>Milepost</h1>
      <p>Milepost looks after the delivery of client projects in Notion: it checks each stage's gate and says on the page what is missing. This address is that of your team's own Milepost; there is nothing to do here.</p>
    </main>
  </body>
</html>
`;

/** What the signature under every comment links to: anybody may read it, so it tells of no team and no project. */
export const frontPage = (): Hono => new Hono().get("/", (c) => c.body(page, 200, headers));
