import { z } from "zod";
import { clientZone } from "../domain/contacts.ts";
import type { Office } from "../domain/office.ts";
import type { DeliveryRecord, Milestone } from "../domain/record.ts";
import { timeIn } from "../domain/zone-clocks.ts";
import type { Answer } from "../types/loop.ts";
import { momentFor } from "./letter-view.ts";

/** All that a client sees of a project on its sign-off page: the covered content and whose it is. */
const signOffView = z.strictObject({
  agency: z.string(),
  project: z.string(),
  milestone: z.string(),
  deliverable: z.string(),
  whatWorksNow: z.string(),
  demo: z.string().nullable(),
});
export type SignOffView = z.infer<typeof signOffView>;

/** All that a client sees of an answer. */
const answerView = z.strictObject({
  approved: z.boolean(),
  name: z.string(),
  /** The day and time on the client's clock, with its zone. */
  at: z.string(),
  /** Empty where another contact wrote it. */
  comment: z.string(),
});
export type AnswerView = z.infer<typeof answerView>;

export const signOffViewOf = (
  { project }: DeliveryRecord,
  { name, deliverable, whatWorksNow, demo }: Milestone,
  office: Office,
): SignOffView =>
  signOffView.parse({
    ...{ agency: office.name, project: project.name, milestone: name, deliverable, whatWorksNow, demo },
  });

/** `own`: read through the link that it was given by. */
export const answerViewOf = (
  record: DeliveryRecord,
  { choice, name, at, comment }: Answer,
  office: Office,
  own: boolean,
): AnswerView => {
  const zone = clientZone(record, office);
  return answerView.parse({
    approved: choice === "approve",
    name,
    at: `${momentFor({ record, office }, at)}, ${timeIn(at, zone)} (${zone})`,
    comment: own ? comment : "",
  });
};
