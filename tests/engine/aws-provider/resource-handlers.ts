// The requests about resources, from messages to plain values and back.
// Invariant: a property that was secret in a request is secret in its answer.

import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import {
  CheckFailure,
  CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  PropertyDiff,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Autonaming } from "./automatic-name";
import type { AwsProvider, ChangeRequest } from "./aws-provider";
import type { PropertyChange } from "./diff-properties";
import { described, unary } from "./grpc-unary";
import { decodeProperties, encodeProperties, type PropertyMap } from "./property-values";

export function resourceHandlers(provider: AwsProvider): UntypedServiceImplementation {
  return {
    check: unary((request: CheckRequest) => checked(provider, request)),
    diff: unary((request: DiffRequest) => diffed(provider, request)),
    create: unary((request: CreateRequest) => created(provider, request)),
    read: unary((request: ReadRequest) => readBack(provider, request)),
    update: unary((request: UpdateRequest) => updated(provider, request)),
    delete: unary((request: DeleteRequest) => deleted(provider, request)),
  };
}

function checked(provider: AwsProvider, request: CheckRequest): CheckResponse {
  const { values: news, secrets } = decodeProperties(request.getNews());
  const { inputs, failures } = provider.check({
    urn: request.getUrn(),
    olds: decodeProperties(request.getOlds()).values,
    news,
    autonaming: autonamingOf(request),
    randomSeed: request.getRandomseed_asU8(),
  });
  const response = new CheckResponse();
  response.setInputs(encodeProperties(inputs, secrets));
  for (const { property, reason } of failures) {
    const failure = new CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

function autonamingOf(request: CheckRequest): Autonaming {
  const options = request.getAutonaming();
  if (options === undefined) return { mode: "standard" };
  const name = options.getProposedName();
  switch (options.getMode()) {
    case CheckRequest.AutonamingOptions.Mode.DISABLE:
      return { mode: "disable" };
    case CheckRequest.AutonamingOptions.Mode.ENFORCE:
      return { mode: "enforce", name };
    case CheckRequest.AutonamingOptions.Mode.PROPOSE:
      return { mode: "propose", name };
  }
}

function diffed(provider: AwsProvider, request: DiffRequest): DiffResponse {
  const { changes, deleteBeforeReplace } = provider.diff(changeOf(request).change);
  const response = new DiffResponse();
  const some = changes.length > 0;
  response.setChanges(some ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE);
  response.setDiffsList([...new Set(changes.map(({ property }) => property))]);
  response.setReplacesList([...new Set(changes.flatMap(({ property, replaces }) => (replaces ? [property] : [])))]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const change of changes) {
    const detail = new PropertyDiff();
    detail.setKind(kindOf(change));
    response.getDetaileddiffMap().set(change.path, detail);
  }
  return response;
}

function kindOf({ kind, replaces }: PropertyChange): PropertyDiff.Kind {
  switch (kind) {
    case "add":
      return replaces ? PropertyDiff.Kind.ADD_REPLACE : PropertyDiff.Kind.ADD;
    case "delete":
      return replaces ? PropertyDiff.Kind.DELETE_REPLACE : PropertyDiff.Kind.DELETE;
    case "update":
      return replaces ? PropertyDiff.Kind.UPDATE_REPLACE : PropertyDiff.Kind.UPDATE;
  }
}

async function created(provider: AwsProvider, request: CreateRequest): Promise<CreateResponse> {
  const { values: news, secrets } = decodeProperties(request.getProperties());
  const response = new CreateResponse();
  if (request.getPreview()) {
    response.setProperties(encodeProperties(provider.preview({ urn: request.getUrn(), news }), secrets));
    return response;
  }
  const { id, state } = await described({ secrets }, provider.create({ urn: request.getUrn(), news }));
  response.setId(id);
  response.setProperties(encodeProperties(withId(state, id), secrets));
  return response;
}

async function readBack(provider: AwsProvider, request: ReadRequest): Promise<ReadResponse> {
  const state = decodeProperties(request.getProperties());
  const inputs = decodeProperties(request.getInputs());
  const secrets = new Set([...state.secrets, ...inputs.secrets]);
  const [urn, id] = [request.getUrn(), request.getId()];
  const { id: _, ...known } = state.values;
  const reading = provider.read({ urn, id, state: known, inputs: inputs.values });
  const found = await described({ doing: `refreshing ${urn}` }, reading);
  const response = new ReadResponse();
  if (found === null) return response;
  response.setId(found.id);
  response.setProperties(encodeProperties(withId(found.state, found.id), secrets));
  response.setInputs(encodeProperties(found.inputs, secrets));
  return response;
}

async function updated(provider: AwsProvider, request: UpdateRequest): Promise<UpdateResponse> {
  const { change, secrets } = changeOf(request);
  const response = new UpdateResponse();
  const state = request.getPreview()
    ? provider.previewUpdate(change)
    : await described({ secrets }, provider.update(change));
  response.setProperties(encodeProperties(withId(state, change.id), secrets));
  return response;
}

async function deleted(provider: AwsProvider, request: DeleteRequest): Promise<Empty> {
  const { values: state } = decodeProperties(request.getProperties());
  await provider.delete({ urn: request.getUrn(), id: request.getId(), state });
  return new Empty();
}

function changeOf(request: DiffRequest | UpdateRequest): {
  readonly change: ChangeRequest;
  readonly secrets: ReadonlySet<string>;
} {
  const { values: news, secrets } = decodeProperties(request.getNews());
  const { id: _, ...olds } = decodeProperties(request.getOlds()).values;
  const change = {
    urn: request.getUrn(),
    id: request.getId(),
    oldInputs: decodeProperties(request.getOldInputs()).values,
    olds,
    news,
    ignoreChanges: request.getIgnorechangesList(),
  };
  return { change, secrets };
}

/** States carry their id, and nothing that is null. */
function withId(state: PropertyMap, id: string): PropertyMap {
  return { ...Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null)), id };
}
