// An example's program, first as it stands in the repository, then as a team changes it.
// Invariants
//   an edit of a text that is not there exactly once throws: an example that was rewritten makes its test fail, not pass by chance
//   copies stand outside the repository and are gone after dispose()

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type TemporaryFolder, temporaryProgram } from "../temporary-program";

/** The whole text of index.ts, changed. */
export type Edit = (source: string) => string;

/** The edit that puts `text` in the place of `former`. */
export function replacing(former: string, text: string): Edit {
  return (source) => {
    const [before, after, ...more] = source.split(former);
    if (before !== undefined && after !== undefined && more.length === 0) return `${before}${text}${after}`;
    const count = source.split(former).length - 1;
    throw new Error(`the example has ${JSON.stringify(former)} ${count} times, not once`);
  };
}

/** The edit that puts `text` at the end. */
export function adding(text: string): Edit {
  return (source) => `${source}\n${text}\n`;
}

export class ExampleProgram {
  readonly #folder: string;
  readonly #copies: TemporaryFolder[] = [];
  #source: string;
  #current: string;

  /** `example` is the name of a folder of examples/. */
  constructor(example: string) {
    this.#folder = path.resolve("examples", example);
    this.#current = this.#folder;
    this.#source = readFileSync(path.join(this.#folder, ENTRY), "utf8");
  }

  /** The folder of the program as it is now. */
  get folder(): string {
    return this.#current;
  }

  /** Goes on with the edited program; what is returned takes the edit back. */
  change(edit: Edit): () => void {
    const former = { source: this.#source, current: this.#current };
    this.#source = edit(former.source);
    const copy = temporaryProgram({ ...this.#otherFiles(), [ENTRY]: this.#source });
    this.#copies.push(copy);
    this.#current = copy.folder;
    return () => {
      this.#source = former.source;
      this.#current = former.current;
    };
  }

  dispose(): void {
    for (const { remove } of this.#copies) remove();
  }

  #otherFiles(): Readonly<Record<string, string>> {
    const names = readdirSync(this.#folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
      .map((entry) => path.relative(this.#folder, path.join(entry.parentPath, entry.name)));
    const files = names.map((name) => [name, readFileSync(path.join(this.#folder, name), "utf8")] as const);
    return { ...Object.fromEntries(files), "tsconfig.json": TSCONFIG };
  }
}

const ENTRY = "index.ts";
const TSCONFIG = JSON.stringify({ extends: path.resolve("tsconfig.json"), include: [ENTRY] });
