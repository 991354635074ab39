import { databases } from "../../notion-templates/databases.ts";
import { answersOf, journalOf, transitionsOf } from "../store/history.ts";
import { findPage, type MirrorPage } from "../store/pages.ts";
import { actionTimes } from "../store/past-actions.ts";
import { boundDatabase } from "../sync/context.ts";
import { toDomain } from "../sync/row.ts";
import type { Actor } from "../types/loop.ts";
import type { DatabaseTemplate } from "../types/schema.ts";
import type { DomainValue, Value } from "../types/values.ts";
import type { EngineContext } from "./context.ts";

/** One thing that happened to a page. Names are those of the templates; times are UTC ms. */
export type WhyEntry = {
  readonly at: number;
  readonly what: string;
  readonly property: string | null;
  readonly from: DomainValue;
  readonly to: DomainValue;
  readonly by: Actor;
  /** The rule that wanted it, or what the change rests on; null where neither is known. */
  readonly because: string | null;
};

export type Why = {
  readonly pageId: string;
  readonly database: string;
  readonly url: string;
  readonly state: MirrorPage["state"];
  readonly entries: readonly WhyEntry[];
};

const service: Actor = { kind: "service" };

/** Everything that is known of a page, oldest first: each value, request, answer and action; null where no page is known by the id. */
export const why = (context: EngineContext, pageId: string): Why | null => {
  const page = findPage(context.database, pageId);
  if (page === null) return null;
  const entries = [
    ...values(context, page),
    ...requests(context, page),
    ...answers(context, page),
    ...actions(context, page),
  ];
  const { title } = databases[page.database];
  const ordered = entries.sort((one, other) => one.at - other.at);
  return { pageId, database: title, url: page.url, state: page.state, entries: ordered };
};

const nameOf = (template: DatabaseTemplate, key: string | null): string | null =>
  key === null ? null : (template.properties[key]?.name ?? key);

const values = (context: EngineContext, page: MirrorPage): WhyEntry[] => {
  const template: DatabaseTemplate = databases[page.database];
  const bound = boundDatabase(context, page.database);
  const shown = (key: string | null, value: Value): DomainValue =>
    bound && key !== null ? toDomain(template, bound.binding, key, value) : value;
  // Judged requests are told with their evidence by their transitions.
  return journalOf(context.database, page.pageId)
    .filter(({ kind }) => kind !== "accepted" && kind !== "refused")
    .map(({ at, kind, property, from, to, actor, rule }) => ({
      ...{ at, what: kind, property: nameOf(template, property), by: actor },
      ...{ from: shown(property, from), to: shown(property, to), because: rule && `rule ${rule}` },
    }));
};

const requests = ({ database }: EngineContext, { pageId, database: key }: MirrorPage): WhyEntry[] =>
  transitionsOf(database, pageId).map(({ at, outcome, property, from, to, by, evidence, findings }) => ({
    ...{ at, what: outcome, property: nameOf(databases[key], property), from, to, by },
    because:
      findings.length > 0
        ? findings.map(({ sentence }) => sentence).join(" ")
        : evidence.kind === "none"
          ? null
          : `evidence: ${evidence.kind}`,
  }));

const answers = ({ database }: EngineContext, { pageId }: MirrorPage): WhyEntry[] =>
  answersOf(database, pageId).map(({ at, purpose, choice, name, contactId }) => ({
    ...{ at, what: "answered", property: purpose, from: null, to: choice },
    ...{ by: { kind: "client", id: contactId }, because: `signed by ${name}` },
  }));

const actions = ({ database }: EngineContext, { pageId }: MirrorPage): WhyEntry[] =>
  actionTimes(database, pageId).flatMap(({ key, rule, state, causedAt, updatedAt, result }) => [
    ...[{ at: causedAt, what: "action wanted", property: key, from: null, to: null }].map((entry) => ({
      ...{ ...entry, by: service, because: `rule ${rule}` },
    })),
    {
      ...{ at: updatedAt, what: `action ${state}`, property: key, from: null, to: result, by: service },
      because: `rule ${rule}`,
    },
  ]);
