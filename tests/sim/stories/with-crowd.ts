// A few stories have more services than half of AWS's bursts: forty and more in one cluster, none in the way of another, many begun
// at once.
// Invariant: drawn from a stream of its own, so that every other seed tells the same story as without.

import type { Fleet } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { Random } from "../../../simulator/world/random";
import { rivalsOf } from "./rivals";
import type { ToldStory } from "./tell-story";

const SHARE_OF_STORIES = 0.04;
const RIVALS_MAX = 4;

/** What struck the services of the fleet that it had before is drawn anew; the rest of the story stays. */
export function withCrowd(told: ToldStory): ToldStory {
  const random = new Random(told.story.seed, "crowd");
  if (!random.chance(SHARE_OF_STORIES)) return told;
  const fleet = crowd(random);
  const options = { ...told.story.options, inFlightMax: 50, firstShare: 0.05, failuresMax: 100 };
  return { fleet, story: { ...told.story, options, rivals: rivalsOf(random, fleet, RIVALS_MAX) } };
}

function crowd(random: Random): Fleet {
  const start = aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" });
  return Array.from({ length: 40 + random.below(20) }, (_, index) => `s${index}`)
    .reduce<FleetBuilder>((fleet, name) => fleet.service(name, { desired: 1 }), start)
    .build();
}
