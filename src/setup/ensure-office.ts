import { databases } from "../../notion-templates/databases.ts";
import { toCanonical, toWrites } from "../sync/row.ts";
import type { DatabaseBinding } from "../types/bindings.ts";
import type { PageObservation } from "../types/notion.ts";
import type { DomainValue, Value } from "../types/values.ts";
import { bindingsOf, type SetupContext } from "./context.ts";
import { patiently } from "./patiently.ts";

const { office } = databases;
const done = "setup.office_row";
const rowKey = "office";

/**
 * The one row of Office, as the last thing setup makes: its Active since is the end of setup (design §6), on Notion's
 * minute, so that a project made in the same minute counts as new.
 */
export const ensureOffice = async (context: SetupContext, unusable: ReadonlySet<string>): Promise<void> => {
  const binding = bindingsOf(context).office;
  if (!binding?.properties.milepostKey || unusable.has("milepostKey") || context.store.getMeta(done) !== null)
    return;
  const row = await patiently(context, async () => {
    const found = await findRow(context, binding);
    if (found) return unusable.has("activeSince") ? found : activated(context, binding, found);
    const created = await context.notion.createRow({
      dataSourceId: binding.dataSourceId,
      writes: toWrites(office, binding, canonical(binding, withoutKeys(firstRow(context), unusable))),
    });
    context.made.push(`the row of ${office.title}`);
    return created;
  });
  context.store.setMeta(done, row.pageId);
};

type OfficeValues = Readonly<Partial<Record<keyof typeof office.properties, DomainValue>>>;

const firstRow = (context: SetupContext): OfficeValues => ({
  agency: "Our agency",
  sender: "The delivery team",
  colour: "#1F6FEB",
  timeZone: context.officeTimezone,
  workingDays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
  workStarts: "09:00",
  workEnds: "18:00",
  supportTiers:
    "Standard: answer within 8 office hours\nPriority: answer within 4 office hours\nPremium: answer within 1 office hour",
  defaultLetters: "Review first",
  activeSince: minute(context.clock.now()),
  milepostKey: rowKey,
});

const withoutKeys = (values: OfficeValues, keys: ReadonlySet<string>): OfficeValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !keys.has(key)));

const minute = (now: number): DomainValue => ({
  start: new Date(Math.floor(now / 60_000) * 60_000).toISOString(),
  end: null,
  zone: null,
});

const canonical = (binding: DatabaseBinding, values: OfficeValues): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, toCanonical(office, binding, key, value ?? null)]),
  );

const findRow = async (
  { notion }: SetupContext,
  binding: DatabaseBinding,
): Promise<PageObservation | null> => {
  const propertyId = binding.properties.milepostKey?.propertyId ?? "";
  const filter = { kind: "text-equals", propertyId, text: rowKey } as const;
  const { rows } = await notion.queryRows({ dataSourceId: binding.dataSourceId, filter });
  return rows.toSorted((one, other) => one.createdTime - other.createdTime)[0] ?? null;
};

/** A row whose Active since is empty belongs to a setup that has only ended now. */
const activated = async (
  context: SetupContext,
  binding: DatabaseBinding,
  row: PageObservation,
): Promise<PageObservation> => {
  const bound = binding.properties.activeSince;
  if (!bound || (row.properties[bound.propertyId]?.value ?? null) !== null) return row;
  const writes = toWrites(office, binding, canonical(binding, { activeSince: minute(context.clock.now()) }));
  return context.notion.updatePage(row.pageId, writes);
};
