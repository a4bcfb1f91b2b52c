// A story in which nothing happens beside the run, for tests that tell what does.

import type { Story } from "./story";

export function quietStory(told: Partial<Story> = {}): Story {
  return {
    seed: 1,
    readLagMaxMs: 2_000,
    switches: {},
    options: {},
    faults: [],
    rivals: [],
    deaths: [],
    interruptsMs: [],
    controls: [],
    resumesMax: 0,
    ...told,
  };
}
