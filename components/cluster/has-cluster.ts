// Whether the account has a cluster of a name, asked of the provider that the component's children use.
// Invariant: no answer is neither yes nor no: what keeps the question from being answered is the caller's to see.

import { type GetClusterArgs, getCluster } from "@pulumi/aws/ecs/getCluster";
import type * as pulumi from "@pulumi/pulumi";

/** Clusters that were deleted and can still be seen are none. @throws what the provider says when it may not look. */
export async function hasCluster(asked: GetClusterArgs, parent: pulumi.Resource): Promise<boolean> {
  try {
    const { status } = await getCluster(asked, { parent });
    return status !== "INACTIVE";
  } catch (error) {
    if (error instanceof Error && NO_SUCH_CLUSTER.test(error.message)) return false;
    throw error;
  }
}

/** What the AWS provider says of a cluster that the account does not have, or had (source: terraform-provider-aws, service/ecs). */
const NO_SUCH_CLUSTER = /reading ECS Cluster \(.*\): (empty result|couldn't find resource|INACTIVE)\s*$/;
