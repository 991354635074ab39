import { databases } from "../../notion-templates/databases.ts";
import { overrideCriterion } from "../domain/gates.ts";
import type { Finding, Place, Transition } from "../types/loop.ts";
import type { RichTextPart } from "../types/notion.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** Notion's limits for one rich text are 100 parts of 2,000 characters; twenty stay free for what stands beside the list. */
const limits = { parts: 80, characters: 2_000, places: 4 } as const;

/** The person to address, by Notion user id; null where nobody is known. */
export type Addressee = string | null;

type Parts = readonly RichTextPart[];

const plain = (text: string): RichTextPart => ({ text: clip(text) });
const bold = (text: string): RichTextPart => ({ text: clip(text), bold: true });

const clip = (text: string): string =>
  text.length <= limits.characters ? text : `${text.slice(0, limits.characters - 1)}…`;

const propertyName = (database: DatabaseKey, property: string): string =>
  Object.entries(databases[database].properties).find(([key]) => key === property)?.[1].name ?? property;

const valueName = (value: string | null): string => value ?? "empty";

/** "@Ana asked …" or "Somebody asked …". */
const asked = (addressee: Addressee): Parts =>
  addressee === null ? [plain("Somebody")] : [{ person: addressee }];

/** The comment on a project whose move was refused: who tried what, everything that is missing and where, and how to go on. */
export const refusedMove = (
  request: Transition,
  findings: readonly Finding[],
  addressee: Addressee,
): Parts => {
  const [from, to] = [valueName(request.from), valueName(request.to)];
  const missing = findings.filter(isMissing).length;
  const count = missing === 1 ? "one thing is missing" : `${missing} things are missing`;
  const head = [
    bold(`Not yet in ${to}\n`),
    ...asked(addressee),
    plain(` asked to move this project from ${from} to ${to}. It stays in ${from}: ${count}.\n`),
  ];
  const foot = [
    plain(`\n\nWhen this is done, move the card to ${to} again. This comment shortens as you go.`),
    ...overrideHint(findings),
  ];
  return [...head, ...listed(findings, request.pageId, limits.parts - head.length - foot.length), ...foot];
};

/** The comment on a project whose move the process does not know: no gate is missing, the way is another one. */
export const unknownMove = (request: Transition, finding: Finding, addressee: Addressee): Parts => [
  bold("This move is not part of the process\n"),
  ...asked(addressee),
  plain(` asked to move this project from ${valueName(request.from)} to ${valueName(request.to)}. `),
  plain(finding.sentence),
];

/** What is said of an Override reason is nothing that has to be done. */
const isMissing = ({ criterion }: Finding): boolean => criterion !== overrideCriterion;

const overrideHint = (findings: readonly Finding[]): Parts => {
  if (!findings.every(({ overridable }) => overridable)) return [];
  const reason = propertyName("projects", "overrideReason");
  return [
    plain("\nRight to go on anyway? Somebody listed in Office writes the "),
    bold(reason),
    plain(" and moves the card again."),
  ];
};

/** The comment once everything that was missing is there. */
export const allClear = (request: Transition, addressee: Addressee): Parts =>
  moveAgain("Everything that was missing is there now.", request, addressee);

/** The comment once an Override reason stands there that counts for what is missing. */
export const allOverridden = (request: Transition, addressee: Addressee): Parts =>
  moveAgain(`The ${propertyName("projects", "overrideReason")} lets this move pass.`, request, addressee);

const moveAgain = (why: string, request: Transition, addressee: Addressee): Parts => {
  const text = `${why} Move the card to ${valueName(request.to)} again.`;
  return addressee === null ? [plain(text)] : [{ person: addressee }, plain(` ${text}`)];
};

/** The comment after a later request was accepted. */
export const accepted = ({ to, findings }: Transition, column: string): Parts => {
  const reason = propertyName("projects", "overrideReason");
  const rest = findings.some(isMissing) ? `The ${reason} let it pass.` : "Nothing is open here.";
  return [plain("Settled: "), bold(column), plain(` is ${valueName(to)} now. ${rest}`)];
};

/** The comment on a page whose workflow column was put back. */
export const refusedColumn = (
  request: Transition,
  findings: readonly Finding[],
  column: string,
  addressee: Addressee,
): Parts => [
  bold(`${column} was put back to ${valueName(request.from)}\n`),
  ...asked(addressee),
  plain(` asked for ${valueName(request.to)}. ${findings.map(({ sentence }) => sentence).join(" ")}`),
];

/** The reply to a further attempt that was refused. */
export const refusedAgain = (request: Transition, column: string, addressee: Addressee): Parts => {
  const missing = request.findings.filter(isMissing).length;
  const open = missing === 1 ? "one thing is" : `${missing} things are`;
  const text = `${column} went back to ${valueName(request.from)}: ${open} still in the way of ${valueName(request.to)}. The comment above says what.`;
  return addressee === null ? [plain(text)] : [{ person: addressee }, plain(` ${text}`)];
};

/** The findings as a numbered list, as many as fit. */
const listed = (findings: readonly Finding[], pageId: string, room: number): Parts => {
  const parts: RichTextPart[] = [];
  for (const [index, finding] of findings.entries()) {
    const item = [plain(`\n${index + 1}. ${finding.sentence}`), ...whereToFix(finding, pageId)];
    if (parts.length + item.length >= room)
      return [...parts, plain(`\n… and ${findings.length - index} more.`)];
    parts.push(...item);
  }
  return parts;
};

/** "→ **Status** on @page"; the page that carries the comment needs no link. */
const whereToFix = ({ places }: Finding, pageId: string): Parts => {
  const shown = places
    .slice(0, limits.places)
    .flatMap(
      (place, index): Parts => [
        plain(index === 0 ? "\n    → " : ", "),
        bold(propertyName(place.database, place.property)),
        ...whichPage(place, pageId),
      ],
    );
  const more = places.length - limits.places;
  return more > 0 ? [...shown, plain(` and ${more} more`)] : shown;
};

const whichPage = (place: Place, pageId: string): Parts => {
  if (place.pageId === pageId) return [plain(" on this page")];
  if (place.pageId === null) return [plain(` in ${databases[place.database].title}`)];
  return [plain(" on "), { page: place.pageId }];
};
