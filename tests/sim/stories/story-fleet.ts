// The account of a story: 5 to 25 services in 1 to 3 clusters, each cluster with a key of its own and one spare key beside.

import type { Fleet } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import type { Random } from "../../../simulator/world/random";
import { rareKeyMetadata, rareOddities } from "./rare";

/** `rare` draws what was added later, so that the older draws stay as they were. */
export function storyFleet(random: Random, rare: Random): Fleet {
  const clusters = ["pay", "ops", "web"].slice(0, 1 + random.below(3));
  const services = 5 + random.below(21);
  const keys = clusters.reduce(
    (fleet, name) => fleet.key(`${name}-key`, { clusters: [name], ...rareKeyMetadata(rare) }),
    aFleet().key("spare", { clusters }),
  );
  return clusters
    .reduce((fleet, name, index) => {
      const share =
        Math.max(1, Math.floor(services / clusters.length)) + (index === 0 ? services % clusters.length : 0);
      const start = fleet.cluster(name, { key: `${name}-key` });
      return Array.from({ length: share }, (_, number) => `s${number}`).reduce(
        (builder, service) => rareOddities(rare, `${name}-${service}`)(serviceIn(builder, service, random)),
        start,
      );
    }, keys)
    .build();
}

const PERCENTS = [
  [100, 200],
  [100, 200],
  [100, 150],
  [50, 100],
  [50, 200],
  [0, 100],
  [0, 200],
  [100, 100],
] as const;

function serviceIn(fleet: FleetBuilder, name: string, random: Random): FleetBuilder {
  const desired = random.pick([0, 1, 1, 2, 2, 3, 4, 6]);
  const [minimum, maximum] = PERCENTS[random.below(PERCENTS.length)] ?? [100, 200];
  const started = fleet.service(name, { desired, ageHours: random.pick([1, 72, 20_000]) }).percents(minimum, maximum);
  return oddities(random).reduce((builder, add) => add(builder), started);
}

type Oddity = (fleet: FleetBuilder) => FleetBuilder;

function oddities(random: Random): readonly Oddity[] {
  const drawn: readonly (readonly [number, Oddity])[] = [
    [0.4, (fleet) => fleet.behindLoadBalancer()],
    [0.4, (fleet) => fleet.breaker(true, { rollback: random.chance(0.8) })],
    [0.15, (fleet) => fleet.spot()],
    [0.12, (fleet) => fleet.pinned("1.3.0")],
    [0.1, (fleet) => fleet.keyed()],
    [0.1, (fleet) => fleet.failing(random.pick(["exits", "image-missing", "unhealthy"]))],
    [0.05, (fleet) => fleet.oldArnFormat()],
  ];
  return drawn.flatMap(([probability, add]) => (random.chance(probability) ? [add] : []));
}
