// The task definition of one service or standalone task: a single container, as most of them have.

import type { Lane, TaskDefinitionRecord } from "../../domain/fleet";
import { ecsArnOf, type FleetPlace } from "./built";
import { hexOf } from "./fleet-ids";
import { USUAL_TAG } from "./image-digest";
import type { SecretDraft, StartDraft } from "./start-draft";

export interface TaskDefinitionDraft {
  readonly family: string;
  readonly cpuUnits: number;
  readonly memoryMib: number;
  readonly windows: boolean;
  readonly onFargate: boolean;
  readonly start: StartDraft;
}

export const CONTAINER_NAME = "app";

export function buildTaskDefinition(draft: TaskDefinitionDraft, place: FleetPlace): TaskDefinitionRecord {
  const { account, partition, region } = place.lane;
  const { start } = draft;
  return {
    arn: ecsArnOf(place, `task-definition/${draft.family}:1`),
    family: draft.family,
    status: start.taskDefinitionInactive ? "INACTIVE" : "ACTIVE",
    cpuUnits: draft.cpuUnits,
    memoryMib: draft.memoryMib,
    operatingSystemFamily: draft.windows ? "WINDOWS_SERVER_2022_CORE" : "LINUX",
    cpuArchitecture: null,
    requiresCompatibilities: [draft.onFargate ? "FARGATE" : "EC2"],
    ephemeralStorageGib: null,
    containers: [
      {
        name: CONTAINER_NAME,
        image: start.image ?? `${account}.dkr.ecr.${region}.${domainOf(place.lane)}/${draft.family}:${USUAL_TAG}`,
        essential: true,
        hasHealthCheck: false,
        stopTimeoutSeconds: null,
        secretArns: start.secrets.map((secret) => writtenSecret(secret, place.lane)),
        logGroup: start.logGroup ?? `/ecs/${draft.family}`,
        logRegion: null,
        createsLogGroup: start.logGroupIs === "made-at-start",
      },
    ],
    volumeNames: [...start.efsVolumes.map(({ name }) => name), ...start.ebsVolumes],
    efsVolumes: start.efsVolumes.map(({ name, writable }) => ({
      name,
      fileSystemId: `fs-${hexOf(`file system ${account} ${region} ${draft.family} ${name}`, 17)}`,
      writable,
    })),
    executionRoleArn: `arn:${partition}:iam::${account}:role/ecsTaskExecutionRole`,
  };
}

/** As a task definition writes it: a parameter by its name, a secret by its ARN, with the JSON key that is asked for. */
export function writtenSecret({ kind, name, jsonKey }: SecretDraft, { account, partition, region }: Lane): string {
  if (kind === "parameter") return name;
  const suffix = hexOf(`secret ${account} ${region} ${name}`, 6);
  const arn = name.startsWith("arn:")
    ? name
    : `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;
  return jsonKey === null ? arn : `${arn}:${jsonKey}::`;
}

function domainOf({ partition }: Lane): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
