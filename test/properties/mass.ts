import fc from "fast-check";
import { editAsPerson, type Stage } from "./cast.ts";
import type { Delivery } from "./deeds.ts";
import { subscribe, takeEvents } from "./play.ts";
import { writesSince } from "./quiet.ts";
import { minute, type Run } from "./run.ts";
import { listAll, settleDown } from "./settling.ts";

/** How many others there are besides the cast's own project. */
export const others = 8;
/** More records than this are no everyday work (reliability §2.1 Mass guard). */
const limit = 5;

/** Which projects lose what, in which order, and what people do about it afterwards. */
export type Mass = {
  readonly gone: readonly { readonly index: number; readonly what: "project" | "milestone" }[];
  readonly how: "trash" | "hide";
  readonly delivery: Extract<Delivery, "order" | "reverse" | "lost">;
  /** After how many events the process starts anew. */
  readonly restartsAt: number;
  readonly answer: "restore" | "confirm";
};

export const masses: fc.Arbitrary<Mass> = fc.record({
  gone: fc.uniqueArray(
    fc.record({
      index: fc.integer({ min: 0, max: others - 1 }),
      what: fc.constantFrom("project", "milestone"),
    }),
    { selector: ({ index }) => index, minLength: 1, maxLength: others },
  ),
  how: fc.constantFrom("trash", "hide"),
  delivery: fc.constantFrom("order", "reverse", "lost"),
  restartsAt: fc.integer({ min: 0, max: others }),
  answer: fc.constantFrom("restore", "confirm"),
});

const pageOf = (stage: Stage, { index, what }: Mass["gone"][number]): string => {
  const member = stage.crowd[index];
  if (!member) throw new RangeError(`no project ${index}`);
  return member[what];
};

const take = ({ workspace }: Run, how: Mass["how"], pageId: string): void =>
  how === "trash" ? workspace.control.trash(pageId) : workspace.control.unshare(pageId);

const giveBack = ({ workspace }: Run, how: Mass["how"], pageId: string): void =>
  how === "trash" ? workspace.control.restore(pageId) : workspace.control.share(pageId);

const deliver = async (run: Run, { delivery, restartsAt }: Mass): Promise<void> => {
  const events = takeEvents(run);
  if (delivery === "lost") return;
  if (delivery === "reverse") events.reverse();
  for (const [index, event] of events.entries()) {
    await run.deliver(event);
    if (index === restartsAt) run.restart();
  }
};

const statesOf = ({ store }: Run, pageIds: readonly string[]): string[] =>
  pageIds.map((id) => String(store.exec("SELECT state FROM pages WHERE page_id = ?", id)[0]?.state));

const isHalted = ({ store }: Run): boolean =>
  store.exec("SELECT 1 FROM problems WHERE code = 'mass_change'").length > 0;

const localScore = ({ store }: Run, stage: Stage): unknown => {
  const row = store.exec("SELECT remote FROM pages WHERE page_id = ?", stage.pages.risks)[0];
  return (JSON.parse(String(row?.remote)) as { score?: unknown }).score;
};

const confirm = async (run: Run): Promise<void> => {
  const body = JSON.stringify({ holds: ["mass_change"] });
  const headers = { "content-type": "application/json" };
  const response = await run.service().app.request("/api/v1/confirm", { method: "POST", headers, body });
  if (!response.ok) throw new Error(await response.text());
};

/** What must be so while a person is asked. */
const haltedFaults = (run: Run, stage: Stage, pages: readonly string[], seq: number): string[] => [
  ...(isHalted(run) ? [] : ["P15 nobody is asked about a mass change"]),
  ...statesOf(run, pages).flatMap((state) =>
    state === "live" ? [] : [`P15 a page is ${state} all the same`],
  ),
  ...writesSince(run, seq).map((write) => `P15 ${write} while a person is asked`),
  ...(localScore(run, stage) === 7 ? [] : ["P15 reading does not go on"]),
];

const goneFaults = (run: Run, { how }: Mass, pages: readonly string[]): string[] => {
  const expected = how === "trash" ? "trashed" : "unreachable";
  return [
    ...(isHalted(run) ? ["P15 a person is asked about everyday work"] : []),
    ...statesOf(run, pages).flatMap((state) =>
      state === expected ? [] : [`P9 a page that went is ${state}`],
    ),
  ];
};

/** P15: above the limit nothing is applied until a person says so; up to it everything is, and what comes back is taken up. */
export const massFaults = async (stage: Stage, mass: Mass): Promise<string[]> => {
  const run = stage.open(7);
  try {
    subscribe(run);
    await run.pass(0);
    const pages = mass.gone.map((one) => pageOf(stage, one));
    const seq = run.workspace.control.requests().at(-1)?.seq ?? 0;
    for (const pageId of pages) take(run, mass.how, pageId);
    const risk = { role: "risks", pageId: stage.pages.risks } as const;
    await deliver(run, mass);
    // Of what is no longer shared no event tells.
    if (mass.delivery === "lost" || mass.how === "hide") listAll(run);
    await run.pass(5 * minute);
    const isMass = mass.gone.length > limit;
    if (isMass) {
      await editAsPerson(run, "Dana Reyes", stage.bindings, risk, { score: 7 });
      await deliver(run, { ...mass, delivery: "order" });
      await run.pass(2 * minute);
    }
    const faults = isMass ? haltedFaults(run, stage, pages, seq) : goneFaults(run, mass, pages);
    if (faults.length > 0) return faults;
    if (mass.answer === "restore") {
      for (const pageId of pages) giveBack(run, mass.how, pageId);
      await deliver(run, { ...mass, delivery: "order" });
      return [...(await settleDown(run)), ...(isHalted(run) ? ["P15 the halt does not end"] : [])];
    }
    if (isMass) await confirm(run);
    await run.pass(5 * minute);
    return goneFaults(run, mass, pages);
  } finally {
    run.close();
  }
};
