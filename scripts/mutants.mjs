// `npm run mutants`: breaks one guarded property at a time, in a copy of the build, and demands that its named test turns red, and
// that the simulation sees it too, within the seeds that the mutant states, where it can. What a mutant is: mutants/read-mutant.mjs.
//
//   npm run mutants -- NAME…            some of them
//   npm run mutants -- --search N …     measures instead: the first of N seeds that catches each, and the invariants that it goes against
//
// Invariants
//   without the mutant, its test passes and the seeds are clean: else nothing that follows would tell anything
//   with no name given, every invariant of the simulation is guarded by at least one mutant

import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { BUILD_FOLDER } from "./build-state.mjs";
import { firstCatch, INVARIANT_IDS } from "./mutants/first-catch.mjs";
import { MutatedBuild } from "./mutants/mutated-build.mjs";
import { runTests } from "./mutants/named-tests.mjs";
import { mutantNames, readMutant } from "./mutants/read-mutant.mjs";

const LANES_MAX = 8;
const { search, wanted } = request();
const lanes = Math.min(LANES_MAX, availableParallelism());
const counts = { passed: 0, failed: 0 };
const mutants = wanted.flatMap((name) => {
  const mutant = readMutant(name, { measures: search !== null });
  if (mutant.wrong !== undefined) tell(notCaught(name, mutant.wrong));
  return mutant.wrong === undefined ? [mutant] : [];
});

const titlesWithout = search === null ? await livedWithout() : null;
await inLanes(search === null ? tryMutant : measureMutant);
if (search === null && wanted.length === mutantNames().length) tellUnguarded();
console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

function request() {
  try {
    const { values, positionals } = parseArgs({ options: { search: { type: "string" } }, allowPositionals: true });
    const unknown = positionals.find((name) => !mutantNames().includes(name));
    if (unknown !== undefined)
      throw new Error(`there is no mutant ${unknown}: the names are those of tests/mutants/*.json`);
    if (values.search !== undefined && !/^[1-9]\d{0,3}$/.test(values.search))
      throw new Error(`--search is ${JSON.stringify(values.search)}: give a number of seeds from 1 to 9999`);
    return {
      search: values.search === undefined ? null : Number(values.search),
      wanted: positionals.length === 0 ? mutantNames() : positionals,
    };
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

/** What the tests say without any mutant; that the seeds are clean is told only when they are not. */
async function livedWithout() {
  const verdictOf = await runTests({ folder: BUILD_FOLDER, tests: mutants.map(({ test }) => test), jobs: lanes });
  const seeds = Math.max(0, ...mutants.map((mutant) => mutant.seeds ?? 0));
  const { seed, invariants, broken } = await firstCatch({ folder: BUILD_FOLDER, seeds, workers: lanes });
  if (seed !== null) tell(notCaught("any", `seed ${seed} goes against ${invariants.join(", ")} without a mutant`));
  for (const one of broken) tell(notCaught("any", `seed ${one.seed} broke the harness without a mutant: ${one.what}`));
  return verdictOf;
}

/** Each lane has a build of its own and takes the next mutant when it has done one. */
async function inLanes(act) {
  const left = mutants.values();
  async function lane(_, number) {
    const build = new MutatedBuild(number + 1);
    try {
      for (const mutant of left) {
        const result = await build.withMutant(mutant, () => act(mutant, build.folder));
        tell(result.wrong === undefined ? result : notCaught(mutant.name, result.wrong));
      }
    } finally {
      build.remove();
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, mutants.length) }, lane));
}

async function tryMutant({ name, test, title, seeds, invariant }, folder) {
  const before = titlesWithout(title);
  if (before !== "passed") return notCaught(name, `without the mutant, its test ${before}`);
  const after = (await runTests({ folder, tests: [test], title }))(title);
  if (after !== "failed") return notCaught(name, `its test ${after} on the mutant`);
  if (seeds === undefined) return caught(name);
  const { seed, broken } = await firstCatch({ folder, seeds, invariant });
  if (seed !== null) return caught(`${name}, and by seed ${seed}: ${invariant}`);
  return notCaught(name, `no seed of 1 to ${seeds} goes against ${invariant}${brokenText(broken)}`);
}

async function measureMutant({ name, invariant }, folder) {
  const { seed, invariants, broken } = await firstCatch({ folder, seeds: search, ...(invariant && { invariant }) });
  const seen = seed === null ? `not seen in ${search} seeds` : `seed ${seed}: ${invariants.join(", ")}`;
  return { isCaught: seed !== null, text: `${name}: ${seen}${brokenText(broken)}` };
}

function brokenText(broken) {
  return broken.map(({ seed, what }) => `; seed ${seed} broke the harness: ${what.split("\n")[0]}`).join("");
}

function tellUnguarded() {
  const guarded = new Set(mutants.map(({ invariant }) => invariant));
  for (const id of INVARIANT_IDS.filter((one) => !guarded.has(one)))
    tell({ isCaught: false, text: `UNGUARDED: ${id}: no mutant that the simulation sees goes against this invariant` });
}

function caught(how) {
  return { isCaught: true, text: `caught: ${how}` };
}

function notCaught(name, why) {
  return { isCaught: false, text: `NOT CAUGHT: ${name}: ${why}` };
}

function tell({ isCaught, text }) {
  console.log(text);
  counts[isCaught ? "passed" : "failed"] += 1;
}
