import type {
  Plan,
  PlannedAction,
  PlannedComment,
  PlannedState,
  PlannedValue,
  ProjectPlan,
} from "../../src/types/plan.ts";
import { summaryOf } from "./plan-summary.ts";
import { deed, whyAction, whyValue } from "./plan-words.ts";

/** A time (UTC ms) as the office's clocks show it. */
type Shown = (time: number) => string;

/** Of what is never done only the latest are shown; an old store has years of it. */
const shownOfPast = 5;

const clockOf = (timeZone: string): Shown => {
  const day = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-GB", { ...day, hour: "2-digit", minute: "2-digit", timeZone });
  return (time) => format.format(time);
};

const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];

const because = (why: string): string => `  because ${why}`;

const tryInWords = ({ kind, nextTry, failures, lastError }: PlannedAction, plan: Plan, at: Shown): string => {
  const failed = failures === 0 ? "" : `, ${counted(failures, "try", "tries")} failed`;
  const last = lastError === null ? "" : ` (last: ${lastError})`;
  const waits = kind === "letter" && plan.mail.kind === "not_configured" ? "when a mail server is set" : "";
  const when = nextTry === null ? waits : nextTry <= plan.at ? "now" : at(nextTry);
  return `${when}${failed}${last}`;
};

const actionLines = (plan: Plan, at: Shown, actions: readonly PlannedAction[]): readonly string[] =>
  actions.flatMap((action) => {
    const closes = action.closesAt === null ? "" : `, or not at all after ${at(action.closesAt)}`;
    return [`- ${tryInWords(action, plan, at)}: ${deed(action)}${closes}`, because(whyAction(action))];
  });

const pastLines = (at: Shown, actions: readonly PlannedAction[]): readonly string[] => {
  const older = actions.length - shownOfPast;
  const latest = actions.slice(-shownOfPast).toReversed();
  return [
    ...latest.flatMap((action) => [
      `- ${deed(action)}, due since ${at(action.causedAt)}${action.recorded ? "" : " (found now)"}`,
      because(whyAction(action)),
    ]),
    ...(older > 0 ? [`- and ${older} older (--json lists them)`] : []),
  ];
};

const quoted = (text: string): string => (text === "" ? "empty" : `“${text}”`);

const later = (nextTry: number | null, plan: Plan, at: Shown): string => {
  if (nextTry === null) return "after the page was read: ";
  return nextTry <= plan.at ? "" : `${at(nextTry)}: `;
};

const valueLines = (plan: Plan, at: Shown, values: readonly PlannedValue[]): readonly string[] =>
  values.flatMap((value) => [
    `- ${later(value.nextTry, plan, at)}${value.property} of “${value.page}”: ${quoted(value.from)} → ${quoted(value.to)}`,
    because(whyValue(value)),
  ]);

const commentLines = (plan: Plan, at: Shown, comments: readonly PlannedComment[]): readonly string[] =>
  comments.map(
    ({ page, text, edits, nextTry }) =>
      `- ${later(nextTry, plan, at)}${edits ? "edit the comment" : "comment"} on “${page}”: ${text}`,
  );

const toWrite = (plan: Plan, at: Shown, part: Plan["elsewhere"]): readonly string[] =>
  section("Would write in Notion", [
    ...valueLines(plan, at, part.values),
    ...commentLines(plan, at, part.comments),
  ]);

/** What is never done, and why. */
const past: readonly { readonly states: readonly PlannedState[]; readonly title: string }[] = [
  { states: ["missed"], title: "Missed: found too late, never done" },
  { states: ["baseline"], title: "Baseline: from before Milepost or its rule came here, never done" },
  { states: ["dead", "unknown"], title: "Given up: see `npm run milepost -- status`" },
];

const notDecided = ({ parked, gaps }: ProjectPlan): readonly string[] => {
  if (parked !== null)
    return [`! Nothing is decided: a rule fails here (trace ${parked}). See \`npm run milepost -- status\`.`];
  return gaps.length === 0 ? [] : [`! Nothing is decided: ${[...new Set(gaps)].join("; ")}.`];
};

const projectLines = (plan: Plan, at: Shown, project: ProjectPlan): readonly string[] => {
  const of = (...states: readonly PlannedState[]) =>
    project.actions.filter(({ state }) => states.includes(state));
  const dropped = of("dropped").map((action) => `- ${deed(action)}: no rule wants it any more`);
  const lines = [
    ...section("Would do", actionLines(plan, at, of("wanted"))),
    ...toWrite(plan, at, project),
    ...section("Waits", actionLines(plan, at, of("pending"))),
    ...section("Would be dropped", dropped),
    ...section(
      "Held",
      project.held.flatMap(({ title, because: reason, url }) => [`- “${title}”: ${reason}`, `  ${url}`]),
    ),
    ...past.flatMap(({ states, title }) => section(title, pastLines(at, of(...states)))),
  ];
  const undecided = notDecided(project).map((line) => `  ${line}`);
  const next = project.wakeAt === null ? "nothing" : at(project.wakeAt);
  return [
    `${project.name}${project.stage === null ? "" : ` (${project.stage})`}`,
    ...undecided,
    ...(lines.length === 0 && undecided.length === 0 ? ["  Nothing to do."] : lines),
    ...(undecided.length === 0 ? [`  Next by the clock alone: ${next}`] : []),
    "",
  ];
};

const mailLines = ({ mail }: Plan, at: Shown): readonly string[] => {
  switch (mail.kind) {
    case "ready":
      return [];
    case "not_configured":
      return ["! Letters wait: no mail server is set (SMTP_URL, MAIL_FROM)."];
    case "paused":
      return [`! Letters wait: the mail server failed (${mail.code}); tried again ${at(mail.until)}.`];
  }
};

const headLines = (plan: Plan, at: Shown): readonly string[] => [
  `What Milepost would do at ${at(plan.at)} (${plan.timeZone}). Nothing was changed, asked or sent.`,
  `The service last ended a round: ${plan.lastRound === null ? "never" : at(plan.lastRound)}.`,
  ...(plan.unread === 0
    ? []
    : [`! ${counted(plan.unread, "page")} in Notion to be read first; what they bring is not in here.`]),
  ...mailLines(plan, at),
  "",
];

const summaryLine = (plan: Plan, at: Shown): string => {
  const summary = summaryOf(plan);
  const { wanted, values, comments, by_itself_at: next } = summary;
  const would = `Would do ${counted(wanted, "action")}, write ${counted(values, "value")} and ${counted(comments, "comment")}`;
  const rest = [
    `${summary.pending} waiting`,
    ...(summary.dropped === 0 ? [] : [`${summary.dropped} to be dropped`]),
    ...[`${summary.held} held`, `${summary.missed} missed`, `${summary.baseline} baseline`],
    ...(summary.given_up === 0 ? [] : [`${summary.given_up} given up`]),
    ...(summary.undecided === 0 ? [] : [`${counted(summary.undecided, "project")} not decided`]),
  ];
  const then = next === null ? "" : ` Next by the clock alone: ${at(next)}.`;
  return `${would}; ${rest.join(", ")}.${then}`;
};

/** The plan as a person reads it: what would happen, project by project, each with its reason; the last line sums up. */
export const planAsText = (plan: Plan): string => {
  const at = clockOf(plan.timeZone);
  const elsewhere = toWrite(plan, at, plan.elsewhere);
  return [
    ...headLines(plan, at),
    ...plan.projects.flatMap((project) => projectLines(plan, at, project)),
    ...(elsewhere.length === 0 ? [] : ["Of no project", ...elsewhere, ""]),
    summaryLine(plan, at),
  ].join("\n");
};
