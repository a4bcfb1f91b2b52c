// The one line for a cluster that is in code already: its `configuration`, now with a key for ephemeral storage.
// Invariant: what the cluster's configuration had before is still in it; only the ephemeral storage key is set.

import type { ecs } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "./arguments/argument-error";
import { checked } from "./arguments/checked";
import { checkedKeyArn } from "./arguments/key-arn";

/**
 * The `configuration` of an `aws.ecs.Cluster` with this key under its tasks' ephemeral storage. No URN changes: the cluster is
 * updated in place. Running tasks keep what they have until their services are deployed anew.
 *
 * `rest` is what the cluster's configuration holds so far (ECS Exec, the key of EBS volumes); it must be complete, since the
 * provider sends the block as a whole.
 * @throws ArgumentError for an alias, a bare key id or a multi-Region key; in an Input, as the failure of the output. Also for a
 * `rest` that is itself an output: spread, it would lose what it holds.
 */
export function fargateStorageConfiguration(
  keyArn: pulumi.Input<string>,
  rest: ecs.ClusterConfiguration = {},
): ecs.ClusterConfiguration {
  if (isLater(rest)) {
    throw new ArgumentError("rest", "an output", "give the block itself, whose members may be outputs");
  }
  const fargateEphemeralStorageKmsKeyId = checked(keyArn, (arn) => checkedKeyArn("keyArn", arn));
  const storage = rest.managedStorageConfiguration;
  return {
    ...rest,
    managedStorageConfiguration: isLater(storage)
      ? pulumi.all([storage, fargateEphemeralStorageKmsKeyId]).apply(([known, arn]) => ({
          ...known,
          fargateEphemeralStorageKmsKeyId: arn,
        }))
      : { ...storage, fargateEphemeralStorageKmsKeyId },
  };
}

/** A plain block is merged as it is: a preview then shows that a key is wired even while its ARN is unknown. */
function isLater<Block extends object>(
  block: pulumi.Input<Block | undefined>,
): block is Promise<Block | undefined> | pulumi.OutputInstance<Block | undefined> {
  return pulumi.Output.isInstance(block) || block instanceof Promise;
}
