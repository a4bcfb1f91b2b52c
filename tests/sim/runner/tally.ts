// What a suite of lives comes to, added up life by life.

import type { SeedResult } from "./live-seed";

export interface WrongSeed {
  readonly seed: number;
  readonly problems: readonly string[];
}

export class Tally {
  clean = 0;
  readonly wrong: WrongSeed[] = [];
  simulatedMs = 0;
  calls = 0;
  /** How often each fault met each state; the key is `fault state`. */
  readonly meetings = new Map<string, number>();

  add(result: SeedResult): void {
    const problems = problemsIn(result);
    if (problems.length === 0) this.clean += 1;
    else this.wrong.push({ seed: result.seed, problems });
    if (result.kind === "broken") return;
    this.simulatedMs += result.simulatedMs;
    this.calls += result.calls;
    for (const [key, times] of Object.entries(result.meetings)) {
      this.meetings.set(key, (this.meetings.get(key) ?? 0) + times);
    }
  }

  get lives(): number {
    return this.clean + this.wrong.length;
  }
}

/** What no check said of a life, because the harness broke, counts against it too. */
export function problemsIn(result: SeedResult): readonly string[] {
  return result.kind === "broken" ? [`the harness broke: ${result.what}`] : result.problems;
}

export function replayCommand(seed: number): string {
  return `npm run sim -- --seed ${seed}`;
}
