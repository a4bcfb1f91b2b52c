// Half of all stories have services that must not roll together: a tag with few values on some services, another on others.
// Invariant: drawn from a stream of its own, so that a seed tells the same story otherwise.

import type { Fleet } from "../../../domain/fleet";
import { Random } from "../../../simulator/world/random";
import type { ToldStory } from "./tell-story";

const TAGS = ["shared-db", "queue"] as const;

export function withMutexes({ story, fleet }: ToldStory): ToldStory {
  const random = new Random(story.seed, "mutexes");
  if (random.chance(0.5)) return { story, fleet };
  const mutexTags = random.chance(0.5) ? [...TAGS].toSorted() : [TAGS[0]];
  return { story: { ...story, options: { ...story.options, mutexTags } }, fleet: tagged(fleet, random) };
}

function tagged(fleet: Fleet, random: Random): Fleet {
  const services = fleet.services.map((service) => {
    const drawn = TAGS.flatMap((tag) => (random.chance(0.5) ? [[tag, random.pick(["a", "b", ""])]] : []));
    return { ...service, tags: { ...service.tags, ...Object.fromEntries(drawn) } };
  });
  return { ...fleet, services };
}
