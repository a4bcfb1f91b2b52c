// Arbitrary fleets for property tests: services of every kind in one to four clusters, with and without keys, in every situation
// that a scan finds by looking around them.

import fc from "fast-check";
import type { ClusterRecord, Fleet } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { seenWhole } from "./seen-whole";
import { inSituation, SITUATIONS, type Situation } from "./situations";

export function anyFleet(): fc.Arbitrary<Fleet> {
  return fc
    .tuple(anyBareFleet(), fc.array(anySituation(), { minLength: 1, maxLength: 12 }))
    .map(([fleet, situations]) =>
      fleet.services.reduce(
        (so, { arn }, at) => inSituation(so, arn, situations[at % situations.length] ?? "fine"),
        seenWhole(fleet),
      ),
    );
}

/** Half of the services are in none that matters. */
function anySituation(): fc.Arbitrary<Situation> {
  const all = Object.keys(SITUATIONS) as Situation[];
  return fc.oneof(fc.constant("fine" as const), fc.constantFrom(...all));
}

/** Of every kind, with nothing said of what stands around them. */
function anyBareFleet(): fc.Arbitrary<Fleet> {
  return fc
    .array(fc.record({ keyed: fc.boolean(), services: fc.array(anyService(), { maxLength: 12 }) }), { maxLength: 4 })
    .map((clusters) =>
      clusters.reduce<FleetBuilder>(
        (fleet, { keyed, services }, at) => addCluster(fleet, { at, keyed, services }),
        aFleet(),
      ),
    )
    .map((fleet) => fleet.build());
}

/** The same fleet with every list in another order. */
export function shuffled(fleet: Fleet, seed: number): Fleet {
  return {
    ...fleet,
    clusters: shuffle(fleet.clusters, seed).map((cluster) => withShuffledProtection(cluster, seed)),
    services: shuffle(fleet.services, seed),
    tasks: shuffle(fleet.tasks, seed),
    taskDefinitions: shuffle(fleet.taskDefinitions, seed),
    keys: shuffle(fleet.keys, seed),
    subnets: shuffle(fleet.subnets, seed),
    images: shuffle(fleet.images, seed),
    secrets: shuffle(fleet.secrets, seed),
    logGroups: shuffle(fleet.logGroups, seed),
    alarms: shuffle(fleet.alarms, seed),
    unread: shuffle(fleet.unread, seed),
  };
}

function withShuffledProtection(cluster: ClusterRecord, seed: number): ClusterRecord {
  const { protectedTasks } = cluster;
  if (protectedTasks.kind === "unknown") return cluster;
  return { ...cluster, protectedTasks: { ...protectedTasks, value: shuffle(protectedTasks.value, seed) } };
}

interface AnyService {
  readonly desired: number;
  readonly percents: readonly [number, number];
  readonly kind: "plain" | "windows" | "ec2" | "codeDeploy" | "external" | "inFlight" | "keyed" | "pinned" | "spot";
  readonly tier: string;
  readonly breaker: boolean;
}

function anyService(): fc.Arbitrary<AnyService> {
  return fc.record({
    desired: fc.integer({ min: 0, max: 6 }),
    percents: fc.constantFrom([100, 200] as const, [50, 100] as const, [0, 100] as const, [100, 150] as const),
    kind: fc.oneof(
      { weight: 4, arbitrary: fc.constant("plain" as const) },
      fc.constantFrom("windows", "ec2", "codeDeploy", "external", "inFlight", "keyed", "pinned", "spot"),
    ),
    tier: fc.constantFrom("dev", "prod", "odd"),
    breaker: fc.boolean(),
  });
}

interface AnyCluster {
  readonly at: number;
  readonly keyed: boolean;
  readonly services: readonly AnyService[];
}

function addCluster(fleet: FleetBuilder, { at, keyed, services }: AnyCluster): FleetBuilder {
  const name = `c${at}`;
  const start = keyed
    ? fleet.key(`k${at}`, { clusters: [name] }).cluster(name, { key: `k${at}` })
    : fleet.cluster(name);
  return services
    .reduce((so, service, index) => addService(so, service, { name: `s${index}`, keyed }), start)
    .standaloneTask("one");
}

function addService(
  fleet: FleetBuilder,
  service: AnyService,
  { name, keyed }: { name: string; keyed: boolean },
): FleetBuilder {
  const so = fleet
    .service(name, { desired: Math.max(service.desired, service.kind === "inFlight" ? 1 : 0) })
    .percents(...service.percents)
    .breaker(service.breaker)
    .tagged({ tier: service.tier });
  switch (service.kind) {
    case "plain":
      return so;
    case "keyed":
      return keyed ? so.keyed() : so;
    case "pinned":
      return so.pinned("1.3.0");
    default:
      return so[service.kind]();
  }
}

/** By a hash of place and seed: any order will do, as long as it is another one. */
function shuffle<T>(items: readonly T[], seed: number): readonly T[] {
  const weight = (index: number): number => (Math.imul(index + 1, 2_654_435_761) ^ Math.imul(seed, 40_503)) >>> 0;
  return items
    .map((item, index) => ({ item, weight: weight(index) }))
    .toSorted((a, b) => a.weight - b.weight)
    .map(({ item }) => item);
}
