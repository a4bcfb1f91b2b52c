// The programs of docs/provisioning.md, by the names in the comments above them.
// Invariant: what the page shows is what runs, letter by letter, apart from its indentation.

import { readFileSync } from "node:fs";
import path from "node:path";

/** @throws Error that names the programs there are. */
export function programOfPage(name: string): string {
  const programs = programsOf(readFileSync(path.resolve("docs/provisioning.md"), "utf8"));
  const found = programs.get(name);
  if (found !== undefined) return found;
  throw new Error(`docs/provisioning.md has no program ${name}; it has ${[...programs.keys()].join(", ")}`);
}

function programsOf(page: string): ReadonlyMap<string, string> {
  const blocks = page.matchAll(/<!-- program: ([a-z-]+) -->\n\s*```ts\n([\s\S]*?)\n\s*```/g);
  return new Map([...blocks].map(([, name = "", code = ""]) => [name, code]));
}
