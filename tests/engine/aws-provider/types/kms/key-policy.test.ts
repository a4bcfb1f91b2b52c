// aws:kms/keyPolicy:KeyPolicy and aws:kms/alias:Alias over gRPC, with their calls.

import assert from "node:assert/strict";
import type { PropertyMap } from "../../property-values";
import type { Made } from "../../session/provider-client";
import { ACCOUNT, type ProviderSession, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const KEY = urn("aws:kms/key:Key");
const POLICY = urn("aws:kms/keyPolicy:KeyPolicy");
const ALIAS = urn("aws:kms/alias:Alias");
const READ = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"];
const WRITE = ["kms:PutKeyPolicy", ...Array(5).fill("kms:GetKeyPolicy")];

describe("the test provider's KMS key policy", () => {
  let session: ProviderSession;
  let key: Made;
  beforeEach(async () => {
    session = await startSession();
    key = await session.provider.make(KEY, {});
    session.calls();
  });
  afterEach(() => session.close());

  it("is written with sorted members, read back five times, and read as the whole key", async () => {
    const made = await session.provider.make(POLICY, { keyId: key.id, policy: policy("A") });
    const calls = session.recorded();
    assert.deepEqual(
      calls.map(({ name }) => name),
      [...WRITE, ...READ],
    );
    const sent = `{"Statement":[{"Action":"kms:*","Effect":"Allow","Principal":{"AWS":"${root()}"},"Resource":"*","Sid":"A"}],"Version":"2012-10-17"}`;
    assert.deepEqual(calls[0]?.input, { KeyId: key.id, PolicyName: "default", Policy: sent });
    assert.equal(made.id, key.id);
    assert.equal(made.state.policy, policy("A"));
  });

  it("writes nothing when only its key changes, as the official provider", async () => {
    const made = await session.provider.make(POLICY, { keyId: key.id, policy: policy("A") });
    const other = await session.provider.make(urn("aws:kms/key:Key", "other"), {});
    session.calls();
    const changed = await session.provider.change(POLICY, made, { keyId: other.id, policy: policy("A") });
    assert.deepEqual(session.calls(), READ);
    assert.equal(changed.state.keyId, key.id);
  });

  it("gives a key id for an ARN when it is read, so that an ARN differs for ever", async () => {
    const inputs = { keyId: String(key.state.arn), policy: policy("A") };
    const made = await session.provider.make(POLICY, inputs);
    assert.deepEqual((await session.provider.diff(POLICY, made, made.inputs)).paths, ["keyId"]);
  });

  it("leaves the policy of the account's root behind when it is deleted", async () => {
    const made = await session.provider.make(POLICY, { keyId: key.id, policy: policy("A") });
    session.calls();
    await session.provider.delete(POLICY, made);
    const calls = session.recorded();
    assert.deepEqual(
      calls.map(({ name }) => name),
      WRITE,
    );
    const left = JSON.parse(String(calls[0]?.input.Policy)) as PropertyMap;
    assert.equal(left.Id, "default");
    assert.match(JSON.stringify(left.Statement), /"Sid":"Enable IAM User Permissions"/);
  });

  it("tells a refused policy in the provider's words", async () => {
    const refused = { keyId: key.id, policy: JSON.stringify({ Version: "2012-10-17" }) };
    await assert.rejects(session.provider.make(POLICY, refused), (error: Error) => {
      assert.match(
        error.message,
        /1 error occurred:\n\t\* attaching KMS Key policy \([0-9a-f-]+\): operation error KMS: PutKeyPolicy, https response error StatusCode: 400, RequestID: [0-9a-f-]+, MalformedPolicyDocumentException: /,
      );
      return true;
    });
  });

  it("has an alias that is found in the whole list, and is the same by key id and by ARN", async () => {
    const alias = await session.provider.make(ALIAS, { targetKeyId: key.id });
    assert.deepEqual(session.calls(), ["kms:CreateAlias", "kms:ListAliases"]);
    assert.match(alias.id, /^alias\/it-[0-9a-f]{7}$/);
    assert.equal(alias.state.targetKeyArn, key.state.arn);
    const byArn = { ...alias.inputs, targetKeyId: String(key.state.arn) };
    assert.equal((await session.provider.diff(ALIAS, alias, byArn)).changes, false);
    const other = await session.provider.make(urn("aws:kms/key:Key", "other"), {});
    session.calls();
    const moved = await session.provider.change(ALIAS, alias, { targetKeyId: other.id });
    assert.deepEqual(session.calls(), ["kms:UpdateAlias", "kms:ListAliases"]);
    assert.equal(moved.state.name, alias.state.name);
    await session.provider.delete(ALIAS, moved);
    assert.deepEqual(session.calls(), ["kms:DeleteAlias"]);
    assert.equal((await session.provider.read(ALIAS, moved)).id, "");
  });
});

function root(): string {
  return `arn:aws:iam::${ACCOUNT}:root`;
}

function policy(sid: string): string {
  const statement = { Sid: sid, Effect: "Allow", Principal: { AWS: root() }, Action: "kms:*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
