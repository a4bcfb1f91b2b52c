// The real clients of the AWS SDK, put to a simulation: over HTTP, or in process.
// As in production they try once: retries are the business of whoever calls.

import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECSClient } from "@aws-sdk/client-ecs";
import { KMSClient } from "@aws-sdk/client-kms";
import { STSClient } from "@aws-sdk/client-sts";
import type { InProcessHandler } from "../../simulator/in-process-handler";

export interface SdkClients {
  readonly ecs: ECSClient;
  readonly kms: KMSClient;
  readonly sts: STSClient;
  readonly ec2: EC2Client;
  readonly logs: CloudWatchLogsClient;
  /** A client of any other service, by its class. */
  readonly clientOf: ClientOf;
  destroy(): void;
}

export type ClientOf = <C extends { destroy(): void }>(Client: new (configuration: ClientConfiguration) => C) => C;

interface ClientConfiguration {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly endpoint: string;
}

export type Reach = { readonly endpoint: string } | { readonly handler: InProcessHandler };

export function sdkClients(reach: Reach, account = "111122223333", region = "eu-west-1"): SdkClients {
  const base = {
    region,
    credentials: { accessKeyId: account, secretAccessKey: "any" },
    maxAttempts: 1,
    endpoint: "endpoint" in reach ? reach.endpoint : "http://simulator.invalid",
  };
  const config = "handler" in reach ? { ...base, requestHandler: reach.handler } : base;
  const clients = {
    ecs: new ECSClient(config),
    kms: new KMSClient(config),
    sts: new STSClient(config),
    ec2: new EC2Client(config),
    logs: new CloudWatchLogsClient(config),
  };
  const others = new Map<unknown, { destroy(): void }>();
  const clientOf: ClientOf = (Client) => {
    const made = (others.get(Client) as InstanceType<typeof Client> | undefined) ?? new Client(config);
    others.set(Client, made);
    return made;
  };
  const destroy = (): void => {
    for (const client of [...Object.values(clients), ...others.values()]) client.destroy();
  };
  return { ...clients, clientOf, destroy };
}
