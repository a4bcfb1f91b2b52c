// aws:kms/externalKey:ExternalKey over gRPC, with its calls held against what the official provider was seen to call.

import assert from "node:assert/strict";
import { GetParametersForImportCommand, ImportKeyMaterialCommand, KMSClient } from "@aws-sdk/client-kms";
import { UNKNOWN } from "../../property-values";
import { ACCOUNT, type ProviderSession, REGION, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const KEY = urn("aws:kms/externalKey:ExternalKey");
const READ = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListResourceTags"];
const MATERIAL = Buffer.alloc(32, 7).toString("base64");
const VALID_TO = "2026-12-01T00:00:00Z";
const five = (name: string): readonly string[] => [name, name, name, name, name];

describe("the test provider's external KMS key", () => {
  let session: ProviderSession;
  beforeEach(async () => {
    session = await startSession();
    session.calls();
  });
  afterEach(() => session.close());

  it("waits for its material when the program gives none", async () => {
    const { inputs } = await session.provider.check(KEY, { tags: { team: "pay" } });
    const preview = await session.provider.create(KEY, inputs, true);
    assert.deepEqual([preview.state.arn, preview.state.keyState, preview.state.enabled], [UNKNOWN, UNKNOWN, UNKNOWN]);
    const made = await session.provider.make(KEY, { tags: { team: "pay" } });
    const calls = session.recorded();
    assert.deepEqual(
      calls.map(({ name }) => name),
      ["kms:CreateKey", ...five("kms:ListResourceTags"), ...READ],
    );
    assert.equal(calls[0]?.input.Origin, "EXTERNAL");
    const { keyState, enabled, expirationModel, validTo, deletionWindowInDays } = made.state;
    assert.deepEqual(
      [keyState, enabled, expirationModel, validTo, deletionWindowInDays],
      ["PendingImport", false, "", undefined, 30],
    );
    assert.equal((await session.provider.diff(KEY, made, made.inputs)).changes, false);
  });

  it("shows on refresh the material that a person imported, and is quiet about it", async () => {
    const made = await session.provider.make(KEY, {});
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "any" };
    const kms = new KMSClient({ region: REGION, endpoint: session.simulator.endpoint, credentials });
    const wrapping = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_4096" } as const;
    const { ImportToken } = await kms.send(new GetParametersForImportCommand({ KeyId: made.id, ...wrapping }));
    const EncryptedKeyMaterial = new Uint8Array(512);
    const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
    const material = { KeyId: made.id, ImportToken, EncryptedKeyMaterial, ExpirationModel } as const;
    await kms.send(new ImportKeyMaterialCommand(material));
    kms.destroy();
    assert.equal((await session.provider.diff(KEY, made, made.inputs)).changes, false);
    const refreshed = await session.provider.read(KEY, made);
    const { keyState, enabled, expirationModel } = refreshed.state;
    assert.deepEqual([keyState, enabled, expirationModel], ["Enabled", true, ExpirationModel]);
    assert.equal((await session.provider.diff(KEY, refreshed, made.inputs)).changes, false);
  });

  it("imports the material that the program gives, wrapped, and imports it anew for another expiry", async () => {
    const program = { keyMaterialBase64: MATERIAL, enabled: true, validTo: VALID_TO };
    const made = await session.provider.make(KEY, program);
    assert.deepEqual(session.calls(), [
      "kms:CreateKey",
      "kms:GetParametersForImport",
      "kms:ImportKeyMaterial",
      "kms:DescribeKey",
      ...five("kms:DescribeKey"),
      ...READ,
    ]);
    assert.deepEqual([made.state.keyState, made.state.validTo], ["Enabled", VALID_TO]);
    const later = await session.provider.change(KEY, made, { ...program, validTo: "2027-01-01T00:00:00Z" });
    assert.equal(later.state.validTo, "2027-01-01T00:00:00Z");
    const other = { ...later.inputs, keyMaterialBase64: Buffer.alloc(32, 8).toString("base64") };
    assert.deepEqual((await session.provider.diff(KEY, later, other)).replaces, ["keyMaterialBase64"]);
  });

  it("is a key of no other origin, and is deleted like any", async () => {
    const ordinary = await session.provider.make(urn("aws:kms/key:Key"), {});
    await assert.rejects(
      session.provider.read(KEY, { id: ordinary.id }),
      /KMS External Key \(.*\) has invalid Origin: AWS_KMS/,
    );
    const made = await session.provider.make(KEY, {});
    await session.provider.delete(KEY, made);
    assert.equal((await session.provider.read(KEY, made)).id, "");
  });
});
