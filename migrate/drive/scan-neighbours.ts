// What stands around the services and tasks of a scan: their task definitions, the keys they use, the subnets they live in.
//
// Invariants
//   each is read once, however many use it, and stands in the order of its ARN or id
//   only what touches Fargate is read
//   a subnet that AWS no longer shows is `unknown`, not left out: a service still names it

import { type Fact, unknown } from "../../domain/fact";
import type { KeyRecord, SubnetRecord, TaskDefinitionRecord } from "../../domain/fleet";
import type { Inhabitants } from "../core/scan/on-fargate";
import type { AccountPort } from "../ports/account-port";
import type { EcsPort } from "../ports/ecs-port";
import { distinct } from "./distinct";
import { type OnRead, readEach } from "./read-each";
import type { ScanReader } from "./scan-reader";

interface NeighbourScan {
  readonly reader: ScanReader;
  readonly onRead: OnRead;
}

interface DefinitionSource {
  readonly ecs: EcsPort;
  /** Of an earlier scan: a definition says the same as long as it exists, so what is known of it is not read again. */
  readonly known?: readonly Fact<TaskDefinitionRecord>[] | undefined;
}

export async function scanTaskDefinitions(
  { services, tasks }: Inhabitants,
  { ecs, reader, onRead, known: seen = [] }: NeighbourScan & DefinitionSource,
): Promise<readonly Fact<TaskDefinitionRecord>[]> {
  const ofServices = services.flatMap(({ taskDefinitionArn, deployments }) => [
    taskDefinitionArn,
    ...deployments.map((deployment) => deployment.taskDefinitionArn),
  ]);
  const arns = distinct([...ofServices, ...tasks.map(({ taskDefinitionArn }) => taskDefinitionArn)]);
  const seenBefore = new Map(seen.map((fact) => [fact.kind === "known" ? fact.value.arn : "", fact]));
  return readEach({
    items: arns,
    onRead,
    read: async (arn) => seenBefore.get(arn) ?? (await reader.read(arn, () => ecs.describeTaskDefinition(arn))),
  });
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
  return readEach({
    items: keys,
    onRead,
    async read(arn) {
      const metadata = await reader.read(arn, async () => {
        const { arn: _, ...described } = await account.describeKey(arn);
        return described;
      });
      const policy = await reader.read(arn, () => account.getKeyPolicy(arn));
      const rotation = await reader.read(arn, () => account.keyRotation(arn));
      return { arn, metadata, policy, rotation };
    },
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

function unseenSubnet(id: string, availableIpAddresses: Fact<number>): SubnetRecord {
  return { id, vpcId: null, availabilityZone: null, cidrBlock: null, availableIpAddresses };
}
