// The types with behaviour; every other token is kept (kept-resource.ts).

import { keptResource } from "./kept-resource";
import type { ResourceType } from "./resource-type";
import { logGroup } from "./types/cloudwatch/log-group";
import { cluster } from "./types/ecs/cluster";
import { clusterCapacityProviders } from "./types/ecs/cluster-capacity-providers";
import { service } from "./types/ecs/service";
import { taskDefinition } from "./types/ecs/task-definition";
import { taskSet } from "./types/ecs/task-set";
import { alias } from "./types/kms/alias";
import { externalKey } from "./types/kms/external-key";
import { key } from "./types/kms/key";
import { keyPolicy } from "./types/kms/key-policy";

const TYPES: readonly ResourceType[] = [
  alias,
  cluster,
  clusterCapacityProviders,
  externalKey,
  key,
  keyPolicy,
  logGroup,
  service,
  taskDefinition,
  taskSet,
];

const BY_TOKEN: ReadonlyMap<string, ResourceType> = new Map(TYPES.map((type) => [type.token, type]));

export interface FoundType {
  readonly type: ResourceType;
  /** Whether the provider only keeps what it is told. */
  readonly kept: boolean;
}

export function resourceType(token: string): FoundType {
  const type = BY_TOKEN.get(token);
  return type === undefined ? { type: keptResource(token), kept: true } : { type, kept: false };
}

/** `urn:pulumi:stack::project::parent$aws:ecs/cluster:Cluster::name` is an `aws:ecs/cluster:Cluster`. */
export function tokenOf(urn: string): string {
  const qualified = urn.split("::")[2] ?? "";
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}
