// Seed → story and fleet.

import type { Fleet } from "../../../domain/fleet";
import { Random } from "../../../simulator/world/random";
import { added } from "./added";
import { rareOf } from "./rare";
import { rivalsOf } from "./rivals";
import { controlsOf, deathsOf, faultsOf, laterOptionsOf, optionsOf, type Story, switchesOf, toneOf } from "./story";
import { storyFleet } from "./story-fleet";

export interface ToldStory {
  readonly story: Story;
  readonly fleet: Fleet;
}

export function tellStory(seed: number): ToldStory {
  const random = new Random(seed, "story");
  const tone = toneOf(random);
  const fleet = storyFleet(random, new Random(seed, "rare fleet"));
  const rough = tone !== "calm";
  const most = { calm: 0, rough: 4, wild: 12 }[tone];
  const { options: laterOptions, ...later } = laterOptionsOf(new Random(seed, "later"));
  const story: Story = {
    seed,
    readLagMaxMs: random.pick([0, 500, 2_000, 2_000]),
    switches: switchesOf(random),
    options: { ...optionsOf(random), ...laterOptions },
    faults: rough && random.chance(0.6) ? faultsOf(random, most) : [],
    rivals: random.chance(0.7) ? rivalsOf(random, fleet, tone === "calm" ? 2 : most) : [],
    deaths: rough && random.chance(0.6) ? deathsOf(random, 3) : [],
    interruptsMs: rough && random.chance(0.2) ? [random.below(40 * 60_000)] : [],
    controls: rough && random.chance(0.2) ? controlsOf(random) : [],
    resumesMax: random.below(3),
    ...later,
  };
  return { fleet, story: rough ? added(story, rareOf(new Random(seed, "rare"), fleet)) : story };
}
