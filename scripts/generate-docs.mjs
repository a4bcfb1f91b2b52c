// Writes the pages of docs/ that are made from the program's own registries, or with --check says which are out of date.
// Invariant: what stands in a registry is documented nowhere else by hand.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedPages } from "./generated-pages.mjs";
import { ROOT } from "./root.mjs";

const check = process.argv.includes("--check");
const stale = [];
for (const [file, text] of Object.entries(generatedPages(path.join(ROOT, "build/js")))) {
  const target = path.join(ROOT, file);
  if (existsSync(target) && readFileSync(target, "utf8") === text) continue;
  stale.push(file);
  if (check) continue;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(`wrote ${file}`);
}
if (check && stale.length > 0) {
  console.error(`Out of date: ${stale.join(", ")}. Run: npm run gen`);
  process.exitCode = 1;
}
