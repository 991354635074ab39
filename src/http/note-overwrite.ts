import { databases } from "../../notion-templates/databases.ts";
import type { Database, Log } from "../ports.ts";
import { addJournal } from "../store/history.ts";
import { countUp } from "../store/meta.ts";
import { findPage } from "../store/pages.ts";
import { raiseProblem } from "../store/problems.ts";
import { overwritten } from "../store/write-windows.ts";
import type { Bindings } from "../types/bindings.ts";
import { dashed } from "../types/page-id.ts";
import type { DatabaseTemplate } from "../types/schema.ts";
import type { Event } from "./webhook-event.ts";

type Intake = { readonly database: Database; readonly log: Log; readonly bindings: () => Bindings };

/** A person's edit between our read and our write is overwritten unseen; only its event shows it (reliability R1). */
export const noteOverwrite = (
  intake: Intake,
  { timestamp, authors, data }: Event,
  pageId: string,
  now: number,
): void => {
  const { database, log } = intake;
  const people = authors.filter((author) => author.type === "person");
  if (timestamp === undefined || people.length === 0) return;
  const onlyPeople = people.length === authors.length;
  for (const propertyId of data.updated_properties ?? []) {
    const change = { pageId, propertyId, at: timestamp, onlyPeople };
    if (!overwritten(database, change)) continue;
    const { key, property, name } = placeOf(intake, pageId, propertyId);
    const place = { pageId, database: key, property };
    raiseProblem(database, { code: "suspected_overwrite", ...place, detail: `property "${name}"` }, now);
    const actor = { kind: "person", id: dashed(people[0]?.id ?? "") } as const;
    const entry = { pageId, property, kind: "suspected_overwrite" } as const;
    addJournal(database, { ...entry, from: null, to: null, actor, rule: null }, now);
    countUp(database, "suspected_overwrites");
    log.warn("sync.suspected_overwrite", { page_id: pageId, property_id: propertyId });
  }
};

/** Where a person finds the property: its key and name, as far as they are known. */
const placeOf = ({ database, bindings }: Intake, pageId: string, propertyId: string) => {
  const key = findPage(database, pageId)?.database ?? null;
  const bound = Object.entries((key && bindings()[key]?.properties) ?? {});
  const property = bound.find(([, one]) => one.propertyId === propertyId)?.[0] ?? propertyId;
  const template: DatabaseTemplate | null = key && databases[key];
  return { key, property, name: template?.properties[property]?.name ?? property };
};
