import { isMailAddress } from "../types/mail-address.ts";
import { isTimeZone } from "./calendar.ts";
import type { Office } from "./office.ts";
import type { Contact, DeliveryRecord } from "./record.ts";

/** What a contact may choose to receive. */
export type Topic = Contact["receives"][number];

/** The contact's address as it may stand in a letter's To; null where it is missing or not exactly one plain address. */
export const writableAddress = ({ email }: Pick<Contact, "email">): string | null => {
  const address = email?.trim() ?? "";
  return isMailAddress(address) ? address : null;
};

const isPrimary = ({ role }: Contact): boolean => role.includes("Primary");

/**
 * Who gets letters on a topic: who chose it, and primary contacts who chose nothing. Where that is nobody, the primary
 * contacts; where there are none, everyone with an address.
 */
export const recipientsOf = ({ contacts }: DeliveryRecord, topic: Topic): readonly Contact[] => {
  const chosen = contacts.filter(
    (contact) => contact.receives.includes(topic) || (contact.receives.length === 0 && isPrimary(contact)),
  );
  if (chosen.length > 0) return chosen;
  const primary = contacts.filter(isPrimary);
  return primary.length > 0 ? primary : contacts.filter((contact) => writableAddress(contact) !== null);
};

/** The zone in which the client reads dates: the primary contact's, else the office's (design §8). */
export const clientZone = ({ contacts }: DeliveryRecord, office: Office): string =>
  contacts
    .filter(isPrimary)
    .find(({ timeZone }) => isTimeZone(timeZone.trim()))
    ?.timeZone.trim() ?? office.timeZone;
