import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { readEnvironment } from "../src/config.ts";
import { MilepostError } from "../src/types/errors.ts";
import type { Command, Flags } from "./commands/command.ts";
import { confirm } from "./commands/confirm.ts";
import { measures } from "./commands/measures.ts";
import { plan } from "./commands/plan.ts";
import { redrive } from "./commands/redrive.ts";
import { setup } from "./commands/setup.ts";
import { status } from "./commands/status.ts";
import { why } from "./commands/why.ts";

const commands: Readonly<Record<string, Command>> = { setup, plan, status, why, measures, confirm, redrive };

const usage = (): string =>
  [
    "Usage: npm run milepost -- <command> [--json] [--yes]",
    "",
    ...Object.entries(commands).map(
      ([name, { summary, operand = "" }]) => `  ${`${name} ${operand}`.padEnd(32)} ${summary}`,
    ),
    "",
    "  --json     print the result as one JSON object",
    "  --yes      do not ask before writing",
    "  --from D --to D   measures of another period than the last month; days such as 2026-11-30",
  ].join("\n");

/** Null where the arguments name no command. */
const readArguments = (): { command: Command; flags: Flags; operand?: string } | null => {
  const options = {
    json: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    from: { type: "string" },
    to: { type: "string" },
  } as const;
  const { values, tokens } = parseArgs({ options, strict: false, tokens: true, allowPositionals: true });
  const [name, ...more] = tokens.filter((token) => !(token.kind === "option" && token.name in options));
  const command = name?.kind === "positional" ? commands[name.value] : undefined;
  const [operand, ...rest] = more.map((token) => (token.kind === "positional" ? token.value : null));
  const { from, to } = values;
  const isComplete = command && rest.length === 0 && takes(command, operand !== undefined);
  const isPeriod = [from, to].every(
    (day) => day === undefined || (typeof day === "string" && command?.takesPeriod),
  );
  if (!isComplete || !isPeriod || operand === null) return null;
  const period = { ...(typeof from === "string" && { from }), ...(typeof to === "string" && { to }) };
  const flags = { json: values.json === true, yes: values.yes === true, ...period };
  return { command, flags, ...(operand === undefined ? {} : { operand }) };
};

/** Whether a command may be called so: with the thing that it is about named, or without. */
const takes = ({ operand }: Command, named: boolean): boolean =>
  operand?.startsWith("[") || named === (operand !== undefined);

const report = (error: unknown, json: boolean): void => {
  if (!(error instanceof MilepostError)) throw error;
  const { code, message, todo } = error;
  if (json) console.log(JSON.stringify({ error: { code, message, todo } }));
  else console.error(`${message}\n${todo}`);
};

const main = async (): Promise<number> => {
  const read = readArguments();
  if (!read) {
    console.error(usage());
    return 2;
  }
  if (existsSync(".env")) process.loadEnvFile();
  try {
    return await read.command.run(readEnvironment(), read.flags, read.operand);
  } catch (error) {
    report(error, read.flags.json);
    return 1;
  }
};

process.exitCode = await main();
