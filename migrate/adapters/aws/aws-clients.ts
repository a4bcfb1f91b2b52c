// The SDK clients of one lane: the four that every command needs, and others as they are asked for. This file loads the SDK, so it
// is itself loaded only when AWS is really called.
//
// Invariants
//   maxAttempts is 1 for all: the SDK's own retries would send UpdateService again on a reset, which has no client token
//   every request of every client is watched: asked once more whether it may leave, and its answer's time noted
//   all share one set of settings, so that no call goes to another Region, endpoint or account than the others
//   all share one source of credentials, so that a role is assumed, or a person asked to sign in, once

import { EC2Client } from "@aws-sdk/client-ec2";
import { ECSClient, type ECSClientConfig } from "@aws-sdk/client-ecs";
import { KMSClient } from "@aws-sdk/client-kms";
import { STSClient } from "@aws-sdk/client-sts";
import { type WatchedClient, watchRequests } from "./watch-requests";

export interface AwsClientSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly connectTimeoutMs: number;
  readonly credentials?: CredentialSource;
}

export interface AwsClients {
  readonly ecs: ECSClient;
  readonly kms: KMSClient;
  readonly ec2: EC2Client;
  readonly sts: STSClient;
  /** A client of another service, made when it is first asked for: who asks loads its package. */
  readonly clientOf: ClientOf;
  destroy(): void;
}

export type ClientOf = <C extends Closable>(Client: ClientClass<C>) => C;

interface Closable extends WatchedClient {
  destroy(): void;
}

/** What every client takes alike. */
interface ClientConfiguration {
  readonly maxAttempts: number;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly requestHandler?: { readonly connectionTimeout: number };
  readonly credentials?: NonNullable<ECSClientConfig["credentials"]>;
}

type ClientClass<C> = new (configuration: ClientConfiguration) => C;

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialSource = () => Promise<TemporaryCredentials>;

export function createAwsClients(settings: AwsClientSettings): AwsClients {
  const ecs = watched(new ECSClient(configurationOf(settings)));
  const shared = { ...configurationOf(settings), credentials: ecs.config.credentials };
  const kms = watched(new KMSClient(shared));
  const ec2 = watched(new EC2Client(shared));
  const sts = watched(new STSClient(shared));
  const others = new Map<unknown, Closable>();
  const clientOf: ClientOf = (Client) => {
    const made = (others.get(Client) as InstanceType<typeof Client> | undefined) ?? watched(new Client(shared));
    others.set(Client, made);
    return made;
  };
  return {
    ecs,
    kms,
    ec2,
    sts,
    clientOf,
    destroy() {
      for (const client of [ecs, kms, ec2, sts, ...others.values()]) client.destroy();
    },
  };
}

function watched<C extends Closable>(client: C): C {
  watchRequests(client);
  return client;
}

function configurationOf({ region, profile, endpoint, connectTimeoutMs, credentials }: AwsClientSettings) {
  return {
    maxAttempts: 1,
    requestHandler: { connectionTimeout: connectTimeoutMs },
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}
