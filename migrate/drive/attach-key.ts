// Attaches a key to a cluster that exists already, so that its next deployments put their tasks' storage under it.
//
// Invariants
//   the key is checked before anything is sent, and nothing is sent when the cluster has the key already
//   the whole `configuration` is read, changed in one member and sent back: AWS may replace it whole
//   afterwards it is read back, and only what shows the key and an unchanged rest counts as done
//   another key is never replaced by default: running deployments go on needing it

import type { Fact } from "../../domain/fact";
import type { ClusterConfiguration, DeploymentControllerType } from "../../domain/fleet";
import { sameKey } from "../../domain/kms-key";
import { runsOnFargate } from "../../domain/runs-on-fargate";
import { FargateCmkError } from "../errors";
import type { AccountPort } from "../ports/account-port";
import type { Clock } from "../ports/clock";
import type { ClusterSeen, EcsPort } from "../ports/ecs-port";
import { type CheckedKey, checkKeyForCluster, checkKeyReference } from "./attach-key-check";
import { byText } from "./by-text";
import { withFargateKey } from "./cluster-configuration";
import { noSuchCluster } from "./no-such-cluster";
import { createScanReader, type ScanReader } from "./scan-reader";
import { writeConfiguration } from "./write-configuration";

export interface AttachKeyOptions {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
  readonly clock: Clock;
  /** Name or ARN. */
  readonly clusterRef: string;
  /** Key ARN or bare key id. */
  readonly keyRef: string;
  /** The ARN of the key that the cluster has now: the consent to put another in its place. */
  readonly replaceKey?: string;
  /** Checks everything and sends nothing. */
  readonly dryRun?: boolean;
}

export interface AttachedKey {
  readonly kind: "attached" | "already-attached" | "would-attach";
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly keyArn: string;
  readonly before: ClusterConfiguration["whole"];
  /** As read back; when nothing was sent, as it would be. */
  readonly after: ClusterConfiguration["whole"];
  /** What the key's policy says about Fargate's calls; null when the key was there already and was not asked. */
  readonly keyAccess: CheckedKey["access"] | null;
  /** Who deploys into the cluster, and so takes the key along with the next deployment. */
  readonly services: Fact<readonly MeetsKeyNext[]>;
}

export interface MeetsKeyNext {
  readonly arn: string;
  readonly name: string;
  readonly controller: DeploymentControllerType;
}

/** @throws FargateCmkError `no-such-cluster`, `not-a-key`, `refused`, `denied`, `aws`, … */
export async function attachKey(options: AttachKeyOptions): Promise<AttachedKey> {
  const { keyRef } = options;
  checkKeyReference(keyRef);
  const reader = createScanReader(options.clock);
  const cluster = await clusterOf(options, reader);
  const before = configurationOf(cluster);
  const place = { clusterArn: cluster.arn, clusterName: cluster.name, before: before.whole };
  const services = await servicesOf(options.ecs, reader, cluster);
  const attached = before.fargateEphemeralStorageKmsKeyArn;
  if (attached !== null && sameKey(attached, keyRef)) {
    return { kind: "already-attached", ...place, keyArn: attached, after: before.whole, keyAccess: null, services };
  }
  refuseToReplace(attached, options, cluster.name);
  const key = await checkKeyForCluster({ account: options.account, reader, keyRef, clusterArn: cluster.arn });
  const found = { ...place, keyArn: key.arn, keyAccess: key.access, services };
  const wanted = withFargateKey(before.whole, key.arn);
  if (options.dryRun === true) return { kind: "would-attach", ...found, after: wanted };
  const { ecs, clock } = options;
  const after = await writeConfiguration({ ecs, clock, clusterArn: cluster.arn, keyArn: key.arn, before, wanted });
  return { kind: "attached", ...found, after: after.whole };
}

async function clusterOf({ ecs, clusterRef }: AttachKeyOptions, reader: ScanReader): Promise<ClusterSeen> {
  const doing = `read cluster ${clusterRef}`;
  const { found } = await reader.mustRead(doing, () => ecs.describeClusters([clusterRef]));
  const [cluster] = found.filter(({ status }) => status !== "INACTIVE");
  if (cluster !== undefined) return cluster;
  throw await noSuchCluster({ ecs, reader, absent: [clusterRef], where: "this account and Region" });
}

function configurationOf({ name, configuration }: ClusterSeen): ClusterConfiguration {
  if (configuration.kind === "known") return configuration.value;
  throw new FargateCmkError("refused", {
    message: `the configuration of cluster ${name} cannot be read (${configuration.why}), and UpdateCluster may replace it whole`,
    remedy: `allow ${configuration.permission ?? "ecs:DescribeClusters"} to the caller, then repeat the command`,
  });
}

function refuseToReplace(attached: string | null, { replaceKey, keyRef }: AttachKeyOptions, clusterName: string): void {
  if (attached === null || (replaceKey !== undefined && sameKey(attached, replaceKey))) return;
  throw new FargateCmkError("refused", {
    message: `cluster ${clusterName} has another key already: ${attached}, not ${keyRef}`,
    remedy:
      `if it shall be replaced, say so with that key's ARN (--replace ${attached}), and keep it enabled until every service ` +
      "of the cluster has been deployed again: running deployments go on using it",
  });
}

/** Those on Fargate: the others never meet this key. */
function servicesOf(ecs: EcsPort, reader: ScanReader, cluster: ClusterSeen): Promise<Fact<readonly MeetsKeyNext[]>> {
  return reader.read(cluster.arn, async () => {
    const services = await ecs.listServices(cluster.arn);
    const { found } = await ecs.describeServices({ clusterArn: cluster.arn, services });
    return found
      .filter((service) => service.status !== "INACTIVE" && runsOnFargate(service, cluster).answer !== "not-fargate")
      .map(({ arn, name, controller }) => ({ arn, name, controller }))
      .toSorted(byText(({ arn }) => arn));
  });
}
