// What the AWS CLI would print of a simulated account: the replies of every call that an auditor makes, through the real SDK.

import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  GetTaskProtectionCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
} from "@aws-sdk/client-ecs";
import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Fleet } from "../../../domain/fleet";
import { createAwsClients } from "../../../migrate/adapters/aws/aws-clients";
import type { SimulatedAws } from "../adapters-aws/simulated-aws";
import { surroundingReplies } from "./surrounding-replies";

/** One reply as a value of JSON: instants are texts in UTC. */
export type CliReply = Readonly<Record<string, unknown>>;

export interface CliReplies {
  readonly identity: CliReply;
  readonly clusters: CliReply;
  readonly lists: readonly CliReply[];
  readonly services: readonly CliReply[];
  readonly tasks: readonly CliReply[];
  readonly taskDefinitions: readonly CliReply[];
  readonly protection: readonly CliReply[];
  /** Description, policy and rotation of each key, which belong into one file. */
  readonly keys: readonly (readonly CliReply[])[];
  readonly subnets: CliReply;
  readonly surroundings: readonly CliReply[];
}

/** `live`: a scan of the same account, which tells what there is to ask for. */
export async function cliReplies(aws: SimulatedAws, live: Fleet): Promise<CliReplies> {
  const { ecs, kms, ec2, sts, clientOf, destroy } = createAwsClients({
    region: aws.region,
    endpoint: aws.simulator.endpoint,
    connectTimeoutMs: 5_000,
  });
  try {
    const arns = live.clusters.map(({ arn }) => arn);
    const include = ["CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"] as const;
    const lists: CliReply[] = [printed(await ecs.send(new ListClustersCommand({})))];
    const services: CliReply[] = [];
    const tasks: CliReply[] = [];
    const protection: CliReply[] = [];
    for (const cluster of arns) {
      const listed = await ecs.send(new ListServicesCommand({ cluster, maxResults: 100 }));
      lists.push(printed(listed));
      for (const batch of batches(listed.serviceArns ?? [], 10))
        services.push(
          printed(await ecs.send(new DescribeServicesCommand({ cluster, services: batch, include: ["TAGS"] }))),
        );
      for (const desiredStatus of ["RUNNING", "STOPPED"] as const) {
        const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, desiredStatus, maxResults: 100 }));
        for (const batch of batches(taskArns, 100)) {
          tasks.push(printed(await ecs.send(new DescribeTasksCommand({ cluster, tasks: batch }))));
          protection.push(printed(await ecs.send(new GetTaskProtectionCommand({ cluster, tasks: batch }))));
        }
      }
    }
    const definitions = live.taskDefinitions.flatMap((fact) => (fact.kind === "known" ? [fact.value.arn] : []));
    return {
      identity: printed(await sts.send(new GetCallerIdentityCommand({}))),
      clusters: printed(await ecs.send(new DescribeClustersCommand({ clusters: arns, include: [...include] }))),
      lists,
      services,
      tasks,
      protection,
      taskDefinitions: await each(definitions, (taskDefinition) =>
        ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition })),
      ),
      keys: await Promise.all(
        live.keys.map(async ({ arn }) => [
          printed(await kms.send(new DescribeKeyCommand({ KeyId: arn }))),
          printed(await kms.send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" }))),
          printed(await kms.send(new GetKeyRotationStatusCommand({ KeyId: arn }))),
        ]),
      ),
      subnets: printed(await ec2.send(new DescribeSubnetsCommand({ SubnetIds: live.subnets.map(({ id }) => id) }))),
      surroundings: await surroundingReplies(clientOf, live),
    };
  } finally {
    destroy();
  }
}

/** Every reply in a file of its own, keys with their policies and rotations. */
export function inFiles(replies: CliReplies): readonly (readonly CliReply[])[] {
  const { identity, clusters, lists, services, tasks, protection, taskDefinitions, keys, subnets } = replies;
  const ofEcs = [clusters, ...lists, ...services, ...tasks, ...protection, ...taskDefinitions];
  const alone = [identity, ...ofEcs, subnets, ...replies.surroundings];
  return [...alone.map((reply) => [reply]), ...keys];
}

async function each<T extends object>(items: readonly string[], ask: (item: string) => Promise<T>) {
  const replies: CliReply[] = [];
  for (const item of items) replies.push(printed(await ask(item)));
  return replies;
}

function printed(reply: object): CliReply {
  const { $metadata: _, ...members } = reply as Record<string, unknown>;
  return JSON.parse(JSON.stringify(members));
}

function batches(items: readonly string[], most: number): string[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );
}
