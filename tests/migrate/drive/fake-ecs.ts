// Amazon ECS in memory, behind EcsPort: enough of it for a whole run, its faults where a test wants them.
// Invariant: it keeps its state whatever happens to the program that calls it.

import { known } from "../../../domain/fact";
import type { ClusterRecord, Fleet, ServiceRecord } from "../../../domain/fleet";
import { AwsFailure, type AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { ClusterSeen, EcsPort, Found, ServiceDeploymentRecord } from "../../../migrate/ports/ecs-port";
import {
  type FakeService,
  failedTasksAt,
  type Rollout,
  type Script,
  serviceAt,
  statusAt,
  tasksAt,
} from "./fake-rollout";
import type { VirtualClock } from "./virtual-clock";

/** A fault of one UpdateService: what the caller sees, and whether AWS has acted all the same. */
export interface RedeployFault {
  readonly kind: AwsFailureKind;
  readonly acted: boolean;
}

export interface FakeEcsOptions {
  readonly fleet: Fleet;
  readonly clock: VirtualClock;
  /** What a redeployment of the service leads to; `success` unless told. */
  readonly scripts?: Readonly<Record<string, Script>>;
  readonly failureReason?: string;
}

const CALL_MS = 10;
const EARLIER = "2025-01-01T00:00:00.000Z";
/** How soon after ours a rival's deployment comes, where a test wants one. */
const RIVAL_AFTER_MS = 25_000;

export class FakeEcs implements EcsPort {
  readonly redeployed: string[] = [];
  readonly stopped: string[] = [];
  readonly calls: string[] = [];
  /** Consumed one an UpdateService of that service, in order. */
  readonly redeployFaults = new Map<string, RedeployFault[]>();
  /** Asked before every call; what it returns is thrown. */
  fault: (operation: string, about: string) => AwsFailureKind | null = () => null;
  /** Called as UpdateService arrives. */
  onRedeploy: (arn: string) => void = () => {};
  /** Services over which a rival deploys. */
  readonly rivals = new Set<string>();
  /** Whether UpdateService and DescribeServices name the service deployment. */
  namesServiceDeployment = true;
  /** ARNs of tasks that task protection keeps from being stopped. */
  readonly protected = new Set<string>();
  private readonly services: ReadonlyMap<string, FakeService>;
  private clusters: readonly ClusterRecord[];
  private rolloutCount = 0;

  constructor(private readonly options: FakeEcsOptions) {
    const { fleet } = options;
    this.clusters = fleet.clusters;
    this.services = new Map(
      fleet.services.map((base) => {
        const baseTasks = fleet.tasks.filter((task) => task.group === `service:${base.name}`);
        return [base.arn, { base, baseTasks, rollouts: [] }];
      }),
    );
  }

  changeClusters(change: (cluster: ClusterRecord) => ClusterRecord): void {
    this.clusters = this.clusters.map(change);
  }

  /** A deployment by somebody else, now. */
  deployByTeam(arn: string, script: Script = "success"): void {
    this.begin(this.one(arn), script, this.options.clock.nowMs());
  }

  /** What the service ran without a key at that instant: the truth, not a read. */
  unkeyedTasksAt(arn: string, atMs: number): readonly string[] {
    const tasks = tasksAt(this.one(arn), atMs).filter(({ lastStatus }) => lastStatus !== "STOPPED");
    return tasks.filter(({ kmsKeyArn }) => kmsKeyArn === null).map((task) => task.arn);
  }

  async listClusters() {
    this.call("ListClusters");
    return this.clusters.map(({ arn }) => arn);
  }

  async describeClusters(refs: readonly string[]): Promise<Found<ClusterSeen>> {
    this.call("DescribeClusters");
    const found = this.clusters.filter(({ arn, name }) => refs.includes(arn) || refs.includes(name));
    return { found, missing: [] };
  }

  async listServices(clusterArn: string) {
    this.call("ListServices", clusterArn);
    return [...this.services.values()].filter(({ base }) => base.clusterArn === clusterArn).map(({ base }) => base.arn);
  }

  async describeServices({ services }: { readonly services: readonly string[] }): Promise<Found<ServiceRecord>> {
    this.call("DescribeServices", services.join(" "));
    const known = services.filter((arn) => this.services.has(arn));
    return {
      found: known.map((arn) => this.seen(this.one(arn))),
      missing: services.filter((arn) => !this.services.has(arn)),
    };
  }

  async listTasks(query: { readonly service?: string; readonly desiredStatus?: "RUNNING" | "STOPPED" }) {
    this.call("ListTasks", query.service);
    const all = [...this.services.values()].filter(
      ({ base }) => query.service === undefined || base.name === query.service,
    );
    const wanted = query.desiredStatus ?? "RUNNING";
    return all.flatMap((one) => tasksAt(one, this.now)).flatMap((t) => (t.desiredStatus === wanted ? [t.arn] : []));
  }

  async describeTasks({ tasks }: { readonly tasks: readonly string[] }) {
    this.call("DescribeTasks");
    const known = new Map([...this.services.values()].flatMap((one) => tasksAt(one, this.now)).map((t) => [t.arn, t]));
    return { found: tasks.flatMap((arn) => known.get(arn) ?? []), missing: tasks.filter((arn) => !known.has(arn)) };
  }

  async protectedTasks({ tasks }: { readonly tasks: readonly string[] }) {
    this.call("GetTaskProtection");
    return tasks.filter((arn) => this.protected.has(arn)).map((arn) => ({ arn, expiresAt: null }));
  }

  async describeTaskDefinition(arn: string) {
    this.call("DescribeTaskDefinition", arn);
    const fact = this.options.fleet.taskDefinitions.find((one) => one.kind === "known" && one.value.arn === arn);
    if (fact?.kind !== "known") throw failureOf("not-found", "DescribeTaskDefinition");
    return fact.value;
  }

  async listServiceDeployments({ service }: { readonly service: string }) {
    this.call("ListServiceDeployments", service);
    const one = [...this.services.values()].find(({ base }) => base.name === service);
    if (one === undefined) return [];
    const listed = [...one.rollouts.map((rollout) => this.deployment(one, rollout)), ...this.earlier(one)];
    return listed.map(({ arn, status, createdAt }) => ({ arn, status, createdAt }));
  }

  async describeServiceDeployments(arns: readonly string[]) {
    this.call("DescribeServiceDeployments");
    const all = [...this.services.values()].flatMap((one) => [
      ...one.rollouts.map((rollout) => this.deployment(one, rollout)),
      ...this.earlier(one),
    ]);
    const found = all.filter(({ arn }) => arns.includes(arn));
    return { found, missing: arns.filter((arn) => !found.some((one) => one.arn === arn)) };
  }

  async describeServiceRevisions(arns: readonly string[]) {
    this.call("DescribeServiceRevisions");
    const found = [...this.services.values()].flatMap(({ base, rollouts }) =>
      rollouts.map(({ revisionArn, keyArn, startMs }) => ({
        arn: revisionArn,
        serviceArn: base.arn,
        kmsKeyArn: keyArn,
        platformVersion: "1.4.0",
        taskDefinitionArn: base.taskDefinitionArn,
        createdAt: new Date(startMs).toISOString(),
      })),
    );
    return { found: found.filter(({ arn }) => arns.includes(arn)), missing: [] };
  }

  async forceNewDeployment({ service }: { readonly service: string }) {
    this.onRedeploy(service);
    this.call("UpdateService", service);
    const one = this.one(service);
    const { name } = one.base;
    const fault = this.redeployFaults.get(name)?.shift() ?? null;
    if (fault === null || fault.acted) {
      this.redeployed.push(name);
      const rollout = this.begin(one, this.options.scripts?.[name] ?? "success", this.now);
      if (this.rivals.has(name)) this.begin(one, "success", rollout.startMs + RIVAL_AFTER_MS);
    }
    if (fault !== null) throw failureOf(fault.kind, "UpdateService");
    return { service: this.seen(one) };
  }

  async rollBackServiceDeployment(arn: string) {
    this.call("StopServiceDeployment", arn);
    const rollout = [...this.services.values()]
      .flatMap((one) => one.rollouts)
      .find((r) => r.serviceDeploymentArn === arn);
    if (rollout === undefined) throw failureOf("not-found", "StopServiceDeployment");
    this.stopped.push(arn);
    rollout.stopMs ??= this.now;
  }

  async updateClusterConfiguration(): Promise<ClusterSeen> {
    throw new Error("a run never changes a cluster");
  }

  private get now(): number {
    return this.options.clock.nowMs();
  }

  private call(operation: string, about = ""): void {
    this.calls.push(operation);
    this.options.clock.advance(CALL_MS);
    const kind = this.fault(operation, about);
    if (kind !== null) throw failureOf(kind, operation);
  }

  private one(arn: string): FakeService {
    const found = this.services.get(arn);
    if (found === undefined) throw failureOf("not-found", "ECS");
    return found;
  }

  /** Rollouts of the future (a rival's) are not seen yet. */
  private seen(one: FakeService): ServiceRecord {
    const begunByNow = one.rollouts.filter(({ startMs }) => startMs <= this.now);
    const record = serviceAt({ ...one, rollouts: begunByNow }, this.now);
    return this.namesServiceDeployment ? record : { ...record, currentServiceDeployment: null };
  }

  private deployment(one: FakeService, rollout: Rollout): ServiceDeploymentRecord {
    const { deployments, circuitBreaker } = this.seen(one);
    const running = (isOurs: boolean) =>
      deployments.reduce((sum, { id, runningCount }) => ((id === rollout.id) === isOurs ? sum + runningCount : sum), 0);
    return {
      arn: rollout.serviceDeploymentArn,
      serviceArn: one.base.arn,
      status: statusAt(one, rollout, this.now),
      statusReason: null,
      targetRevisionArn: rollout.revisionArn,
      sourceRevisionArns: [],
      requestedTasks: one.base.desiredCount,
      runningTasks: running(true),
      pendingTasks: 0,
      oldRunningTasks: running(false),
      failedTasks: circuitBreaker.enable ? failedTasksAt(rollout, this.now) : null,
      createdAt: new Date(rollout.startMs).toISOString(),
      finishedAt: null,
    };
  }

  /** Those that the service had before the test: the one that it names, and an older one that came to nothing. */
  private earlier({ base }: FakeService): readonly ServiceDeploymentRecord[] {
    const arn = base.currentServiceDeployment;
    const [deployment] = base.deployments;
    if (arn === null || deployment === undefined) return [];
    const ended: ServiceDeploymentRecord = {
      arn,
      serviceArn: base.arn,
      status: "SUCCESSFUL",
      statusReason: null,
      targetRevisionArn: null,
      sourceRevisionArns: [],
      requestedTasks: base.desiredCount,
      runningTasks: base.runningCount,
      pendingTasks: 0,
      oldRunningTasks: 0,
      failedTasks: null,
      createdAt: deployment.createdAt,
      finishedAt: deployment.createdAt,
    };
    const older = { ...ended, arn: `${arn}-before`, status: "ROLLBACK_SUCCESSFUL", createdAt: EARLIER } as const;
    return [ended, older];
  }

  private begin(one: FakeService, script: Script, startMs: number): Rollout {
    this.rolloutCount += 1;
    const number = String(this.rolloutCount).padStart(4, "0");
    const rollout: Rollout = {
      id: `ecs-svc/${number}`,
      serviceDeploymentArn: `${one.base.arn.replace(":service/", ":service-deployment/")}/${number}`,
      revisionArn: `${one.base.arn.replace(":service/", ":service-revision/")}/${number}`,
      startMs,
      script,
      keyArn: this.keyOf(one.base.clusterArn),
      failureReason: this.options.failureReason ?? "CannotPullContainerError: manifest unknown",
      stopMs: null,
    };
    one.rollouts.push(rollout);
    return rollout;
  }

  private keyOf(clusterArn: string): string | null {
    const configuration = this.clusters.find(({ arn }) => arn === clusterArn)?.configuration ?? known(null, "");
    if (configuration.kind === "unknown" || configuration.value === null) return null;
    return configuration.value.fargateEphemeralStorageKmsKeyArn;
  }
}

function failureOf(kind: AwsFailureKind, operation: string): AwsFailure {
  return new AwsFailure({ kind, operation: `ecs:${operation}`, code: kind, message: `${operation}: ${kind}` });
}
