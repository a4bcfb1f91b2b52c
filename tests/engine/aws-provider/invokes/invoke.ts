// The functions that a program may call. Invariant: an unknown function is an error that names those there are.

import type { PropertyMap } from "../property-values";
import type { ProviderConfiguration } from "../provider-configuration";
import { getCluster } from "./get-cluster";
import { getKey } from "./get-key";
import { getPolicyDocument } from "./get-policy-document";
import { getSubnets } from "./get-subnets";
import { getCallerIdentity, getPartition, getRegion, getSessionContext } from "./identity";

export type Invoke = (args: PropertyMap, configuration: ProviderConfiguration) => PropertyMap | Promise<PropertyMap>;

const INVOKES: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ecs/getCluster:getCluster": getCluster,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  "aws:iam/getSessionContext:getSessionContext": getSessionContext,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:kms/getKey:getKey": getKey,
};

export async function invoke(
  token: string,
  args: PropertyMap,
  configuration: ProviderConfiguration,
): Promise<PropertyMap> {
  const found = INVOKES[token];
  if (found !== undefined) return found(args, configuration);
  throw new Error(`the test provider has no function "${token}"; there are ${Object.keys(INVOKES).join(", ")}`);
}
