import { databases } from "../../notion-templates/databases.ts";
import { addJournal } from "../../src/store/history.ts";
import { findPage, savePage } from "../../src/store/pages.ts";
import { markRecord } from "../../src/store/records.ts";
import { outgoingLevel, pendingWrites } from "../../src/sync/merge-page.ts";
import { relationsOf } from "../../src/sync/row.ts";
import type { Value } from "../../src/types/values.ts";
import { type Breakage, breakage } from "./breakage.ts";
import { boundProperty, cast, editAsPerson, type Person, type Role, type Stage } from "./cast.ts";
import type { Delivery, Edit, History, Proposal, Shown, Step, Trouble } from "./deeds.ts";
import type { Fact } from "./facts.ts";
import { writesOf } from "./overwrites.ts";
import { minute, type Network, type Request, type Run, Stopped } from "./run.ts";
import { settleAround } from "./settling.ts";

export type Played = {
  readonly run: Run;
  readonly stage: Stage;
  readonly facts: Fact[];
  /** Requests that were made too early: in a pause that Notion asked for, or before the write before them had settled. */
  readonly early: readonly string[];
  /** P14: what stood still because of a property that had nothing to do with it. */
  readonly halted: readonly string[];
};

type Play = Played & {
  readonly halted: string[];
  broken: Breakage | null;
  readonly early: string[];
  readonly late: string[];
  stale: Map<string, unknown> | null;
  /** Until when a write of a page that got no answer may still land. */
  readonly openUntil: Map<string, number>;
  pausedUntil: number;
};

const canonical = (play: Played, role: Role, property: string, shown: Shown): Value => {
  const { type, options } = boundProperty(play.stage.bindings, role, property);
  if (type === "select" || type === "status") return options[String(shown)] ?? null;
  if (type === "date") return shown === null ? null : { start: String(shown), end: null, zone: null };
  if (type !== "people") return shown as Value;
  const names = shown as readonly string[];
  return play.run.workspace.people
    .filter(({ name }) => names.includes(name))
    .map(({ id }) => id)
    .sort();
};

const doEdit = async (play: Play, { who, role, property, to }: Edit): Promise<void> =>
  setValue(play, who, role, property, canonical(play, role, property, to));

/** A person's edit. One that sets what is there already is no change that anybody could see. */
const setValue = async (
  { run, stage, facts }: Play,
  who: Person,
  role: Role,
  property: string,
  value: Value,
): Promise<void> => {
  const pageId = stage.pages[role];
  // So that what was decided before can be told from what was decided after.
  await run.clock.advance(1);
  const before = (run.witness.valuesOf(pageId)[property] ?? null) as Value;
  const taken = await editAsPerson(run, who, stage.bindings, { role, pageId }, { [property]: value });
  if (taken && JSON.stringify(before) !== JSON.stringify(value))
    facts.push({ kind: "person", pageId, property, value, before, at: run.clock.now() });
};

/** As a rule does that proposes a shared value. */
export const propose = (play: Played, { role, property, to }: Proposal): void => {
  const { store, clock } = play.run;
  const pageId = play.stage.pages[role];
  const value = canonical(play, role, property, to);
  store.transaction(() => {
    const page = findPage(store, pageId);
    if (page?.state !== "live") return;
    const template = databases[role];
    const local = { ...page.local, [property]: value };
    const level = outgoingLevel(
      template,
      pendingWrites(template, { ...page, local }, page.remote ?? page.base),
    );
    savePage(store, { ...page, local, outgoing: level }, relationsOf(template, local));
    const entry = {
      pageId,
      property,
      kind: "decided",
      from: page.local[property] ?? null,
      to: value,
    } as const;
    addJournal(store, { ...entry, actor: { kind: "service" }, rule: "proposal" }, clock.now());
    markRecord(store, play.stage.pages.projects);
    const before = page.local[property] ?? null;
    play.facts.push({ kind: "service", pageId, property, value, before, at: clock.now() });
  });
};

const pageOf = ({ path }: Request): string => path.slice("/v1/pages/".length);

const kindOf = ({ method, path }: Request): "write" | "page" | "other" => {
  if (method === "GET") return path.startsWith("/v1/pages/") ? "page" : "other";
  return path.endsWith("/query") || path === "/v1/search" ? "other" : "write";
};

/** After this long a request lands that Milepost has given up. */
const lateMs = 80_000;

const troubled = async (
  play: Play,
  trouble: Trouble,
  request: Request,
  goOn: () => Promise<Response>,
): Promise<Response> => {
  const { clock } = play.run;
  switch (trouble.kind) {
    case "person": {
      if (trouble.when === "before") await doEdit(play, trouble.edit);
      const response = await goOn();
      if (trouble.when === "after") await doEdit(play, trouble.edit);
      return response;
    }
    case "status": {
      if (trouble.when === "after") await goOn();
      const { status, code } = trouble;
      const pause = status === 429 || status === 529;
      if (pause) play.pausedUntil = clock.now() + 130_000;
      const headers: Record<string, string> = pause ? { "retry-after": "130" } : {};
      return Response.json({ object: "error", status, code, message: "no" }, { status, headers });
    }
    case "html":
      return new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "content-type": "text/html" } });
    case "truncated": {
      const text = await (await goOn()).text();
      return new Response(text.slice(0, text.length / 2), {
        headers: { "content-type": "application/json" },
      });
    }
    case "undone":
      await undone(play, request, goOn);
      throw new TypeError("fetch failed");
    case "late": {
      request.landAfter(lateMs);
      const [at, { body }] = [clock.now(), request];
      if (request.method === "PATCH")
        play.facts.push({ kind: "write", pageId: pageOf(request), at, body, landsAt: at + lateMs });
      break;
    }
    default:
      if (trouble.when === "after") await goOn();
  }
  if (trouble.kind !== "reset") await clock.advance(61_000);
  if (request.method === "PATCH") play.openUntil.set(request.path, clock.now() + 59_000);
  throw new TypeError("fetch failed");
};

/** The write lands, its answer is lost, and a person puts back at once what it replaced. */
const undone = async (play: Play, request: Request, goOn: () => Promise<Response>): Promise<void> => {
  const { run, stage } = play;
  const role = cast.find((one) => stage.pages[one] === pageOf(request));
  const before = role && run.witness.valuesOf(stage.pages[role]);
  await goOn();
  if (!role || !before || request.method !== "PATCH") return;
  for (const [property] of writesOf(stage.bindings, role, request.body))
    await setValue(play, "Dana Reyes", role, property, (before[property] ?? null) as Value);
};

/** Notes what reaches the workspace, and spoils what the plan says. */
const networkOf = (play: Play, plan: History["plan"]): Network => {
  const counts = { write: 0, page: 0, other: 0 };
  return async (request, goOn) => {
    const kind = kindOf(request);
    counts[kind] += 1;
    const isOpen = play.run.clock.now() < (play.openUntil.get(request.path) ?? 0);
    if (play.run.clock.now() < play.pausedUntil)
      play.early.push(`${request.method} ${request.path} within a pause`);
    if (kind === "write" && isOpen) play.early.push(`${request.method} while the one before may still land`);
    const trouble = plan[kind][counts[kind]];
    // Of a read that every other trouble answers in Notion's place Milepost learns nothing.
    const isHeard = trouble === undefined || trouble.kind === "person";
    const noted = async (): Promise<Response> => {
      if (play.broken?.isIn(request)) return Response.json(wrongType, { status: 400 });
      const answer = await goOn();
      const response = play.broken ? await play.broken.shown(request, answer) : answer;
      const pageId = pageOf(request);
      if (response.ok && request.method === "PATCH" && request.path.startsWith("/v1/pages/"))
        play.facts.push({ kind: "write", pageId, at: play.run.clock.now(), body: request.body });
      if (response.ok && kind === "page" && isHeard)
        play.facts.push({ kind: "read", pageId, at: play.run.clock.now() });
      return request.path.endsWith("/query") && play.stale ? lagging(play.stale, response) : response;
    };
    return trouble ? troubled(play, trouble, request, noted) : noted();
  };
};

const wrongType = { object: "error", status: 400, code: "validation_error", message: "is expected to be" };

/** Rows of a query may be older than the pages. */
const lagging = async (stale: ReadonlyMap<string, unknown>, response: Response): Promise<Response> => {
  const list = (await response.json()) as { results: { id: string }[] };
  const results = list.results.map((row) => stale.get(row.id) ?? row);
  return Response.json({ ...list, results });
};

const rowsNow = async (play: Play): Promise<Map<string, unknown>> => {
  const { workspace } = play.run;
  const rows = new Map<string, unknown>();
  for (const pageId of Object.values(play.stage.pages)) {
    const response = await workspace.fetch(`http://notion.test/v1/pages/${pageId}`, {
      headers: {
        authorization: `Bearer ${workspace.tokens.people["Dana Reyes"]}`,
        "notion-version": "2026-03-11",
      },
    });
    rows.set(pageId, await response.json());
  }
  return rows;
};

/** The events that wait in the workspace, oldest first; from now on no later change joins them. */
export const takeEvents = ({ workspaceDatabase }: Run): string[] => {
  const waiting = workspaceDatabase.exec(
    "SELECT payload FROM webhook_events WHERE attempts = 0 ORDER BY seq",
  );
  workspaceDatabase.exec("UPDATE webhook_events SET attempts = 1");
  return waiting.map(({ payload }) => String(payload));
};

const deliver = async (play: Play, delivery: Delivery): Promise<void> => {
  const events = takeEvents(play.run);
  if (delivery === "lost") return;
  if (delivery === "late") {
    play.late.push(...events);
    return;
  }
  const sent = delivery === "reverse" ? [...events].reverse() : events;
  for (const event of [...sent, ...(delivery === "twice" ? sent : [])]) await play.run.deliver(event);
};

/** Ends a breakage, once everything that has nothing to do with it is in step. */
const mend = async (play: Play): Promise<void> => {
  if (!play.broken) return;
  play.stale = null;
  play.halted.push(...(await settleAround(play.run, play.broken.part)));
  play.broken = null;
};

const doStep = async (play: Play, { deed, delivery, thenMs }: Step): Promise<void> => {
  const { run, stage } = play;
  switch (deed.kind) {
    case "edit":
      await doEdit(play, deed);
      break;
    case "propose":
      propose(play, deed);
      break;
    case "trash":
    case "restore":
      run.workspace.control[deed.kind](stage.pages[deed.role]);
      break;
    case "restart":
      run.restart();
      break;
    case "lag":
      play.stale = play.stale === null ? await rowsNow(play) : null;
      break;
    case "rest":
      await run.pass(20 * minute);
      break;
    case "break":
      play.broken ??= breakage(stage, deed.part);
      break;
    case "mend":
      await mend(play);
  }
  await deliver(play, delivery);
  await run.pass(thenMs);
};

/** From now on the workspace makes events, which wait until they are taken. */
export const subscribe = ({ workspace }: Run): void =>
  void workspace.control.subscribe({
    url: "http://milepost.test/webhooks/notion",
    verificationToken: "secret",
  });

/** A process that stops before it has stored a pause cannot know of it; Notion would ask for it again. */
const forgetUnstored = (play: Play): void => {
  const [stored] = play.run.store.exec(
    "SELECT value ->> 'pausedUntil' AS until FROM meta WHERE key = 'throttle'",
  );
  if (Number(stored?.until ?? 0) < play.pausedUntil) play.pausedUntil = 0;
};

/** Plays a history on a copy of the stage; afterwards nothing fails any more, and late events arrive. */
export const play = async (stage: Stage, history: History, seed: number): Promise<Played> => {
  const run = stage.open(seed);
  subscribe(run);
  const game: Play = {
    ...{ run, stage, facts: [], early: [], late: [], stale: null, openUntil: new Map(), pausedUntil: 0 },
    ...{ halted: [], broken: null },
  };
  await run.pass(0);
  run.setNetwork(networkOf(game, history.plan));
  let probes = 0;
  run.setProbe(() => {
    probes += 1;
    if (!history.stops.includes(probes)) return;
    forgetUnstored(game);
    throw new Stopped();
  });
  for (const step of history.steps) await doStep(game, step);
  game.stale = null;
  run.setProbe(() => {});
  run.setNetwork(networkOf(game, { write: {}, page: {}, other: {} }));
  for (const event of game.late) await run.deliver(event);
  await mend(game);
  return game;
};
