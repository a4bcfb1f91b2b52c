// What docs/benchmarks.md says was measured: each benchmark writes between two marks of its own and touches nothing else.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";

/** Replaces what stands between `<!-- <mark>: begin -->` and `<!-- <mark>: end -->`. Throws when the page has no such place. */
export function writeMeasured(mark: string, text: string): void {
  const page = readFileSync(PAGE, "utf8");
  const [begin, end] = [`<!-- ${mark}: begin -->`, `<!-- ${mark}: end -->`];
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${PAGE} has no place for the tables between ${begin} and ${end}`);
  writeFileSync(PAGE, `${page.slice(0, before + begin.length)}\n\n${text}\n\n${page.slice(after)}`);
}

/** `2 × AMD EPYC, Node 20.20.2`. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "an unnamed processor"}, Node ${process.versions.node}`;
}

const PAGE = path.resolve("docs/benchmarks.md");
