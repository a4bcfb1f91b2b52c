// Seeds that a test's worker treats badly, and what it answers of the others.

import type { SeedResult } from "./live-seed";

/** Ends with words. */
export const CRASHES = 13;
/** Never answers, and cannot be asked to end. */
export const HANGS = 14;
/** Is wrong. */
export const IS_WRONG = 15;

export function answered(seed: number): SeedResult {
  const problems = seed === IS_WRONG ? ["never-twice: it was sent twice"] : [];
  const trace = problems.length > 0 ? `the trace of seed ${seed}` : null;
  return { kind: "lived", seed, problems, trace, simulatedMs: 3_600_000, calls: 10, meetings: { "reset queued": 2 } };
}
