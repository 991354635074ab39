/** A risk that every project starts with. */
type RiskTemplate = {
  readonly key: string;
  readonly title: string;
  readonly mitigation: string;
  readonly contingency: string;
  readonly source: string;
};

const source = 'process/000 "Common Delivery Risks"';

/** The five common risks; how likely each is and how much it would hurt, the team judges. */
export const commonRisks: readonly RiskTemplate[] = [
  {
    key: "slow-client",
    title: "Client slow to provide access/feedback",
    mitigation: "Set hard deadlines in kickoff; escalate early if missed",
    contingency: "Build what you can in isolation; flag delay impact immediately",
    source,
  },
  {
    key: "api-differs",
    title: "Integration API doesn't work as documented",
    mitigation: "Test integrations early (spike phase)",
    contingency: "Build adapter layer or propose alternative approach",
    source,
  },
  {
    key: "requirements-change",
    title: "Requirements change mid-build",
    mitigation: "Lock scope in writing; use change request process",
    contingency: "Show timeline impact; offer Phase 2 option",
    source,
  },
  {
    key: "complexity",
    title: "Unexpected technical complexity",
    mitigation: "Buffer timelines by 20%; spike risky components early",
    contingency: "Communicate early; propose simplified MVP vs. delay",
    source,
  },
  {
    key: "single-person",
    title: "Single point of failure (you)",
    mitigation: "Document everything; automate deployments",
    contingency: "Build in recovery time; communicate proactively if sick/unavailable",
    source,
  },
];
