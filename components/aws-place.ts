// Where the resources of a component come to stand: partition, account and Region, and who deploys.
// Invariant: asked of the provider that the component's children use, never of the process's surroundings.

import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";

export interface AwsPlace {
  /** aws, aws-cn, aws-us-gov, … */
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** The ARN of who deploys, as STS gives it: for a role, that of its session. */
  readonly callerArn: string;
}

/** `region` is the component's own argument; without it the provider's Region holds. */
export function awsPlace(parent: pulumi.Resource, region: pulumi.Input<string> | undefined): pulumi.Output<AwsPlace> {
  // With the parent given, an invoke uses the provider that the parent hands down to its children.
  const caller = getCallerIdentityOutput({}, { parent });
  return pulumi
    .all([
      getPartitionOutput({}, { parent }).partition,
      caller.accountId,
      region ?? getRegionOutput({}, { parent }).region,
      caller.arn,
    ])
    .apply(([partition, account, region, callerArn]) => ({ partition, account, region, callerArn }));
}
