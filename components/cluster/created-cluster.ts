// What came back from AWS for a cluster, compared with what was asked for, before anything can use the cluster.
//
// Invariants
//   the cluster has the name that the key's policy names: a key for another name would keep every task from starting
//   in an update, the cluster has the key that was asked for: a cluster that somebody else had made could have another, or none
//   in a preview the key is no part of it: while a new key is in the making, the cluster's own ARN stays known, and services that
//   name it show no replacement. The cluster itself waits for the key.

import type * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { parseClusterArn } from "../../domain/ecs-arn";
import { sameKey } from "../../domain/kms-key";
import { describeProblem, isProblem } from "../../domain/problem";
import { Refusal } from "../arguments/argument-error";
import { checked } from "../arguments/checked";

export interface AskedCluster {
  readonly parent: pulumi.Resource;
  readonly clusterName: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly cluster: ecs.Cluster;
  /** The name of the cluster that the capacity providers are set for. */
  readonly providersOf: pulumi.Output<string>;
}

export interface ReadBackCluster {
  readonly clusterArn: string;
  readonly clusterName: string;
}

/** Fails when AWS has another cluster than was asked for. */
export function readBackCluster(asked: AskedCluster): pulumi.Output<ReadBackCluster> {
  const { parent, clusterName, cluster, providersOf } = asked;
  return checked(
    pulumi.all([clusterName, cluster.arn, cluster.name, keyReadBack(asked), providersOf]),
    ([fixed, arn, name]) => ({ clusterArn: readBackClusterArn(fixed, { arn, name }), clusterName: fixed }),
    parent,
  );
}

function keyReadBack({ parent, keyArn, cluster }: AskedCluster): pulumi.Output<true> {
  if (pulumi.runtime.isDryRun()) return pulumi.output(true as const);
  return checked(
    pulumi.all([keyArn, cluster.configuration, cluster.arn]),
    ([asked, configuration, arn]) => {
      const key = configuration?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId ?? null;
      return agreedKey(asked, { arn, key });
    },
    parent,
  );
}

export interface CreatedCluster {
  readonly arn: string;
  readonly name: string;
}

/** The name itself. @throws Refusal when the cluster has another name than the policy: a transform can do that, and a preview shows it. */
export function agreedName(fixedName: string, name: string): string {
  if (name === fixedName) return name;
  throw new Refusal(
    `the cluster is ${JSON.stringify(name)}, but the key policy names ${JSON.stringify(fixedName)}: ` +
      "give clusterName the name that the cluster is to have, and drop the transform that renames it",
  );
}

/** The ARN, once it is that of the cluster which the key's policy names. @throws Refusal when it is another's. */
export function readBackClusterArn(fixedName: string, { arn, name }: CreatedCluster): string {
  const parsed = parseClusterArn(arn);
  if (isProblem(parsed)) throw new Refusal(`the created cluster has ${describeProblem(parsed)}`);
  if (parsed.clusterName === agreedName(fixedName, name)) return arn;
  throw new Refusal(`the created cluster has the ARN ${arn}, but the key policy names ${JSON.stringify(fixedName)}`);
}

export interface KeyReadBack {
  /** ARN of the cluster. */
  readonly arn: string;
  /** Null when the cluster has none. */
  readonly key: string | null;
}

/** @throws Refusal when the cluster has another key than was asked for. */
export function agreedKey(asked: string, { arn, key }: KeyReadBack): true {
  if (sameKey(asked, key)) return true;
  throw new Refusal(
    `the cluster ${arn} has ${key === null || key === "" ? "no key" : `the key ${key}`} under ephemeral storage, not ${asked}: ` +
      "somebody else made or changed it; run `pulumi refresh` to see how it stands, then `pulumi up` again",
  );
}
