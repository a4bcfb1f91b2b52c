// A provider process as the engine has it, in this process: the simulator, the recording proxy before it, the gRPC server and
// a client with one method a request, in plain values.

import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { aFleet } from "../../../../simulator/fleet-builder";
import { type Simulator, startSimulator } from "../../../../simulator/start-simulator";
import { decodeProperties, encodeProperties, type PropertyMap } from "../property-values";
import { startProviderServer } from "../provider-server";
import { ProviderClient } from "./provider-client";
import { type RecordedCall, startRecordingProxy } from "./recording-proxy";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";

export interface ProviderSession {
  readonly simulator: Simulator;
  readonly provider: ProviderClient;
  /** The names of the calls since the last time they were asked for. */
  calls(): readonly string[];
  /** As `calls`, with what was sent. */
  recorded(): readonly RecordedCall[];
  close(): Promise<void>;
}

export interface SessionOptions {
  /** The provider's configuration besides its region; what is not text is JSON in a text, as the engine sends it. */
  readonly configuration?: Readonly<Record<string, string>>;
}

export async function startSession({ configuration = {} }: SessionOptions = {}): Promise<ProviderSession> {
  const fleet = aFleet({ account: ACCOUNT, region: REGION }).subnet("subnet-0a1b2c3d").build();
  const simulator = await startSimulator({ fleet, seed: 7, clock: { mode: "manual" }, throttling: false });
  const proxy = await startRecordingProxy(simulator.endpoint);
  const server = await startProviderServer({ environment: { AWS_ENDPOINT_URL: proxy.endpoint } });
  const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
  const args = { region: REGION, accessKey: ACCOUNT, secretKey: "any", ...configuration };
  await configureProvider(client, args);
  return {
    simulator,
    provider: new ProviderClient(client),
    calls: () => proxy.take().map(({ name }) => name),
    recorded: () => proxy.take(),
    close: async () => {
      client.close();
      server.close();
      await proxy.close();
      await simulator.close();
    },
  };
}

/** What the engine learns of a resource that exists although its request failed; null for any other error. */
export function partialFailureOf(error: unknown): { readonly id: string; readonly state: PropertyMap } | null {
  const { metadata } = error as { readonly metadata?: { get(name: string): readonly (string | Buffer)[] } };
  const details = metadata?.get("grpc-status-details-bin")[0];
  if (details === undefined) return null;
  const [any] = Status.deserializeBinary(Buffer.from(details)).getDetailsList();
  const failed = ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
  return { id: failed.getId(), state: decodeProperties(failed.getProperties()).values };
}

function configureProvider(client: ResourceProviderClient, args: PropertyMap): Promise<void> {
  const request = new ConfigureRequest();
  request.setArgs(encodeProperties(args));
  request.setAcceptsecrets(true);
  return new Promise((resolve, reject) => {
    client.configure(request, (error) => (error === null ? resolve() : reject(error)));
  });
}
