import { DurableObject } from "cloudflare:workers";
import { compose, type Service, serviceOptions } from "./compose.ts";
import { readSettings, type WorkspaceSettings } from "./config.ts";
import { nextRound } from "./engine/run-loop.ts";
import { createLog } from "./log.ts";
import type { Clock, Log } from "./ports.ts";
import { durableObjectDatabase } from "./store/durable-object.ts";
import { MilepostError } from "./types/errors.ts";

/** Settings and secrets of a Worker are bindings; they say the same as the environment on Node. */
type Bindings = { readonly WORKSPACE: DurableObjectNamespace<Workspace> };

/** Routes of a workspace lie below its name; `PUBLIC_URL` includes this mount (design §4). */
const mount = /^\/w\/([a-z0-9-]{1,60})(\/.*)?$/;

/** The next round is never further away than this, whatever the store says. */
const longestRestMs = 300_000;

/** Workers freeze the clock between I/O; a round reads it again after every request. */
const clock: Clock = {
  now: Date.now,
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

/** Workers wait for what has arrived only by a timer. */
const gather = (): Promise<void> => scheduler.wait(0);

const logAt = (level: WorkspaceSettings["logLevel"]): Log =>
  createLog({ level, write: (line) => console.log(line), clock });

/** One workspace: one store, one throttle, one writer, one alarm. */
export class Workspace extends DurableObject<Bindings> {
  #log = logAt("info");
  #service: Service | null = null;
  #woken = false;

  override async fetch(request: Request): Promise<Response> {
    try {
      const response = await this.#composed().app.fetch(request);
      if (this.#woken || (await this.ctx.storage.getAlarm()) === null)
        await this.ctx.storage.setAlarm(clock.now());
      return response;
    } catch (error) {
      return unavailable(error);
    }
  }

  /** Cloudflare runs one at a time. It may come again after an unclean end, as every round may. */
  override async alarm(): Promise<void> {
    this.#woken = false;
    let due = clock.now();
    try {
      due = await nextRound({ round: async () => this.#composed().round(), clock, log: this.#log });
    } finally {
      const now = clock.now();
      await this.ctx.storage.setAlarm(this.#woken ? now : Math.min(due, now + longestRestMs));
    }
  }

  /** Composed at the first use, so that a wrong setting is an answer and not an object that cannot start. */
  #composed(): Service {
    if (this.#service) return this.#service;
    const { settings } = served(this.env);
    this.#log = logAt(settings.logLevel);
    const wake = (): void => {
      this.#woken = true;
    };
    const database = durableObjectDatabase(this.ctx.storage);
    const newId = () => crypto.randomUUID();
    this.#service = compose(serviceOptions(settings), {
      ...{ database, clock, newId, random: Math.random, fetch: (input, init) => fetch(input, init) },
      ...{ log: this.#log, probe: () => undefined, wake, gather },
    });
    return this.#service;
  }
}

/** The workspace that the bindings name: its settings, and its object's name, which `PUBLIC_URL` ends in. */
const served = (bindings: Bindings): { settings: WorkspaceSettings; name: string } => {
  const settings = readSettings({ ...bindings });
  if (settings.mode === "embedded")
    throw new MilepostError("setting_invalid", "NOTION_TOKEN is missing: a Worker serves a real workspace");
  const [, name, rest] = mount.exec(new URL(settings.publicUrl).pathname) ?? [];
  if (name === undefined || rest !== undefined)
    throw new MilepostError(
      "setting_invalid",
      "PUBLIC_URL is wrong: expected an address that ends in /w/ and a name of a-z, 0-9 and -",
    );
  return { settings, name };
};

/** What a person can mend is told by its name in the log and in the answer; the platform reports anything else. */
const unavailable = (error: unknown): Response => {
  if (!(error instanceof MilepostError)) throw error;
  const { code, message, todo } = error;
  console.error(`${message}\n${todo}`);
  return Response.json({ error: code, message, todo }, { status: 503 });
};

/** Only the name that `PUBLIC_URL` ends in has an object; a request for any other makes none. */
const forward = async (request: Request, bindings: Bindings): Promise<Response> => {
  const url = new URL(request.url);
  const [, named, rest = "/"] = mount.exec(url.pathname) ?? [];
  const { name } = served(bindings);
  if (named !== name) return new Response(null, { status: 404 });
  url.pathname = rest;
  return bindings.WORKSPACE.getByName(name).fetch(new Request(url, request));
};

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    return forward(request, bindings).catch(unavailable);
  },

  /** Any request re-arms an alarm that was lost. */
  async scheduled(_controller: ScheduledController, bindings: Bindings): Promise<void> {
    try {
      await bindings.WORKSPACE.getByName(served(bindings).name).fetch("https://workspace/health");
    } catch (error) {
      unavailable(error);
    }
  },
} satisfies ExportedHandler<Bindings>;
