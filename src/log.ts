import { getLevelFilter, type LogLevel, type LogRecord, type Sink, withFilter } from "@logtape/logtape";
import {
  EMAIL_ADDRESS_PATTERN,
  JWT_PATTERN,
  type RedactionPattern,
  redactByPattern,
} from "@logtape/redaction";
import type { Clock, Log, LogFields } from "./ports.ts";

type Level = keyof Log;

const levels: Readonly<Record<Level, LogLevel>> = {
  debug: "debug",
  info: "info",
  warn: "warning",
  error: "error",
};

/**
 * The texts that may be written: the last word of a field's name (`page_id`, `pageId`) says what it must look like.
 * No shape lets a sentence or a mail address through. Numbers and flags may be written under any name.
 */
const allowedTexts: readonly { readonly words: readonly string[]; readonly shape: RegExp }[] = [
  { words: ["id", "key", "action"], shape: /^[\w.:|%#-]{1,200}$/ },
  {
    words: ["code", "error", "kind", "type", "state", "status", "outcome", "reason"],
    shape: /^[\w.-]{1,60}$/,
  },
  { words: ["database", "property", "rule", "criterion", "lane", "mode", "level"], shape: /^[\w.-]{1,60}$/ },
  {
    words: ["operation", "method", "route", "path", "point", "runtime", "host", "version"],
    shape: /^[\w.:/-]{1,80}$/,
  },
  { words: ["stack"], shape: /^(?:[\w./@-]+:\d+:\d+ ?)+$/ },
];

/** The second net, for what slips through the list: credentials, addresses of people, client links (design §9). */
const patterns: readonly RedactionPattern[] = [
  { pattern: /\b(?:ntn|secret)_\w+/g, replacement: "[token]" },
  { pattern: /\bbearer[\s:]+\S+/gi, replacement: "[bearer]" },
  { pattern: /\/l\/[^/\s:]+/g, replacement: "/l/[link]" },
  { ...EMAIL_ADDRESS_PATTERN, replacement: "[mail]" },
  { ...JWT_PATTERN, replacement: "[jwt]" },
];

const eventName = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*$/;
const fieldName = /^[a-z]\w{0,40}$/i;
const reserved = new Set(["ts", "level", "event", "dropped"]);
const lastWord = (name: string): string => /[A-Z]?[a-z0-9]*$/.exec(name)?.[0].toLowerCase() ?? "";

const mayBeWritten = (name: string, value: unknown): boolean => {
  if (!fieldName.test(name) || reserved.has(name)) return false;
  if (typeof value === "number" || typeof value === "boolean") return true;
  const rule = allowedTexts.find(({ words }) => words.includes(lastWord(name)));
  return typeof value === "string" && rule?.shape.test(value) === true;
};

/** Where an error was thrown, without its message, which may quote what people wrote. */
const framesIn = (stack: string): string =>
  [...stack.matchAll(/^ +at .*?((?:src|scripts|notion-templates|node_modules)\/[^\s:()]+:\d+:\d+)\)?$/gm)]
    .slice(0, 8)
    .map((match) => match[1])
    .join(" ");

const given = (fields: LogFields): readonly (readonly [name: string, value: unknown])[] =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, name === "stack" && typeof value === "string" ? framesIn(value) : value]);

const toLine = (level: Level, record: LogRecord) => {
  const fields = given(record.properties as LogFields);
  const dropped = fields.filter(([name, value]) => !mayBeWritten(name, value)).map(([name]) => name);
  return {
    ts: new Date(record.timestamp).toISOString(),
    level,
    event: record.rawMessage,
    ...Object.fromEntries(fields.filter(([name, value]) => mayBeWritten(name, value))),
    ...(dropped.length === 0 ? {} : { dropped: dropped.filter((name) => fieldName.test(name)) }),
  };
};

/**
 * A log of one JSON object a line: `ts` (UTC), `level`, `event`, then the fields that `allowedTexts` lets through;
 * the names of the others stand in `dropped`. `write` gets each line without its line end.
 * LogTape's parts are used without its registry, which is one for the whole process: two logs here share nothing.
 */
export const createLog = (options: {
  readonly level: Level;
  readonly write: (line: string) => void;
  readonly clock: Clock;
}): Log => {
  const at = (level: Level): Log[Level] => {
    const format = redactByPattern((record) => [toLine(level, record)], patterns);
    const sink: Sink = (record) => options.write(JSON.stringify(format(record)[0]));
    const filtered = withFilter(sink, getLevelFilter(levels[options.level]));
    return (event, fields = {}) => {
      const rawMessage = eventName.test(event) ? event : "log.unnamed";
      const timestamp = options.clock.now();
      const record = { category: [], level: levels[level], message: [rawMessage], rawMessage, timestamp };
      filtered({ ...record, properties: fields });
    };
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
};
