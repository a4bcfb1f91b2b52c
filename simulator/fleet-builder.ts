// Makes fleets for tests, trainings and the demo, one call a fact:
//   aFleet().key("pay-key", { clusters: ["pay"] }).cluster("pay", { key: "pay-key" })
//     .service("api", { desired: 6 }).pinned("1.3.0").build()
//
// Invariants
//   a builder never changes: each call gives another one, so fleets can branch off a shared beginning
//   a modifier speaks of the service named last; nonsense throws a FleetProblem at once, or at build() when it needs the whole
//   the same calls give the same fleet, ids and all

import type { CapacityProviderStrategyItem, Fleet, KeyMetadata } from "../domain/fleet";
import { buildFleet } from "./fleet/build-fleet";
import { DeploymentModifiers } from "./fleet/deployment-modifiers";
import type { FleetDraft, LaunchDraft, ServiceDraft, TrailVariant, VcpuDraft } from "./fleet/drafts";
import { guardCount, guardLane, guardNew, guardScaling, guardService, guardVcpu } from "./fleet/fleet-guards";
import { FleetProblem } from "./fleet/fleet-problem";
import type { KeyPolicyVariant } from "./fleet/key-policy-text";
import { HEALTHY_START } from "./fleet/start-draft";
import { guardStart } from "./fleet/start-guards";
import type { FailureMode } from "./world/world-fault";

export interface FleetOptions {
  /** 12 digits; default 111122223333. */
  readonly account?: string;
  /** Default eu-west-1. */
  readonly region?: string;
  /** The instant of the scan, ISO 8601 in UTC; default 2026-06-01T08:00:00.000Z. */
  readonly at?: string;
}

export interface KeyOptions {
  /** The clusters that the policy lets Fargate use the key for. */
  readonly clusters: readonly string[];
  /** Default "documented". */
  readonly policy?: KeyPolicyVariant;
  /** What differs from an enabled, symmetric, single-Region key. */
  readonly metadata?: Partial<KeyMetadata>;
}

export interface ServiceOptions {
  /** Default 2. */
  readonly desired?: number;
  /** 1024 = one vCPU; default 256. */
  readonly cpuUnits?: number;
  /** Default 512. */
  readonly memoryMib?: number;
  /** How long ago the running deployment was made; default 72. */
  readonly ageHours?: number;
}

export function aFleet({
  account = "111122223333",
  region = "eu-west-1",
  at = "2026-06-01T08:00:00.000Z",
}: FleetOptions = {}) {
  guardLane(account, region, at);
  const empty: FleetDraft = {
    account,
    region,
    at: new Date(at).toISOString(),
    keys: new Map(),
    clusters: new Map(),
    services: [],
    standaloneTasks: [],
    subnets: new Map(),
    vcpu: {},
    firing: [],
    trails: "all",
  };
  return new FleetBuilder(empty);
}

export class FleetBuilder extends DeploymentModifiers<FleetBuilder> {
  readonly #draft: FleetDraft;

  constructor(draft: FleetDraft) {
    super();
    this.#draft = draft;
  }

  key(name: string, { clusters, policy = "documented", metadata = {} }: KeyOptions): FleetBuilder {
    guardNew("key", name, this.#draft.keys.has(name));
    return this.#with({ keys: added(this.#draft.keys, name, { name, clusters, policy, metadata }) });
  }

  /** `key` is the name of a key told before, or null for none. */
  cluster(
    name: string,
    { key = null, tags = {} }: { key?: string | null; tags?: Readonly<Record<string, string>> } = {},
  ) {
    guardNew("cluster", name, this.#draft.clusters.has(name));
    if (key !== null && !this.#draft.keys.has(key)) {
      throw new FleetProblem(`cluster "${name}" names the unknown key "${key}"`, `call .key("${key}", …) before`);
    }
    return this.#with({ clusters: added(this.#draft.clusters, name, { name, key, tags }) });
  }

  subnet(id: string, { freeAddresses = 200, zone = `${this.#draft.region}a` } = {}): FleetBuilder {
    if (!/^subnet-[0-9a-z]+$/.test(id))
      throw new FleetProblem(`"${id}" is no subnet`, "give an id like subnet-0a1b2c3d");
    guardNew("subnet", id, this.#draft.subnets.has(id));
    guardCount(`subnet "${id}": its count of free addresses`, freeAddresses);
    return this.#with({ subnets: added(this.#draft.subnets, id, { id, freeAddresses, zone }) });
  }

  /** Its vCPU quotas; told nothing, there is room for several times the fleet. */
  vcpu(told: VcpuDraft): FleetBuilder {
    guardVcpu(told);
    return this.#with({ vcpu: { ...this.#draft.vcpu, ...told } });
  }

  /** An alarm that a service watches is in ALARM. */
  firing(alarm: string): FleetBuilder {
    return this.#with({ firing: [...this.#draft.firing, alarm] });
  }

  /** What CloudTrail keeps; told nothing, everything. */
  trails(trails: TrailVariant): FleetBuilder {
    return this.#with({ trails });
  }

  /** A service of the cluster told last: on Fargate, LATEST, rolling between 100 and 200 percent, without a breaker. */
  service(name: string, options: ServiceOptions = {}): FleetBuilder {
    const cluster = this.#lastCluster(`service "${name}"`);
    const taken = this.#draft.services.some((other) => other.cluster === cluster && other.name === name);
    guardNew("service", name, taken);
    const { desired = 2, cpuUnits = 256, memoryMib = 512, ageHours = 72 } = options;
    guardCount(`service "${name}": its desired count`, desired);
    const service: ServiceDraft = { ...SERVICE_DEFAULTS, cluster, name, desired, cpuUnits, memoryMib, ageHours };
    return this.#with({ services: [...this.#draft.services, service] });
  }

  /** A task of no service in the cluster told last, started with RunTask. */
  standaloneTask(name: string, { keyed = false, ageHours = 5 } = {}): FleetBuilder {
    const cluster = this.#lastCluster(`standalone task "${name}"`);
    const taken = this.#draft.standaloneTasks.some((other) => other.cluster === cluster && other.name === name);
    guardNew("standalone task", name, taken);
    return this.#with({ standaloneTasks: [...this.#draft.standaloneTasks, { cluster, name, keyed, ageHours }] });
  }

  pinned(platformVersion: string): FleetBuilder {
    if (!/^[0-9]+\.[0-9]+\.[0-9]+$/.test(platformVersion)) {
      throw new FleetProblem(
        `"${platformVersion}" is no platform version`,
        "give a number like 1.4.0, or leave out pinned()",
      );
    }
    return this.changed("pinned", { platformVersion });
  }

  spot(): FleetBuilder {
    return this.capacityProvider({ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 });
  }

  capacityProvider(...items: readonly CapacityProviderStrategyItem[]): FleetBuilder {
    if (items.length === 0) {
      throw new FleetProblem(
        "capacityProvider() names no provider",
        'give {capacityProvider: "FARGATE", base: 0, weight: 1}',
      );
    }
    return this.changed("capacityProvider", { launch: { kind: "strategy", items } });
  }

  codeDeploy(): FleetBuilder {
    return this.changed("codeDeploy", { controller: "CODE_DEPLOY", behindLoadBalancer: true });
  }

  external(): FleetBuilder {
    return this.changed("external", { controller: "EXTERNAL" });
  }

  windows(): FleetBuilder {
    return this.changed("windows", { windows: true });
  }

  ec2(): FleetBuilder {
    return this.changed("ec2", { launch: EC2 });
  }

  /** Its running deployment was made after the cluster got its key. */
  keyed(): FleetBuilder {
    return this.changed("keyed", { keyed: true });
  }

  behindLoadBalancer(): FleetBuilder {
    return this.changed("behindLoadBalancer", { behindLoadBalancer: true });
  }

  tagged(tags: Readonly<Record<string, string>>): FleetBuilder {
    return this.changed("tagged", { tags: { ...this.lastService("tagged").tags, ...tags } });
  }

  /** Its new tasks fail: those that run are fine. */
  failing(how: FailureMode): FleetBuilder {
    return this.changed("failing", { failing: how });
  }

  /** Its ARN and its tasks' lack the cluster's name, as very old ones may. */
  oldArnFormat(): FleetBuilder {
    return this.changed("oldArnFormat", { oldArnFormat: true });
  }

  /** Autoscaling may move its desired count between these. */
  scaling(minCapacity: number, maxCapacity: number): FleetBuilder {
    guardScaling(minCapacity, maxCapacity);
    return this.changed("scaling", { scaling: { minCapacity, maxCapacity } });
  }

  build(): Fleet {
    for (const service of this.#draft.services) {
      guardService(service);
      guardStart(service);
    }
    return buildFleet(this.#draft);
  }

  #with(change: Partial<FleetDraft>): FleetBuilder {
    return new FleetBuilder({ ...this.#draft, ...change });
  }

  protected changed(modifier: string, change: Partial<ServiceDraft>): FleetBuilder {
    const changed = { ...this.lastService(modifier), ...change };
    return this.#with({ services: [...this.#draft.services.slice(0, -1), changed] });
  }

  protected lastService(modifier: string): ServiceDraft {
    const last = this.#draft.services.at(-1);
    if (last === undefined)
      throw new FleetProblem(`.${modifier}() comes before any service`, "call .service(NAME) first");
    return last;
  }

  #lastCluster(what: string): string {
    const last = [...this.#draft.clusters.keys()].at(-1);
    if (last === undefined) throw new FleetProblem(`${what} has no cluster`, "call .cluster(NAME) first");
    return last;
  }
}

const EC2: LaunchDraft = { kind: "launchType", launchType: "EC2" };

const SERVICE_DEFAULTS = {
  launch: { kind: "launchType", launchType: "FARGATE" },
  controller: "ECS",
  platformVersion: "LATEST",
  windows: false,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  breaker: { enable: false, rollback: false },
  inFlight: false,
  keyed: false,
  behindLoadBalancer: false,
  tags: {},
  failing: null,
  oldArnFormat: false,
  start: HEALTHY_START,
  strategy: { kind: "ROLLING" },
  bakeMinutes: 0,
  pauseHooks: 0,
  hooks: [],
  alarms: [],
  alarmsRollBack: true,
  scaling: null,
} as const;

function added<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map([...map, [key, value]]);
}
