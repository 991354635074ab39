/** Why each rule wants what it wants, by its id, for a person who reads a plan. */
export const rulesInWords: Readonly<Record<string, string>> = {
  "gate-text": "Gate says what is missing for the next stage",
  "gate-comment": "a page where something was put back carries one comment that says why",
  "gate-reply": "every further attempt that is put back gets one reply",
  "live-since": "Live since is kept while letters to the client are on",
  "certification-reset": "QA certification is Pending again after the work went back from QA",
  "risk-score": "Score follows likelihood and impact",
  "weekly-summary": "every live project has a summary each week",
  "milestone-letter": "a milestone that the client sees gets a letter when it is Done",
  "handover-page": "a project that comes into Handover gets its handover page",
  "starting-page": "a new project, change request or risk starts with a text to fill in",
  letters: "an update that is Ready is mailed to everyone under To",
  "sign-off": "a sign-off says how it stands and who answered, and the answer is confirmed",
};
