// aws:kms/key:Key over gRPC, with its calls held against what the official provider was seen to call.

import assert from "node:assert/strict";
import { DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { UNKNOWN } from "../../property-values";
import { ACCOUNT, type ProviderSession, REGION, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const KEY = urn("aws:kms/key:Key");
const READ = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"];
const five = (name: string): readonly string[] => [name, name, name, name, name];

describe("the test provider's KMS key", () => {
  let session: ProviderSession;
  beforeEach(async () => {
    session = await startSession();
    session.calls();
  });
  afterEach(() => session.close());

  it("is previewed without a call, with what only KMS can tell unknown", async () => {
    const { inputs, failures } = await session.provider.check(KEY, { tags: { team: "pay" } });
    const { state } = await session.provider.create(KEY, inputs, true);
    assert.deepEqual(failures, []);
    assert.deepEqual([state.arn, state.keyId, state.policy], [UNKNOWN, UNKNOWN, UNKNOWN]);
    assert.deepEqual([state.tagsAll, state.region], [{ team: "pay" }, REGION]);
    assert.deepEqual(session.calls(), []);
  });

  it("is created by CreateKey and a read alone when nothing is asked of it", async () => {
    const { id, state } = await session.provider.make(KEY, {});
    assert.deepEqual(session.calls(), ["kms:CreateKey", ...READ]);
    assert.equal(state.arn, `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`);
    assert.equal(state.keyId, id);
  });

  it("reads rotation, policy and tags back five times each", async () => {
    const made = await session.provider.make(KEY, program());
    assert.deepEqual(session.calls(), [
      "kms:CreateKey",
      "kms:EnableKeyRotation",
      ...five("kms:GetKeyRotationStatus"),
      ...five("kms:GetKeyPolicy"),
      ...five("kms:ListResourceTags"),
      ...READ,
    ]);
    const { inputs } = await session.provider.check(KEY, program(), { olds: made.inputs });
    assert.equal((await session.provider.diff(KEY, made, inputs)).changes, false);
  });

  it("keeps the wording of a policy that reads the same", async () => {
    const { state } = await session.provider.make(KEY, { policy: policy("kms:*") });
    assert.equal(state.policy, policy("kms:*"));
  });

  it("is disabled with fifteen reads, before its policy is read back", async () => {
    const { state } = await session.provider.make(KEY, { isEnabled: false });
    assert.deepEqual(session.calls().slice(0, 18), [
      "kms:CreateKey",
      "kms:DisableKey",
      ...Array(15).fill("kms:DescribeKey"),
      "kms:DescribeKey",
    ]);
    assert.equal(state.isEnabled, false);
  });

  it("changes its tags first, then its description, then its policy", async () => {
    const made = await session.provider.make(KEY, program());
    session.calls();
    const changed = { ...program(), description: "new", policy: policy("kms:*", "Admin"), tags: { team: "ops" } };
    const { state } = await session.provider.change(KEY, made, changed);
    assert.deepEqual(session.calls(), [
      "kms:TagResource",
      ...five("kms:ListResourceTags"),
      "kms:UpdateKeyDescription",
      ...five("kms:DescribeKey"),
      "kms:PutKeyPolicy",
      ...five("kms:GetKeyPolicy"),
      ...READ,
    ]);
    assert.deepEqual([state.description, state.tagsAll], ["new", { team: "ops" }]);
  });

  it("keeps a changed deletion window in its state, and sends it with the deletion", async () => {
    const made = await session.provider.make(KEY, { deletionWindowInDays: 30 });
    const changed = await session.provider.change(KEY, made, { deletionWindowInDays: 7 });
    session.calls();
    await session.provider.delete(KEY, changed);
    const calls = session.recorded();
    assert.deepEqual(
      calls.map(({ name }) => name),
      ["kms:ScheduleKeyDeletion", "kms:DescribeKey"],
    );
    assert.deepEqual(calls[0]?.input, { KeyId: made.id, PendingWindowInDays: 7 });
    await session.provider.delete(KEY, changed);
    assert.equal((await session.provider.read(KEY, made)).id, "", "a key that waits for its deletion is gone");
  });

  it("is replaced for another key spec, and only for what AWS cannot change", async () => {
    const made = await session.provider.make(KEY, {});
    const { inputs } = await session.provider.check(KEY, { customerMasterKeySpec: "RSA_2048", description: "d" });
    const { replaces, diffs } = await session.provider.diff(KEY, made, inputs);
    assert.deepEqual(replaces, ["customerMasterKeySpec"]);
    assert.deepEqual(diffs, ["customerMasterKeySpec", "description"]);
  });

  it("shows on refresh what was changed behind its back", async () => {
    const made = await session.provider.make(KEY, {});
    const kms = new KMSClient({
      region: REGION,
      endpoint: session.simulator.endpoint,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
    });
    await kms.send(new DisableKeyCommand({ KeyId: made.id }));
    kms.destroy();
    const refreshed = await session.provider.read(KEY, made);
    assert.equal(refreshed.state.isEnabled, false);
    assert.deepEqual((await session.provider.diff(KEY, refreshed, made.inputs)).paths, ["isEnabled"]);
  });

  it("is imported by its id, with the inputs that say something", async () => {
    const made = await session.provider.make(KEY, program());
    const imported = await session.provider.read(KEY, { id: made.id });
    assert.equal(imported.state.arn, made.state.arn);
    assert.deepEqual(imported.inputs.tags, { team: "pay" });
    assert.equal(imported.inputs.enableKeyRotation, true);
    assert.equal("isEnabled" in imported.inputs, false);
  });

  it("says what is wrong with wrong inputs, each by its name", async () => {
    const { failures } = await session.provider.check(KEY, { deletionWindowInDays: 3, keyUsage: "SIGN", polcy: "{}" });
    assert.match(
      failures.join("\n"),
      /deletionWindowInDays: expected deletionWindowInDays to be in the range \(7 - 30\), got 3/,
    );
    assert.match(failures.join("\n"), /keyUsage: expected keyUsage to be one of \["ENCRYPT_DECRYPT" .*\], got SIGN/);
    assert.match(failures.join("\n"), /polcy: Unknown property "polcy"; there are .*policy/);
  });
});

function program() {
  return {
    description: "for tests",
    enableKeyRotation: true,
    rotationPeriodInDays: 180,
    policy: policy("kms:*"),
    tags: { team: "pay" },
  };
}

function policy(action: string, sid = "Root"): string {
  const principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const statement = { Sid: sid, Resource: "*", Effect: "Allow", Principal: principal, Action: [action] };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}
