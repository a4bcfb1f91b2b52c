// An account that is a Fleet: ports that answer reads from it, for tests of what a scan makes of the answers.
// Every method counts its calls; any of them can be denied or made to fail.

import { type Fact, known } from "../../../domain/fact";
import type { Fleet, TaskRecord } from "../../../domain/fleet";
import { parseImageReference } from "../../../domain/image-reference";
import { parseSecretReference } from "../../../domain/secret-reference";
import type { AccountPort } from "../../../migrate/ports/account-port";
import { AwsFailure, type AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { EcsPort, Found } from "../../../migrate/ports/ecs-port";
import type { SurroundingsPort } from "../../../migrate/ports/surroundings-port";

export interface FleetAccountOptions {
  /** What a call of an operation (`ecs:ListTasks`) on a subject fails with; null lets it pass. */
  readonly failing?: (operation: string, subject: string) => AwsFailureKind | null;
  /** Answers come in the reverse order. */
  readonly reversed?: boolean;
}

export interface FleetAccount {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
  readonly surroundings: SurroundingsPort;
  /** Operation and subject of each call, in order. */
  readonly calls: readonly string[];
}

export function fleetAccount(fleet: Fleet, options: FleetAccountOptions = {}): FleetAccount {
  const calls: string[] = [];
  const at = fleet.readAt;

  async function answer<T>(operation: string, subject: string, value: () => T): Promise<T> {
    calls.push(`${operation} ${subject}`);
    const kind = options.failing?.(operation, subject) ?? null;
    if (kind === null) return value();
    throw new AwsFailure({ kind, operation, code: kind, message: `${operation}: ${kind} by the test` });
  }

  function ordered<T>(items: readonly T[]): readonly T[] {
    return options.reversed === true ? items.toReversed() : items;
  }

  function found<T>(ids: readonly string[], of: (id: string) => T | undefined): Found<T> {
    const pairs = ids.map((id) => ({ id, item: of(id) }));
    return {
      found: ordered(pairs.flatMap(({ item }) => (item === undefined ? [] : [item]))),
      missing: pairs.flatMap(({ id, item }) => (item === undefined ? [id] : [])),
    };
  }

  const tasksOf = (clusterArn: string, desiredStatus: string): readonly TaskRecord[] =>
    fleet.tasks.filter((task) => task.clusterArn === clusterArn && task.desiredStatus === desiredStatus);

  const ecs: Partial<EcsPort> = {
    listClusters: () => answer("ecs:ListClusters", "", () => ordered(fleet.clusters.map(({ arn }) => arn))),
    describeClusters: (refs) =>
      answer("ecs:DescribeClusters", refs.join(), () =>
        found(refs, (ref) => {
          const cluster = fleet.clusters.find(({ arn, name }) => arn === ref || name === ref);
          if (cluster === undefined) return undefined;
          const { services: _, tasks: __, protectedTasks: ___, ...seen } = cluster;
          return seen;
        }),
      ),
    listServices: (clusterArn) =>
      answer("ecs:ListServices", clusterArn, () =>
        ordered(fleet.services.filter((service) => service.clusterArn === clusterArn).map(({ arn }) => arn)),
      ),
    describeServices: ({ services }) =>
      answer("ecs:DescribeServices", services.join(), () =>
        found(services, (ref) => fleet.services.find(({ arn }) => arn === ref)),
      ),
    listTasks: ({ clusterArn, desiredStatus = "RUNNING" }) =>
      answer("ecs:ListTasks", `${clusterArn} ${desiredStatus}`, () =>
        ordered(tasksOf(clusterArn, desiredStatus).map(({ arn }) => arn)),
      ),
    describeTasks: ({ tasks }) =>
      answer("ecs:DescribeTasks", tasks.join(), () =>
        found(tasks, (ref) => fleet.tasks.find(({ arn }) => arn === ref)),
      ),
    protectedTasks: ({ clusterArn, tasks }) =>
      answer("ecs:GetTaskProtection", tasks.join(), () => {
        const held = knownValue(required(fleet.clusters.find(({ arn }) => arn === clusterArn)).protectedTasks);
        return ordered(held.filter(({ arn }) => tasks.includes(arn)));
      }),
    describeTaskDefinition: (ref) =>
      answer("ecs:DescribeTaskDefinition", ref, () => {
        const definitions = fleet.taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [fact.value] : []));
        return required(definitions.find(({ arn }) => arn === ref));
      }),
  };

  const account: AccountPort = {
    identity: () =>
      answer("sts:GetCallerIdentity", "", () => ({ ...fleet.lane, principalArn: "arn:aws:iam::1:user/op" })),
    describeKey: (ref) =>
      answer("kms:DescribeKey", ref, () => {
        const { metadata, arn } = required(fleet.keys.find((key) => key.arn === ref || key.arn.endsWith(`/${ref}`)));
        return { ...required(metadata.kind === "known" ? metadata.value : undefined), arn };
      }),
    getKeyPolicy: (ref) =>
      answer("kms:GetKeyPolicy", ref, () => {
        const { policy } = required(fleet.keys.find(({ arn }) => arn === ref));
        return required(policy.kind === "known" ? policy.value : undefined);
      }),
    keyRotation: (ref) =>
      answer("kms:GetKeyRotationStatus", ref, () =>
        knownValue(required(fleet.keys.find(({ arn }) => arn === ref)).rotation),
      ),
    describeSubnets: (ids) =>
      answer("ec2:DescribeSubnets", ids.join(), () =>
        ordered(fleet.subnets.filter(({ id }) => ids.includes(id))).map((subnet) => ({
          ...subnet,
          availableIpAddresses:
            subnet.availableIpAddresses.kind === "known"
              ? known(subnet.availableIpAddresses.value, at)
              : subnet.availableIpAddresses,
        })),
      ),
  };

  const surroundings: SurroundingsPort = {
    images: ({ account: registry, repository, ids }) =>
      answer("ecr:BatchGetImage", `${registry}/${repository}`, () =>
        ids.map((id) => {
          const image = fleet.images.find(({ reference }) => {
            const parsed = parseImageReference(reference);
            const isThere = parsed.kind === "ecr" && parsed.account === registry && parsed.repository === repository;
            return isThere && JSON.stringify(parsed.id) === JSON.stringify(id);
          });
          return image === undefined ? null : knownValue(image.found);
        }),
      ),
    secretState: (secret) =>
      answer("secretsmanager:DescribeSecret", secret, () => {
        const record = fleet.secrets.find(({ reference }) => reference === secret);
        return record === undefined ? "missing" : knownValue(record.state);
      }),
    presentParameters: (names) =>
      answer("ssm:DescribeParameters", names.join(), () => {
        const present = fleet.secrets.filter(
          ({ kind, state }) => kind === "parameter" && knownValue(state) === "present",
        );
        return new Set(present.map(({ reference }) => parseSecretReference(reference).name));
      }),
    presentLogGroups: (names) =>
      answer("logs:DescribeLogGroups", names.join(), () => {
        const present = fleet.logGroups.filter(({ exists }) => knownValue(exists));
        return new Set(present.map(({ name }) => name));
      }),
    alarmStates: (names) =>
      answer(
        "cloudwatch:DescribeAlarms",
        names.join(),
        () => new Map(fleet.alarms.map(({ name, state }) => [name, knownValue(state)])),
      ),
    scalableTargets: () =>
      answer("application-autoscaling:DescribeScalableTargets", "", () => ordered(knownValue(fleet.scaling))),
    vcpuQuota: (kind) => answer("servicequotas:GetServiceQuota", kind, () => knownValue(fleet.capacity[kind].quota)),
    vcpuInUse: () =>
      answer("cloudwatch:GetMetricData", "", () => {
        const { onDemand, spot } = fleet.capacity;
        return { onDemand: knownValue(onDemand.inUse), spot: knownValue(spot.inUse) };
      }),
    trails: () => answer("cloudtrail:DescribeTrails", "", () => ordered(knownValue(fleet.trails))),
    trailEvents: (ref) =>
      answer("cloudtrail:GetEventSelectors", ref, () =>
        knownValue(required(knownValue(fleet.trails).find(({ arn }) => arn === ref)).events),
      ),
  };

  // A method that a test does not expect is missing, and its call a TypeError that names it.
  return { ecs: ecs as EcsPort, account, surroundings, calls };
}

function knownValue<T>(fact: Fact<T>): T {
  if (fact.kind === "known") return fact.value;
  throw new AwsFailure({ kind: "not-found", operation: "test", code: "NotFound", message: "unknown in the fleet" });
}

function required<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new AwsFailure({ kind: "not-found", operation: "test", code: "NotFound", message: "not in the fleet" });
}
