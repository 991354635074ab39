import { type HeldReason, heldReasons } from "../../notion-templates/letters/held.ts";
import type { Contact } from "../domain/record.ts";
import { orUnnamed } from "./letter-view.ts";
import { renderPlain } from "./render-letter.ts";

/** Why an update does not leave and what to do, in one sentence or two. */
export const heldBecause = (reason: HeldReason, contact: Contact | null = null): string =>
  renderPlain(heldReasons[reason], {
    name: contact ? orUnnamed(contact.name) : "",
    problem: contact?.deliveryProblem.trim() ?? "",
  });

/** Why an update that is Ready has not left yet; it does by itself once the gaps are closed. */
export const waitsBecause = (gaps: readonly string[]): string =>
  renderPlain(heldReasons.incomplete, { gaps: [...new Set(gaps)].join("; ") });
