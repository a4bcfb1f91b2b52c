// Importing key material: GetParametersForImport, ImportKeyMaterial, DeleteImportedKeyMaterial.
// Source: "Importing key material" and "Key states of AWS KMS keys", KMS developer guide, and the API reference (documented:
// parameters are good for 24 hours; material expires within 365 days unless it is said not to; what is deleted waits for an
// import). Material is never unwrapped, so that the same material must come again (IncorrectKeyMaterialException) is not told.
// Invariant: the key can be used from its first import on.

import type {
  DeleteImportedKeyMaterialRequest,
  GetParametersForImportRequest,
  ImportKeyMaterialRequest,
} from "@aws-sdk/client-kms";
import { AwsError } from "../../world/aws-error";
import type { Key } from "../../world/key";
import { expireMaterial, scheduleMaterialExpiry } from "../../world/key-material";
import { instant } from "../instant";
import type { Context } from "../operation";
import { findKey } from "./find-key";
import { type ImportParameters, importToken, readImportToken } from "./import-token";
import { requireNotPendingDeletion } from "./key-state-changes";
import { WRAPPING_KEY_BITS, wrappingKey } from "./wrapping-key";

const DAY_MS = 86_400_000;
const EXPIRY_DAYS_MOST = 365;
const ALGORITHMS: readonly string[] = [
  "RSAES_OAEP_SHA_1",
  "RSAES_OAEP_SHA_256",
  "RSA_AES_KEY_WRAP_SHA_1",
  "RSA_AES_KEY_WRAP_SHA_256",
];

export function getParametersForImport(context: Context, input: GetParametersForImportRequest) {
  const key = importableKey(context, input.KeyId);
  const algorithm = input.WrappingAlgorithm ?? "";
  const bits = WRAPPING_KEY_BITS[input.WrappingKeySpec ?? ""];
  if (bits === undefined || !ALGORITHMS.includes(algorithm)) {
    const wanted = `${algorithm} with ${input.WrappingKeySpec}`;
    throw new AwsError("UnsupportedOperationException", `The wrapping ${wanted} is not supported here.`);
  }
  const validToMs = context.world.nowMs + DAY_MS;
  return {
    KeyId: key.arn,
    ImportToken: importToken({ keyId: key.id, validToMs, algorithm, bits }),
    PublicKey: wrappingKey(`${key.id} ${validToMs} ${algorithm}`, bits),
    ParametersValidTo: instant(validToMs),
  };
}

export function importKeyMaterial(context: Context, input: ImportKeyMaterialRequest) {
  const key = importableKey(context, input.KeyId);
  const parameters = requireParameters(context, key, input.ImportToken ?? new Uint8Array());
  requireWrapped(parameters, input.EncryptedKeyMaterial ?? new Uint8Array());
  key.validToMs = validToOf(context, input);
  if (key.state === "PendingImport") key.state = "Enabled";
  scheduleMaterialExpiry(context.world, key);
  return { KeyId: key.arn };
}

export function deleteImportedKeyMaterial(context: Context, input: DeleteImportedKeyMaterialRequest) {
  const key = importableKey(context, input.KeyId, { evenPendingDeletion: true });
  expireMaterial(key);
  return { KeyId: key.arn };
}

function importableKey(context: Context, KeyId: string | undefined, { evenPendingDeletion = false } = {}): Key {
  const key = findKey(context, KeyId);
  if (key.origin !== "EXTERNAL") {
    const message = `${key.arn} origin is ${key.origin} which is not valid for this operation.`;
    throw new AwsError("UnsupportedOperationException", message);
  }
  if (!evenPendingDeletion) requireNotPendingDeletion(key);
  return key;
}

function requireParameters({ world }: Context, key: Key, token: Uint8Array): ImportParameters {
  const parameters = readImportToken(token);
  if (parameters === null || parameters.keyId !== key.id) {
    throw new AwsError("InvalidImportTokenException", `The import token is not one for ${key.arn}.`);
  }
  if (parameters.validToMs > world.nowMs) return parameters;
  throw new AwsError("ExpiredImportTokenException", "The import token has expired: parameters are good for 24 hours.");
}

/** What RSA alone wraps has the length of its modulus; with AES between them it is longer. */
function requireWrapped({ algorithm, bits }: ImportParameters, material: Uint8Array): void {
  const bytes = bits / 8;
  const fits = algorithm.startsWith("RSAES_") ? material.length === bytes : material.length > bytes;
  if (fits) return;
  const message = `The encrypted key material of ${material.length} bytes was not wrapped by ${algorithm} with RSA_${bits}.`;
  throw new AwsError("InvalidCiphertextException", message);
}

/** Null for material that does not expire. */
function validToOf({ world }: Context, { ExpirationModel, ValidTo }: ImportKeyMaterialRequest): number | null {
  const expires = (ExpirationModel ?? "KEY_MATERIAL_EXPIRES") === "KEY_MATERIAL_EXPIRES";
  if (expires !== (ValidTo !== undefined)) {
    throw invalid(expires ? "ValidTo is required for material that expires." : "ValidTo is not valid for this model.");
  }
  if (ValidTo === undefined) return null;
  const validToMs = ValidTo.getTime();
  if (validToMs > world.nowMs && validToMs <= world.nowMs + EXPIRY_DAYS_MOST * DAY_MS) return validToMs;
  throw invalid("ValidTo must be in the future, and at most 365 days from now.");
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
