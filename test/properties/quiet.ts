import { boundProperty } from "./cast.ts";
import { type Played, propose } from "./play.ts";
import { minute, type Run } from "./run.ts";
import { listAll, openFaults } from "./settling.ts";

const lastRequest = (run: Run): number => run.workspace.control.requests().at(-1)?.seq ?? 0;

/** The paths of all that the service changed since a request. */
export const writesSince = (run: Run, seq: number): string[] =>
  run.workspace.control
    .requests(seq)
    .filter(({ actorId, method, operation }) => {
      const asks = method === "GET" || operation === "data_sources.query" || operation === "search";
      return actorId === run.workspace.botId && !asks;
    })
    .map(({ method, path }) => `${method} ${path}`);

/** All that deciding may add to. */
const decided = ({ store }: Run): Readonly<Record<string, string>> => {
  const text = (sql: string): string => JSON.stringify(store.exec(sql));
  return {
    actions: text("SELECT key, state FROM actions ORDER BY key"),
    journal: text("SELECT max(sequence) AS last FROM journal WHERE kind <> 'suspected_overwrite'"),
    transitions: text("SELECT count(*) AS count FROM transitions"),
    comments: text("SELECT page_id, kind, wanted FROM comments ORDER BY page_id, kind"),
    values: text("SELECT page_id, local FROM pages ORDER BY page_id"),
  };
};

/** P2, P3: deciding again, listing again, every event again and a restart change nothing. */
export const quiescenceFaults = async ({ run }: Played): Promise<string[]> => {
  const [seq, before] = [lastRequest(run), decided(run)];
  for (const { payload } of run.workspaceDatabase.exec("SELECT payload FROM webhook_events"))
    await run.deliver(String(payload));
  run.store.exec("UPDATE records SET dirty = dirty + 1");
  run.restart();
  listAll(run);
  await run.pass(2 * minute);
  return [
    ...writesSince(run, seq).map((write) => `P2 ${write} after everything was done`),
    ...Object.entries(decided(run)).flatMap(([what, now]) =>
      now === before[what] ? [] : [`P3 deciding again changed the ${what}`],
    ),
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
  return target?.start === deed.to ? [] : [`P5c a proposal did not arrive: ${JSON.stringify(target)}`];
};
