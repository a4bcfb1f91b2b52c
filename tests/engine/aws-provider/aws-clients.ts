// The SDK's clients, one set a region, all at the endpoint that the environment names (AWS_ENDPOINT_URL).
// Invariant: an error that is the caller's fault is never tried again (simulated-retries.ts).

import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECSClient } from "@aws-sdk/client-ecs";
import { KMSClient } from "@aws-sdk/client-kms";
import { STSClient } from "@aws-sdk/client-sts";
import type { Pause } from "./simulated-pause";
import { simulatedRetries } from "./simulated-retries";

export interface AwsClients {
  readonly ecs: ECSClient;
  readonly kms: KMSClient;
  readonly logs: CloudWatchLogsClient;
  readonly sts: STSClient;
  readonly ec2: EC2Client;
}

export interface AwsAccess {
  /** Undefined leaves it to the SDK, which reads AWS_ENDPOINT_URL. */
  readonly endpoint: string | undefined;
  /** Undefined leaves them to the SDK's own chain. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly pause: Pause;
}

export class ClientsByRegion {
  readonly #access: AwsAccess;
  readonly #clients = new Map<string, AwsClients>();

  constructor(access: AwsAccess) {
    this.#access = access;
  }

  in(region: string): AwsClients {
    const known = this.#clients.get(region);
    if (known !== undefined) return known;
    const made = clientsIn(region, this.#access);
    this.#clients.set(region, made);
    return made;
  }

  destroy(): void {
    for (const clients of this.#clients.values()) {
      for (const client of Object.values(clients)) client.destroy();
    }
  }
}

function clientsIn(region: string, { endpoint, credentials, pause }: AwsAccess): AwsClients {
  const options = {
    region,
    retryStrategy: simulatedRetries(pause),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return {
    ecs: new ECSClient(options),
    kms: new KMSClient(options),
    logs: new CloudWatchLogsClient(options),
    sts: new STSClient(options),
    ec2: new EC2Client(options),
  };
}
