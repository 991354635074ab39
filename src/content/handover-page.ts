import { decisionWords } from "../../notion-templates/letters/weekly-summary.ts";
import type { Situation } from "../domain/criterion.ts";
import { effectiveOf } from "../domain/history.ts";
import type { ChangeRequest, Contact } from "../domain/record.ts";
import { byTarget, detailOf, frameOf, linesOf, linkTo, momentFor, orUnnamed } from "./letter-view.ts";

const isAgreed = ({ status }: ChangeRequest): boolean => status === "Approved" || status === "Applied";

/** What the handover page says; the sections of process/002 §6, the package of process/001. */
export const handoverPageView = (situation: Situation, contacts: readonly Contact[]): object => {
  const { record, office } = situation;
  const scope = linesOf(record.project.inScope);
  const done = record.milestones
    .filter(({ clientVisible, status }) => clientVisible && status === "Done")
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

/** The agreed change requests with the day on which they were approved, oldest first. */
const changeLog = (situation: Situation) =>
  situation.record.changeRequests
    .filter(isAgreed)
    .flatMap((request) => {
      const approved = effectiveOf(situation.history, request.pageId, "status").findLast(
        ({ outcome, to }) => outcome === "accepted" && to === "Approved",
      );
      const name = `${request.number.trim()} ${orUnnamed(request.title)}`.trim();
      return approved ? [{ at: approved.at, name }] : [];
    })
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, name }) => ({ on: momentFor(situation, at), what: `${name}, ${decisionWords.Approved}` }));
