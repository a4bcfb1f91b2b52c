// An account that is a Fleet: ports that answer reads from it, for tests of what a scan makes of the answers.
// Every method counts its calls; any of them can be denied or made to fail.

import { known } from "../../../domain/fact";
import type { Fleet, TaskRecord } from "../../../domain/fleet";
import type { AccountPort } from "../../../migrate/ports/account-port";
import { AwsFailure, type AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { EcsPort, Found } from "../../../migrate/ports/ecs-port";

export interface FleetAccountOptions {
  /** What a call of an operation (`ecs:ListTasks`) on a subject fails with; null lets it pass. */
  readonly failing?: (operation: string, subject: string) => AwsFailureKind | null;
  /** Answers come in the reverse order. */
  readonly reversed?: boolean;
}

export interface FleetAccount {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
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
          const { services: _, tasks: __, ...seen } = cluster;
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

  // A method that a test does not expect is missing, and its call a TypeError that names it.
  return { ecs: ecs as EcsPort, account, calls };
}

function required<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new AwsFailure({ kind: "not-found", operation: "test", code: "NotFound", message: "not in the fleet" });
}
