// A few stories lose answers to redeployments, of services whose tasks then cannot start with nobody else to roll them back: what
// came of such a call is found by looking, is nobody's for certain, and must be left alone.
// Invariant: drawn from a stream of its own, so that every other seed tells the same story as without.

import type { Fleet } from "../../../domain/fleet";
import { Random } from "../../../simulator/world/random";
import { added } from "./added";
import type { Rival } from "./rivals";
import type { TimedFault } from "./story";
import type { ToldStory } from "./tell-story";

const SHARE_OF_STORIES = 0.08;
const MINUTE = 60_000;

export function withLostAnswers(told: ToldStory): ToldStory {
  const random = new Random(told.story.seed, "lost answers");
  if (!random.chance(SHARE_OF_STORIES)) return told;
  const { fleet, story } = told;
  const failing = fleet.services.filter(({ circuitBreaker }) => !circuitBreaker.enable && random.chance(0.5));
  const rivals = failing.map((service) => cannotStart(fleet, service));
  return { fleet, story: added(story, { rivals, faults: lostAnswers(random) }) };
}

/** Of calls that AWS has acted on; later of some that never reached it, whose doubt lasts for two looks. */
function lostAnswers(random: Random): readonly TimedFault[] {
  const operation = "UpdateService";
  return [
    { kind: "timeout-after-act", operation, fromMs: 0, count: 2 + random.below(5) },
    { kind: "reset", operation, fromMs: random.below(20 * MINUTE), count: 1 + random.below(5) },
  ];
}

/** From the very beginning, and for so long that its deployment would go on failing. */
function cannotStart(fleet: Fleet, { arn, name, clusterArn }: Fleet["services"][number]): Rival {
  const cluster = fleet.clusters.find((one) => one.arn === clusterArn)?.name ?? "";
  const place = { cluster, service: name };
  return {
    cue: { kind: "time", atMs: 0 },
    service: arn,
    acts: [
      { afterMs: 0, fault: { kind: "new-tasks-fail", ...place, how: "exits" } },
      { afterMs: 90 * MINUTE, fault: { kind: "new-tasks-recover", ...place } },
    ],
  };
}
