import { databases } from "../../notion-templates/databases.ts";
import { leftoverFaults, mirrorFaults } from "../support/checker/mirror.ts";
import { ownershipFaults } from "../support/checker/story.ts";
import { boundProperty, cast, type Role } from "./cast.ts";
import { type Fact, type Played, propose } from "./play.ts";
import { minute, type Run } from "./run.ts";

const filesOf = ({ workspaceDatabase, store }: Run) => ({
  workspace: workspaceDatabase.exec,
  milepost: store.exec,
});

/** What may stand in /status after a history in which events were lost and people wrote in the very moment of a write. */
const expectedProblems = /^problem: (suspected_overwrite|webhook_silent)/;

/** Actions end in other ways than done where a page was trashed. */
const ended = /^action/;

const leftovers = (run: Run): string[] =>
  leftoverFaults(filesOf(run)).filter((fault) => !expectedProblems.test(fault) && !ended.test(fault));

const openFaults = (run: Run): string[] => [...leftovers(run), ...mirrorFaults(filesOf(run))];

/**
 * Every database that holds or held a row is listed now, as if its poll and its next whole listing had come due. The others
 * are polled in their turn.
 */
const listAll = (run: Run): void => {
  run.store.exec("UPDATE polls SET due_at = 0, whole_due = 0 WHERE database IN (SELECT database FROM pages)");
};

/** Longer each time: a brake or a settling write takes a minute, a page that was not shown an hour. */
const patience = [3, 3, 20, 65, 65] as const;

/** P1: after a while both sides are the same and nothing is left to do. What is still open otherwise. */
export const settleDown = async ({ run }: Played): Promise<string[]> => {
  for (const minutes of patience) {
    listAll(run);
    await run.pass(minutes * minute);
    if (openFaults(run).length === 0) return [];
  }
  return openFaults(run).map((fault) => `P1 ${fault}`);
};

const lastRequest = (run: Run): number => run.workspace.control.requests().at(-1)?.seq ?? 0;

const writesSince = (run: Run, seq: number): string[] =>
  run.workspace.control
    .requests(seq)
    .filter(({ actorId, method, operation }) => {
      const asks = method === "GET" || operation === "data_sources.query" || operation === "search";
      return actorId === run.workspace.botId && !asks;
    })
    .map(({ method, path }) => `${method} ${path}`);

const actionCount = (run: Run): number =>
  Number(run.store.exec("SELECT count(*) AS count FROM actions")[0]?.count);

/** P2, P3: deciding again, listing again, every event again and a restart change nothing. */
export const quiescenceFaults = async ({ run }: Played): Promise<string[]> => {
  const [seq, actions] = [lastRequest(run), actionCount(run)];
  for (const { payload } of run.workspaceDatabase.exec("SELECT payload FROM webhook_events"))
    await run.deliver(String(payload));
  run.store.exec("UPDATE records SET dirty = dirty + 1");
  run.restart();
  listAll(run);
  await run.pass(2 * minute);
  return [
    ...writesSince(run, seq).map((write) => `P2 ${write} after everything was done`),
    ...(actionCount(run) === actions ? [] : ["P3 deciding again wanted something new"]),
    ...openFaults(run).map((fault) => `P2 ${fault}`),
  ];
};

/** P5c: a change of ours that nobody contests arrives. */
export const proposalFaults = async (played: Played): Promise<string[]> => {
  const { run, stage } = played;
  const pageId = stage.pages.milestones;
  const isLive =
    run.store.exec("SELECT 1 FROM pages WHERE page_id = ? AND state = 'live'", pageId).length > 0;
  if (!isLive) return [];
  const deed = { kind: "propose", role: "milestones", property: "target", to: "2027-01-04" } as const;
  propose(played, deed);
  await run.pass(3 * minute);
  const id = boundProperty(stage.bindings, "milestones", "target").propertyId;
  const stored = run.workspaceDatabase.exec(
    'SELECT "values" AS found FROM page_values WHERE page_id = ?',
    pageId,
  )[0];
  const target = (JSON.parse(String(stored?.found)) as Record<string, { start?: string } | null>)[
    decodeURIComponent(id)
  ];
  return target?.start === deed.to ? [] : [`P5c a proposal did not arrive: ${text(target)}`];
};

const text = (value: unknown): string => JSON.stringify(value ?? null);

/** A value in a request, in canonical form. */
const written = (payload: Readonly<Record<string, unknown>>): unknown => {
  const [type] = Object.keys(payload).filter((key) => key !== "type" && key !== "id");
  const value = payload[type ?? ""];
  if (type === "rich_text" || type === "title")
    return (value as { text: { content: string } }[]).map((part) => part.text.content).join("");
  if (type === "select" || type === "status") return (value as { id: string } | null)?.id ?? null;
  if (type === "people" || type === "relation") return (value as { id: string }[]).map(({ id }) => id).sort();
  return value ?? null;
};

type Overwrite = {
  readonly pageId: string;
  readonly property: string;
  readonly lost: unknown;
  readonly unseen: boolean;
};

/** How old the read before a write may be (reliability R1). */
const residualMs = 1_000;

/** Every value of a person's that a write of Milepost's replaced; `unseen` where it came after the read before the write. */
const overwrites = ({ facts, stage }: Played): Overwrite[] => {
  const found: Overwrite[] = [];
  const last = new Map<string, { readonly at: number; readonly value: unknown }>();
  const reads = new Map<string, { readonly at: number; readonly time: number }>();
  for (const [at, fact] of facts.entries()) {
    if (fact.kind === "read") reads.set(fact.pageId, { at, time: fact.at });
    if (fact.kind === "person") last.set(`${fact.pageId} ${fact.property}`, { at, value: fact.value });
    if (fact.kind !== "write") continue;
    for (const [property, value] of writesOf(stage.bindings, roleOf(stage.pages, fact.pageId), fact)) {
      const key = `${fact.pageId} ${property}`;
      const human = last.get(key);
      last.delete(key);
      if (!human || sameWritten(human.value, value)) continue;
      const read = reads.get(fact.pageId);
      const unseen = read !== undefined && human.at > read.at && fact.at - read.time <= residualMs;
      found.push({ pageId: fact.pageId, property, lost: human.value, unseen });
    }
    reads.set(fact.pageId, { at, time: fact.at });
  }
  return found;
};

/** Whether a write holds what a person set; a set may hold more (reliability §2.1, shared set). */
const sameWritten = (canonical: unknown, value: unknown): boolean => {
  if (Array.isArray(canonical) && Array.isArray(value)) return canonical.every((id) => value.includes(id));
  const start = (one: unknown) =>
    typeof one === "object" && one !== null && "start" in one ? one.start : one;
  return text(start(canonical)) === text(start(value));
};

const roleOf = (pages: Played["stage"]["pages"], pageId: string): Role | null =>
  cast.find((role) => pages[role] === pageId) ?? null;

const writesOf = (
  bindings: Played["stage"]["bindings"],
  role: Role | null,
  fact: Extract<Fact, { kind: "write" }>,
): [string, unknown][] => {
  const { properties = {} } = JSON.parse(fact.body) as {
    properties?: Record<string, Record<string, unknown>>;
  };
  const bound = Object.entries(role === null ? {} : (bindings[role]?.properties ?? {}));
  return Object.entries(properties).flatMap(([id, payload]): [string, unknown][] => {
    const key = bound.find(
      ([, { propertyId }]) => decodeURIComponent(propertyId) === decodeURIComponent(id),
    )?.[0];
    return key === undefined ? [] : [[key, written(payload)]];
  });
};

/** P5: a person's value that was overwritten is in the journal, or came in between the read and the write. */
const lossFaults = (played: Played): string[] =>
  overwrites(played)
    .filter(({ unseen }) => !unseen)
    .filter(({ pageId, property, lost }) => {
      const entries = played.run.store.exec(
        "SELECT from_value, to_value FROM journal WHERE page_id = ? AND property = ? AND kind <> 'written'",
        pageId,
        property,
      );
      return !entries.some((row) => row.from_value === text(lost) || row.to_value === text(lost));
    })
    .map(({ property, lost }) => `P5 ${property} ${text(lost)} was overwritten, and nothing says so`);

/** What the pages must hold in the end, by what people did last. */
const valueFaults = (played: Played): string[] => {
  const { facts, stage, run } = played;
  const faults: string[] = [];
  const local = new Map(
    run.store
      .exec("SELECT page_id, local FROM pages WHERE state = 'live'")
      .map(({ page_id, local: values }) => [
        String(page_id),
        JSON.parse(String(values)) as Record<string, unknown>,
      ]),
  );
  for (const role of cast) {
    const values = local.get(stage.pages[role]);
    if (!values) continue;
    for (const [key, { owner }] of Object.entries(databases[role].properties)) {
      const changes = facts.filter(
        (fact): fact is Extract<Fact, { kind: "person" | "service" }> =>
          (fact.kind === "person" || fact.kind === "service") &&
          fact.pageId === stage.pages[role] &&
          fact.property === key,
      );
      const lastOfPeople = changes.findLast(({ kind }) => kind === "person");
      const isTheirs =
        owner === "team" || (owner === "shared" && changes.every(({ kind }) => kind === "person"));
      const lostUnseen = overwrites(played).some((one) => one.unseen && one.property === key);
      if (isTheirs && lastOfPeople && !lostUnseen && text(values[key]) !== text(lastOfPeople.value))
        faults.push(`P4 ${role}.${key} is ${text(values[key])}, people left ${text(lastOfPeople.value)}`);
    }
  }
  return [
    ...faults,
    ...scoreFaults(played, local),
    ...agreedFaults(played, local),
    ...uncontestedFaults(played, local),
  ];
};

const weights = ["Low", "Medium", "High"];

/** A service value is what the rule says of what people left, whatever people wrote into it. */
const scoreFaults = ({ stage }: Played, local: ReadonlyMap<string, Record<string, unknown>>): string[] => {
  const risk = local.get(stage.pages.risks);
  // Without its project nothing decides a risk.
  if (!risk || !local.has(stage.pages.projects)) return [];
  const weight = (key: string): number | null => {
    const options = stage.bindings.risks?.properties[key]?.options ?? {};
    const name = Object.keys(options).find((one) => options[one] === risk[key]);
    return name === undefined ? null : weights.indexOf(name) + 1;
  };
  const [likelihood, impact] = [weight("likelihood"), weight("impact")];
  const expected = likelihood === null || impact === null ? null : likelihood * impact;
  return risk.score === expected ? [] : [`P4 the score is ${text(risk.score)}, not ${text(expected)}`];
};

/** P5c: the last word on a value was ours, people's was known before it, so ours stands. */
const uncontestedFaults = (
  { facts, stage }: Played,
  local: ReadonlyMap<string, Record<string, unknown>>,
): string[] => {
  const pageId = stage.pages.milestones;
  const milestone = local.get(pageId);
  const ours = facts.findLastIndex((fact) => "property" in fact && fact.property === "target");
  const fact = facts[ours];
  if (!milestone || fact?.kind !== "service") return [];
  const theirs = facts.findLastIndex((one) => one.kind === "person" && one.property === "target");
  const wasSeen = facts.some(
    (one, at) => one.kind === "read" && one.pageId === pageId && at > theirs && at < ours,
  );
  if (theirs >= 0 && !wasSeen) return [];
  return text(milestone.target) === text(fact.value)
    ? []
    : [`P5c the target is ${text(milestone.target)}, we had set ${text(fact.value)}`];
};

/** P4: nobody's value appears that nobody set. */
const agreedFaults = (
  { facts, stage }: Played,
  local: ReadonlyMap<string, Record<string, unknown>>,
): string[] => {
  const target = local.get(stage.pages.milestones)?.target ?? null;
  const known = facts.flatMap((fact) =>
    "property" in fact && fact.property === "target" ? [text(fact.value)] : [],
  );
  return target === null || known.includes(text(target)) ? [] : [`P4 nobody set the target ${text(target)}`];
};

/** P11: accepted moves form one chain from where the project began, and it stands where the last one ended. */
const transitionFaults = ({ run, stage }: Played): string[] => {
  const pageId = stage.pages.projects;
  const moves = run.store.exec(
    `SELECT from_value, to_value FROM transitions WHERE page_id = ? AND outcome = 'accepted' AND property = 'stage'
     ORDER BY version`,
    pageId,
  );
  const stops = moves.map(({ to_value }) => to_value);
  const chain = moves.flatMap(({ from_value }, index) => {
    const before = stops[index - 1] ?? "Intake";
    return before === from_value
      ? []
      : [`P11 a move begins at ${from_value}, the one before ended at ${before}`];
  });
  const page = run.store.exec("SELECT local FROM pages WHERE page_id = ? AND state = 'live'", pageId)[0];
  if (!page) return chain;
  const { stage: held } = JSON.parse(String(page.local)) as { stage: string };
  const expected = boundProperty(stage.bindings, "projects", "stage").options[
    String(stops.at(-1) ?? "Intake")
  ];
  return held === expected ? chain : [...chain, "P11 the project stands where no accepted move led"];
};

/** P11: every word of Milepost's was said once: a kept comment each, and a reply for each that the ledger says was sent. */
const conversationFaults = ({ run }: Played): string[] => {
  const said = run.workspaceDatabase.exec(
    "SELECT count(*) AS count FROM comments WHERE created_by = ?",
    run.workspace.botId,
  )[0]?.count;
  const kept = run.store.exec("SELECT count(*) AS count FROM comments WHERE comment_id IS NOT NULL")[0]
    ?.count;
  const replies = run.store.exec(
    "SELECT count(*) AS count FROM actions WHERE state = 'done' AND key LIKE 'reply|%'",
  )[0]?.count;
  const expected = Number(kept) + Number(replies);
  return Number(said) === expected ? [] : [`P11 ${said} comments, the ledger knows of ${expected}`];
};

/** P9: what lies in the trash was put there by people, and Milepost writes nothing into it nor takes it out. */
const trashFaults = (played: Played): string[] =>
  played.facts.flatMap((fact) =>
    fact.kind === "write" && /"(in_trash|archived)"/.test(fact.body) ? ["P9 Milepost moved a page"] : [],
  );

const windowMs = 60_000;
const limit = 144;

/** P12: no sixty seconds hold more requests than the budget, and none is made within a pause that Notion asked for. */
const budgetFaults = ({ run, early }: Played): string[] => {
  const times = run.workspace.control
    .requests()
    .filter(({ actorId }) => actorId === run.workspace.botId)
    .map(({ at }) => at);
  const over = times.some((at, index) => {
    const before = times[index - limit];
    return before !== undefined && at - before < windowMs;
  });
  return [
    ...(over ? ["P12 more requests in a minute than the budget allows"] : []),
    ...early.map((request) => `P12 ${request}`),
  ];
};

/** P6 and all that can be said once everything is at rest. */
export const restFaults = (played: Played): string[] => [
  ...ownershipFaults(filesOf(played.run)).map((fault) => `P6 ${fault}`),
  ...lossFaults(played),
  ...valueFaults(played),
  ...transitionFaults(played),
  ...conversationFaults(played),
  ...trashFaults(played),
  ...budgetFaults(played),
];
