// Whether a key may go under a cluster's Fargate tasks: what it is, the state it is in, and what its policy says.
//
// Invariants
//   a wrong key is refused before anything is sent: ECS looks only whether it is symmetric and enabled (documented), and a policy
//   that shuts Fargate out would show first in tasks that do not start
//   a policy that could not be read, or not be decided, is handed on as `unknown`, never as a pass
// Sources: Amazon ECS developer guide, fargate-create-storage-key (documented); keys of other accounts are not mentioned there, so
// they are refused.

import { type ClusterArn, parseClusterArn } from "../../domain/ecs-arn";
import type { Fact } from "../../domain/fact";
import { type FargateKeyAccess, fargateKeyAccess } from "../../domain/fargate-key-access";
import type { KeyMetadata } from "../../domain/fleet";
import { keyProblem, parseKeyReference } from "../../domain/kms-key";
import { isProblem } from "../../domain/problem";
import { FargateCmkError, internalError } from "../errors";
import type { AccountPort } from "../ports/account-port";
import { AwsFailure } from "../ports/aws-failure";
import type { ScanReader } from "./scan-reader";

export interface CheckedKey {
  readonly arn: string;
  /** Never `fail`. */
  readonly access: Pick<FargateKeyAccess, "verdict" | "reason">;
}

/** What the text alone tells. @throws FargateCmkError `not-a-key` */
export function checkKeyReference(keyRef: string): void {
  const wrong = keyProblem(keyRef);
  if (wrong === null) return;
  throw new FargateCmkError("not-a-key", { message: `${wrong.what}: ${wrong.value}`, remedy: wrong.remedy });
}

export interface KeyQuestion {
  readonly account: AccountPort;
  readonly reader: ScanReader;
  readonly keyRef: string;
  readonly clusterArn: string;
}

/** @throws FargateCmkError `not-a-key`, `refused`, or the code of a read that failed */
export async function checkKeyForCluster({ account, reader, keyRef, clusterArn }: KeyQuestion): Promise<CheckedKey> {
  const cluster = parseClusterArn(clusterArn);
  if (isProblem(cluster)) throw internalError(`AWS gave a cluster without a usable ARN: ${clusterArn}`);
  const key = await reader.mustRead(`describe key ${keyRef}`, () => describedKey(account, keyRef));
  const misfit = misfitOf(key) ?? misplacementOf(key.arn, cluster);
  if (misfit !== null) throw refusal(key.arn, misfit);
  const policy = await reader.read(key.arn, () => account.getKeyPolicy(key.arn));
  return { arn: key.arn, access: accessOf({ policy, keyArn: key.arn, cluster }) };
}

async function describedKey(account: AccountPort, keyRef: string): ReturnType<AccountPort["describeKey"]> {
  try {
    return await account.describeKey(keyRef);
  } catch (cause) {
    if (!(cause instanceof AwsFailure && cause.kind === "not-found")) throw cause;
    const message = `there is no key ${keyRef} where these credentials and this Region look`;
    throw new FargateCmkError("not-a-key", { message, remedy: "check the key's ARN, --region and --profile", cause });
  }
}

interface Misfit {
  readonly code: "not-a-key" | "refused";
  readonly what: string;
  readonly remedy: string;
}

const OTHER_KEY = "give a single-Region, symmetric, customer managed encryption key";

function misfitOf(key: KeyMetadata): Misfit | null {
  const { keyManager, keyUsage, keySpec, multiRegion, keyState, deletionDate } = key;
  if (keyManager !== "CUSTOMER") return { code: "not-a-key", what: "is managed by AWS", remedy: OTHER_KEY };
  if (keyUsage !== "ENCRYPT_DECRYPT" || keySpec !== "SYMMETRIC_DEFAULT") {
    return { code: "not-a-key", what: `is a ${keySpec} key for ${keyUsage}`, remedy: OTHER_KEY };
  }
  if (multiRegion) return { code: "not-a-key", what: "is a multi-Region key", remedy: OTHER_KEY };
  if (keyState === "Enabled") return null;
  const until = deletionDate === null ? "" : ` (deletion on ${deletionDate})`;
  return {
    code: "refused",
    what: `is ${keyState}${until}`,
    remedy: "enable it, or cancel its deletion, then repeat the command",
  };
}

function misplacementOf(keyArn: string, cluster: ClusterArn): Misfit | null {
  const key = parseKeyReference(keyArn);
  if (key.kind !== "key-arn") return { code: "not-a-key", what: "has no ARN that names its place", remedy: OTHER_KEY };
  if (key.region !== cluster.region) {
    const remedy = `give a key in ${cluster.region}`;
    return { code: "refused", what: `is in ${key.region}, the cluster in ${cluster.region}`, remedy };
  }
  if (key.account === cluster.account) return null;
  const what = `belongs to account ${key.account}, the cluster to ${cluster.account}, which AWS does not document`;
  return { code: "refused", what, remedy: `give a key of account ${cluster.account}` };
}

function refusal(keyArn: string, { code, what, remedy }: Misfit): FargateCmkError {
  return new FargateCmkError(code, { message: `key ${keyArn} ${what}; nothing was sent`, remedy });
}

interface AccessQuestion {
  readonly policy: Fact<string>;
  readonly keyArn: string;
  readonly cluster: ClusterArn;
}

function accessOf({ policy, keyArn, cluster }: AccessQuestion): CheckedKey["access"] {
  if (policy.kind === "unknown") return { verdict: "unknown", reason: policy.why };
  const { account, region, clusterName } = cluster;
  const access = fargateKeyAccess({ policy: policy.value, account, region, clusterName, keyArn });
  if (access.verdict !== "fail") return { verdict: access.verdict, reason: access.reason };
  const changes = access.calls.flatMap(({ change }) => (change === null ? [] : [change]));
  throw new FargateCmkError("refused", {
    message: `the policy of key ${keyArn} does not let Fargate use it for cluster ${clusterName}: ${access.reason}; nothing was sent`,
    remedy: [...new Set(changes)].join("; "),
  });
}
