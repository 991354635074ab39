import { type Context, Hono } from "hono";
import { z } from "zod";
import { cleanLine, cleanText } from "../content/clean-text.ts";
import { answerLink, type LinkState, openLink } from "../engine/answers.ts";
import type { EngineContext } from "../engine/context.ts";
import { readToken, termsOf } from "../links/sign.ts";
import { findLink, type StoredLink } from "../store/links.ts";
import { countUp } from "../store/meta.ts";
import {
  answeredPage,
  busyPage,
  foreignPage,
  formPage,
  gonePage,
  longest,
  newerPage,
  pageStyle,
  unavailablePage,
  withdrawnPage,
} from "./client-pages.ts";
import { readLimited } from "./read-limited.ts";

export type ClientLinkOptions = {
  readonly context: EngineContext;
  /** Two while one is being replaced; the first signs. */
  readonly linkSecrets: readonly string[];
  /** Starts the loop; called after an answer is stored. */
  readonly wake: () => void;
};

/** Room for them all in a script of which a form sends each character as nine bytes. */
const bodyLimit = 64 * 1024;

/** Attempts a minute on one link that do not decide it (reliability A23). */
const attempts = { most: 5, withinMs: 60_000 } as const;

/** What the form sends. Anything else in it is ignored: the ids come from the token alone (reliability A24, A25). */
const form = z
  .object({
    choice: z.enum(["approve", "changes"], { error: "Choose one of the two answers." }),
    name: z
      .string({ error: "Type your name." })
      .max(longest.name, `Type no more than ${longest.name} characters as your name.`)
      .transform((text) => cleanLine(text, longest.name))
      .pipe(z.string().min(1, "Type your name.")),
    comment: z
      .string()
      .default("")
      // Browsers send two characters for each end of a line and count one.
      .transform((text) => cleanText(text).trim())
      .pipe(z.string().max(longest.comment, `Write no more than ${longest.comment} characters.`)),
  })
  .refine(({ choice, comment }) => choice === "approve" || comment !== "", {
    error: "Say what should change.",
    path: ["comment"],
  });

const headers: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "x-robots-tag": "noindex, nofollow",
};

/**
 * The pages behind client links (reliability §4). Reading changes nothing, whoever reads; a decision takes a choice and a
 * typed name. A token that is wrong in any way meets the same page.
 */
export const clientLinks = (options: ClientLinkOptions): Hono => {
  const app = new Hono();
  const tooMany = limiter(() => options.context.clock.now());
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });
  app.get("/style.css", (c) => c.body(pageStyle, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/:token", async (c) => {
    const link = await linkOf(options, c.req.param("token"));
    return show(c, link ? openLink(options.context, link) : { kind: "gone" });
  });
  app.post("/:token", async (c) => {
    if (!isOwnForm(c, options.context.publicUrl)) return c.html(foreignPage(), 403);
    const link = await linkOf(options, c.req.param("token"));
    if (!link) return show(c, { kind: "gone" });
    const body = await readLimited(c.req.raw, bodyLimit);
    if (body === null) return c.body(null, 413);
    const typed = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body)));
    const state = openLink(options.context, link);
    if (state.kind === "answered") return c.redirect(c.req.param("token"), 303);
    if (tooMany(link.linkId)) return c.html(busyPage(), 429, { "retry-after": "60" });
    const decision = form.safeParse(typed);
    if (!decision.success && state.kind === "open") {
      const faults = decision.error.issues.map(({ message }) => message);
      return c.html(formPage(state.shown, typed, faults), 422);
    }
    const answered = decision.success ? answerLink(options.context, link, decision.data) : state;
    if (answered.kind !== "answered") return show(c, answered);
    countUp(options.context.database, "links_answered");
    options.wake();
    return c.redirect(c.req.param("token"), 303);
  });
  app.all("/:token", (c) => c.body(null, 405, { allow: "GET, HEAD, POST" }));
  return app;
};

/** Counts by link id, which only a signed token names, and forgets after a minute. */
const limiter = (now: () => number): ((linkId: string) => boolean) => {
  const tried = new Map<string, readonly number[]>();
  return (linkId) => {
    const since = now() - attempts.withinMs;
    for (const [id, times] of tried) if (times.every((at) => at <= since)) tried.delete(id);
    const times = (tried.get(linkId) ?? []).filter((at) => at > since);
    tried.set(linkId, [...times.slice(-attempts.most), now()]);
    return times.length >= attempts.most;
  };
};

/** A form of another site has another origin, and every browser names one with a form (reliability A21). */
const isOwnForm = (c: Context, publicUrl: string): boolean =>
  c.req.header("origin") === new URL(publicUrl).origin;

const linkOf = async (
  { context, linkSecrets }: ClientLinkOptions,
  token: string,
): Promise<StoredLink | null> => {
  const read = await readToken(linkSecrets, token);
  if (!read || context.clock.now() >= read.expiresAt) return null;
  const link = findLink(context.database, read.linkId);
  return link && link.expiresAt === read.expiresAt && (await termsOf(link)) === read.terms ? link : null;
};

const show = (c: Context, state: LinkState): Response | Promise<Response> => {
  switch (state.kind) {
    case "gone":
      return c.html(gonePage(), 404);
    case "newer":
      return c.html(newerPage(), 409);
    case "withdrawn":
      return c.html(withdrawnPage(), 409);
    case "unavailable":
      return c.html(unavailablePage(), 503, { "retry-after": "3600" });
    case "answered":
      return c.html(answeredPage(state));
    case "open":
      return c.html(formPage(state.shown, {}, []));
  }
};
