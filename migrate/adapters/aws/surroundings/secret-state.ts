// Whether a secret is there: DescribeSecret, which shows its state and never its value.
// Source: Secrets Manager API reference (documented): DeletedDate is there while the deletion is scheduled.

import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SecretState } from "../../../../domain/fleet-surroundings";
import { AwsFailure } from "../../../ports/aws-failure";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function secretState({ clientOf, send }: SurroundingsOptions, secret: string): Promise<SecretState> {
  const client = clientOf(SecretsManagerClient);
  try {
    const command = new DescribeSecretCommand({ SecretId: secret });
    const { DeletedDate: deleted } = await send(DESCRIBE, (options) => client.send(command, options));
    return deleted === undefined ? "present" : "being-deleted";
  } catch (error) {
    if (error instanceof AwsFailure && error.code === "ResourceNotFoundException") return "missing";
    throw error;
  }
}

const DESCRIBE = { service: "secretsmanager", operation: "DescribeSecret" } as const;
