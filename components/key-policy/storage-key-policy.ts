// The whole policy of an ephemeral storage key: who administers it, who may look at it, and which clusters Fargate uses it for.
//
// Invariants
//   somebody who deploys can always change the policy: the account, or named administrators with the deployer among them
//   Fargate's statements are always there and name one account's clusters
//   a document that KMS would refuse for its length is refused here, with the way out

import {
  accountStatement,
  fargateKeyPolicyStatements,
  type KeyPolicyDocument,
  type KeyPolicyStatement,
  operatorStatement,
} from "../../domain/fargate-key-policy";
import { ArgumentError } from "../arguments/argument-error";
import type { AwsPlace } from "../aws-place";
import { administratorsStatements, checkedDeployer } from "./administrators-statement";
import { executeCommandStatement, logGroupsStatement, volumeStatements } from "./neighbour-statements";

export interface KeyUses {
  readonly clusterNames: readonly string[];
  readonly logGroupNames: readonly string[];
  readonly volumeRoleArns: readonly string[];
  /** Task roles, and who opens sessions, of ECS Exec sessions that are encrypted with the key. */
  readonly executeCommandRoleArns: readonly string[];
}

export const NO_USES: KeyUses = { clusterNames: [], logGroupNames: [], volumeRoleArns: [], executeCommandRoleArns: [] };

/** All of them, each once, in the order of their first appearance. */
export function unitedUses(parts: readonly KeyUses[]): KeyUses {
  const gather = (member: keyof KeyUses) => [...new Set(parts.flatMap((part) => part[member]))];
  return {
    clusterNames: gather("clusterNames"),
    logGroupNames: gather("logGroupNames"),
    volumeRoleArns: gather("volumeRoleArns"),
    executeCommandRoleArns: gather("executeCommandRoleArns"),
  };
}

/** `clusterNames` has at least one. */
export interface StorageKeyPolicy extends KeyUses {
  /** Null: the account's IAM policies decide who administers the key. */
  readonly administratorArns: readonly string[] | null;
  readonly clusterOperatorArns: readonly string[];
}

/** The document as JSON text. @throws ArgumentError when the deployer would lock itself out, or the text is too long. */
export function storageKeyPolicy(policy: StorageKeyPolicy, place: AwsPlace): string {
  const { administratorArns, clusterOperatorArns, clusterNames } = policy;
  if (administratorArns !== null) checkedDeployer("administratorArns", administratorArns, place.callerArn);
  const document: KeyPolicyDocument = {
    Version: "2012-10-17",
    Statement: [
      ...(administratorArns === null ? [accountStatement(place)] : administratorsStatements(administratorArns)),
      ...(clusterOperatorArns.length === 0 ? [] : [operatorStatement(clusterOperatorArns)]),
      ...useStatements(policy, place),
    ],
  };
  const text = JSON.stringify(document);
  if (Buffer.byteLength(text) <= POLICY_BYTES_MAX) return text;
  throw new ArgumentError(
    "clusterNames",
    `${clusterNames.length} names`,
    `the key policy would be ${Buffer.byteLength(text)} bytes long and KMS takes ${POLICY_BYTES_MAX}; make a second key`,
  );
}

/** The statements that the uses of a key need, whoever owns the key. */
export function useStatements(uses: KeyUses, place: AwsPlace): readonly KeyPolicyStatement[] {
  const { clusterNames, logGroupNames, volumeRoleArns, executeCommandRoleArns } = uses;
  return [
    ...(clusterNames.length === 0 ? [] : fargateKeyPolicyStatements({ account: place.account, clusterNames })),
    ...(logGroupNames.length === 0 ? [] : [logGroupsStatement(logGroupNames, place)]),
    ...(volumeRoleArns.length === 0 ? [] : volumeStatements(volumeRoleArns, place)),
    ...(executeCommandRoleArns.length === 0 ? [] : [executeCommandStatement(executeCommandRoleArns)]),
  ];
}

/** PutKeyPolicy (AWS KMS API Reference, documented): 32 kilobytes. */
const POLICY_BYTES_MAX = 32_768;
