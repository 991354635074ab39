import type { Milestone } from "../domain/record.ts";
import type { Forecast } from "../domain/schedule.ts";
import type { WantedValue } from "../types/loop.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { DomainValue } from "../types/values.ts";

/** What a milestone's Forecast, Slip and Why it moved should be. */
export const milestoneValues = (
  { pageId }: Milestone,
  { steps }: Forecast,
): Readonly<Record<"forecast" | "slip" | "whyItMoved", DomainValue>> => {
  const step = steps.get(pageId);
  if (!step) return { forecast: null, slip: null, whyItMoved: "" };
  return { forecast: { start: step.date, end: null, zone: null }, slip: step.slip, whyItMoved: step.why };
};

/** Values of one page, each as a wanted value. */
export const valuesFor = (
  database: DatabaseKey,
  pageId: string,
  values: Readonly<Record<string, DomainValue>>,
): readonly WantedValue[] =>
  Object.entries(values).map(([property, value]) => ({
    target: "property",
    database,
    pageId,
    property,
    value,
  }));
