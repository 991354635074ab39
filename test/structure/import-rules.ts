import { posix } from "node:path";
import { readSources, type Source, type SourceFiles } from "./source.ts";

type Layer = {
  readonly name: string;
  readonly paths: readonly RegExp[];
  readonly imports: readonly string[];
};

const folder = (name: string): RegExp => new RegExp(`^src/${name}/`);

const pure = ["types", "notion-templates", "domain", "content", "rules"];
const stored = [...pure, "store"];
const moving = [...stored, "sync", "ledger", "links"];
const adapters = ["notion", "mail", "chat"];
const served = [...moving, "engine", "http", "setup"];
const composed = [...served, ...adapters, "config", "log"];

/**
 * The layers of the design, lowest first: where each one lives and which others it may import.
 * Layers on one level never import each other; Notion, mail and chat reach the others through ports alone.
 */
const layers: readonly Layer[] = [
  { name: "types", paths: [/^src\/types\//, /^src\/ports\.ts$/], imports: [] },
  { name: "notion-templates", paths: [/^notion-templates\//], imports: ["types"] },
  { name: "config", paths: [/^src\/(config|settings-table)\.ts$/], imports: ["types"] },
  { name: "log", paths: [/^src\/log\.ts$/], imports: ["types"] },
  { name: "embedded", paths: [folder("embedded")], imports: ["types"] },
  { name: "store", paths: [folder("store")], imports: ["types", "notion-templates"] },
  { name: "notion", paths: [folder("notion")], imports: ["types", "notion-templates"] },
  { name: "mail", paths: [folder("mail")], imports: ["types", "notion-templates"] },
  { name: "chat", paths: [folder("chat")], imports: ["types", "notion-templates"] },
  { name: "domain", paths: [folder("domain")], imports: ["types", "notion-templates"] },
  { name: "content", paths: [folder("content")], imports: ["types", "notion-templates", "domain"] },
  { name: "rules", paths: [folder("rules")], imports: ["types", "notion-templates", "domain", "content"] },
  { name: "sync", paths: [folder("sync")], imports: stored },
  { name: "ledger", paths: [folder("ledger")], imports: stored },
  { name: "links", paths: [folder("links")], imports: stored },
  { name: "engine", paths: [folder("engine")], imports: moving },
  { name: "http", paths: [folder("http")], imports: [...moving, "engine"] },
  { name: "setup", paths: [folder("setup")], imports: [...moving, "engine"] },
  { name: "compose", paths: [/^src\/compose\.ts$/], imports: composed },
  { name: "node", paths: [/^src\/node\.ts$/], imports: [...composed, "compose", "embedded"] },
  { name: "worker", paths: [/^src\/worker\.ts$/], imports: [...composed, "compose"] },
  { name: "scripts", paths: [/^scripts\//], imports: [...composed, "compose", "embedded"] },
];

type Place = { readonly rule: string; readonly only: readonly RegExp[] };

const onNode = [/^src\/node\.ts$/, /^src\/store\/node-[^/]*\.ts$/, /^src\/embedded\//, /^scripts\//];

/** Modules that only some places may import. */
const modules: readonly (Place & { readonly module: RegExp })[] = [
  {
    module: /^@notionhq\/client(\/|$)/,
    rule: "only src/notion uses the Notion SDK",
    only: [/^src\/notion\//],
  },
  { module: /^nodemailer(\/|$)/, rule: "only src/mail uses nodemailer", only: [/^src\/mail\//] },
  { module: /^node:process$/, rule: "src/config.ts reads the environment through the global", only: [] },
  { module: /^node:/, rule: "node: modules stay on Node", only: onNode },
  {
    module: /^cloudflare:/,
    rule: "cloudflare: modules stay on Workers",
    only: [/^src\/worker\.ts$/, /^src\/store\/durable-/],
  },
  { module: /^src\/store\/node-/, rule: "Node's store driver is opened on Node alone", only: onNode },
  {
    module: /^src\/store\/durable-/,
    rule: "the Durable Object's driver is opened on Workers alone",
    only: [/^src\/worker\.ts$/],
  },
];

/** What src/embedded may take from the Notion SDK at run time: it signs what the SDK verifies. */
const signingHelper = "signWebhookPayload";

const runtimes = [/^src\/(node|worker)\.ts$/, /^scripts\//];

/** Globals that only some places may mention. Types of the clock and of randomness stand in src/ports.ts. */
const globals: readonly (Place & { readonly mention: RegExp })[] = [
  {
    mention: /^process\.env$/,
    rule: "only src/config.ts reads the environment",
    only: [/^src\/config\.ts$/],
  },
  {
    mention: /^(Date\.now|new Date\(\)|Date\(\)|performance\.now)$/,
    rule: "the clock is passed in",
    only: runtimes,
  },
  { mention: /^(setTimeout|setInterval|setImmediate)$/, rule: "timers belong to the clock", only: runtimes },
  {
    mention: /^(Math\.random|crypto\.(randomUUID|getRandomValues)|random(UUID|Bytes|Int))$/,
    rule: "randomness and ids are passed in",
    only: runtimes,
  },
];

const isIn = (path: string, places: readonly RegExp[]): boolean => places.some((place) => place.test(path));
const layerOf = (path: string): Layer | undefined => layers.find(({ paths }) => isIn(path, paths));

/** The path of an imported file of ours, or the module's own name. */
const resolve = (path: string, from: string): string =>
  from.startsWith(".") ? posix.join(posix.dirname(path), from) : from;

const layerViolation = (path: string, target: string): string | null => {
  const [mine, theirs] = [layerOf(path), layerOf(target)];
  if (theirs === undefined) return "that file belongs to no layer";
  if (mine === undefined || mine === theirs || mine.imports.includes(theirs.name)) return null;
  return `${mine.name} may import ${mine.imports.join(", ") || "nothing"}`;
};

const moduleViolations = (path: string, target: string, values: readonly string[]): readonly string[] => {
  const signs =
    target === "@notionhq/client" &&
    path.startsWith("src/embedded/") &&
    values.every((name) => name === signingHelper);
  if (signs) return [];
  return modules
    .filter(({ module, only }) => module.test(target) && !isIn(path, only))
    .map(({ rule }) => rule);
};

const violationsOf = (path: string, source: Source): readonly string[] => {
  const imported = source.imports.flatMap(({ from, values }) => {
    const target = resolve(path, from);
    const layer = from.startsWith(".") ? layerViolation(path, target) : null;
    const rules = [...(layer === null ? [] : [layer]), ...moduleViolations(path, target, values)];
    return rules.map((rule) => `${path} imports ${target}: ${rule}`);
  });
  const mentioned = source.mentions.flatMap((name) =>
    globals
      .filter(({ mention, only }) => mention.test(name) && !isIn(path, only))
      .map(({ rule }) => `${path} uses ${name}: ${rule}`),
  );
  const homeless = layerOf(path) === undefined ? [`${path} belongs to no layer`] : [];
  return [...homeless, ...imported, ...mentioned];
};

/** Each cycle once, as the files on it. */
const cyclesIn = (imports: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0)
      cycles.push(`${[...trail.slice(start), path].join(" -> ")}: files import each other in a circle`);
    if (start >= 0 || done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return cycles;
};

/** One sentence for every broken import rule of these files: file, import and rule. */
export const importViolations = (files: SourceFiles): readonly string[] => {
  const sources = readSources(files);
  const imports = new Map(
    [...sources].map(([path, { imports }]) => [path, imports.map(({ from }) => resolve(path, from))]),
  );
  return [...[...sources].flatMap(([path, source]) => violationsOf(path, source)), ...cyclesIn(imports)];
};
