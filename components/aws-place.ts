// Where the resources of a component come to stand: partition, account and Region, and who deploys.
// Source: AWS Fargate in the Amazon ECS developer guide, of the commercial, the China and the GovCloud (US) Regions (documented).
//
// Invariants
//   asked of the provider that the component's children use, never of the process's surroundings
//   a partition for which AWS documents no ephemeral storage keys is refused before anything is created

import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";
import { Refusal } from "./arguments/argument-error";
import { checked } from "./arguments/checked";

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
  return awsPlaceAskedWith({ parent }, { region, component: parent });
}

export interface PlaceOptions {
  readonly region: pulumi.Input<string> | undefined;
  /** Tells what is refused. */
  readonly component?: pulumi.Resource;
}

/** The same, where no component asks. */
export function awsPlaceAskedWith(
  asking: pulumi.InvokeOptions,
  { region, component }: PlaceOptions,
): pulumi.Output<AwsPlace> {
  const caller = getCallerIdentityOutput({}, asking);
  return checked(
    pulumi.all([
      getPartitionOutput({}, asking).partition,
      caller.accountId,
      region ?? getRegionOutput({}, asking).region,
      caller.arn,
    ]),
    ([partition, account, known, callerArn]) => {
      return { partition: checkedPartition(partition), account, region: known, callerArn };
    },
    component,
  );
}

/** @throws Refusal for the isolated and the sovereign partitions. */
export function checkedPartition(partition: string): string {
  if (PARTITIONS.includes(partition)) return partition;
  throw new Refusal(
    `the provider's partition is ${JSON.stringify(partition)}: AWS documents customer managed keys for Fargate's ephemeral storage ` +
      `for ${PARTITIONS.join(", ")}; use a provider of one of these`,
  );
}

const PARTITIONS: readonly string[] = ["aws", "aws-cn", "aws-us-gov"];
