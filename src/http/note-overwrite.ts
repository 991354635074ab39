import type { Database, Log } from "../ports.ts";
import { addJournal } from "../store/history.ts";
import { countUp } from "../store/meta.ts";
import { raiseProblem } from "../store/problems.ts";
import { overwritten } from "../store/write-windows.ts";
import { dashed, type Event } from "./webhook-event.ts";

/** A person's edit between our read and our write is overwritten unseen; only its event shows it (reliability R1). */
export const noteOverwrite = (
  { database, log }: { readonly database: Database; readonly log: Log },
  { timestamp, authors, data }: Event,
  pageId: string,
  now: number,
): void => {
  const people = authors.filter((author) => author.type === "person");
  if (timestamp === undefined || people.length === 0) return;
  const onlyPeople = people.length === authors.length;
  for (const propertyId of data.updated_properties ?? []) {
    const change = { pageId, propertyId, at: timestamp, onlyPeople };
    if (!overwritten(database, change)) continue;
    const detail = `property ${propertyId}`;
    const place = { pageId, database: null, property: propertyId };
    raiseProblem(database, { code: "suspected_overwrite", ...place, detail }, now);
    const actor = { kind: "person", id: dashed(people[0]?.id ?? "") } as const;
    const entry = { pageId, property: propertyId, kind: "suspected_overwrite" } as const;
    addJournal(database, { ...entry, from: null, to: null, actor, rule: null }, now);
    countUp(database, "suspected_overwrites");
    log.warn("sync.suspected_overwrite", { page_id: pageId, property_id: propertyId });
  }
};
