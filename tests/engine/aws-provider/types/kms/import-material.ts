// Imports a key's material as the official provider does: wrapped by RSAES_OAEP_SHA_256 under a key of 2048 bits.

import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { GetParametersForImportCommand, ImportKeyMaterialCommand } from "@aws-sdk/client-kms";
import { calling } from "../../call-error";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext } from "../../resource-type";
import { textOf } from "../../state-values";
import { readsThatAgree } from "../../waits";
import { describedKey } from "./key-calls";

const WRAPPING = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" } as const;

/** `keyMaterialBase64` and `validTo` of the planned state; waits until the key shows both. */
export async function importMaterial(context: ResourceContext, KeyId: string, planned: PropertyMap): Promise<void> {
  const { kms } = context.aws;
  const what = `importing KMS External Key (${KeyId}) material`;
  const asked = kms.send(new GetParametersForImportCommand({ KeyId, ...WRAPPING }));
  const parameters = await calling(`${what}: getting parameters for import`, "KMS: GetParametersForImport", asked);
  const input = {
    KeyId,
    ImportToken: parameters.ImportToken,
    EncryptedKeyMaterial: wrapped(textOf(planned.keyMaterialBase64) ?? "", parameters.PublicKey ?? new Uint8Array()),
    ...expiryOf(planned),
  };
  const imported = kms.send(new ImportKeyMaterialCommand(input));
  await calling(`${what}: importing key material`, "KMS: ImportKeyMaterial", imported);
  await importSeen(context, KeyId, planned);
}

function expiryOf(planned: PropertyMap) {
  const validTo = textOf(planned.validTo);
  if (validTo === undefined) return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" as const };
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES" as const, ValidTo: new Date(validTo) };
}

function wrapped(materialBase64: string, publicKey: Uint8Array): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return new Uint8Array(publicEncrypt({ key, padding, oaepHash: "sha256" }, Buffer.from(materialBase64, "base64")));
}

async function importSeen(context: ResourceContext, KeyId: string, planned: PropertyMap): Promise<void> {
  const validTo = textOf(planned.validTo);
  const wanted = validTo === undefined ? undefined : Date.parse(validTo);
  const what = `KMS External Key (${KeyId}) material import`;
  await readsThatAgree(context, {
    times: 1,
    what,
    read: async () => (await describedKey(context, KeyId))?.KeyState !== "PendingImport",
  });
  await readsThatAgree(context, {
    times: 5,
    what: `KMS External Key (${KeyId}) valid_to update`,
    read: async () => (await describedKey(context, KeyId))?.ValidTo?.getTime() === wanted,
  });
}
