/** A formula as a tree. `call` also stands for `value.name(…)`, whose value is its first argument. */
export type Expression =
  | { kind: "literal"; value: number | string | boolean }
  | { kind: "property"; key: string }
  | { kind: "call"; name: string; args: Expression[] }
  | { kind: "operator"; name: string; args: Expression[] };

/** The text is no formula; the message says where it ends to make sense. */
export class FormulaSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FormulaSyntaxError";
  }
}

type Token = { kind: "number" | "string" | "name" | "symbol" | "end"; text: string };

const tokenPattern =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|([A-Za-z_]\w*)|(==|!=|<=|>=|&&|\|\||[-+*/%^<>!?:(),.]))/y;

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  let at = 0;
  while (at < text.trimEnd().length) {
    const match = tokenPattern.exec(text);
    if (!match) throw new FormulaSyntaxError(`unexpected character at ${at}`);
    at = tokenPattern.lastIndex;
    const [, number, string, name, symbol] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (string !== undefined) tokens.push({ kind: "string", text: string.replace(/\\(.)/g, "$1") });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "symbol", text: symbol ?? "" });
  }
  return tokens;
};

/** Binary operators by how tightly they bind; those that are words or signs of the same thing share a name. */
const binary: Readonly<Record<string, { name: string; power: number }>> = {
  "||": { name: "or", power: 2 },
  or: { name: "or", power: 2 },
  "&&": { name: "and", power: 3 },
  and: { name: "and", power: 3 },
  "==": { name: "==", power: 4 },
  "!=": { name: "!=", power: 4 },
  "<": { name: "<", power: 5 },
  "<=": { name: "<=", power: 5 },
  ">": { name: ">", power: 5 },
  ">=": { name: ">=", power: 5 },
  "+": { name: "+", power: 6 },
  "-": { name: "-", power: 6 },
  "*": { name: "*", power: 7 },
  "/": { name: "/", power: 7 },
  "%": { name: "%", power: 7 },
  "^": { name: "^", power: 9 },
};
const prefixPower = 8;
const conditionPower = 1;
/** A deeper formula could exhaust the stack. */
const maxDepth = 100;

const end: Token = { kind: "end", text: "end of formula" };

class Unexpected extends FormulaSyntaxError {
  constructor({ text }: Token) {
    super(`unexpected ${text}`);
  }
}

/** The tokens and how far they are read. */
type Reader = { tokens: readonly Token[]; at: number };

const peek = ({ tokens, at }: Reader): Token => tokens[at] ?? end;
const take = (reader: Reader): Token => reader.tokens[reader.at++] ?? end;
const isNext = (reader: Reader, symbol: string): boolean =>
  peek(reader).kind === "symbol" && peek(reader).text === symbol;
const takeSymbol = (reader: Reader, symbol: string): void => {
  const token = take(reader);
  if (token.kind !== "symbol" || token.text !== symbol) throw new Unexpected(token);
};

const readArguments = (reader: Reader, depth: number): Expression[] => {
  const args: Expression[] = [];
  takeSymbol(reader, "(");
  if (!isNext(reader, ")")) {
    args.push(readExpression(reader, 0, depth));
    while (isNext(reader, ",")) {
      take(reader);
      args.push(readExpression(reader, 0, depth));
    }
  }
  takeSymbol(reader, ")");
  return args;
};

const readNamed = (reader: Reader, name: string, depth: number): Expression => {
  if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
  if (name === "not" && !isNext(reader, "(")) {
    return { kind: "operator", name: "not", args: [readExpression(reader, prefixPower, depth)] };
  }
  const args = readArguments(reader, depth);
  if (name !== "prop") return { kind: "call", name, args };
  const [key] = args;
  if (key?.kind !== "literal" || typeof key.value !== "string")
    throw new FormulaSyntaxError("prop takes a name");
  return { kind: "property", key: key.value };
};

const readOperand = (reader: Reader, depth: number): Expression => {
  const token = take(reader);
  if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
  if (token.kind === "string") return { kind: "literal", value: token.text };
  if (token.kind === "name") return readNamed(reader, token.text, depth);
  if (token.text === "(") {
    const inner = readExpression(reader, 0, depth);
    takeSymbol(reader, ")");
    return inner;
  }
  if (token.text !== "-" && token.text !== "!") throw new Unexpected(token);
  const name = token.text === "-" ? "negate" : "not";
  return { kind: "operator", name, args: [readExpression(reader, prefixPower, depth)] };
};

const readWithCalls = (reader: Reader, depth: number): Expression => {
  let value = readOperand(reader, depth);
  while (isNext(reader, ".")) {
    take(reader);
    const method = take(reader);
    if (method.kind !== "name") throw new Unexpected(method);
    value = { kind: "call", name: method.text, args: [value, ...readArguments(reader, depth)] };
  }
  return value;
};

const readChoice = (reader: Reader, condition: Expression, depth: number): Expression => {
  takeSymbol(reader, "?");
  const yes = readExpression(reader, 0, depth);
  takeSymbol(reader, ":");
  return { kind: "call", name: "if", args: [condition, yes, readExpression(reader, conditionPower, depth)] };
};

const readExpression = (reader: Reader, power: number, above: number): Expression => {
  const depth = above + 1;
  if (depth > maxDepth) throw new FormulaSyntaxError("too deeply nested");
  let left = readWithCalls(reader, depth);
  for (;;) {
    if (isNext(reader, "?") && power <= conditionPower) {
      left = readChoice(reader, left, depth);
      continue;
    }
    const { kind, text } = peek(reader);
    const row =
      (kind === "symbol" || kind === "name") && Object.hasOwn(binary, text) ? binary[text] : undefined;
    if (!row || row.power <= power) return left;
    take(reader);
    left = { kind: "operator", name: row.name, args: [left, readExpression(reader, row.power, depth)] };
  }
};

/** Reads a formula; throws FormulaSyntaxError. */
export const parseFormula = (text: string): Expression => {
  const reader: Reader = { tokens: tokensOf(text), at: 0 };
  const whole = readExpression(reader, 0, 0);
  if (peek(reader).kind !== "end") throw new Unexpected(peek(reader));
  return whole;
};

/** The properties that a formula names, each once. */
export const namedIn = (expression: Expression): string[] => {
  if (expression.kind === "property") return [expression.key];
  if (expression.kind === "literal") return [];
  return [...new Set(expression.args.flatMap(namedIn))];
};

/** The text with other names for its properties: stored by id, shown by name, so that a rename breaks nothing. */
export const renameProperties = (text: string, rename: (key: string) => string): string =>
  text.replace(/(\bprop\(\s*)"((?:[^"\\]|\\.)*)"/g, (_match, head: string, key: string) => {
    const renamed = rename(key.replace(/\\(.)/g, "$1")).replace(/["\\]/g, "\\$&");
    return `${head}"${renamed}"`;
  });
