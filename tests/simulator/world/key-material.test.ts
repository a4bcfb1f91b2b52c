// Importing key material out of band, as a person does it with the SDK: parameters, wrapping, import, expiry, deletion.

import assert from "node:assert/strict";
import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import * as kms from "@aws-sdk/client-kms";
import { fargatePolicy, refusalOf, withAccount } from "../provider/account";

const OAEP = "RSAES_OAEP_SHA_256";
const FOREVER = "KEY_MATERIAL_DOES_NOT_EXPIRE";
const DAY_SECONDS = 86_400;

describe("25c a key of origin EXTERNAL waits for its material, which is imported with a token of 24 hours, and can be deleted again", () => {
  it("takes material that was wrapped under the public key of its parameters", () =>
    withAccount(async ({ kms: client }) => {
      const KeyId = await waitingKey(client);
      assert.equal(await stateOf(client, KeyId), "PendingImport");
      for (const bits of [2048, 3072, 4096] as const) {
        const parameters = await parametersFor(client, KeyId, `RSA_${bits}`);
        const EncryptedKeyMaterial = wrapped(parameters.PublicKey);
        assert.equal(EncryptedKeyMaterial.length, bits / 8);
        const { ImportToken } = parameters;
        const input = { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel: FOREVER } as const;
        await client.send(new kms.ImportKeyMaterialCommand(input));
      }
      const { KeyMetadata } = await client.send(new kms.DescribeKeyCommand({ KeyId }));
      assert.deepEqual(
        [KeyMetadata?.KeyState, KeyMetadata?.Enabled, KeyMetadata?.ExpirationModel],
        ["Enabled", true, FOREVER],
      );
      await client.send(new kms.DeleteImportedKeyMaterialCommand({ KeyId }));
      assert.equal(await stateOf(client, KeyId), "PendingImport");
    }));

  it("lets material expire when it was said to, unless it was imported anew", () =>
    withAccount(async ({ kms: client, pass }) => {
      const KeyId = await waitingKey(client);
      const expiresIn = async (days: number) => {
        const { ParametersValidTo, ...parameters } = await parametersFor(client, KeyId);
        const nowMs = (ParametersValidTo?.getTime() ?? 0) - DAY_SECONDS * 1000;
        const ValidTo = new Date(nowMs + days * DAY_SECONDS * 1000);
        await client.send(new kms.ImportKeyMaterialCommand({ KeyId, ...materialOf(parameters), ValidTo }));
      };
      await expiresIn(2);
      pass(DAY_SECONDS);
      await expiresIn(3);
      pass(2 * DAY_SECONDS);
      assert.equal(await stateOf(client, KeyId), "Enabled");
      pass(DAY_SECONDS);
      assert.equal(await stateOf(client, KeyId), "PendingImport");
    }));

  it("refuses other tokens, other wrappings, another expiry and other keys", () =>
    withAccount(async ({ kms: client, pass }) => {
      const [KeyId, other] = [await waitingKey(client), await waitingKey(client)];
      const parameters = await parametersFor(client, KeyId);
      const material = { KeyId, ...materialOf(parameters), ExpirationModel: FOREVER } as const;
      const refused = async (input: kms.ImportKeyMaterialCommandInput): Promise<string> =>
        (await refusalOf(client.send(new kms.ImportKeyMaterialCommand(input)))).name;
      assert.equal(await refused({ ...material, KeyId: other }), "InvalidImportTokenException");
      assert.equal(await refused({ ...material, ImportToken: new Uint8Array(8) }), "InvalidImportTokenException");
      assert.equal(
        await refused({ ...material, EncryptedKeyMaterial: new Uint8Array(32) }),
        "InvalidCiphertextException",
      );
      assert.equal(await refused({ ...material, ExpirationModel: "KEY_MATERIAL_EXPIRES" }), "ValidationException");
      assert.equal(await refused({ ...material, ValidTo: new Date(2_000_000_000_000) }), "ValidationException");
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({}));
      const ours = String(KeyMetadata?.KeyId);
      assert.equal(await refused({ ...material, KeyId: ours }), "UnsupportedOperationException");
      const obsolete = { KeyId, WrappingAlgorithm: "RSAES_PKCS1_V1_5", WrappingKeySpec: "RSA_2048" } as const;
      const unsupported = await refusalOf(client.send(new kms.GetParametersForImportCommand(obsolete)));
      assert.equal(unsupported.name, "UnsupportedOperationException");
      pass(DAY_SECONDS);
      assert.equal(await refused(material), "ExpiredImportTokenException");
      await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      assert.equal(await refused(material), "KMSInvalidStateException");
    }));

  it("takes another policy while it waits, and is enabled by nothing but its material", () =>
    withAccount(async ({ kms: client }) => {
      const KeyId = await waitingKey(client);
      await client.send(new kms.PutKeyPolicyCommand({ KeyId, Policy: fargatePolicy("pay") }));
      const { name, message } = await refusalOf(client.send(new kms.EnableKeyCommand({ KeyId })));
      assert.equal(name, "KMSInvalidStateException");
      assert.match(message, /is pending import\.$/);
    }));

  it("is not to be had by its ARN from another Region", () =>
    withAccount(async ({ kms: client }) => {
      const KeyId = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
      const { name, message } = await refusalOf(client.send(new kms.DescribeKeyCommand({ KeyId })));
      assert.deepEqual([name, message], ["NotFoundException", "Invalid arn us-east-1"]);
    }));
});

async function waitingKey(client: kms.KMSClient): Promise<string> {
  const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ Origin: "EXTERNAL" }));
  return String(KeyMetadata?.KeyId);
}

async function stateOf(client: kms.KMSClient, KeyId: string): Promise<string | undefined> {
  return (await client.send(new kms.DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;
}

function parametersFor(client: kms.KMSClient, KeyId: string, WrappingKeySpec: kms.WrappingKeySpec = "RSA_2048") {
  return client.send(new kms.GetParametersForImportCommand({ KeyId, WrappingAlgorithm: OAEP, WrappingKeySpec }));
}

function materialOf({ ImportToken, PublicKey }: Pick<kms.GetParametersForImportResponse, "ImportToken" | "PublicKey">) {
  return { ImportToken, EncryptedKeyMaterial: wrapped(PublicKey) };
}

function wrapped(publicKey: Uint8Array | undefined): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(publicKey ?? []), format: "der", type: "spki" });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return new Uint8Array(publicEncrypt({ key, padding, oaepHash: "sha256" }, Buffer.alloc(32, 1)));
}
