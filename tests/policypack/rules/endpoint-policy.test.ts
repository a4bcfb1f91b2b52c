import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { endpointPolicy } from "../../../policypack/rules/network/endpoint-policy";
import { NATIVE_VPC_ENDPOINT, VPC_ENDPOINT, VPC_ENDPOINT_POLICY } from "../../../policypack/rules/resource-types";
import type { Finding, StackSubject } from "../../../policypack/rules/rule";
import type { Verdict } from "../../../policypack/rules/verdict";
import { ENDPOINT_ID, endpointDocument, GIVEN } from "../compliant/network";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/endpoint-policy";
import { subject } from "../subjects";

const REGISTERED = { serviceName: [], vpcId: [] };

function endpoint(properties: Properties, madeFrom: StackSubject["madeFrom"] = GIVEN): StackSubject {
  return subject(VPC_ENDPOINT, properties, { name: "ecr", madeFrom });
}

function beside(properties: Properties, madeFrom: StackSubject["madeFrom"]): StackSubject {
  return subject(VPC_ENDPOINT_POLICY, properties, { name: "beside", madeFrom });
}

function said(...resources: readonly StackSubject[]): readonly Finding[] {
  return findings(endpointPolicy, resources);
}

function only(...resources: readonly StackSubject[]): Verdict {
  const [finding, ...more] = said(...resources);
  assert.equal(more.length, 0);
  return finding?.verdict ?? assert.fail("nothing was judged");
}

function withStatement(broken: Properties, properties: Properties = {}): Verdict {
  return only(endpoint({ policy: JSON.stringify(endpointDocument(broken)), ...properties }));
}

describe("endpoint-policy", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(endpointPolicy, SCENES));

  it("fails with full access, however it is written", () => {
    for (const broken of [
      { Condition: undefined, Action: "*" },
      { Condition: undefined },
      { Condition: {}, Action: ["ecr:*"], Principal: { AWS: "*" }, Resource: ["*"] },
      { Condition: undefined, Action: undefined, NotAction: "ecr:DeleteRepository" },
      { Condition: undefined, Resource: "arn:aws:ecr:*:*:*" },
    ]) {
      const verdict = withStatement(broken);
      assert.equal(verdict.kind, "fail", JSON.stringify(broken));
      assert.match(verdict.reason, /^The policy of VPC endpoint "ecr" \(ecr\.api\) allows everything to everybody\.$/);
    }
  });

  it("passes with a limit of any kind: a condition, principals, actions, resources, a deny", () => {
    for (const broken of [
      {},
      { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } },
      { Condition: undefined, Principal: { AWS: "arn:aws:iam::111122223333:root" } },
      { Condition: undefined, Action: ["ecr:BatchGetImage", "ecr:Get*"] },
      { Condition: undefined, Resource: "arn:aws:ecr:eu-central-1:111122223333:repository/*" },
    ]) {
      assert.equal(withStatement(broken).kind, "pass", JSON.stringify(broken));
    }
    const open = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
    const guard = {
      ...open,
      Effect: "Deny",
      Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } },
    };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [open, guard] });
    assert.equal(only(endpoint({ policy })).kind, "pass");
  });

  it("judges the services that tasks on Fargate use, in every partition, and no others", () => {
    const open = { Condition: undefined, Action: "*" };
    for (const serviceName of [
      "com.amazonaws.eu-central-1.s3",
      "com.amazonaws.us-gov-west-1.kms-fips",
      "cn.com.amazonaws.cn-north-1.ecr.dkr",
    ]) {
      assert.equal(withStatement(open, { serviceName }).kind, "fail", serviceName);
    }
    for (const serviceName of [
      "com.amazonaws.eu-central-1.dynamodb",
      "com.amazonaws.vpce.eu-central-1.vpce-svc-1",
      undefined,
      UNKNOWN,
    ]) {
      assert.equal(withStatement(open, { serviceName }).kind, "notApplicable", String(serviceName));
    }
  });

  it("shows a policy for the own account, and for S3 one that lets image layers through", () => {
    const ecr = withStatement({ Condition: undefined });
    assert.ok(ecr.kind === "fail" && ecr.change.join("\n").includes('"aws:PrincipalAccount": "YOUR-ACCOUNT"'));
    const s3 = withStatement({ Condition: undefined, Action: "*" }, { serviceName: "com.amazonaws.eu-central-1.s3" });
    assert.ok(s3.kind === "fail" && s3.change.join("\n").includes('"prod-eu-central-1-starport-layer-bucket/*"'));
  });

  it("fails before the update where the program leaves the policy out and the provider will fill it in", () => {
    for (const verdict of [only(endpoint({ policy: UNKNOWN }, REGISTERED)), only(endpoint({ policy: "" }, {}))]) {
      assert.equal(verdict.kind, "fail");
      assert.match(verdict.reason, /^VPC endpoint "ecr" \(ecr\.api\) has no policy:/);
    }
  });

  it("says nothing of a policy that is given and not known yet, nor where nobody can tell", () => {
    assert.equal(only(endpoint({ policy: UNKNOWN }, { ...REGISTERED, policy: [] })).kind, "notApplicable");
    assert.equal(only(endpoint({ policy: UNKNOWN }, {})).kind, "notApplicable");
    const native = subject(NATIVE_VPC_ENDPOINT, { policyDocument: endpointDocument({ Resource: UNKNOWN }) });
    assert.equal(only(native).kind, "notApplicable");
  });

  it("says nothing of what is no policy: AWS refuses it", () => {
    for (const policy of ["{", "[]", "7", '"text"', '{"Statement": 1}']) {
      assert.notEqual(only(endpoint({ policy })).kind, "fail", policy);
    }
  });

  it("judges a policy beside the endpoint in place of its own, joined by source or by id", () => {
    const bare = endpoint({ policy: UNKNOWN, id: UNKNOWN }, REGISTERED);
    const joined = beside({ vpcEndpointId: UNKNOWN }, { vpcEndpointId: [bare.urn], policy: [] });
    assert.deepEqual(
      said(bare, joined).map(({ subject: { name }, verdict }) => [name, verdict.kind]),
      [["beside", "pass"]],
    );
    const unfilled = beside({ vpcEndpointId: UNKNOWN, policy: UNKNOWN }, { vpcEndpointId: [bare.urn] });
    const [finding] = said(bare, unfilled);
    assert.ok(finding?.verdict.kind === "fail" && finding.subject.name === "beside");
    assert.equal(only(endpoint({ policy: "" }), beside({ vpcEndpointId: ENDPOINT_ID }, {})).kind, "pass");
  });

  it("is not silenced by a policy of another endpoint, and is by one that may be of this", () => {
    const bare = endpoint({ policy: undefined });
    const other = subject(VPC_ENDPOINT, {}, { name: "logs", madeFrom: GIVEN });
    const ofOther = beside({ vpcEndpointId: UNKNOWN }, { vpcEndpointId: [other.urn] });
    assert.deepEqual(
      said(bare, other, ofOther).map(({ verdict }) => verdict.kind),
      ["fail", "pass"],
    );
    assert.equal(only(bare, beside({ vpcEndpointId: UNKNOWN }, {})).kind, "notApplicable");
    assert.equal(only(endpoint({ policy: undefined, id: UNKNOWN }), beside({}, {})).kind, "notApplicable");
  });
});
