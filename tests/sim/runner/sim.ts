// `npm run sim`: lives what it is asked for, tells what is wrong as it is found, and what it all came to.
// Invariants: Ctrl-C ends it with what is known so far; the last line is `N passed, N failed, N skipped`.

import { liveSeeds } from "./live-seeds";
import { ProgressLine, type TextStream } from "./progress-line";
import { SIM_HELP, type SimOptions, simRequest } from "./sim-options";
import { countsText, endText, endValue, foundText, foundToo, progressText, type SuiteSoFar } from "./sim-text";
import { problemsIn, Tally } from "./tally";

export interface SimSurroundings {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  /** Who lives the seeds; a test has others. */
  readonly liveSeeds?: typeof liveSeeds;
}

/** The exit code. */
export async function sim(args: readonly string[], around: SimSurroundings): Promise<number> {
  const request = simRequest(args);
  switch (request.kind) {
    case "help":
      around.stdout.write(SIM_HELP);
      return 0;
    case "refused":
      around.stderr.write(`${request.what}\n`);
      return 2;
    case "live":
      return told(await lived(request.options, around), around);
  }
}

async function lived(options: SimOptions, around: SimSurroundings): Promise<SuiteSoFar> {
  const { nowMs, signal } = around;
  const people = options.json ? around.stderr : around.stdout;
  const beganMs = nowMs();
  const progress = new ProgressLine(people, beganMs);
  const tally = new Tally();
  let toldInFull = 0;
  await (around.liveSeeds ?? liveSeeds)({
    seeds: seedsFrom(options),
    workers: Math.min(options.workers, options.count),
    traced: options.replays,
    signal,
    onResult: (result) => {
      tally.add(result);
      if (options.replays || problemsIn(result).length > 0) {
        progress.clear();
        people.write(toldInFull < TOLD_IN_FULL_MAX ? foundText(result) : foundToo(result.seed));
        toldInFull += 1;
      }
      progress.tell(progressText({ options, tally, tookMs: nowMs() - beganMs }), nowMs());
      return "go on";
    },
  });
  progress.clear();
  return { options, tally, tookMs: nowMs() - beganMs, isInterrupted: signal.aborted && tally.lives < options.count };
}

function told(suite: SuiteSoFar, { stdout, stderr }: SimSurroundings): number {
  const { options, tally, isInterrupted } = suite;
  if (options.json) stdout.write(`${JSON.stringify(endValue(suite))}\n`);
  const people = options.json ? stderr : stdout;
  people.write(`${endText(suite)}\n${countsText(suite)}\n`);
  if (isInterrupted) return INTERRUPTED;
  return tally.wrong.length === 0 ? 0 : 1;
}

const INTERRUPTED = 130;
/** After so many traces the others are only named: whoever broke everything reads the first. */
const TOLD_IN_FULL_MAX = 20;

function* seedsFrom({ from, count }: SimOptions): Iterable<number> {
  for (let seed = from; seed < from + count; seed += 1) yield seed;
}
