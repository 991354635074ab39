import type { handover } from "../../notion-templates/letters/handover.ts";
import { decisionWords } from "../../notion-templates/letters/weekly-summary.ts";
import type { Situation } from "../domain/criterion.ts";
import { effectiveOf } from "../domain/history.ts";
import type { ChangeRequest, Contact } from "../domain/record.ts";
import { byTarget, detailOf, frameOf, linesOf, linkTo, momentFor, orUnnamed } from "./letter-view.ts";
import type { ViewOf } from "./render-letter.ts";

const isAgreed = ({ status }: ChangeRequest): boolean => status === "Approved" || status === "Applied";

/** What the handover page says; the sections of process/002 §6, the package of process/001. */
export const handoverPageView = (
  situation: Situation,
  contacts: readonly Contact[],
): ViewOf<typeof handover> => {
  const { record, office } = situation;
  const scope = linesOf(record.project.inScope);
  const done = record.milestones
    // The handover itself is this letter.
    .filter(
      ({ clientVisible, status, kind }) => clientVisible && status === "Done" && kind !== "Client handover",
    )
    .toSorted(byTarget);
  const delivered = done.map((one) => ({ name: orUnnamed(one.name), detail: detailOf(one) }));
  const tier = record.project.supportTier;
  return {
    ...frameOf(situation, contacts),
    scope,
    delivered,
    nothingListed: scope.length + delivered.length === 0,
    access: done.flatMap((one) => {
      const url = linkTo(one.demo);
      return url === null ? [] : [{ name: orUnnamed(one.name), url, works: detailOf(one) }];
    }),
    changes: record.changeRequests.filter(isAgreed).map(({ title }) => orUnnamed(title)),
    log: changeLog(situation),
    owners: record.contacts.map(({ name, role }) => ({ name: orUnnamed(name), role: role[0] ?? null })),
    tier,
    promise: tier === null ? null : (office.supportTiers.get(tier) ?? null),
  };
};

/** The agreed change requests, oldest first; without a day those approved before Milepost looked. */
const changeLog = (situation: Situation) =>
  situation.record.changeRequests
    .filter(isAgreed)
    .map((request) => {
      const approved = effectiveOf(situation.history, request.pageId, "status").findLast(
        ({ outcome, to }) => outcome === "accepted" && to === "Approved",
      );
      const name = `${request.number.trim()} ${orUnnamed(request.title)}`.trim();
      return { at: approved?.at ?? null, what: `${name}, ${decisionWords.Approved}` };
    })
    .toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0))
    .map(({ at, what }) => ({ on: at === null ? null : momentFor(situation, at), what }));
