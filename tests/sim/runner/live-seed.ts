// One seed, lived and judged, as a plain value that can pass between processes.
// Invariants
//   the same seed gives the same value in any process, but for what is said of a harness that broke
//   a life is wrong when a check says so; when the harness itself throws, nothing is known of the life, and that is said apart

import { problemsOfAll } from "../checks/problems-of-all";
import { meetingsOf } from "../meetings/meetings";
import { live } from "../stage/live";
import { traceOf } from "../stage/trace";
import { type ToldStory, tellStory } from "../stories/tell-story";
import { withCrowd } from "../stories/with-crowd";
import { withLostAnswers } from "../stories/with-lost-answers";
import { withMutexes } from "../stories/with-mutexes";

export type SeedResult = LivedSeed | BrokenSeed;

export interface LivedSeed {
  readonly kind: "lived";
  readonly seed: number;
  /** What the checks found wrong; none when the life is clean. */
  readonly problems: readonly string[];
  /** Of a life that is wrong, or of any when it was asked for. */
  readonly trace: string | null;
  /** From the run's beginning to its end, in the story's own time. */
  readonly simulatedMs: number;
  /** Requests that reached the simulated AWS, the scan's included. */
  readonly calls: number;
  /** How often each fault met each state; the key is `fault state`. */
  readonly meetings: Readonly<Record<string, number>>;
}

export interface BrokenSeed {
  readonly kind: "broken";
  readonly seed: number;
  /** What the harness, or the process that it ran in, said last. */
  readonly what: string;
}

export interface SeedWanted {
  readonly seed: number;
  /** Whether a clean life is told too. */
  readonly traced: boolean;
}

export async function liveSeed({ seed, traced }: SeedWanted): Promise<SeedResult> {
  try {
    const life = await live(storyOf(seed));
    const problems = problemsOfAll(life);
    return {
      kind: "lived",
      seed,
      problems,
      trace: traced || problems.length > 0 ? traceOf(life, problems) : null,
      simulatedMs: life.endedMs - life.beganMs,
      calls: life.calls.length,
      meetings: counted(meetingsOf(life).map(({ fault, state }) => `${fault} ${state}`)),
    };
  } catch (error) {
    return { kind: "broken", seed, what: String((error as Error).stack ?? error) };
  }
}

/** What was added to stories later is laid over them, each from a stream of its own. */
function storyOf(seed: number): ToldStory {
  return withLostAnswers(withCrowd(withMutexes(tellStory(seed))));
}

function counted(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
