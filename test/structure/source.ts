import { readdirSync, readFileSync } from "node:fs";
import { parseAst } from "vitest/node";

/** Source text by path from the repository's root, with `/` between folders. */
export type SourceFiles = ReadonlyMap<string, string>;

export type Import = {
  readonly from: string;
  /** Names that are needed at run time; empty for a type import, `*` where all of the module is taken. */
  readonly values: readonly string[];
};

export type SourceFunction = { readonly name: string; readonly line: number; readonly lines: number };

export type Source = {
  readonly imports: readonly Import[];
  /** Globals and members of globals that the code mentions: `process.env`, `Date.now`, `new Date()`, `setTimeout`. */
  readonly mentions: readonly string[];
  /** Outermost and nested functions. */
  readonly functions: readonly SourceFunction[];
  /** Lines inside of any function. */
  readonly functionLines: number;
};

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);

const nameOf = (node: unknown): string => {
  if (!isNode(node)) return "";
  return String(node.name ?? node.value ?? "");
};

/** `a.b.c` of a chain of plain members, "" for anything else. `globalThis.` is left out. */
const pathOf = (node: unknown): string => {
  if (!isNode(node)) return "";
  if (node.type === "Identifier") return nameOf(node);
  if (node.type === "ChainExpression") return pathOf(node.expression);
  if (node.type !== "MemberExpression" || node.computed === true) return "";
  const object = pathOf(node.object);
  return object === "" ? "" : `${object}.${nameOf(node.property)}`.replace(/^globalThis\./, "");
};

const importOf = (node: Node): Import | null => {
  if (node.type === "TSImportType") return { from: nameOf(node.source ?? node.argument), values: [] };
  if (node.type === "ImportExpression") return { from: nameOf(node.source), values: ["*"] };
  if (!/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type) || !isNode(node.source)) return null;
  const from = nameOf(node.source);
  if (node.importKind === "type" || node.exportKind === "type") return { from, values: [] };
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
  if (node.type === "ExportAllDeclaration" || specifiers.length === 0) return { from, values: ["*"] };
  const named = specifiers.filter((one) => one.importKind !== "type" && one.exportKind !== "type");
  const imported = (one: Node) => (one.type === "ExportSpecifier" ? nameOf(one.local) : nameOf(one.imported));
  return {
    from,
    values: named.map((one) => imported(one) || (one.type === "ImportDefaultSpecifier" ? "default" : "*")),
  };
};

/** Names that stand for no value: keys, the right side of a member, declared names of types. */
const isPlainName = (node: Node, parent: Node): boolean =>
  (parent.type === "MemberExpression" && parent.property === node && parent.computed !== true) ||
  (/^(Property|PropertyDefinition|MethodDefinition|TSPropertySignature|TSMethodSignature)$/.test(
    parent.type,
  ) &&
    parent.key === node &&
    parent.computed !== true);

const mentionOf = (node: Node, parent: Node): string => {
  const bare = Array.isArray(node.arguments) && node.arguments.length === 0;
  if (node.type === "NewExpression" && bare) return `new ${pathOf(node.callee)}()`;
  if (node.type === "CallExpression" && pathOf(node.callee) === "Date") return "Date()";
  if (node.type === "MemberExpression") return pathOf(node);
  return node.type === "Identifier" && !isPlainName(node, parent) ? nameOf(node) : "";
};

const isFunction = (node: Node): boolean =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);

const readSource = (text: string): Source => {
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  const imports: Import[] = [];
  const mentions = new Set<string>();
  const functions: SourceFunction[] = [];
  const outer: number[] = [];

  const visit = (node: Node, parent: Node, depth: number): void => {
    const found = importOf(node);
    if (found) imports.push(found);
    mentions.add(mentionOf(node, parent));
    const inside = isFunction(node);
    if (inside) {
      const name = nameOf(node.id) || nameOf(parent.id) || nameOf(parent.key) || "(unnamed)";
      const line = lineAt(node.start);
      const lines = lineAt(node.end) - line + 1;
      functions.push({ name, line, lines });
      if (depth === 0) outer.push(lines);
    }
    for (const child of childrenOf(node)) visit(child, node, depth + (inside ? 1 : 0));
  };

  const program = parseAst(text, { lang: "ts" }) as unknown as Node;
  visit(program, program, 0);
  mentions.delete("");
  return { imports, mentions: [...mentions], functions, functionLines: outer.reduce((sum, n) => sum + n, 0) };
};

/** What the two structure tests need to know of each file. Throws an error with the path of one that cannot be parsed. */
export const readSources = (files: SourceFiles): ReadonlyMap<string, Source> =>
  new Map(
    [...files].map(([path, text]) => {
      try {
        return [path, readSource(text)];
      } catch (cause) {
        throw new Error(`${path} cannot be parsed`, { cause });
      }
    }),
  );

/** Every TypeScript file under these folders of the repository. */
export const readTree = (...folders: readonly string[]): SourceFiles => {
  const root = new URL("../../", import.meta.url);
  const paths = folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, root), "utf8")]));
};
