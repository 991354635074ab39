import { DurableObject } from "cloudflare:workers";
import { compose, type Service, serviceOptions } from "./compose.ts";
import { type Environment, readSettings, type WorkspaceSettings } from "./config.ts";
import { createLog } from "./log.ts";
import type { Clock } from "./ports.ts";
import { durableObjectDatabase } from "./store/durable-object.ts";
import { MilepostError } from "./types/errors.ts";

type Bindings = Environment & { readonly WORKSPACE: DurableObjectNamespace<Workspace> };

/** Routes of a workspace lie below its name; `PUBLIC_URL` includes this mount (design §4). */
const mount = /^\/w\/([a-z0-9-]{1,60})(\/.*)?$/;

/** The next round is never further away than this, whatever the store says. */
const restMs = { afterFailure: 10_000, atMost: 300_000 } as const;

/** Workers freeze the clock between I/O; a round reads it again after every request. */
const clock: Clock = {
  now: Date.now,
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

/** One workspace: one store, one throttle, one writer, one alarm. */
export class Workspace extends DurableObject<Bindings> {
  readonly #log = createLog({ level: "info", write: (line) => console.log(line), clock });
  #service: Service | null = null;
  #woken = false;

  override async fetch(request: Request): Promise<Response> {
    const response = await this.#composed().app.fetch(request);
    if (this.#woken || (await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(clock.now());
    return response;
  }

  override async alarm(): Promise<void> {
    this.#woken = false;
    let due: number | null = clock.now() + restMs.afterFailure;
    try {
      due = await this.#composed().round();
    } catch (error) {
      const code = error instanceof MilepostError ? error.code : "internal_error";
      this.#log.error("loop.round_failed", { code, stack: error instanceof Error ? error.stack : undefined });
    } finally {
      const latest = clock.now() + restMs.atMost;
      await this.ctx.storage.setAlarm(this.#woken ? clock.now() : Math.min(due ?? latest, latest));
    }
  }

  /** Composed at the first use, so that a wrong setting is an answer and not an object that cannot start. */
  #composed(): Service {
    if (this.#service) return this.#service;
    const settings = workspaceSettings(this.env);
    const wake = (): void => {
      this.#woken = true;
    };
    const database = durableObjectDatabase(this.ctx.storage);
    const newId = () => crypto.randomUUID();
    this.#service = compose(serviceOptions(settings), {
      ...{ database, clock, newId, random: Math.random, fetch: (input, init) => fetch(input, init) },
      ...{ log: this.#log, probe: () => undefined, wake },
    });
    return this.#service;
  }
}

const workspaceSettings = (bindings: Bindings): WorkspaceSettings => {
  const settings = readSettings(bindings);
  if (settings.mode === "workspace") return settings;
  throw new MilepostError("setting_invalid", "NOTION_TOKEN is missing: a Worker serves a real workspace");
};

/** The object of a path below the mount that `PUBLIC_URL` names; no other name makes an object. */
const workspaceAt = (
  bindings: Bindings,
  pathname: string,
): { stub: DurableObjectStub<Workspace>; rest: string } | null => {
  const [, named, rest] = mount.exec(pathname) ?? [];
  const [, own] = mount.exec(new URL(workspaceSettings(bindings).publicUrl).pathname) ?? [];
  return named !== undefined && named === own
    ? { stub: bindings.WORKSPACE.getByName(named), rest: rest ?? "/" }
    : null;
};

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const url = new URL(request.url);
    const found = workspaceAt(bindings, url.pathname);
    if (!found) return new Response(null, { status: 404 });
    url.pathname = found.rest;
    return found.stub.fetch(new Request(url, request));
  },

  /** Any request re-arms an alarm that was lost. */
  async scheduled(_event: ScheduledController, bindings: Bindings): Promise<void> {
    const found = workspaceAt(bindings, new URL(workspaceSettings(bindings).publicUrl).pathname);
    await found?.stub.fetch("https://workspace/health");
  },
} satisfies ExportedHandler<Bindings>;
