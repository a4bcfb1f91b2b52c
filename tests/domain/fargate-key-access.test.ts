// Key policies of documentation and of the wild, call by call. Each case starts from AWS's documented policy for cluster `web`
// of account 111122223333; expected decisions are literals in the order of FARGATE_CALLS: data key dry run, data key,
// grant dry run, grant.

import assert from "node:assert/strict";
import { fargateKeyAccess } from "../../domain/fargate-key-access";

type Json = Readonly<Record<string, unknown>>;

const ACCOUNT_AND_NAME = {
  "kms:EncryptionContext:aws:ecs:clusterAccount": ["111122223333"],
  "kms:EncryptionContext:aws:ecs:clusterName": ["web"],
};
const ADMIN = {
  Sid: "Admin",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:root" },
  Action: "kms:*",
  Resource: "*",
};
const DATA_KEY = {
  Sid: "DataKey",
  Effect: "Allow",
  Principal: { Service: "fargate.amazonaws.com" },
  Action: ["kms:GenerateDataKeyWithoutPlaintext"],
  Condition: { StringEquals: ACCOUNT_AND_NAME },
  Resource: "*",
};
const GRANT = {
  Sid: "Grant",
  Effect: "Allow",
  Principal: { Service: "fargate.amazonaws.com" },
  Action: ["kms:CreateGrant"],
  Condition: {
    StringEquals: ACCOUNT_AND_NAME,
    "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] },
  },
  Resource: "*",
};
const WORLD_OPEN = {
  Sid: "Enable IAM User Permissions",
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: "kms:*",
  Resource: "*",
};

const YES = "allow";
const NONE = "implicit-deny";
const NO = "deny";
const OPEN = "unknown";
const ALL = [YES, YES, YES, YES];

interface Row {
  readonly title: string;
  readonly statements: readonly Json[];
  readonly verdict: "pass" | "fail" | "unknown";
  readonly decisions: readonly string[];
  readonly change?: RegExp;
  readonly clusterName?: string;
  readonly account?: string;
}

const ROWS: readonly Row[] = [
  { title: "the documented policy", statements: [ADMIN, DATA_KEY, GRANT], verdict: "pass", decisions: ALL },
  {
    title: "the documented policy, asked for another cluster",
    statements: [ADMIN, DATA_KEY, GRANT],
    clusterName: "api",
    verdict: "fail",
    decisions: [NONE, NONE, NONE, NONE],
    change: /add api to the cluster names of DataKey/,
  },
  {
    title: "the documented policy, asked for another account",
    statements: [ADMIN, DATA_KEY, GRANT],
    account: "444455556666",
    verdict: "fail",
    decisions: [NONE, NONE, NONE, NONE],
    change: /add 444455556666 to the cluster accounts of DataKey/,
  },
  {
    title: "a cluster name of another case",
    statements: [ADMIN, DATA_KEY, GRANT],
    clusterName: "Web",
    verdict: "fail",
    decisions: [NONE, NONE, NONE, NONE],
  },
  {
    title: "root delegation alone, which lets in no AWS service",
    statements: [ADMIN],
    verdict: "fail",
    decisions: [NONE, NONE, NONE, NONE],
    change: /add the documented Fargate statement for kms:GenerateDataKeyWithoutPlaintext/,
  },
  {
    title: "the grant statement missing",
    statements: [ADMIN, DATA_KEY],
    verdict: "fail",
    decisions: [YES, YES, NONE, NONE],
    change: /add the documented Fargate statement for kms:CreateGrant/,
  },
  {
    title: "the cluster's account alone as condition",
    statements: [{ ...DATA_KEY, Action: "kms:*", Condition: { StringEquals: only("clusterAccount", "111122223333") } }],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "the example of Terraform, world-open, with another cluster's name",
    statements: [WORLD_OPEN, { ...DATA_KEY, Condition: { StringEquals: only("clusterName", "example") } }],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "a misspelt set operator, whose grants cannot be decided",
    statements: [
      ADMIN,
      DATA_KEY,
      { ...GRANT, Condition: { ForAllValuesStringEquals: { "kms:GrantOperations": ["Decrypt"] } } },
    ],
    verdict: "unknown",
    decisions: [YES, YES, OPEN, OPEN],
    change: /spell the operator of Grant right/,
  },
  {
    title: "a closed list of context keys, which lets the dry runs pass and stops the real calls",
    statements: [ADMIN, closed(DATA_KEY), closed(GRANT)],
    verdict: "fail",
    decisions: [YES, NONE, YES, NONE],
    change: /add aws:ebs:id to kms:EncryptionContextKeys of DataKey/,
  },
  {
    title: "one list of context keys with the volume's among them",
    statements: [closed(DATA_KEY, "aws:ebs:id"), closed(GRANT, "aws:ebs:id")],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "grant operations asked of every call: ForAllValues holds where the key is missing",
    statements: [{ ...GRANT, Action: ["kms:CreateGrant", "kms:GenerateDataKeyWithoutPlaintext"] }],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "grant operations without Decrypt",
    statements: [
      DATA_KEY,
      { ...GRANT, Condition: { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Encrypt"] } } },
    ],
    verdict: "fail",
    decisions: [YES, YES, NONE, NONE],
    change: /let Grant allow the grant operation Decrypt/,
  },
  {
    title: "a principal of a Region",
    statements: [{ ...DATA_KEY, Principal: { Service: "fargate.eu-west-1.amazonaws.com" } }, GRANT],
    verdict: "fail",
    decisions: [NONE, NONE, YES, YES],
  },
  {
    title: "the task's principal in place of Fargate's",
    statements: [{ ...DATA_KEY, Principal: { Service: "ecs-tasks.amazonaws.com" } }, GRANT],
    verdict: "fail",
    decisions: [NONE, NONE, YES, YES],
  },
  {
    title: "a statement without Resource, which has no effect",
    statements: [leaveOut(DATA_KEY, "Resource"), GRANT],
    verdict: "fail",
    decisions: [NONE, NONE, YES, YES],
    change: /give DataKey an Action and a Resource "\*"/,
  },
  {
    title: "conditions of other JSON types",
    statements: [
      {
        ...DATA_KEY,
        Condition: { Bool: { "aws:PrincipalIsAWSService": true }, StringEquals: only("clusterName", "web") },
      },
      GRANT,
    ],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "action and condition key names in another case",
    statements: [
      {
        ...DATA_KEY,
        Action: "KMS:generatedatakeywithoutplaintext",
        Condition: { StringEquals: { "KMS:ENCRYPTIONCONTEXT:aws:ecs:clustername": "web" } },
      },
      GRANT,
    ],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "a required source account, which no document shows in the request",
    statements: [{ ...DATA_KEY, Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }, GRANT],
    verdict: "unknown",
    decisions: [OPEN, OPEN, YES, YES],
    change: /use the documented Fargate statement in place of DataKey/,
  },
  {
    title: "a required kms:ViaService, which no document shows in the request",
    statements: [
      DATA_KEY,
      { ...GRANT, Condition: { StringEquals: { "kms:ViaService": "ecs.eu-west-1.amazonaws.com" } } },
    ],
    verdict: "unknown",
    decisions: [YES, YES, OPEN, OPEN],
  },
  {
    title: "Control Tower's CT.KMS.PR.3 statement, which excepts AWS services",
    statements: [
      ADMIN,
      DATA_KEY,
      GRANT,
      deny(
        "CT.KMS.PR.3",
        { BoolIfExists: { "kms:GrantIsForAWSResource": "false", "aws:PrincipalIsAWSService": "false" } },
        "kms:CreateGrant",
      ),
    ],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "a deny for other organisations without exemption",
    statements: [ADMIN, DATA_KEY, GRANT, deny("Org", { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } })],
    verdict: "fail",
    decisions: [NO, NO, NO, NO],
    change: /except AWS services from Org/,
  },
  {
    title: "a deny for other organisations that excepts AWS services",
    statements: [
      ADMIN,
      DATA_KEY,
      GRANT,
      deny("Org", {
        StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      }),
    ],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "a deny outside of a VPC endpoint without exemption",
    statements: [ADMIN, DATA_KEY, GRANT, deny("Endpoint", { StringNotEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } })],
    verdict: "fail",
    decisions: [NO, NO, NO, NO],
    change: /aws:PrincipalIsAWSService/,
  },
  {
    title: "a deny without TLS, which no call of AWS meets",
    statements: [ADMIN, DATA_KEY, GRANT, deny("Tls", { Bool: { "aws:SecureTransport": "false" } })],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "a deny without multi-factor authentication, of which no document says how services meet it",
    statements: [ADMIN, DATA_KEY, GRANT, deny("Mfa", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } })],
    verdict: "unknown",
    decisions: [OPEN, OPEN, OPEN, OPEN],
    change: /prove it with a probe/,
  },
  {
    title: "a deny for every other cluster, asked for this one",
    statements: [ADMIN, DATA_KEY, GRANT, deny("Lock", { StringNotEquals: only("clusterName", "web") })],
    verdict: "pass",
    decisions: ALL,
  },
  {
    title: "a deny for every other cluster, asked for another",
    statements: [ADMIN, DATA_KEY, GRANT, deny("Lock", { StringNotEquals: only("clusterName", "web") })],
    clusterName: "api",
    verdict: "fail",
    decisions: [NO, NO, NO, NO],
    change: /add api to the cluster names of Lock/,
  },
];

describe("what a key policy lets Fargate do", () => {
  for (const { title, statements, verdict, decisions, change, clusterName = "web", account = "111122223333" } of ROWS) {
    it(`${title}: ${verdict}`, () => {
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
      const access = fargateKeyAccess({ policy, account, region: "eu-west-1", clusterName });
      assert.deepEqual(
        access.calls.map(({ decision }) => decision),
        decisions,
      );
      assert.equal(access.verdict, verdict);
      const changes = access.calls.flatMap((call) => call.change ?? []);
      assert.equal(changes.length, decisions.filter((decision) => decision !== YES).length);
      if (change !== undefined) assert.match(changes.join("\n"), change);
    });
  }

  it("names the statement that decides each call", () => {
    const { calls } = ask([ADMIN, DATA_KEY, GRANT]);
    assert.deepEqual(
      calls.map(({ operation, mode, deciding }) => [operation, mode, ...deciding]),
      [
        ["GenerateDataKeyWithoutPlaintext", "dryRun", "DataKey"],
        ["GenerateDataKeyWithoutPlaintext", "real", "DataKey"],
        ["CreateGrant", "dryRun", "Grant"],
        ["CreateGrant", "real", "Grant"],
      ],
    );
  });

  it("does not judge what is no policy", () => {
    const access = fargateKeyAccess({
      policy: "{nope",
      account: "111122223333",
      region: "eu-west-1",
      clusterName: "web",
    });
    assert.deepEqual([access.verdict, access.calls], ["unknown", []]);
    assert.match(access.reason, /not JSON/);
  });

  it("takes a Resource that is the key's ARN when the ARN is given, and does not decide without", () => {
    const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const statements = [DATA_KEY, GRANT].map((one) => ({ ...one, Resource: keyArn }));
    assert.equal(ask(statements, { keyArn }).verdict, "pass");
    assert.equal(ask(statements, { keyArn: keyArn.replace("1234abcd", "9999abcd") }).verdict, "fail");
    assert.equal(ask(statements).verdict, "unknown");
  });

  it("takes the key's account from its ARN", () => {
    const keyArn = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const outside = deny("Outside", { StringNotEquals: { "aws:ResourceAccount": "444455556666" } });
    assert.equal(ask([DATA_KEY, GRANT, outside], { keyArn }).verdict, "pass");
    assert.equal(ask([DATA_KEY, GRANT, outside]).verdict, "fail");
  });
});

function ask(statements: readonly Json[], more: { readonly keyArn?: string } = {}) {
  const policy = { Version: "2012-10-17", Statement: statements };
  return fargateKeyAccess({ policy, account: "111122223333", region: "eu-west-1", clusterName: "web", ...more });
}

function only(key: "clusterAccount" | "clusterName", value: string): Json {
  return { [`kms:EncryptionContext:aws:ecs:${key}`]: value };
}

function deny(sid: string, condition: Json, action = "kms:*"): Json {
  return { Sid: sid, Effect: "Deny", Principal: "*", Action: action, Resource: "*", Condition: condition };
}

function closed(statement: { readonly Condition: Json }, ...more: readonly string[]): Json {
  const keys = ["aws:ecs:clusterAccount", "aws:ecs:clusterName", ...more];
  const set = {
    ...(statement.Condition["ForAllValues:StringEquals"] as Json | undefined),
    "kms:EncryptionContextKeys": keys,
  };
  return { ...statement, Condition: { ...statement.Condition, "ForAllValues:StringEquals": set } };
}

function leaveOut(statement: Json, element: string): Json {
  return Object.fromEntries(Object.entries(statement).filter(([key]) => key !== element));
}
