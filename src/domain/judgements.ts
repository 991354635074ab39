import { addBusinessDays, dateIn, type PlainDate, startOfDay } from "./calendar.ts";
import { certificationOf } from "./certification.ts";
import { writableAddress } from "./contacts.ts";
import { type Judgement, notApplicable, type Situation, unless } from "./criterion.ts";
import { calendarFor } from "./days-off.ts";
import {
  contactName,
  type Fault,
  milestoneName,
  onContact,
  onMilestone,
  onProject,
  type ProjectKey,
  projectName,
} from "./fault.ts";
import { quotedNames } from "./in-words.ts";
import { enteredAt, restsIn } from "./lifecycle.ts";
import { heldDays, withDaysOff } from "./planned-schedule.ts";
import type { Contact, DeliveryRecord, Project } from "./record.ts";
import { nameOf } from "./schedule-of.ts";
import { approvalOf, launchApprovalOf } from "./sign-offs.ts";

/** A box of the project that a person ticks; `when` completes the sentence that asks for it. */
export const ticked =
  (key: "requirementsSignedOff" | "timelineAcknowledged", when: string) =>
  ({ record }: Situation): Judgement =>
    unless(
      record.project[key]
        ? []
        : [{ sentence: `Tick ${projectName(key)} ${when}.`, places: [onProject(record, key)] }],
    );

type Filled = { readonly key: ProjectKey; readonly ask: (name: string) => string };

/** Properties of the project that hold something; `ask` makes the sentence that asks for one from its name. */
export const filled =
  (...properties: readonly Filled[]) =>
  ({ record }: Situation): Judgement =>
    unless(
      properties
        .filter(({ key }) => isEmpty(record.project[key]))
        .map(({ key, ask }) => ({ sentence: ask(projectName(key)), places: [onProject(record, key)] })),
    );

const isEmpty = (value: Project[ProjectKey]): boolean =>
  value === null || (typeof value === "string" && value.trim() === "");

/** The project says how many days of delay are acceptable. */
export const delayAgreed = ({ record }: Situation): Judgement => {
  const key = "escalateAfter";
  if ((record.project[key] ?? -1) >= 0) return { met: true };
  const sentence = `Set ${projectName(key)} to the business days of delay that are acceptable, 0 or more.`;
  return unless([{ sentence, places: [onProject(record, key)] }]);
};

type Lead = "productionLead" | "qaLead" | "deploymentLead";

/** That somebody has to be named for a role. */
export const nameLead = (record: DeliveryRecord, lead: Lead): Fault => ({
  sentence: `Name the ${projectName(lead)}.`,
  places: [onProject(record, lead)],
});

/** Somebody holds the role. */
export const named =
  (lead: Lead) =>
  ({ record }: Situation): Judgement =>
    unless(record.project[lead].length > 0 ? [] : [nameLead(record, lead)]);

/** QA's verdict is PASS. */
export const certified = ({ record, history }: Situation): Judgement => {
  const certification = certificationOf(record.project, history);
  if (certification === "PASS") return { met: true };
  const sentence = `${projectName("qaCertification")} has to be PASS (it is ${certification ?? "empty"}).`;
  return unless([{ sentence, places: [onProject(record, "qaCertification")] }]);
};

const isReachable = (contact: Contact): boolean =>
  writableAddress(contact) !== null && contact.deliveryProblem.trim() === "";

const nameContact = ({ name }: Contact): string => name.trim() || "Unnamed contact";

/** One of the client's people decides for the client, and mail reaches them. */
export const oneOwner = ({ record }: Situation): Judgement => {
  const { contacts } = record;
  if (contacts.length === 0) {
    const sentence = `Link the client's people in ${projectName("contacts")}: one of them decides for the client.`;
    return unless([{ sentence, places: [onProject(record, "contacts")] }]);
  }
  const owners = contacts.filter(({ role }) => role.includes("Primary"));
  const [owner] = owners;
  const roles = (people: readonly Contact[]) => people.map((contact) => onContact(contact, "role"));
  if (!owner) {
    const sentence = `Give the ${contactName("role")} Primary to the one of the client's contacts who decides.`;
    return unless([{ sentence, places: roles(contacts) }]);
  }
  if (owners.length > 1) {
    const sentence = `Keep one contact with the ${contactName("role")} Primary: ${quotedNames(owners.map(nameContact))} have it.`;
    return unless([{ sentence, places: roles(owners) }]);
  }
  if (isReachable(owner)) return { met: true };
  const sentence = `Give “${nameContact(owner)}”, who decides for the client, an ${contactName("email")} that mail reaches.`;
  return unless([{ sentence, places: [onContact(owner, "email")] }]);
};

/** One of the client's contacts has an address that mail reaches. */
export const clientReachable = ({ record }: Situation): Judgement => {
  const { contacts } = record;
  if (contacts.some(isReachable)) return { met: true };
  if (contacts.length === 0) {
    const sentence = `Link the client's people in ${projectName("contacts")}: nobody would receive the handover.`;
    return unless([{ sentence, places: [onProject(record, "contacts")] }]);
  }
  const sentence = `Give one of the client's contacts an ${contactName("email")} that mail reaches.`;
  return unless([{ sentence, places: contacts.map((contact) => onContact(contact, "email")) }]);
};

/** The client has signed the launch off as it is now; the team may have set that none is needed. */
export const launchSignedOff = ({ record, history }: Situation): Judgement => {
  const standing = launchApprovalOf(record.project, history);
  if (standing === "Not needed") return notApplicable;
  if (standing === "Approved") return { met: true };
  const sentence = `Get the client's ${projectName("launchSignOff")}: it has to be Approved (it is ${standing ?? "empty"}).`;
  return unless([{ sentence, places: [onProject(record, "launchSignOff")] }]);
};

/** Every milestone that the client was to approve is approved as it is now. */
export const milestonesApproved = ({ record, history }: Situation): Judgement => {
  const asked = record.milestones
    .filter(({ status, signOff }) => status !== "Skipped" && signOff !== null && signOff !== "Not needed")
    .map((milestone) => ({ milestone, standing: approvalOf(milestone, history) }));
  if (asked.length === 0) return notApplicable;
  return unless(
    asked
      .filter(({ standing }) => standing !== "Approved")
      .map(({ milestone, standing }) => ({
        sentence: `Get the client's ${milestoneName("signOff")} of “${nameOf(milestone)}”: it has to be Approved (it is ${standing ?? "empty"}).`,
        places: [onMilestone(milestone, "signOff")],
      })),
  );
};

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

const isInHandoverOrPast = ({ stage }: Project): boolean =>
  stage === "Handover" || stage === "Review" || stage === "Complete";

/** The fifth business day of office and client after a day in Handover, beside the time on hold since. */
const reviewDay = ({ record, history, office }: Situation, handedOver: number): PlainDate => {
  const { pageId, client } = record.project;
  const day = (at: number) => dateIn(at, office.timeZone);
  const rested = restsIn(history, pageId, "Handover", handedOver).flatMap(({ from, until }) =>
    heldDays({ from: day(from), until: day(until) }, day(until)),
  );
  const calendar = withDaysOff(calendarFor(office, client), rested);
  return addBusinessDays(day(handedOver), reviewAfterDays, calendar);
};

/** The client has acknowledged receipt, or five business days have passed since the project came into Handover. */
export const acknowledgedOrWaited = (situation: Situation): Judgement => {
  const { record, history, office, now } = situation;
  if (record.project.receiptAcknowledged === "Acknowledged") return { met: true };
  const handedOver = enteredAt(history, record.project.pageId, "Handover");
  if (handedOver === null || !isInHandoverOrPast(record.project))
    return unless([receiptFault(record, ", or wait five business days in Handover")]);
  const day = reviewDay(situation, handedOver);
  const changesAt = startOfDay(day, office.timeZone);
  if (now >= changesAt) return { met: true };
  return { met: false, faults: [receiptFault(record, `, or wait until ${day}`)], changesAt };
};
