import type { History, Transition } from "../types/loop.ts";

/** Who decided, when (UTC ms) and with which words: by link, or recorded by hand. Null where nobody is known. */
export const givenBy = (
  { answers }: History,
  { evidence: basis, at }: Transition,
): { readonly by: string; readonly at: number; readonly feedback: string } | null => {
  if (basis.kind === "note") return { by: "Recorded by hand", at, feedback: basis.text };
  const answer = basis.kind === "link" ? answers.find(({ id }) => id === basis.answerId) : undefined;
  return answer ? { by: `${answer.name}, by link`, at: answer.at, feedback: answer.comment } : null;
};
