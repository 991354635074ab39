import { databases } from "../../notion-templates/databases.ts";
import { cast } from "./cast.ts";
import type { Change, Fact } from "./facts.ts";
import { equal, overwrites, ownerOf, writesOf } from "./overwrites.ts";
import type { Played } from "./play.ts";

const text = (value: unknown): string => JSON.stringify(value ?? null);

/** P4, P5c: what the pages must hold in the end, by what people did last. */
export const valueFaults = (played: Played): string[] => {
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
        owner === "team" ||
        (owner === "shared" &&
          changes.every(({ kind }) => kind === "person") &&
          !isProposed(played, stage.pages[role], key));
      const lostUnseen = overwrites(played).some((one) => one.unseen && one.property === key);
      if (isTheirs && lastOfPeople && !lostUnseen && text(values[key]) !== text(lastOfPeople.value))
        faults.push(`P4 ${role}.${key} is ${text(values[key])}, people left ${text(lastOfPeople.value)}`);
    }
  }
  return [
    ...faults,
    ...scoreFaults(played, local),
    ...inventedFaults(played),
    ...uncontestedFaults(played, local),
  ];
};

/** Whether a rule had something to say on a shared value: a moved Target has the schedule acknowledged anew. */
const isProposed = ({ run }: Played, pageId: string, property: string): boolean =>
  run.store.exec(
    "SELECT 1 FROM journal WHERE page_id = ? AND property = ? AND kind = 'decided' AND rule <> 'proposal' LIMIT 1",
    pageId,
    property,
  ).length > 0;

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

/** P5c: the last word on a value was ours, people's was known to whoever had it, so ours stands. */
const uncontestedFaults = (
  { facts, stage }: Played,
  local: ReadonlyMap<string, Record<string, unknown>>,
): string[] => {
  const pageId = stage.pages.milestones;
  const milestone = local.get(pageId);
  const ours = facts.findLastIndex((fact) => "property" in fact && fact.property === "target");
  const fact = facts[ours];
  if (!milestone || fact?.kind !== "service") return [];
  const isTarget = (one: Fact): one is Change => "property" in one && one.property === "target";
  const changes = facts.slice(0, ours + 1).filter(isTarget);
  const theirs = changes.findLastIndex(({ kind }) => kind === "person");
  // One that had been read and not been taken into the mirror yet was known to nobody.
  const wasKnown = changes
    .slice(theirs + 1)
    .some(({ before }) => text(before) === text(changes[theirs]?.value));
  if (theirs >= 0 && !wasKnown) return [];
  return text(milestone.target) === text(fact.value)
    ? []
    : [`P5c the target is ${text(milestone.target)}, we had set ${text(fact.value)}`];
};

/** P4: what Milepost writes into a shared property is what somebody wanted there, or set together with others. */
const inventedFaults = ({ facts, stage }: Played): string[] =>
  facts.flatMap((fact) => {
    if (fact.kind !== "write") return [];
    const role = cast.find((one) => stage.pages[one] === fact.pageId);
    if (!role) return [];
    return writesOf(stage.bindings, role, fact.body).flatMap(([key, value]) => {
      if (ownerOf(role, key) !== "shared") return [];
      const wanted = facts.flatMap((one) =>
        "property" in one && one.pageId === fact.pageId && one.property === key ? [one.value] : [],
      );
      const known = Array.isArray(value)
        ? value.every((id) => wanted.some((one) => Array.isArray(one) && one.includes(id)))
        : wanted.some((one) => equal(one, value));
      return known ? [] : [`P4 nobody wanted ${text(value)} in ${key}`];
    });
  });
