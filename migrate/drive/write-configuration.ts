// Writes a cluster's whole configuration and proves what came of it.
//
// Invariants
//   nothing is sent when somebody changed the configuration since it was read
//   the reply is not the proof: what is read back is, key and unchanged rest
//   an uncertain outcome is looked at, never repeated

import { type Fact, unknown } from "../../domain/fact";
import type { ClusterConfiguration } from "../../domain/fleet";
import { sameKey } from "../../domain/kms-key";
import { canonicalJson } from "../core/canonical-json";
import { FargateCmkError } from "../errors";
import { AwsFailure } from "../ports/aws-failure";
import type { Clock } from "../ports/clock";
import type { EcsPort } from "../ports/ecs-port";
import { awsFailureError } from "./aws-failure-error";
import { restOf } from "./cluster-configuration";

export interface ConfigurationWrite {
  readonly ecs: EcsPort;
  readonly clock: Clock;
  readonly clusterArn: string;
  readonly keyArn: string;
  readonly before: ClusterConfiguration;
  /** `before` with the key. */
  readonly wanted: ClusterConfiguration["whole"];
}

/** The configuration as read back. @throws FargateCmkError `refused` when it changed meanwhile, `denied`, `aws`, … */
export async function writeConfiguration(write: ConfigurationWrite): Promise<ClusterConfiguration> {
  const { ecs, clusterArn, wanted } = write;
  await refuseIfChanged(write);
  try {
    await ecs.updateClusterConfiguration({ clusterArn, configuration: wanted });
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    if (!error.mayHaveActed) throw awsFailureError(error, `attach the key to ${clusterArn}`);
  }
  return readBack(write);
}

/** The last look before the write: what somebody changed since the first one must not be overwritten. */
async function refuseIfChanged({ ecs, clusterArn, before }: ConfigurationWrite): Promise<void> {
  const now = await lookAt(ecs, clusterArn);
  if (now.kind === "known" && isSame(now.value.whole, before.whole)) return;
  throw new FargateCmkError("refused", {
    message: `the configuration of ${clusterArn} changed while the key was being checked; nothing was sent`,
    remedy: "find out who changes it, then repeat the command",
  });
}

/** Reads may show an older state for a while; so many looks, so far apart, are given to them. */
const LOOKS_MAX = 6;
const LOOKS_APART_MS = 2_000;

async function readBack({ ecs, clock, clusterArn, keyArn, before }: ConfigurationWrite): Promise<ClusterConfiguration> {
  let seen: Fact<ClusterConfiguration> = unknown("not read yet");
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    seen = await lookAt(ecs, clusterArn);
    if (seen.kind === "known" && sameKey(seen.value.fargateEphemeralStorageKmsKeyArn, keyArn)) {
      if (isSame(restOf(seen.value.whole), restOf(before.whole))) return seen.value;
      throw restChanged(clusterArn, before.whole, seen.value.whole);
    }
    if (look < LOOKS_MAX) await clock.sleep(LOOKS_APART_MS);
  }
  const shown = seen.kind === "known" ? (seen.value.fargateEphemeralStorageKmsKeyArn ?? "no key") : seen.why;
  throw new FargateCmkError("aws", {
    message: `after UpdateCluster, ${clusterArn} shows ${shown} instead of ${keyArn}`,
    remedy: "repeat the command: it looks first, and sends nothing when the key is there",
  });
}

async function lookAt(ecs: EcsPort, clusterArn: string): Promise<Fact<ClusterConfiguration>> {
  try {
    const { found } = await ecs.describeClusters([clusterArn]);
    return found[0]?.configuration ?? unknown(`AWS no longer shows ${clusterArn}`);
  } catch (error) {
    if (error instanceof AwsFailure) return unknown(error.message);
    throw error;
  }
}

function restChanged(clusterArn: string, before: unknown, after: unknown): FargateCmkError {
  return new FargateCmkError("aws", {
    message:
      `the key is attached to ${clusterArn}, but the rest of its configuration is not what it was: ` +
      `before ${JSON.stringify(before)}, now ${JSON.stringify(after)}`,
    remedy: "put the rest back with aws ecs update-cluster, giving the whole configuration with the key",
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
