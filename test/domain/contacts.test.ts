import { describe, expect, it } from "vitest";
import { clientZone, recipientsOf, writableAddress } from "../../src/domain/contacts.ts";
import type { Contact } from "../../src/domain/record.ts";
import { aContact, anOffice, aRecord } from "../support/records.ts";

const contact = (pageId: string, changes: Partial<Contact>): Contact =>
  aContact({ pageId, role: [], ...changes });
const namesFor = (...contacts: Contact[]): string[] =>
  recipientsOf(aRecord({ contacts }), "Weekly summary").map(({ pageId }) => pageId);

describe("who gets a letter", () => {
  it("is who chose its topic, and a primary contact who chose nothing", () => {
    expect(
      namesFor(
        contact("chose", { receives: ["Weekly summary", "Launch"] }),
        contact("primary", { role: ["Primary"] }),
        contact("other-topic", { role: ["Primary"], receives: ["Survey"] }),
        contact("chose-nothing", { role: ["Technical"] }),
      ),
    ).toEqual(["chose", "primary"]);
  });

  it("is the primary contact where nobody else is, then everyone with an address", () => {
    expect(
      namesFor(contact("primary", { role: ["Primary"], receives: ["Survey"] }), contact("b", {})),
    ).toEqual(["primary"]);
    expect(
      namesFor(contact("a", {}), contact("b", { email: "nowhere" }), contact("c", { email: null })),
    ).toEqual(["a"]);
    expect(namesFor()).toEqual([]);
  });

  it("is never somebody who chose other letters, only because there is no primary contact", () => {
    expect(namesFor(contact("survey", { receives: ["Survey"] }), contact("b", {}))).toEqual(["b"]);
    expect(namesFor(contact("survey", { receives: ["Survey"] }))).toEqual([]);
  });
});

describe("a contact's address", () => {
  it("counts when it is exactly one plain address", () => {
    expect(writableAddress(aContact({ email: " cleo@acme.example " }))).toBe("cleo@acme.example");
  });

  it.each([
    null,
    "",
    "cleo",
    "cleo@acme",
    "a@b.c, d@e.f",
    "Cleo <cleo@acme.example>",
    "a@b.example\r\nBcc: x@y.zz",
  ])("does not when it is %j", (email) => {
    expect(writableAddress(aContact({ email }))).toBeNull();
  });
});

describe("the client's time zone", () => {
  it("is the primary contact's, else the office's", () => {
    const zoneOf = (...contacts: Contact[]) => clientZone(aRecord({ contacts }), anOffice());
    expect(zoneOf(aContact({ timeZone: " America/New_York " }))).toBe("America/New_York");
    expect(zoneOf(aContact({ timeZone: "Mars/Base" }))).toBe("Europe/Paris");
    expect(zoneOf(aContact({ timeZone: "-05:00" }))).toBe("Europe/Paris");
    expect(zoneOf(contact("b", { timeZone: "America/New_York" }))).toBe("Europe/Paris");
  });
});
