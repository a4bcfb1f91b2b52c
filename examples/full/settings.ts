// What the parts of the program share: its configuration, where it deploys to, and how a policy document is written.

import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

export const NAME = "payments";
export const TAGS = { Team: "payments" };
export const image = config.require("image");
export const zones = list("zones");
export const administratorArns = list("administratorArns");
export const clusterOperatorArns = list("clusterOperatorArns");
export const sessionArns = list("sessionArns");

export const account = getCallerIdentityOutput().accountId;
export const partition = getPartitionOutput().partition;
export const region = getRegionOutput().region;

/** One statement that allows; `Resource` is "*" unless given. */
export function allow(Action: string | string[], rest: object = {}): object {
  return { Effect: "Allow", Action, Resource: "*", ...rest };
}

export function policy(...Statement: object[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement });
}

function list(key: string): string[] {
  return config.require(key).split(",");
}
