// The KMS requests for an EBS volume that ECS attaches to a task, made with the credentials of the ECS infrastructure role.
// Sources (documented): Amazon ECS developer guide, "Encrypt data stored in Amazon EBS volumes attached to Amazon ECS tasks";
// Amazon EBS user guide, "Requirements for Amazon EBS encryption": kms:GenerateDataKeyWithoutPlaintext is the data key call.
//
// Invariants
//   data keys and grants are asked for through EC2, for one volume, and the grant is for an AWS resource
//   who describes the key, EC2 or ECS itself, is not documented: conditions on the way it comes are then unknown
//   the name of EC2 in kms:ViaService was not checked for the China Regions: it is unknown there

import type { KeyAsker } from "./explain-key-access";
import { VOLUME_CONTEXT_KEY } from "./fargate-key-policy";
import { EXAMPLE_VOLUME_ID } from "./fargate-kms-request";
import type { KeyCall } from "./key-call-access";
import { ABSENT, type ContextValue, present } from "./policy/request";
import { type RolePlace, roleRequestKeys } from "./role-request-context";

export type VolumeOperation = "DescribeKey" | "GenerateDataKeyWithoutPlaintext" | "CreateGrant";

export const VOLUME_OPERATIONS: readonly VolumeOperation[] = [
  "DescribeKey",
  "GenerateDataKeyWithoutPlaintext",
  "CreateGrant",
];

export interface VolumePlace extends RolePlace {
  readonly partition: string;
}

export function volumeKmsCall(operation: VolumeOperation, place: VolumePlace): KeyCall {
  const { roleArn, keyArn } = place;
  return {
    asker: volumeAsker(`kms:${operation}`, place),
    request: {
      principal: { kind: "aws", arn: roleArn },
      action: `kms:${operation}`,
      resource: keyArn,
      context: {
        keys: { ...roleRequestKeys(place), ...operationKeys(operation, place) },
        absentPrefixes: operation === "CreateGrant" ? NEVER_PRESENT : [...NEVER_PRESENT, ...GRANT_KEYS],
        others: "unknown",
      },
    },
  };
}

function operationKeys(operation: VolumeOperation, place: VolumePlace): Readonly<Record<string, ContextValue>> {
  // Documented: a call that encrypts nothing has no encryption context.
  if (operation === "DescribeKey") return { "kms:EncryptionContextKeys": ABSENT };
  return {
    ...(place.partition === "aws-cn" ? {} : { "kms:ViaService": present(viaService(place)) }),
    "kms:EncryptionContextKeys": present(VOLUME_CONTEXT_KEY),
    [`kms:EncryptionContext:${VOLUME_CONTEXT_KEY}`]: present(EXAMPLE_VOLUME_ID),
    ...(operation === "CreateGrant" ? { "kms:GrantIsForAWSResource": present("true") } : {}),
  };
}

const NEVER_PRESENT: readonly string[] = ["kms:EncryptionContext:"];
const GRANT_KEYS: readonly string[] = ["kms:Grant", "kms:RetiringPrincipal"];

function viaService({ region }: VolumePlace): string {
  return `ec2.${region}.amazonaws.com`;
}

function volumeAsker(action: string, place: VolumePlace): KeyAsker {
  const documented = "the documented statements for ECS infrastructure roles";
  return {
    name: place.roleArn,
    kind: "role",
    action,
    addition: `add ${documented}, for ${action}`,
    documented,
    proof: null,
    changeOf: (key, label) => changeOf(key, label, place),
  };
}

/** For condition keys that the documented statements use: which value is lacking. */
function changeOf(key: string, label: string, place: VolumePlace): string | null {
  switch (key.toLowerCase()) {
    case "kms:calleraccount":
      return `add the account of the role to kms:CallerAccount of ${label}`;
    case "kms:viaservice":
      return `add ${viaService(place)} to kms:ViaService of ${label}`;
    case "kms:encryptioncontextkeys":
      return `add ${VOLUME_CONTEXT_KEY} to kms:EncryptionContextKeys of ${label}, or drop that condition`;
    case "kms:grantisforawsresource":
      return `let ${label} allow grants for AWS resources`;
    default:
      return null;
  }
}
