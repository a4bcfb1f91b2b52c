// A committed mutant: tests/mutants/NAME.json.
//
//   property           what it breaks
//   file               the source that is changed
//   find, replace      the text in it, exactly once, and what takes its place
//   test, title        the test file and the full title of the test that must turn red
//   seeds, invariant   the simulation sees it too: within seeds 1 to `seeds` a life goes against `invariant`
//   unseen             the simulation cannot see it, and why
//
// Invariants
//   a mutant whose text is gone guards nothing any more: it is wrong
//   a mutant of what the simulation runs has `seeds` or `unseen`, never both and never neither

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { ROOT } from "../root.mjs";

const FOLDER = path.join(ROOT, "tests/mutants");
const FIELDS = ["property", "file", "find", "replace", "test", "title", "seeds", "invariant", "unseen"];
/** What decides in a run: elsewhere the simulation is not asked. */
const SIMULATED = ["machine", "schedule", "verify", "pacing"]
  .map((room) => `migrate/core/${room}/`)
  .concat("migrate/drive/");
const SEEDS_MAX = 500;

export function mutantNames() {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .toSorted();
}

/** The mutant with its name and its built text, or `{ wrong }`: what is to be mended in its file. */
export function readMutant(name, { measures }) {
  const mutant = JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), "utf8"));
  const foreign = Object.keys(mutant).find((field) => !FIELDS.includes(field));
  if (foreign !== undefined) return { wrong: `it has a field ${JSON.stringify(foreign)}; the fields are ${FIELDS}` };
  const source = readFileSync(path.join(ROOT, mutant.file), "utf8");
  const places = source.split(mutant.find).length - 1;
  if (places !== 1) return { wrong: `${mutant.file} holds the text to replace ${places} times, not once` };
  // Whoever measures what the simulation sees has yet to write it down.
  const wrong = measures ? null : wrongAboutSeeds(mutant);
  if (wrong !== null) return { wrong };
  return { ...mutant, name, builtText: compiled(source.replace(mutant.find, () => mutant.replace)) };
}

function wrongAboutSeeds({ file, seeds, invariant, unseen }) {
  if (seeds !== undefined && unseen !== undefined) return "it has `seeds` and `unseen`: the simulation sees it or not";
  if (seeds !== undefined && !(Number.isInteger(seeds) && seeds >= 1 && seeds <= SEEDS_MAX))
    return `its seeds are ${JSON.stringify(seeds)}: give a whole number from 1 to ${SEEDS_MAX}`;
  if ((seeds === undefined) !== (invariant === undefined)) return "`seeds` and `invariant` go together";
  if (seeds === undefined && unseen === undefined && SIMULATED.some((folder) => file.startsWith(folder)))
    return `${file} is lived by the simulation: give \`seeds\` and \`invariant\` (--search N measures them), or why it is \`unseen\``;
  return null;
}

function compiled(text) {
  const { module, target } = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(text, { compilerOptions: { module, target, esModuleInterop: true } }).outputText;
}
