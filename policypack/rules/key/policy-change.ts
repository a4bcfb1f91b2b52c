// The change to a key's policy that lets Fargate use the key, to be pasted into the program of the resource that holds the policy.
//
// Invariants
//   the statements are those that AWS documents (Amazon ECS developer guide, fargate-create-storage-key); what stands besides is kept
//   in place of AWS's default policy, the account's own statement comes with them: without it nobody could change the policy
//   a value that is not known stands there as a name, never as an invented value

import { partitionOf } from "../../../domain/arn";
import type { CallAccess, FargateKeyAccess } from "../../../domain/fargate-key-access";
import type { FargateOperation } from "../../../domain/fargate-kms-request";
import { construction, NATIVE_KEY, NATIVE_REPLICA_KEY } from "../resource-types";
import type { Subject } from "../rule";
import type { SeenPlace } from "./fargate-access";
import { onOneLine } from "./one-line";
import { widenedPolicy } from "./widened-policy";

/** The resource that holds the policy, and under which property. */
export interface Holding {
  readonly holder: Pick<Subject, "type" | "name">;
  readonly property: string;
}

export interface PolicyChange extends Holding {
  readonly document: unknown;
  readonly place: SeenPlace;
  /** Null where the policy is AWS's default, and there is no document. */
  readonly access: FargateKeyAccess | null;
}

export function policyChange({ holder, property, document, place, access }: PolicyChange): readonly string[] {
  const refused = access === null ? [] : access.calls.filter(({ decision }) => decision !== "allow");
  const missing = access === null ? OPERATIONS : OPERATIONS.filter((one) => refused.some((call) => lacks(call, one)));
  const near = refused.filter((call) => !lacks(call, call.operation));
  const widened = missing.length === 0 ? widenedPolicy({ holder, property, document, place, near }) : null;
  if (widened !== null) return widened;
  return [
    ...(missing.length === 0 ? [] : contextLines(place)),
    ...withStatements({ holder, property }, [
      ...(access === null ? accountStatement(place) : OTHERS),
      ...[...new Set(near.map(({ change }) => change ?? ""))].flatMap((change) => wrapped(change, "    // ")),
      ...missing.flatMap((operation) => STATEMENTS[operation]),
    ]),
  ];
}

/** The statement without which nobody could change the policy, beside what stands there. */
export function administratedPolicy(holding: Holding, place: Pick<SeenPlace, "account" | "region">): readonly string[] {
  return withStatements(holding, [...OTHERS, ...accountStatement(place)]);
}

const OTHERS: readonly string[] = ["    // keep the other statements"];

function withStatements({ holder, property }: Holding, statements: readonly string[]): readonly string[] {
  const isObject = holder.type === NATIVE_KEY || holder.type === NATIVE_REPLICA_KEY;
  return [
    construction(holder),
    `  ${property}: ${isObject ? "" : "JSON.stringify("}{ Version: "2012-10-17", Statement: [`,
    ...statements,
    `  ] }${isObject ? "" : ")"},`,
    "});",
  ];
}

const OPERATIONS: readonly FargateOperation[] = ["GenerateDataKeyWithoutPlaintext", "CreateGrant"];

/** No statement would allow it, whatever its conditions. */
function lacks({ operation, decision, statements }: CallAccess, wanted: FargateOperation): boolean {
  const near = statements.some(
    ({ effect, principal, action }) => effect === "Allow" && principal.match === "yes" && action.match === "yes",
  );
  return operation === wanted && decision === "implicit-deny" && !near;
}

function contextLines({ account, clusterName }: SeenPlace): readonly string[] {
  return [
    ...(account === null ? ["// accountId: the 12 digits of the cluster's account"] : []),
    ...(clusterName === null ? ["// clusterName: fixed, and given to the cluster as its name"] : []),
    "const encryptionContext = {",
    `  "kms:EncryptionContext:aws:ecs:clusterAccount": ${named(account, "accountId")},`,
    `  "kms:EncryptionContext:aws:ecs:clusterName": ${named(clusterName, "clusterName")},`,
    "};",
  ];
}

function accountStatement({ account, region }: Pick<SeenPlace, "account" | "region">): readonly string[] {
  const root = `arn:${partitionOf(region ?? "")}:iam::${account ?? `\${accountId}`}:root`;
  return [
    "    {",
    '      Sid: "AccountAdministration", Effect: "Allow", Resource: "*",',
    `      Principal: { AWS: ${account === null ? `\`${root}\`` : JSON.stringify(root)} },`,
    '      Action: "kms:*",',
    "    },",
  ];
}

const STATEMENTS: Readonly<Record<FargateOperation, readonly string[]>> = {
  GenerateDataKeyWithoutPlaintext: [
    "    {",
    '      Sid: "FargateGenerateDataKey", Effect: "Allow", Resource: "*",',
    '      Principal: { Service: "fargate.amazonaws.com" },',
    '      Action: "kms:GenerateDataKeyWithoutPlaintext",',
    "      Condition: { StringEquals: encryptionContext },",
    "    },",
  ],
  CreateGrant: [
    "    {",
    '      Sid: "FargateCreateGrant", Effect: "Allow", Resource: "*",',
    '      Principal: { Service: "fargate.amazonaws.com" },',
    '      Action: "kms:CreateGrant",',
    "      Condition: {",
    "        StringEquals: encryptionContext,",
    '        "ForAllValues:StringEquals": {',
    '          "kms:GrantOperations": ["Decrypt"],',
    "        },",
    "      },",
    "    },",
  ],
};

function named(value: string | null, name: string): string {
  return value === null ? name : JSON.stringify(value);
}

const COLUMNS_MAX = 66;

function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  for (const word of onOneLine(text).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= COLUMNS_MAX) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}
