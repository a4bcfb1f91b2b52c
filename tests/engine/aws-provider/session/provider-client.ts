// The engine's requests to a provider, in plain values.

import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  type CheckResponse,
  CreateRequest,
  type CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  InvokeRequest,
  type InvokeResponse,
  ReadRequest,
  type ReadResponse,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { decodeProperties, encodeProperties, type PropertyMap } from "../property-values";

export interface Made {
  readonly id: string;
  readonly state: PropertyMap;
  readonly inputs: PropertyMap;
}

export class ProviderClient {
  readonly #client: ResourceProviderClient;

  constructor(client: ResourceProviderClient) {
    this.#client = client;
  }

  async check(urn: string, news: PropertyMap, { olds = {}, seed = "seed" } = {} as CheckOptions) {
    const request = new CheckRequest();
    request.setUrn(urn);
    request.setNews(encodeProperties(news));
    request.setOlds(encodeProperties(olds));
    request.setRandomseed(new TextEncoder().encode(seed));
    const response = await answered<CheckResponse>((done) => this.#client.check(request, done));
    const failures = response.getFailuresList().map((one) => `${one.getProperty()}: ${one.getReason()}`);
    return { inputs: decodeProperties(response.getInputs()).values, failures };
  }

  /** Check, then Create. */
  async make(urn: string, program: PropertyMap): Promise<Made> {
    const { inputs } = await this.check(urn, program);
    const { id, state } = await this.create(urn, inputs);
    return { id, state, inputs };
  }

  async create(urn: string, inputs: PropertyMap, preview = false) {
    const request = new CreateRequest();
    request.setUrn(urn);
    request.setProperties(encodeProperties(inputs));
    request.setPreview(preview);
    const response = await answered<CreateResponse>((done) => this.#client.create(request, done));
    const { values: state, secrets } = decodeProperties(response.getProperties());
    return { id: response.getId(), state, secrets };
  }

  async diff(urn: string, made: Made, news: PropertyMap, ignoreChanges: readonly string[] = []) {
    const request = new DiffRequest();
    request.setUrn(urn);
    request.setId(made.id);
    request.setOlds(encodeProperties(made.state));
    request.setOldInputs(encodeProperties(made.inputs));
    request.setNews(encodeProperties(news));
    request.setIgnorechangesList([...ignoreChanges]);
    const response = await answered<DiffResponse>((done) => this.#client.diff(request, done));
    return {
      changes: response.getChanges() === DiffResponse.DiffChanges.DIFF_SOME,
      diffs: response.getDiffsList(),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      paths: response
        .getDetaileddiffMap()
        .getEntryList()
        .map(([path]) => path)
        .toSorted(),
    };
  }

  /** Check against the old inputs, then Update. */
  async change(urn: string, made: Made, program: PropertyMap, ignoreChanges: readonly string[] = []): Promise<Made> {
    const { inputs } = await this.check(urn, program, { olds: made.inputs });
    return { id: made.id, state: await this.update(urn, made, inputs, { ignoreChanges }), inputs };
  }

  async update(
    urn: string,
    made: Made,
    news: PropertyMap,
    { preview = false, ignoreChanges = [] } = {} as UpdateOptions,
  ) {
    const request = new UpdateRequest();
    request.setUrn(urn);
    request.setId(made.id);
    request.setOlds(encodeProperties(made.state));
    request.setOldInputs(encodeProperties(made.inputs));
    request.setNews(encodeProperties(news));
    request.setPreview(preview);
    request.setIgnorechangesList([...ignoreChanges]);
    const response = await answered<UpdateResponse>((done) => this.#client.update(request, done));
    return decodeProperties(response.getProperties()).values;
  }

  /** A refresh with the state and inputs of what was made, an import with neither. */
  async read(urn: string, { id, state = {}, inputs = {} }: Pick<Made, "id"> & Partial<Made>): Promise<Made> {
    const request = new ReadRequest();
    request.setUrn(urn);
    request.setId(id);
    request.setProperties(encodeProperties(state));
    request.setInputs(encodeProperties(inputs));
    const response = await answered<ReadResponse>((done) => this.#client.read(request, done));
    return {
      id: response.getId(),
      state: decodeProperties(response.getProperties()).values,
      inputs: decodeProperties(response.getInputs()).values,
    };
  }

  async delete(urn: string, { id, state }: Pick<Made, "id" | "state">): Promise<void> {
    const request = new DeleteRequest();
    request.setUrn(urn);
    request.setId(id);
    request.setProperties(encodeProperties(state));
    await answered((done) => this.#client.delete(request, done));
  }

  async invoke(token: string, args: PropertyMap = {}): Promise<PropertyMap> {
    const request = new InvokeRequest();
    request.setTok(token);
    request.setArgs(encodeProperties(args));
    const response = await answered<InvokeResponse>((done) => this.#client.invoke(request, done));
    return decodeProperties(response.getReturn()).values;
  }
}

interface CheckOptions {
  readonly olds?: PropertyMap;
  readonly seed?: string;
}

interface UpdateOptions {
  readonly preview?: boolean;
  readonly ignoreChanges?: readonly string[];
}

function answered<Response>(
  send: (done: (error: Error | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => (error === null ? resolve(response) : reject(error)));
  });
}
