// Truth tables of a foreign key's policy: what is refused, what is in doubt, and which statements are asked for. Each row starts from
// AWS's documented statements and breaks one thing.

import assert from "node:assert/strict";
import { judgeKeyPolicy } from "../../../components/existing-key/key-policy-objections";
import { type KeyUses, storageKeyPolicy } from "../../../components/key-policy/storage-key-policy";
import * as given from "./policies";

const { ROOT, ADMIN, DATA_KEY, GRANT, ORDERS, LOGS, VOLUME, EXEC, ALL, NONE, PLACE, KEY, question } = given;
const OK = "";
const BOTH = "kms:GenerateDataKeyWithoutPlaintext kms:CreateGrant";
const LOG_CALLS = "kms:Encrypt kms:Decrypt kms:GenerateDataKey";
const VOLUME_CALLS = "kms:DescribeKey kms:GenerateDataKeyWithoutPlaintext kms:CreateGrant";

interface Row {
  readonly title: string;
  readonly statements: readonly given.Json[];
  readonly uses?: KeyUses;
  /** Calls that are refused, each once, in their order. */
  readonly refused: string;
  readonly doubted?: string;
  /** Sids of the statements that are asked for. */
  readonly missing?: readonly string[];
}

const FARGATE_ROWS: readonly Row[] = [
  { title: "AWS's documented statements", statements: [ROOT, DATA_KEY, GRANT], refused: OK },
  {
    title: "statements for several clusters",
    statements: [ROOT, changed(DATA_KEY, clusters("web", "orders")), changed(GRANT, clusters("web", "orders"))],
    refused: OK,
  },
  {
    title: "wildcard cluster names that admit it",
    statements: [ROOT, changed(DATA_KEY, likeClusters("ord*")), changed(GRANT, likeClusters("ord*"))],
    refused: OK,
  },
  { title: "wildcard actions", statements: [changed(DATA_KEY, { Action: "kms:*" })], refused: OK },
  { title: "everyone, unconditionally", statements: [{ ...ROOT, Principal: "*" }], refused: OK },
  {
    title: "everyone but a role",
    statements: [{ ...without(ROOT, "Principal"), NotPrincipal: { AWS: given.VOLUMES } }],
    refused: OK,
  },
  {
    title: "root delegation alone, which admits no service",
    statements: [ROOT],
    refused: BOTH,
    missing: ["FargateGenerateDataKey", "FargateCreateGrant"],
  },
  {
    title: "no statement at all",
    statements: [],
    refused: BOTH,
    missing: ["FargateGenerateDataKey", "FargateCreateGrant"],
  },
  {
    title: "the grant's statement missing",
    statements: [ROOT, DATA_KEY],
    refused: "kms:CreateGrant",
    missing: ["FargateCreateGrant"],
  },
  {
    title: "the data key's statement missing",
    statements: [ROOT, GRANT],
    refused: "kms:GenerateDataKeyWithoutPlaintext",
    missing: ["FargateGenerateDataKey"],
  },
  {
    title: "another principal",
    statements: [ROOT, changed(DATA_KEY, { Principal: { Service: "ecs-tasks.amazonaws.com" } }), GRANT],
    refused: "kms:GenerateDataKeyWithoutPlaintext",
    missing: ["FargateGenerateDataKey"],
  },
  {
    title: "another action",
    statements: [ROOT, changed(DATA_KEY, { Action: ["kms:GenerateDataKey"] }), GRANT],
    refused: "kms:GenerateDataKeyWithoutPlaintext",
    missing: ["FargateGenerateDataKey"],
  },
  {
    title: "another account",
    statements: [ROOT, changed(DATA_KEY, accounts("444455556666")), GRANT],
    refused: "kms:GenerateDataKeyWithoutPlaintext",
    missing: ["FargateGenerateDataKey"],
  },
  {
    title: "another cluster",
    statements: [ROOT, DATA_KEY, changed(GRANT, clusters("web"))],
    refused: "kms:CreateGrant",
    missing: ["FargateCreateGrant"],
  },
  {
    title: "a cluster name of another case",
    statements: [ROOT, DATA_KEY, changed(GRANT, clusters("Orders"))],
    refused: "kms:CreateGrant",
    missing: ["FargateCreateGrant"],
  },
  {
    title: "another grant operation",
    statements: [ROOT, DATA_KEY, changed(GRANT, grantOperations("Encrypt"))],
    refused: "kms:CreateGrant",
    missing: ["FargateCreateGrant"],
  },
  {
    title: "no Resource, which leaves a statement without effect",
    statements: [ROOT, without(DATA_KEY, "Resource"), GRANT],
    refused: "kms:GenerateDataKeyWithoutPlaintext",
    missing: ["FargateGenerateDataKey"],
  },
  {
    title: "a closed list of context keys, which only the real calls break",
    statements: [ROOT, closed(DATA_KEY), GRANT],
    refused: "kms:GenerateDataKeyWithoutPlaintext",
    missing: ["FargateGenerateDataKey"],
  },
  {
    title: "an explicit deny, which no statement helps against",
    statements: [ROOT, DATA_KEY, GRANT, deny("kms:CreateGrant")],
    refused: "kms:CreateGrant",
  },
  {
    title: "an explicit deny of what nothing allows",
    statements: [ROOT, DATA_KEY, deny("kms:CreateGrant")],
    refused: "kms:CreateGrant",
    missing: ["FargateCreateGrant"],
  },
  {
    title: "a deny for everyone but a role",
    statements: [ROOT, DATA_KEY, GRANT, { ...deny("kms:*", "NotPrincipal"), NotPrincipal: { AWS: given.VOLUMES } }],
    refused: BOTH,
  },
  {
    title: "a deny for everyone but Fargate",
    statements: [
      ROOT,
      DATA_KEY,
      GRANT,
      { ...deny("kms:*", "NotPrincipal"), NotPrincipal: { Service: "fargate.amazonaws.com" } },
    ],
    refused: OK,
  },
  {
    title: "a misspelt operator, of which nobody can tell",
    statements: [
      ROOT,
      DATA_KEY,
      { ...GRANT, Condition: { ForAllValuesStringEquals: { "kms:GrantOperations": ["Decrypt"] } } },
    ],
    refused: OK,
    doubted: "kms:CreateGrant",
  },
  {
    title: "an undocumented condition, of which nobody can tell",
    statements: [
      ROOT,
      DATA_KEY,
      changed(GRANT, { Condition: { StringEquals: { "aws:SourceAccount": given.ACCOUNT } } }),
    ],
    refused: OK,
    doubted: "kms:CreateGrant",
  },
];

const NEIGHBOUR_ROWS: readonly Row[] = [
  { title: "the documented statement for logs", statements: [ADMIN, given.LOG_GROUP], uses: LOGS, refused: OK },
  {
    title: "root delegation alone for logs",
    statements: [ROOT],
    uses: LOGS,
    refused: LOG_CALLS,
    missing: ["LogGroupsEncrypt"],
  },
  {
    title: "the logs of another Region",
    statements: [{ ...given.LOG_GROUP, Principal: { Service: "logs.us-east-1.amazonaws.com" } }],
    uses: LOGS,
    refused: LOG_CALLS,
    missing: ["LogGroupsEncrypt"],
  },
  {
    title: "another log group",
    statements: [given.LOG_GROUP],
    uses: { ...NONE, logGroupNames: ["/ecs/exec/orders-2"] },
    refused: LOG_CALLS,
    missing: ["LogGroupsEncrypt"],
  },
  {
    title: "logs that may not decrypt",
    statements: [{ ...given.LOG_GROUP, Action: ["kms:Encrypt*", "kms:GenerateDataKey*"] }],
    uses: LOGS,
    refused: "kms:Decrypt",
    missing: ["LogGroupsEncrypt"],
  },
  {
    title: "any log group of the account",
    statements: [{ ...given.LOG_GROUP, Condition: { ArnLike: anyLogGroup() } }],
    uses: LOGS,
    refused: OK,
  },
  {
    title: "the documented statements for a volume role",
    statements: [given.VOLUME_DESCRIBE, given.VOLUME_DATA_KEY, given.VOLUME_GRANT],
    uses: VOLUME,
    refused: OK,
  },
  {
    title: "root delegation for a volume role, whose IAM policies decide",
    statements: [ROOT],
    uses: VOLUME,
    refused: OK,
  },
  {
    title: "a named administrator alone for a volume role",
    statements: [ADMIN],
    uses: VOLUME,
    refused: VOLUME_CALLS,
    missing: ["VolumesDescribeKey", "VolumesGenerateDataKey", "VolumesCreateGrant"],
  },
  {
    title: "a volume role without the grant",
    statements: [given.VOLUME_DESCRIBE, given.VOLUME_DATA_KEY],
    uses: VOLUME,
    refused: "kms:CreateGrant",
    missing: ["VolumesCreateGrant"],
  },
  {
    title: "a volume role through another service",
    statements: [given.VOLUME_DESCRIBE, through("rds.eu-west-1.amazonaws.com"), given.VOLUME_GRANT],
    uses: VOLUME,
    refused: "kms:GenerateDataKeyWithoutPlaintext",
    missing: ["VolumesGenerateDataKey"],
  },
  {
    title: "everyone of the account through EC2, as AWS's own key for EBS has it",
    statements: [{ ...through("ec2.eu-west-1.amazonaws.com"), Principal: "*", Action: "kms:*" }],
    uses: VOLUME,
    refused: "kms:DescribeKey",
    missing: ["VolumesDescribeKey"],
  },
  { title: "a deny for roles", statements: [ROOT, deny("kms:CreateGrant")], uses: VOLUME, refused: "kms:CreateGrant" },
  { title: "the task role of a session", statements: [given.EXEC_DECRYPT], uses: EXEC, refused: OK },
  { title: "root delegation for a session", statements: [ROOT], uses: EXEC, refused: OK },
  {
    title: "another task role",
    statements: [{ ...given.EXEC_DECRYPT, Principal: { AWS: given.VOLUMES } }],
    uses: EXEC,
    refused: "kms:Decrypt",
    missing: ["ExecSessions"],
  },
  {
    title: "a session bound to its target, of which nobody can tell",
    statements: [{ ...given.EXEC_DECRYPT, Condition: { StringLike: target() } }],
    uses: EXEC,
    refused: OK,
    doubted: "kms:Decrypt",
  },
];

describe("the policy of an existing key", () => {
  for (const { title, statements, uses = ORDERS, refused, doubted = OK, missing = [] } of [
    ...FARGATE_ROWS,
    ...NEIGHBOUR_ROWS,
  ]) {
    it(`${refused === OK ? "is without objection" : `refuses ${refused}`}${doubted ? `, in doubt of ${doubted}` : ""}: ${title}`, () => {
      const judgement = judgeKeyPolicy(question(statements, uses));
      assert.equal(judgement.objections.map(({ call }) => call).join(" "), refused);
      assert.equal(judgement.doubts.map(({ call }) => call).join(" "), doubted);
      assert.deepEqual(
        judgement.missing.map(({ Sid }) => Sid),
        missing,
      );
      assert.equal(judgement.unreadable, null);
    });
  }

  it("is without objection for every use when it is one that this project writes", () => {
    for (const administratorArns of [null, ["arn:aws:iam::111122223333:role/deploy"]]) {
      const uses = { ...ALL, clusterNames: ["orders", "billing"] };
      const policy = storageKeyPolicy({ ...uses, administratorArns, clusterOperatorArns: [] }, PLACE);
      const judgement = judgeKeyPolicy({ policy, keyArn: KEY, place: PLACE, uses });
      assert.deepEqual(judgement, { unreadable: null, objections: [], doubts: [], missing: [] });
    }
  });

  for (const policy of ["{", "[]", '"text"', '{"Version":"2012-10-17"}', ""]) {
    it(`is named as unreadable when it is ${JSON.stringify(policy)}`, () => {
      const judgement = judgeKeyPolicy({ ...question([], ALL), policy });
      assert.match(judgement.unreadable ?? "", /give a policy document/);
      assert.deepEqual(judgement.missing, []);
    });
  }

  it("asks for the clusters that lack something, all in one statement, and each use once", () => {
    const clusterNames = ["orders", "billing", "web", "billing"];
    const { objections, missing } = judgeKeyPolicy(question([ROOT, DATA_KEY, GRANT], { ...NONE, clusterNames }));
    assert.deepEqual(
      objections.map(({ purpose, call }) => `${purpose} ${call.slice("kms:".length)}`),
      [
        "cluster billing GenerateDataKeyWithoutPlaintext",
        "cluster billing CreateGrant",
        "cluster web GenerateDataKeyWithoutPlaintext",
        "cluster web CreateGrant",
      ],
    );
    assert.deepEqual(
      missing.map(({ Condition }) => Condition?.StringEquals?.["kms:EncryptionContext:aws:ecs:clusterName"]),
      [
        ["billing", "web"],
        ["billing", "web"],
      ],
    );
  });

  it("asks for a Sid that the policy does not have yet", () => {
    const taken = [{ ...ADMIN, Sid: "FargateCreateGrant" }, { ...ADMIN, Sid: "FargateCreateGrant2" }, DATA_KEY];
    const { missing, objections } = judgeKeyPolicy(question(taken, ORDERS));
    assert.deepEqual(
      missing.map(({ Sid }) => Sid),
      ["FargateCreateGrant3"],
    );
    assert.deepEqual(
      objections.map(({ change }) => change),
      ["add the statement FargateCreateGrant3"],
    );
  });

  it("judges the clusters of another account than the key's", () => {
    const place = { ...PLACE, account: "444455556666" };
    assert.equal(judgeKeyPolicy({ ...question([DATA_KEY, GRANT], ORDERS), place }).objections.length, 2);
    const admitted = [changed(DATA_KEY, accounts("444455556666")), changed(GRANT, accounts("444455556666"))];
    assert.equal(judgeKeyPolicy({ ...question(admitted, ORDERS), place }).objections.length, 0);
  });
});

function changed(statement: given.Json, change: given.Json): given.Json {
  const { Condition, ...rest } = change;
  const conditions = { ...(statement.Condition as given.Json), ...(Condition as given.Json | undefined) };
  return { ...statement, ...rest, Condition: conditions };
}

function without(statement: given.Json, member: string): given.Json {
  return Object.fromEntries(Object.entries(statement).filter(([name]) => name !== member));
}

function clusters(...names: readonly string[]): given.Json {
  const context = { ...given.ENCRYPTION_CONTEXT, "kms:EncryptionContext:aws:ecs:clusterName": names };
  return { Condition: { StringEquals: context } };
}

function likeClusters(pattern: string): given.Json {
  return {
    Condition: {
      StringEquals: { "kms:EncryptionContext:aws:ecs:clusterAccount": "111122223333" },
      StringLike: { "kms:EncryptionContext:aws:ecs:clusterName": pattern },
    },
  };
}

function accounts(...ids: readonly string[]): given.Json {
  const context = { ...given.ENCRYPTION_CONTEXT, "kms:EncryptionContext:aws:ecs:clusterAccount": ids };
  return { Condition: { StringEquals: context } };
}

function grantOperations(...operations: readonly string[]): given.Json {
  return { Condition: { "ForAllValues:StringEquals": { "kms:GrantOperations": operations } } };
}

function closed(statement: given.Json): given.Json {
  const names = ["aws:ecs:clusterAccount", "aws:ecs:clusterName"];
  return changed(statement, { Condition: { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": names } } });
}

function deny(action: string, principal: "Principal" | "NotPrincipal" = "Principal"): given.Json {
  const statement = { Sid: "Stop", Effect: "Deny", Action: action, Resource: "*" };
  return principal === "Principal" ? { ...statement, Principal: "*" } : statement;
}

function through(service: string): given.Json {
  const { StringEquals, ...others } = given.VOLUME_DATA_KEY.Condition as Record<string, given.Json>;
  return {
    ...given.VOLUME_DATA_KEY,
    Condition: { ...others, StringEquals: { ...StringEquals, "kms:ViaService": service } },
  };
}

function anyLogGroup(): given.Json {
  return { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:log-group:*" };
}

function target(): given.Json {
  return { "kms:EncryptionContext:aws:ssm:TargetId": "ecs:orders_*" };
}
