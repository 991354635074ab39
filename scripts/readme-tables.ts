import { databaseTables } from "../notion-templates/database-tables.ts";
import { databases } from "../notion-templates/databases.ts";
import { stageGuide, stageOptions } from "../notion-templates/stages.ts";
import { goalInWords } from "../src/content/measures-in-words.ts";
import { criteria } from "../src/domain/criteria.ts";
import { triggers } from "../src/domain/escalation-triggers.ts";
import { stageAfter } from "../src/domain/lifecycle.ts";
import { officeMeasures } from "../src/domain/office-measures.ts";
import { stageMoves } from "../src/domain/stage-moves.ts";
import { cadence } from "../src/rules/cadence.ts";
import { workspaceTable } from "../src/settings-table.ts";
import { type ErrorCode, errorCatalogue } from "../src/types/error-catalogue.ts";
import { type Behaviour, behaviours } from "./workspace-behaviours.ts";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const fixedIn = (criterion: (typeof criteria)[number]): string =>
  criterion.fixedIn
    .map(({ database, property }) => {
      const properties: Readonly<Record<string, { readonly name: string }>> = databases[database].properties;
      return `${databases[database].title} › ${properties[property]?.name ?? property}`;
    })
    .join(", ");

const gatedStages = stageOptions.filter(({ name }) => stageAfter(name) !== null);

const gates = (): string =>
  table(
    ["To leave", "the process says", "met when", "where to fix it", "override", "source", "id"],
    criteria.map((criterion) => [
      criterion.gates.length === gatedStages.length ? "any stage" : criterion.gates.join(", "),
      `“${criterion.sentence}”`,
      criterion.judged,
      fixedIn(criterion),
      criterion.overridable ? "yes" : "never",
      criterion.source,
      `\`${criterion.id}\``,
    ]),
  );

/** The stages in their order: what is done there, what opens the next one, and where else a project may go. */
const stages = (): string =>
  table(
    ["Stage", "what is done there", "gate", "criteria", "forward to", "back to"],
    stageOptions.map(({ name }) => [
      name,
      stageGuide[name].work,
      stageGuide[name].gate ?? "none",
      String(criteria.filter(({ gates }) => gates.includes(name)).length),
      stageAfter(name) ?? "",
      stageMoves
        .filter(({ kind, from }) => from === name && (kind === "backward" || kind === "resume"))
        .map(({ to }) => to)
        .join(", "),
    ]),
  );

const moves = (): string =>
  table(
    ["From", "back to", "because"],
    stageMoves.filter(({ kind }) => kind === "backward").map(({ from, to, source }) => [from, to, source]),
  );

/** Who tells of an error that ends a start or a command; all others stand in /status while they last. */
const toldBy: Readonly<Partial<Record<ErrorCode, string>>> = {
  setting_invalid: "the start, any command",
  store_newer: "the start, `setup`, `plan`",
  store_missing: "`plan`",
  setup_missing: "`plan`",
  service_silent: "any command that asks the service",
  service_unready: "any command that asks the service",
};

const errors = (): string =>
  table(
    ["Code", "told by", "What happened", "What to do"],
    Object.entries(errorCatalogue).map(([code, { message, todo }]) => [
      ...[`\`${code}\``, toldBy[code as ErrorCode] ?? "`/status`"],
      ...[message, todo],
    ]),
  );

const weekdays = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const readersOf = ({ leaves, topic }: (typeof cadence)[keyof typeof cadence]): string => {
  if (leaves === "never") return "nobody: it stays with your team";
  return topic === null
    ? "who answered, at once"
    : `contacts who receive ${topic}, and primary ones who chose nothing`;
};

const escalations = (): string =>
  table(
    ["It is escalated when", "but not in", "source"],
    triggers.map(({ sentence, restsIn, source }) => [sentence, restsIn.join(", "), source]),
  );

const letters = (): string =>
  table(
    ["Update", "when", "who gets it", "source"],
    Object.entries(cadence).map(([kind, row]) => [
      kind,
      row.when.every === "week"
        ? `every ${weekdays[row.when.opens.weekday]} at ${row.when.opens.time} of the office`
        : row.when.cause,
      readersOf(row),
      row.source,
    ]),
  );

const measures = (): string =>
  table(
    ["Measure", "of a period, in", "target", "of one project", "source"],
    officeMeasures.map(({ name, unit, goal, source, alone }) => [
      ...[name, unit, goal ? goalInWords(goal, unit) : "none"],
      ...[alone ? `${alone.name}, ${alone.unit}` : "the same", source],
    ]),
  );

const settings = (): string =>
  table(
    ["Variable", "Expected", "Without it"],
    Object.entries(workspaceTable).map(([name, type]) => {
      const absent = type.safeParse(undefined);
      const without = absent.success
        ? absent.data === undefined
          ? "not used"
          : `\`${absent.data}\``
        : "the start stops";
      return [`\`${name}\``, type.description ?? "", without];
    }),
  );

const testsOf = ({ tests }: Behaviour): string => {
  if (tests.length === 0) return "not there";
  const files = [...new Set(tests.map(([file]) => file))];
  return files
    .map((file) => {
      const titles = tests.filter(([of]) => of === file).map(([, title]) => `“${title}”`);
      return `\`${file}\`: ${titles.join("; ")}`;
    })
    .join("<br>");
};

const workspace = (): string =>
  table(
    ["", "Behaviour", "Tests in `test/embedded`", "Without"],
    behaviours.map((behaviour) => [
      behaviour.priority,
      behaviour.name,
      testsOf(behaviour),
      behaviour.without ?? "",
    ]),
  );

/** The tables of the README by the name of their marker. */
const tables: Readonly<Record<string, () => string>> = {
  stages,
  gates,
  moves,
  databases: databaseTables,
  letters,
  measures,
  escalations,
  settings,
  errors,
  workspace,
};

/** Puts every generated table between its markers, `<!-- table: name -->` and `<!-- end -->`. */
export const fillTables = (readme: string): string =>
  readme.replace(/<!-- table: (\w+) -->[\s\S]*?<!-- end -->/g, (found, name: string) => {
    const make = tables[name];
    return make ? `<!-- table: ${name} -->\n${make()}\n<!-- end -->` : found;
  });
