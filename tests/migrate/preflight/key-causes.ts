// What can be wrong with a key, its policy and who may see it, each alone.

import { known } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { AT, KEY, LANE, withClusterKey, withKey, withMetadata, withPolicy } from "./a-lane";
import type { Cause } from "./cause";

const ALIAS = "arn:aws:kms:eu-west-1:111122223333:alias/pay";
const ABROAD = KEY.replace("eu-west-1", "us-east-1");

export const KEY_CAUSES: readonly Cause[] = [
  { title: "the key is gone", red: "key-exists", ...missingKey(), reason: "AWS knows no such key" },
  {
    title: "the key is managed by AWS",
    red: "key-customer-managed",
    now: withKey(({ metadata }) => ({
      metadata: metadata.kind === "known" ? known({ ...metadata.value, keyManager: "AWS" }, AT) : metadata,
      policy: known('{"Statement": []}', AT),
      rotation: known({ enabled: false, periodDays: null }, AT),
    })),
    reason: "is managed by AWS",
  },
  {
    title: "the key is asymmetric",
    red: "key-symmetric",
    now: withKey(({ metadata }) => ({
      metadata:
        metadata.kind === "known"
          ? known({ ...metadata.value, keySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" }, AT)
          : metadata,
      rotation: known({ enabled: false, periodDays: null }, AT),
    })),
    reason: "is a RSA_2048 key for SIGN_VERIFY",
  },
  {
    title: "the key is disabled",
    red: "key-enabled",
    now: withMetadata({ keyState: "Disabled" }),
    reason: "is Disabled",
  },
  {
    title: "the key's material was deleted",
    red: "key-enabled",
    now: withMetadata({ keyState: "PendingImport", origin: "EXTERNAL" }),
    reason: "is PendingImport",
  },
  {
    title: "the key waits for its deletion",
    red: "key-not-pending-deletion",
    now: withKey(({ metadata }) => ({
      metadata:
        metadata.kind === "known"
          ? known({ ...metadata.value, keyState: "PendingDeletion", deletionDate: "2026-06-20T00:00:00.000Z" }, AT)
          : metadata,
      // AWS says false while a key waits for its deletion, whatever it was before.
      rotation: known({ enabled: false, periodDays: null }, AT),
    })),
    reason: "is to be deleted on 2026-06-20",
  },
  {
    title: "the key is multi-Region",
    red: "key-single-region",
    now: withMetadata({ multiRegion: true }),
    reason: "multi-Region",
  },
  {
    title: "the cluster names a key of another Region",
    red: "key-same-region",
    now: LANE,
    request: { before: named(ABROAD), now: named(ABROAD), keysMissing: [ABROAD] },
    reason: "is in us-east-1, not in eu-west-1",
  },
  {
    title: "the cluster names an alias",
    red: "key-not-alias",
    request: { before: named(ALIAS), now: named(ALIAS) },
    reason: "is an alias",
  },
  {
    title: "the key policy has nothing for Fargate",
    red: "key-policy-allows-fargate",
    now: withPolicy((statements) => statements.slice(0, 1)),
    reason: "no statement allows kms:GenerateDataKeyWithoutPlaintext for fargate.amazonaws.com",
  },
  {
    title: "the key policy names another cluster",
    red: "key-policy-allows-fargate",
    now: withPolicy((statements) => JSON.parse(JSON.stringify(statements).replaceAll('"pay"', '"example"'))),
    reason: "does not apply",
  },
  {
    title: "the key policy closes the list of context keys",
    red: "key-policy-allows-volume",
    now: withPolicy((statements) =>
      statements.map((statement) => ({ ...statement, ...closedContext(statement.Condition) })),
    ),
    reason: "GenerateDataKeyWithoutPlaintext: ",
  },
  {
    title: "the key is open to everyone",
    red: "key-not-public",
    now: withPolicy((statements) => [
      ...statements,
      { Sid: "Everyone", Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" },
    ]),
    reason: "Everyone: allows kms:Decrypt to everyone",
  },
  {
    title: "nobody can administer the key",
    red: "key-has-administrator",
    now: withPolicy((statements) => statements.slice(1)),
    reason: "nobody can change the key policy",
  },
  {
    title: "the key does not rotate",
    red: "key-rotation",
    now: withKey(() => ({ rotation: known({ enabled: false, periodDays: null }, AT) })),
    reason: "automatic rotation is off",
  },
  {
    title: "the key's imported material expires during the run",
    red: "key-material-expiry",
    now: withMetadata({ origin: "EXTERNAL", validTo: "2026-06-01T08:01:00.000Z" }),
    reason: "its material expires on 2026-06-01, before the run would end",
  },
  {
    title: "the key has nearly all the grants that it can hold",
    red: "key-grants-headroom",
    now: {
      ...LANE,
      tasks: Array.from({ length: 50_000 }, () => ({
        ...LANE.tasks[0],
        kmsKeyArn: KEY,
        group: "family:x",
      })) as Fleet["tasks"],
    },
    reason: "a key holds 50000 by default",
  },
];

function named(keyArn: string): Fleet {
  return { ...withClusterKey(keyArn), keys: LANE.keys.map((key) => ({ ...key, arn: keyArn })) };
}

/** As a scan shows a key that AWS does not know. */
function missingKey(): Pick<Cause, "now" | "request"> {
  const why = "kms:DescribeKey failed (NotFoundException)";
  const fact = { kind: "unknown", why } as const;
  const unread = [
    { operation: "kms:DescribeKey", subject: KEY, why },
    { operation: "kms:GetKeyPolicy", subject: KEY, why },
  ];
  const keys = [{ arn: KEY, metadata: fact, policy: fact, rotation: fact }];
  return { now: { ...LANE, keys, unread }, request: { keysMissing: [KEY] } };
}

function closedContext(condition: unknown): object {
  if (condition === undefined) return {};
  const documented = ["aws:ecs:clusterAccount", "aws:ecs:clusterName"];
  const before = condition as Record<string, Record<string, unknown>>;
  const closed = { ...before["ForAllValues:StringEquals"], "kms:EncryptionContextKeys": documented };
  return { Condition: { ...before, "ForAllValues:StringEquals": closed } };
}
