// Reads a Pulumi program in Python of the plain kind: imports, names given to values and components, exports. The rest is refused.
// Python's names are those of the schema in snake_case, as Pulumi's generator makes them.

import type { ProgramInAnotherLanguage, UsedResource, Value } from "./program-in-another-language";
import { pythonTokens, type Token } from "./python-tokens";

const COMPONENTS = "fargate_cmk";
const TOKEN_PREFIX = "fargate-cmk:index:";

export function readPythonProgram(text: string): ProgramInAnotherLanguage {
  return new PythonReader(pythonTokens(text)).read();
}

class PythonReader {
  readonly #values = new Map<string, Value>();
  readonly #resources: UsedResource[] = [];
  readonly #outputs: Record<string, Value> = {};
  #at = 0;

  constructor(readonly tokens: readonly Token[]) {}

  read(): ProgramInAnotherLanguage {
    while (this.#at < this.tokens.length) this.#statement();
    return { resources: this.#resources, outputs: this.#outputs };
  }

  #statement(): void {
    if (this.#next()?.kind === "string") this.#at += 1;
    else if (this.#isName("import")) this.#import();
    else if (this.#isName("pulumi")) this.#export();
    else this.#assignment();
  }

  #import(): void {
    this.#at += 1;
    const module = this.#name();
    const known = this.#isName("as") ? `${module} as ${this.#nameAfter()}` : module;
    if (!["pulumi", `pulumi_${COMPONENTS} as ${COMPONENTS}`].includes(known)) throw new Error(`import ${known}`);
  }

  #export(): void {
    for (const expected of ["pulumi", ".", "export", "("]) this.#expect(expected);
    const name = this.#string();
    this.#expect(",");
    this.#outputs[name] = this.#value();
    this.#expect(")");
  }

  #assignment(): void {
    const name = this.#name();
    this.#expect("=");
    if (this.#isName(COMPONENTS)) this.#component(name);
    else this.#values.set(name, this.#value());
  }

  #component(name: string): void {
    this.#expect(COMPONENTS);
    this.#expect(".");
    const type = TOKEN_PREFIX + this.#name();
    this.#expect("(");
    this.#string();
    this.#expect(",");
    const inputs = this.#entries(")", () => {
      const input = schemaName(this.#name());
      this.#expect("=");
      return input;
    });
    this.#resources.push({ name, type, inputs });
  }

  #value(): Value {
    const token = this.#take();
    if (token.kind === "string" || token.kind === "number") return { kind: "literal", value: token.value };
    if (token.kind === "name") return this.#named(token.text);
    if (token.text === "[") return { kind: "list", items: Object.values(this.#entries("]", (index) => String(index))) };
    if (token.text !== "{") throw new Error(`no value begins with ${token.text}`);
    const entries = this.#entries("}", () => {
      const key = this.#string();
      this.#expect(":");
      return key;
    });
    return { kind: "map", entries };
  }

  #named(name: string): Value {
    if (name === "True" || name === "False") return { kind: "literal", value: name === "True" };
    if (this.#isSign(".")) {
      this.#at += 1;
      return { kind: "output", resource: name, output: schemaName(this.#name()) };
    }
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`${name} has no value that could be followed`);
    return value;
  }

  /** Values up to the closing sign, by the keys that `keyOf` reads before each. */
  #entries(closing: string, keyOf: (index: number) => string): Readonly<Record<string, Value>> {
    const entries: Record<string, Value> = {};
    for (let index = 0; !this.#isSign(closing); index += 1) {
      entries[keyOf(index)] = this.#value();
      if (!this.#isSign(closing)) this.#expect(",");
    }
    this.#expect(closing);
    return entries;
  }

  #next(): Token | undefined {
    return this.tokens[this.#at];
  }

  #take(): Token {
    const token = this.#next();
    if (token === undefined) throw new Error("the program ends too early");
    this.#at += 1;
    return token;
  }

  #isName(text: string): boolean {
    const token = this.#next();
    return token?.kind === "name" && token.text === text;
  }

  #isSign(text: string): boolean {
    const token = this.#next();
    return token?.kind === "sign" && token.text === text;
  }

  #expect(text: string): void {
    const token = this.#take();
    if (!("text" in token) || token.text !== text)
      throw new Error(`${JSON.stringify(token)} stands where ${text} belongs`);
  }

  #name(): string {
    const token = this.#take();
    if (token.kind !== "name") throw new Error(`${JSON.stringify(token)} stands where a name belongs`);
    return token.text;
  }

  #nameAfter(): string {
    this.#at += 1;
    return this.#name();
  }

  #string(): string {
    const token = this.#take();
    if (token.kind !== "string") throw new Error(`${JSON.stringify(token)} stands where a text belongs`);
    return token.value;
  }
}

function schemaName(name: string): string {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) throw new Error(`${name} is not in snake_case`);
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
