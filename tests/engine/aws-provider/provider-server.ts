// pulumirpc.ResourceProvider over gRPC: requests to plain values, answers back to messages, and nothing else.
// Invariant: what is not served here (Handshake, Construct, Call, Parameterize, List) gRPC answers with UNIMPLEMENTED.

import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  DiffResponse,
  GetMappingResponse,
  GetMappingsResponse,
  GetSchemaResponse,
  type InvokeRequest,
  InvokeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { AwsProvider } from "./aws-provider";
import { described, unary } from "./grpc-unary";
import { decodeProperties, encodeProperties } from "./property-values";
import { configure } from "./provider-configuration";
import { resourceHandlers } from "./resource-handlers";

/** The version of @pulumi/aws whose provider this one stands for. */
export const PROVIDER_VERSION = "7.48.0";

const MESSAGE_MAX_BYTES = 400 * 1024 * 1024;

export interface ProviderServerOptions {
  /** AWS_ENDPOINT_URL, AWS_REGION; credentials are the SDK's business. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface ProviderServer {
  readonly port: number;
  close(): void;
}

export function startProviderServer({ environment }: ProviderServerOptions): Promise<ProviderServer> {
  const server = new Server({
    "grpc.max_receive_message_length": MESSAGE_MAX_BYTES,
    "grpc.max_send_message_length": MESSAGE_MAX_BYTES,
  });
  const provider = new AwsProvider();
  server.addService(ResourceProviderService, {
    ...providerHandlers(provider, environment),
    ...resourceHandlers(provider),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) reject(error);
      else resolve({ port, close: () => closeAll(server, provider) });
    });
  });
}

function providerHandlers(provider: AwsProvider, environment: NodeJS.ProcessEnv): UntypedServiceImplementation {
  return {
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(PROVIDER_VERSION);
      return info;
    }),
    getSchema: unary(() => {
      const response = new GetSchemaResponse();
      response.setSchema(JSON.stringify({ name: "aws", version: PROVIDER_VERSION, resources: {}, functions: {} }));
      return response;
    }),
    getMapping: unary(() => new GetMappingResponse()),
    getMappings: unary(() => new GetMappingsResponse()),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    checkConfig: unary((request: CheckRequest) => {
      const response = new CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: unary(() => new DiffResponse()),
    configure: unary(async (request: ConfigureRequest) => {
      provider.configure(await configure(decodeProperties(request.getArgs()).values, environment));
      return capabilities();
    }),
    invoke: unary((request: InvokeRequest) => invoked(provider, request)),
  };
}

function capabilities(): ConfigureResponse {
  const response = new ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setAcceptresources(true);
  response.setAcceptoutputs(true);
  response.setSupportspreview(true);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}

async function invoked(provider: AwsProvider, request: InvokeRequest): Promise<InvokeResponse> {
  const { values, secrets } = decodeProperties(request.getArgs());
  const token = request.getTok();
  const result = await described({ doing: `invoking ${token}` }, provider.invoke(token, values));
  const response = new InvokeResponse();
  response.setReturn(encodeProperties(result, secrets));
  return response;
}

function closeAll(server: Server, provider: AwsProvider): void {
  server.forceShutdown();
  provider.close();
}
