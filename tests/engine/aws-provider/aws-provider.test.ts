// What holds for every type: secrets, regions, default tags, functions, and the types that are only kept.

import assert from "node:assert/strict";
import { UNKNOWN } from "./property-values";
import { ACCOUNT, type ProviderSession, REGION, startSession } from "./session/provider-session";
import { urn } from "./session/urn";

const ROLE = urn("aws:iam/role:Role");
const CLUSTER = urn("aws:ecs/cluster:Cluster");
const KEY = urn("aws:kms/key:Key");

describe("the test provider", () => {
  let session: ProviderSession;
  afterEach(() => session.close());

  it("asks STS once when it is configured", async () => {
    session = await startSession();
    assert.deepEqual(session.calls(), ["query:GetCallerIdentity"]);
  });

  it("keeps in an answer what was secret in the request", async () => {
    session = await startSession();
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: { team: "pay" } };
    const { inputs } = await session.provider.check(CLUSTER, { name: "pay", tags: { team: "pay" } });
    const { secrets, state } = await session.provider.create(CLUSTER, { ...inputs, tags: secret });
    assert.deepEqual([[...secrets], state.tags], [["tags"], { team: "pay" }]);
  });

  it("acts in a resource's own region", async () => {
    session = await startSession();
    const made = await session.provider.make(CLUSTER, { name: "far", region: "eu-central-1" });
    assert.equal(made.id, `arn:aws:ecs:eu-central-1:${ACCOUNT}:cluster/far`);
    assert.equal((await session.provider.read(CLUSTER, made)).id, made.id);
    const { inputs } = await session.provider.check(CLUSTER, { name: "far", region: REGION });
    assert.deepEqual((await session.provider.diff(CLUSTER, made, inputs)).replaces, ["region"]);
  });

  it("adds the provider's default tags, and keeps them out of the resource's own", async () => {
    session = await startSession({ configuration: { defaultTags: JSON.stringify({ tags: { owner: "platform" } }) } });
    const made = await session.provider.make(CLUSTER, { name: "pay", tags: { team: "pay" } });
    assert.deepEqual(made.state.tags, { team: "pay" });
    assert.deepEqual(made.state.tagsAll, { owner: "platform", team: "pay" });
    assert.equal((await session.provider.diff(CLUSTER, made, made.inputs)).changes, false);
  });

  it("writes the region and all tags into the inputs, whatever they say of all tags", async () => {
    session = await startSession({ configuration: { defaultTags: JSON.stringify({ tags: { owner: "platform" } }) } });
    const program = { name: "pay", tags: { team: "pay" }, tagsAll: { stale: "yes" } };
    const { inputs, failures } = await session.provider.check(CLUSTER, program);
    assert.deepEqual(failures, []);
    assert.deepEqual([inputs.region, inputs.tagsAll], [REGION, { owner: "platform", team: "pay" }]);
    const elsewhere = await session.provider.check(CLUSTER, { name: "pay", region: "eu-central-1" });
    assert.equal(elsewhere.inputs.region, "eu-central-1");
    const open = await session.provider.check(CLUSTER, { name: "pay", tags: { team: UNKNOWN } });
    assert.equal(open.inputs.tagsAll, UNKNOWN);
  });

  it("imports from another region than its own by an id that ends with it", async () => {
    session = await startSession();
    const made = await session.provider.make(CLUSTER, { name: "far", region: "eu-central-1" });
    assert.equal((await session.provider.read(CLUSTER, { id: "far" })).id, "");
    const imported = await session.provider.read(CLUSTER, { id: "far@eu-central-1" });
    assert.deepEqual([imported.id, imported.inputs.region], [made.id, "eu-central-1"]);
  });

  it("says what it was doing when a read or a function fails", async () => {
    session = await startSession();
    const key = await session.provider.make(KEY, {});
    const denied = { kind: "access-denied", service: "kms", count: 2 };
    const body = JSON.stringify(denied);
    const fault = await fetch(`${session.simulator.endpoint}/_simulator/fault`, { method: "POST", body });
    assert.equal(fault.status, 200, await fault.text());
    const what = `reading KMS Key \\(${key.id}\\): `;
    const refused = "operation error KMS: DescribeKey, https .* api error AccessDeniedException: User: .*";
    await assert.rejects(
      session.provider.read(KEY, key),
      new RegExp(`refreshing ${KEY}: 1 error occurred:\\n\\t\\* ${what}${what}${refused}\\n\\n`),
    );
    await assert.rejects(
      session.provider.invoke("aws:kms/getKey:getKey", { keyId: key.id }),
      new RegExp(`invoking aws:kms/getKey:getKey: 1 error occurred:\\n\\t\\* ${what}${refused}\\n\\n`),
    );
  });

  it("answers who calls, where, and in which partition", async () => {
    session = await startSession();
    const [caller, region, partition] = await Promise.all([
      session.provider.invoke("aws:index/getCallerIdentity:getCallerIdentity"),
      session.provider.invoke("aws:index/getRegion:getRegion"),
      session.provider.invoke("aws:index/getPartition:getPartition"),
    ]);
    assert.deepEqual([caller.accountId, region.region, partition.dnsSuffix], [ACCOUNT, REGION, "amazonaws.com"]);
  });

  it("names the role behind a session", async () => {
    session = await startSession();
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/Deployer/ci`;
    const context = await session.provider.invoke("aws:iam/getSessionContext:getSessionContext", { arn });
    assert.equal(context.issuerArn, `arn:aws:iam::${ACCOUNT}:role/Deployer`);
  });

  it("writes a policy document from statements", async () => {
    session = await startSession();
    const { json } = await session.provider.invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
      statements: [
        {
          sid: "Use",
          actions: ["kms:Decrypt"],
          resources: ["*"],
          principals: [{ type: "Service", identifiers: ["fargate.amazonaws.com"] }],
          conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [ACCOUNT] }],
        },
      ],
    });
    assert.deepEqual(JSON.parse(String(json)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Use",
          Effect: "Allow",
          Principal: { Service: "fargate.amazonaws.com" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        },
      ],
    });
  });

  it("lists the subnets there are, and names a function it does not have", async () => {
    session = await startSession();
    const { ids } = await session.provider.invoke("aws:ec2/getSubnets:getSubnets");
    assert.deepEqual(ids, ["subnet-0a1b2c3d"]);
    await assert.rejects(session.provider.invoke("aws:s3/getBucket:getBucket"), /no function "aws:s3\/getBucket/);
  });

  it("keeps what a type without behaviour is told, with an ARN that is always the same", async () => {
    session = await startSession();
    session.calls();
    const { inputs } = await session.provider.check(ROLE, { assumeRolePolicy: "{}" });
    assert.equal((await session.provider.create(ROLE, inputs, true)).state.arn, UNKNOWN);
    const made = await session.provider.make(ROLE, { assumeRolePolicy: "{}" });
    const again = await session.provider.make(ROLE, { assumeRolePolicy: "{}" });
    assert.deepEqual(made.state, again.state);
    assert.equal(made.state.arn, `arn:aws:iam::${ACCOUNT}:role/${made.id}`);
    assert.equal((await session.provider.read(ROLE, made)).id, made.id);
    const changed = { ...made.inputs, assumeRolePolicy: '{"Version":"2012-10-17"}' };
    const { paths, replaces } = await session.provider.diff(ROLE, made, changed);
    assert.deepEqual([paths, replaces], [["assumeRolePolicy"], []]);
    assert.deepEqual(session.calls(), []);
  });

  it("gives kept types the ids and ARNs that AWS gives them, and outputs that are unknown until they are made", async () => {
    session = await startSession();
    const VPC = urn("aws:ec2/vpc:Vpc");
    const { inputs } = await session.provider.check(VPC, { cidrBlock: "10.0.0.0/16", tags: { team: "pay" } });
    assert.equal((await session.provider.create(VPC, inputs, true)).state.defaultSecurityGroupId, UNKNOWN);
    const vpc = await session.provider.make(VPC, { cidrBlock: "10.0.0.0/16", tags: { team: "pay" } });
    assert.match(vpc.id, /^vpc-[0-9a-f]{17}$/);
    assert.match(String(vpc.state.defaultSecurityGroupId), /^sg-/);
    assert.deepEqual(
      [vpc.state.arn, vpc.state.ownerId, vpc.state.tagsAll],
      [`arn:aws:ec2:${REGION}:${ACCOUNT}:vpc/${vpc.id}`, ACCOUNT, { team: "pay" }],
    );
    const topic = await session.provider.make(urn("aws:sns/topic:Topic"), { name: "alarms" });
    assert.deepEqual([topic.id, topic.state.arn], [topic.state.arn, `arn:aws:sns:${REGION}:${ACCOUNT}:alarms`]);
    const state = await session.provider.update(VPC, vpc, { ...vpc.inputs, enableDnsSupport: true });
    assert.deepEqual(state, { ...vpc.state, enableDnsSupport: true });
  });
});
