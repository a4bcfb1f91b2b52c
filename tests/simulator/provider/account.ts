// An empty simulated account behind an HTTP endpoint, called by the SDK's clients as the official Pulumi provider calls it.
// The transcripts beside this file follow what the AWS provider 7 (Terraform 6) sends, in its order; the provider's pauses
// between reads are left out, and time moves only when a transcript says so.

import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import { startSimulator } from "../../../simulator/start-simulator";
import type { Switches } from "../../../simulator/world/switches";
import { type SdkClients, sdkClients } from "../sdk-clients";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";

export interface Account extends SdkClients {
  readonly endpoint: string;
  /** Lets simulated seconds pass. */
  pass(seconds: number): void;
}

export async function withAccount(
  act: (account: Account) => Promise<void>,
  switches: Partial<Switches> = {},
): Promise<void> {
  const fleet = aFleet({ account: ACCOUNT }).build();
  const simulator = await startSimulator({ fleet, seed: 7, clock: { mode: "manual" }, switches });
  const clients = sdkClients({ endpoint: simulator.endpoint }, ACCOUNT, REGION);
  try {
    const pass = (seconds: number): void => simulator.simulation.clock.advance(seconds * 1000);
    await act({ ...clients, endpoint: simulator.endpoint, pass });
    assert.deepEqual(simulator.defects(), []);
  } finally {
    clients.destroy();
    await simulator.close();
  }
}

/** The key policy that AWS documents for Fargate's ephemeral storage, for one cluster. */
export function fargatePolicy(clusterName: string): string {
  const context = {
    "kms:EncryptionContext:aws:ecs:clusterAccount": [ACCOUNT],
    "kms:EncryptionContext:aws:ecs:clusterName": [clusterName],
  };
  const fargate = { Effect: "Allow", Principal: { Service: "fargate.amazonaws.com" }, Resource: "*" };
  const grants = { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } };
  return policyOf(
    { ...fargate, Action: ["kms:GenerateDataKeyWithoutPlaintext"], Condition: { StringEquals: context } },
    { ...fargate, Action: ["kms:CreateGrant"], Condition: { StringEquals: context, ...grants } },
  );
}

/** A policy whose first statement gives the key to the account. */
export function policyOf(...statements: readonly object[]): string {
  const root = `arn:aws:iam::${ACCOUNT}:root`;
  const account = { Sid: "Account", Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [account, ...statements] });
}

/** The error that AWS's answer became: its name, and the status that decides whether a client tries again. */
export async function refusalOf(call: Promise<unknown>): Promise<{ name: string; status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata: { httpStatusCode: number } };
    return { name, status: $metadata.httpStatusCode, message };
  }
  return assert.fail("the call was expected to be refused");
}
