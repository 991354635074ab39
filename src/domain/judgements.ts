import type { LifecycleKind } from "../../notion-templates/milestone-kinds.ts";
import { addBusinessDays, dateIn, startOfDay } from "./calendar.ts";
import { certificationOf } from "./certification.ts";
import type { Judgement, Situation } from "./criterion.ts";
import { contactName, type Fault, onContact, onProject, type ProjectKey, projectName } from "./fault.ts";
import { enteredAt } from "./lifecycle.ts";
import { doneFaults, isSkipped, scheduleFaults } from "./milestone-faults.ts";
import type { DeliveryRecord } from "./record.ts";

const unless = (faults: readonly Fault[]): Judgement =>
  faults.length === 0 ? { met: true } : { met: false, faults, changesAt: null };

/** A box of the project that a person ticks; `when` completes the sentence that asks for it. */
export const ticked =
  (key: "requirementsSignedOff" | "timelineAcknowledged", when: string) =>
  ({ record }: Situation): Judgement =>
    unless(
      record.project[key]
        ? []
        : [{ sentence: `Tick ${projectName(key)} ${when}.`, places: [onProject(record, key)] }],
    );

/** A step of the delivery record is Done, or skipped with a reason. */
export const done =
  (kind: LifecycleKind) =>
  ({ record }: Situation): Judgement =>
    isSkipped(record, kind) ? { met: true, notApplicable: true } : unless(doneFaults(record, kind));

/** The steps are all there, dated and in order. */
export const scheduled =
  (kinds: readonly LifecycleKind[]) =>
  ({ record, office }: Situation): Judgement =>
    unless(scheduleFaults(record, kinds, office.timeZone));

/** A step has its date, or is skipped with a reason. */
export const dated =
  (kind: LifecycleKind) =>
  ({ record, office }: Situation): Judgement => {
    if (isSkipped(record, kind)) return { met: true, notApplicable: true };
    return unless(scheduleFaults(record, [kind], office.timeZone));
  };

type Lead = "productionLead" | "qaLead" | "deploymentLead";

const nameLead = (record: DeliveryRecord, lead: Lead): Fault => ({
  sentence: `Name the ${projectName(lead)}.`,
  places: [onProject(record, lead)],
});

/** Somebody holds the role. */
export const named =
  (lead: Lead) =>
  ({ record }: Situation): Judgement =>
    unless(record.project[lead].length > 0 ? [] : [nameLead(record, lead)]);

/** Somebody of each role has acknowledged the schedule; one person may hold both. */
export const scheduleAcknowledged =
  (leads: readonly Lead[]) =>
  ({ record }: Situation): Judgement => {
    const acknowledged = new Set(record.project.scheduleAcknowledgedBy);
    return unless(
      leads.flatMap((lead) => {
        const people = record.project[lead];
        if (people.length === 0) return [nameLead(record, lead)];
        if (people.some((person) => acknowledged.has(person))) return [];
        const column = projectName("scheduleAcknowledgedBy");
        const sentence = `Add the ${projectName(lead)} to ${column} once they have agreed to the schedule.`;
        return [{ sentence, places: [onProject(record, "scheduleAcknowledgedBy")] }];
      }),
    );
  };

/** QA's verdict is PASS. */
export const certified = ({ record, history }: Situation): Judgement => {
  const certification = certificationOf(record.project, history);
  if (certification === "PASS") return { met: true };
  const sentence = `${projectName("qaCertification")} has to be PASS (it is ${certification ?? "empty"}).`;
  return unless([{ sentence, places: [onProject(record, "qaCertification")] }]);
};

/** One of the client's contacts has an address that mail reaches. */
export const clientReachable = ({ record }: Situation): Judgement => {
  const { contacts } = record;
  if (contacts.some(({ email, deliveryProblem }) => isAddress(email) && deliveryProblem.trim() === ""))
    return { met: true };
  if (contacts.length === 0) {
    const sentence = `Link the client's people in ${projectName("contacts")}: nobody would receive the handover.`;
    return unless([{ sentence, places: [onProject(record, "contacts")] }]);
  }
  const sentence = `Give one of the client's contacts an ${contactName("email")} that mail reaches.`;
  return unless([{ sentence, places: contacts.map((contact) => onContact(contact, "email")) }]);
};

/** Whether a mail could be sent there at all; only sending shows whether it arrives. */
const isAddress = (email: string | null): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email?.trim() ?? "");

/** The client has acknowledged receipt. */
export const acknowledged = ({ record }: Situation): Judgement =>
  unless(record.project.receiptAcknowledged === "Acknowledged" ? [] : [receiptFault(record, "")]);

const receiptFault = (record: DeliveryRecord, otherwise: string): Fault => {
  const key: ProjectKey = "receiptAcknowledged";
  const sentence = `Set ${projectName(key)} to Acknowledged when the client has confirmed receipt${otherwise}.`;
  return { sentence, places: [onProject(record, key)] };
};

/** Business days after which a review may begin without the client's acknowledgement (process/002 §7 Trigger). */
const reviewAfterDays = 5;

/** The client has acknowledged receipt, or five business days have passed since the project came into Handover. */
export const acknowledgedOrWaited = ({ record, history, office, now }: Situation): Judgement => {
  if (record.project.receiptAcknowledged === "Acknowledged") return { met: true };
  const handedOver = enteredAt(history, record.project.pageId, "Handover");
  if (handedOver === null || record.project.stage !== "Handover")
    return unless([receiptFault(record, ", or wait five business days in Handover")]);
  const day = addBusinessDays(dateIn(handedOver, office.timeZone), reviewAfterDays, office);
  const changesAt = startOfDay(day, office.timeZone);
  if (now >= changesAt) return { met: true };
  return { met: false, faults: [receiptFault(record, `, or wait until ${day}`)], changesAt };
};
