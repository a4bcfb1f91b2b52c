// Finding the repository that a caller means: by name, in its own registry or another account's of the same Region.
// Source: the registryId member of each operation, ECR API reference (documented). Repository policies are not modelled: a registry
// that this world holds can be asked by everybody, any other has no repository.

import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Lane } from "../../world/lane";
import type { Repository } from "../../world/repository";
import type { Context } from "../operation";

export interface RepositoryPlace {
  readonly registryId?: string | undefined;
  readonly repositoryName?: string | undefined;
}

export function requireRepository(context: Context, { registryId, repositoryName = "" }: RepositoryPlace): Repository {
  const found = registryOf(context, registryId)?.repositories.get(repositoryName);
  if (found !== undefined) return found;
  const registry = registryId ?? context.lane.account;
  throw new AwsError(
    "RepositoryNotFoundException",
    `The repository with name '${repositoryName}' does not exist in the registry with id '${registry}'`,
  );
}

/** Refuses to change what is in another account's registry. */
export function requireOwnRegistry({ lane }: Context, registryId: string | undefined): void {
  if (registryId === undefined || registryId === lane.account) return;
  throw invalidParameter(`The simulator models changes in the caller's own registry only, not in ${registryId}.`);
}

function registryOf({ world, lane }: Context, registryId: string | undefined): Lane | undefined {
  return registryId === undefined ? lane : world.lanes.get(`${registryId}/${lane.region}`);
}
