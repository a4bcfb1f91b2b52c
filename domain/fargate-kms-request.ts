// The two KMS requests that Fargate makes for a task's ephemeral storage, each as a dry run first and then for real,
// as far as their content is known.
// Source: Amazon ECS developer guide, fargate-managing-kms-key, with its CloudTrail samples (documented).
//
// Invariants
//   dry runs carry two encryption context keys, the real calls a third: aws:ebs:id
//   a condition key that no document shows in these requests is unknown, never guessed
//   each entry below says where it is known from

import {
  CLUSTER_ACCOUNT_CONTEXT_KEY,
  CLUSTER_NAME_CONTEXT_KEY,
  FARGATE_SERVICE_PRINCIPAL,
  VOLUME_CONTEXT_KEY,
} from "./fargate-key-policy";
import { ABSENT, type ContextValue, type PolicyRequest, present, type RequestContext } from "./policy/request";
import { serviceRequestKeys } from "./service-request-context";

export type FargateOperation = "GenerateDataKeyWithoutPlaintext" | "CreateGrant";
export type FargateMode = "dryRun" | "real";

export interface FargateCall {
  readonly operation: FargateOperation;
  readonly mode: FargateMode;
}

export interface FargatePlace {
  /** 12 digits: the account of the cluster. */
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  /** Null when the key's ARN is not known: statements that name a key by ARN are then unknown. */
  readonly keyArn: string | null;
  /** 12 digits: the account of the key. */
  readonly keyAccount: string;
}

export const FARGATE_CALLS: readonly FargateCall[] = [
  { operation: "GenerateDataKeyWithoutPlaintext", mode: "dryRun" },
  { operation: "GenerateDataKeyWithoutPlaintext", mode: "real" },
  { operation: "CreateGrant", mode: "dryRun" },
  { operation: "CreateGrant", mode: "real" },
];

export function fargateKmsRequest(call: FargateCall, place: FargatePlace): PolicyRequest {
  return {
    principal: { kind: "service", name: FARGATE_SERVICE_PRINCIPAL },
    action: `kms:${call.operation}`,
    resource: place.keyArn,
    context: contextOf(call, place),
  };
}

/**
 * The encryption context of a call. Each task has a volume of its own, whose id nobody knows beforehand: the example stands for
 * all of them, so a policy that names one volume by id is judged as it works out for all others.
 */
export function encryptionContext({ mode }: FargateCall, place: FargatePlace): Readonly<Record<string, string>> {
  const documented = { [CLUSTER_ACCOUNT_CONTEXT_KEY]: place.account, [CLUSTER_NAME_CONTEXT_KEY]: place.clusterName };
  return mode === "real" ? { ...documented, [VOLUME_CONTEXT_KEY]: EXAMPLE_VOLUME_ID } : documented;
}

/** Stands for every volume, whose ids nobody knows beforehand. */
export const EXAMPLE_VOLUME_ID = "vol-01234567890abcdef";

function contextOf(call: FargateCall, place: FargatePlace): RequestContext {
  const pairs = encryptionContext(call, place);
  const values = Object.entries(pairs).map(([key, value]) => [`kms:EncryptionContext:${key}`, present(value)]);
  return {
    keys: {
      ...serviceRequestKeys(place),
      // Inferred: the samples name the key by its ARN.
      "kms:RequestAlias": ABSENT,
      ...(call.operation === "CreateGrant" ? grantKeys(call, place) : {}),
      ...Object.fromEntries(values),
      "kms:EncryptionContextKeys": present(...Object.keys(pairs)),
    },
    absentPrefixes: call.operation === "CreateGrant" ? NEVER_PRESENT : [...NEVER_PRESENT, ...GRANT_KEYS],
    others: "unknown",
  };
}

function grantKeys({ mode }: FargateCall, { region }: FargatePlace): Readonly<Record<string, ContextValue>> {
  return {
    // Documented by the samples: operations, grantee, constraint; a retiring principal in the real call only.
    "kms:GrantOperations": present("Decrypt"),
    "kms:GranteePrincipal": present(`fargate.${region}.amazonaws.com`),
    "kms:GrantConstraintType": present("EncryptionContextSubset"),
    "kms:RetiringPrincipal": mode === "real" ? present(`ec2.${region}.amazonaws.com`) : ABSENT,
    // Inferred: the grant is made for an AWS service's resource, by a service.
    "kms:GrantIsForAWSResource": present("true"),
  };
}

/** Service principals carry no tags; an encryption context has only the keys above. */
const NEVER_PRESENT: readonly string[] = ["kms:EncryptionContext:", "aws:PrincipalTag/", "aws:RequestTag/"];
const GRANT_KEYS: readonly string[] = ["kms:Grant", "kms:RetiringPrincipal"];
