// What stands around the services and tasks of a scan: their task definitions, the keys they use, the subnets they live in.
//
// Invariants
//   each is read once, however many use it, and stands in the order of its ARN or id
//   only what touches Fargate is read
//   a subnet that AWS no longer shows is `unknown`, not left out: a service still names it

import { type Fact, unknown } from "../../domain/fact";
import type {
  ClusterRecord,
  KeyRecord,
  ServiceRecord,
  SubnetRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from "../../domain/fleet";
import { runsOnFargate } from "../../domain/runs-on-fargate";
import type { AccountPort } from "../ports/account-port";
import type { EcsPort } from "../ports/ecs-port";
import { byText } from "./by-text";
import { inParallel } from "./in-parallel";
import type { ScanReader } from "./scan-reader";

export interface Inhabitants {
  readonly clusters: readonly ClusterRecord[];
  readonly services: readonly ServiceRecord[];
  readonly tasks: readonly TaskRecord[];
}

/** Those that run on Fargate, or may: silence of AWS is no proof that something does not. */
export function onFargate({ clusters, services, tasks }: Inhabitants): Inhabitants {
  const clusterOf = new Map(clusters.map((cluster) => [cluster.arn, cluster]));
  return {
    clusters,
    services: services.filter(
      (service) => runsOnFargate(service, clusterOf.get(service.clusterArn) ?? null).answer !== "not-fargate",
    ),
    tasks: tasks.filter(
      ({ launchType, platformVersion, capacityProviderName }) =>
        launchType === "FARGATE" || platformVersion !== null || capacityProviderName?.startsWith("FARGATE") === true,
    ),
  };
}

interface NeighbourScan {
  readonly reader: ScanReader;
  readonly onRead: (done: number, total: number) => void;
}

const READS_AT_ONCE = 8;

export async function scanTaskDefinitions(
  { services, tasks }: Inhabitants,
  { ecs, reader, onRead }: NeighbourScan & { readonly ecs: EcsPort },
): Promise<readonly Fact<TaskDefinitionRecord>[]> {
  const ofServices = services.flatMap(({ taskDefinitionArn, deployments }) => [
    taskDefinitionArn,
    ...deployments.map((deployment) => deployment.taskDefinitionArn),
  ]);
  const arns = distinct([...ofServices, ...tasks.map(({ taskDefinitionArn }) => taskDefinitionArn)]);
  return eachOf(arns, onRead, (arn) => reader.read(arn, () => ecs.describeTaskDefinition(arn)));
}

export async function scanKeys(
  { clusters, services, tasks }: Inhabitants,
  { account, reader, onRead }: NeighbourScan & { readonly account: AccountPort },
): Promise<readonly KeyRecord[]> {
  const keys = distinct([
    ...clusters.map(({ configuration }) =>
      configuration.kind === "known" ? configuration.value.fargateEphemeralStorageKmsKeyArn : null,
    ),
    ...services.flatMap(({ deployments, taskSets }) => [...deployments, ...taskSets].map(({ kmsKeyArn }) => kmsKeyArn)),
    ...tasks.map(({ kmsKeyArn }) => kmsKeyArn),
  ]);
  return eachOf(keys, onRead, async (arn) => {
    const metadata = await reader.read(arn, async () => {
      const { arn: _, ...described } = await account.describeKey(arn);
      return described;
    });
    const policy = await reader.read(arn, () => account.getKeyPolicy(arn));
    return { arn, metadata, policy };
  });
}

export async function scanSubnets(
  { services, tasks }: Inhabitants,
  { account, reader, onRead }: NeighbourScan & { readonly account: AccountPort },
): Promise<readonly SubnetRecord[]> {
  const ids = distinct([...services.flatMap(({ subnets }) => subnets), ...tasks.map(({ subnet }) => subnet)]);
  if (ids.length === 0) return [];
  const read = await reader.read("the subnets", () => account.describeSubnets(ids));
  onRead(ids.length, ids.length);
  if (read.kind === "unknown") return ids.map((id) => unseenSubnet(id, read));
  const seen = new Map(read.value.map((subnet) => [subnet.id, subnet]));
  return ids.map((id) => seen.get(id) ?? unseenSubnet(id, unknown(`AWS shows no subnet ${id}`)));
}

function eachOf<R>(
  items: readonly string[],
  onRead: NeighbourScan["onRead"],
  read: (item: string) => Promise<R>,
): Promise<readonly R[]> {
  let done = 0;
  return inParallel({
    items,
    atOnce: READS_AT_ONCE,
    async work(item) {
      const result = await read(item);
      done += 1;
      onRead(done, items.length);
      return result;
    },
  });
}

function unseenSubnet(id: string, availableIpAddresses: Fact<number>): SubnetRecord {
  return { id, vpcId: null, availabilityZone: null, cidrBlock: null, availableIpAddresses };
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  const given = values.filter((value) => value !== null && value !== "") as string[];
  return [...new Set(given)].toSorted(byText((value) => value));
}
