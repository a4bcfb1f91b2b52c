// Every use that a key is wanted for, each asked of the key's policy call by call.
//
// Invariants
//   one use is one cluster, one log group or one role: what is said of one is not said of another
//   a role that the policy admits through its account is admitted here: its IAM policies decide, and are not seen

import { executeCommandKmsCall } from "../../domain/execute-command-kms-request";
import type { KeyAsker } from "../../domain/explain-key-access";
import { fargateAsker } from "../../domain/fargate-asker";
import { FARGATE_CALLS, fargateKmsRequest } from "../../domain/fargate-kms-request";
import { type KeyCall, type KeyCallAccess, keyCallAccess } from "../../domain/key-call-access";
import { accountOfKey } from "../../domain/kms-key";
import { LOG_GROUP_OPERATIONS, logGroupKmsCall } from "../../domain/log-group-kms-request";
import type { Policy } from "../../domain/policy/document";
import { VOLUME_OPERATIONS, volumeKmsCall } from "../../domain/volume-kms-request";
import type { AwsPlace } from "../aws-place";
import { type KeyUses, NO_USES } from "../key-policy/storage-key-policy";

export interface AskedUse {
  /** As in "its policy does not let USER use it for PURPOSE". */
  readonly user: string;
  readonly purpose: string;
  /** This use alone. */
  readonly alone: KeyUses;
  readonly calls: readonly AskedCall[];
}

export interface AskedCall {
  readonly asker: KeyAsker;
  readonly access: KeyCallAccess;
}

export interface UsesQuestion {
  readonly policy: Policy;
  /** Null while it is not known. */
  readonly keyArn: string | null;
  readonly place: AwsPlace;
}

export function askUses(uses: KeyUses, { policy, keyArn, place }: UsesQuestion): readonly AskedUse[] {
  const keyAccount = (keyArn === null ? null : accountOfKey(keyArn)) ?? place.account;
  const asking: Asking = { policy, where: { ...place, keyArn, keyAccount } };
  return [
    ...distinct(uses.clusterNames).map((name) => askFargate(name, asking)),
    ...distinct(uses.logGroupNames).map((name) => askLogGroup(name, asking)),
    ...distinct(uses.volumeRoleArns).map((arn) => askVolumes(arn, asking)),
    ...distinct(uses.executeCommandRoleArns).map((arn) => askExecuteCommand(arn, asking)),
  ];
}

interface Asking {
  readonly policy: Policy;
  readonly where: AwsPlace & { readonly keyArn: string | null; readonly keyAccount: string };
}

function askFargate(clusterName: string, { policy, where }: Asking): AskedUse {
  const place = { ...where, clusterName };
  return {
    user: "Fargate",
    purpose: `cluster ${clusterName}`,
    alone: { ...NO_USES, clusterNames: [clusterName] },
    calls: FARGATE_CALLS.map((call) =>
      ask({ asker: fargateAsker(call, place), request: fargateKmsRequest(call, place) }, policy),
    ),
  };
}

function askLogGroup(logGroupName: string, { policy, where }: Asking): AskedUse {
  return {
    user: "CloudWatch Logs",
    purpose: `log group ${logGroupName}`,
    alone: { ...NO_USES, logGroupNames: [logGroupName] },
    calls: LOG_GROUP_OPERATIONS.map((operation) => ask(logGroupKmsCall(operation, { ...where, logGroupName }), policy)),
  };
}

function askVolumes(roleArn: string, { policy, where }: Asking): AskedUse {
  return {
    user: roleArn,
    purpose: "EBS volumes",
    alone: { ...NO_USES, volumeRoleArns: [roleArn] },
    calls: VOLUME_OPERATIONS.map((operation) => ask(volumeKmsCall(operation, { ...where, roleArn }), policy)),
  };
}

function askExecuteCommand(roleArn: string, { policy, where }: Asking): AskedUse {
  return {
    user: roleArn,
    purpose: "ECS Exec sessions",
    alone: { ...NO_USES, executeCommandRoleArns: [roleArn] },
    calls: [ask(executeCommandKmsCall({ ...where, roleArn }), policy)],
  };
}

function ask(call: KeyCall, policy: Policy): AskedCall {
  return { asker: call.asker, access: keyCallAccess(policy, call) };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
