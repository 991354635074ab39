import { isMailAddress } from "../types/mail-address.ts";
import { isTimeZone } from "../types/time-zone.ts";
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
 * contacts; where there are none, everyone with an address who chose no other letters.
 */
export const recipientsOf = ({ contacts }: DeliveryRecord, topic: Topic): readonly Contact[] => {
  const chosen = contacts.filter(
    (contact) => contact.receives.includes(topic) || (contact.receives.length === 0 && isPrimary(contact)),
  );
  if (chosen.length > 0) return chosen;
  const primary = contacts.filter(isPrimary);
  if (primary.length > 0) return primary;
  return contacts.filter((contact) => contact.receives.length === 0 && writableAddress(contact) !== null);
};

/** Who of a letter's readers answers for the client, by id: its primary contacts; where none of them is, everyone. */
export const decidersAmong = (
  { contacts }: Pick<DeliveryRecord, "contacts">,
  readers: readonly string[],
): readonly string[] => {
  const primary = contacts.filter(isPrimary).map(({ pageId }) => pageId);
  const deciders = readers.filter((contactId) => primary.includes(contactId));
  return deciders.length > 0 ? deciders : readers;
};

/** The zone in which the client reads dates: the primary contact's, else the office's (design §8). */
export const clientZone = ({ contacts }: DeliveryRecord, office: Office): string =>
  contacts
    .filter(isPrimary)
    .find(({ timeZone }) => isTimeZone(timeZone.trim()))
    ?.timeZone.trim() ?? office.timeZone;
