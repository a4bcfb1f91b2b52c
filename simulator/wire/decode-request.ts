// From an HTTP request to a call: which service, which operation, who, and the input in the types of the AWS API.
// Invariants
//   an operation that AWS does not have is an UnknownOperationException that names service and operation, never an empty answer
//   input is checked for required members, types, unknown members and closed sets of words, and nothing else: ranges and
//   relations between members are the world's to judge
// Unknown members are refused, which AWS does not promise to do: a misspelt member is then seen here rather than in production.

import type { Call } from "../world/call";
import { type Credential, callerOf, credentialOf, type RoleSession } from "./credential";
import { type Dialect, dialectOf } from "./dialect";
import type { WireError } from "./encode-error";
import { readJsonLeaves } from "./json-leaves";
import { queryLeaves, readQuery } from "./read-query";
import { type ServiceModel, serviceModelOf, serviceModelOfTarget, serviceNames } from "./service-model";
import type { OperationShape, StructureShape } from "./shape";
import { describeProblem, type ShapeProblem } from "./shape-problem";
import { walkStructure } from "./shape-walk";
import type { WireRequest } from "./wire-message";

export interface DecodeContext {
  readonly defaultAccount: string;
  sessionOf(accessKeyId: string): RoleSession | undefined;
}

export type Decoded =
  | { readonly kind: "call"; readonly model: ServiceModel; readonly operation: OperationShape; readonly call: Call }
  | { readonly kind: "refused"; readonly dialect: Dialect; readonly error: WireError };

export function decodeRequest(request: WireRequest, context: DecodeContext): Decoded {
  const credential = credentialOf(request.headers.authorization);
  const target = request.headers["x-amz-target"];
  const model = target === undefined ? modelBySignature(credential) : serviceModelOfTarget(target);
  const dialect = model ?? dialectOf(request, credential);
  if (credential === null)
    return refused(dialect, 403, "MissingAuthenticationTokenException", "Request is missing Authentication Token");
  // Not 404: clients read that as "the resource is gone", and forget it.
  if (model === null) return refused(dialect, 400, "UnknownServiceException", unknownService(request, credential));
  if (request.method !== "POST") {
    return refused(
      model,
      405,
      "MethodNotAllowed",
      `${model.service} is called with POST here, not with ${request.method}`,
    );
  }
  return decodeBody({ request, model, credential, context });
}

interface Addressed {
  readonly request: WireRequest;
  readonly model: ServiceModel;
  readonly credential: Credential;
  readonly context: DecodeContext;
}

function decodeBody({ request, model, credential, context }: Addressed): Decoded {
  const parameters = model.protocol === "json" ? null : new URLSearchParams(request.body);
  const target = request.headers["x-amz-target"] ?? "";
  const name = parameters === null ? target.slice(target.lastIndexOf(".") + 1) : (parameters.get("Action") ?? "");
  const operation = model.operation(name);
  if (operation === null) {
    return refused(model, 400, "UnknownOperationException", `${model.service} has no operation "${name}"`);
  }
  const shape = operation.input ?? EMPTY;
  const raw = parameters === null ? parseJson(request.body) : parseQuery(parameters, shape, model);
  if (raw.kind === "unreadable") return refused(model, 400, "SerializationException", raw.why);
  const leaves = parameters === null ? readJsonLeaves : queryLeaves;
  const { value: input, problems } = walkStructure(model.service, shape, raw.value, leaves);
  const [problem] = problems;
  if (problem !== undefined) return { kind: "refused", dialect: model, error: inputError(model, problem) };
  const caller = callerOf({
    credential,
    session: context.sessionOf(credential.accessKeyId),
    defaultAccount: context.defaultAccount,
  });
  return { kind: "call", model, operation, call: { service: model.service, operation: name, input, caller } };
}

const EMPTY: StructureShape = { kind: "structure", name: "nothing", union: false, members: new Map() };

function modelBySignature(credential: Credential | null): ServiceModel | null {
  const model = credential === null ? null : serviceModelOf(credential.signingName);
  return model;
}

function refused(dialect: Dialect, status: number, code: string, message: string): Decoded {
  return { kind: "refused", dialect, error: { code, message, status } };
}

function unknownService(request: WireRequest, { signingName }: Credential): string {
  const names = serviceNames();
  const asked = `The simulator does not have the service "${signingName}" (${askedOf(request)})`;
  if (signingName === CLOUDWATCH) return `${asked} in this protocol, only in AWS JSON.`;
  const known = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${asked}. It has ${known}.`;
}

/** The signing name of CloudWatch, whose clients speak JSON, CBOR or Query, as they choose. */
const CLOUDWATCH = "monitoring";

/** The operation as far as a request of an unknown service tells it. */
function askedOf({ method, path, headers, body }: WireRequest): string {
  const asked = headers["x-amz-target"] ?? new URLSearchParams(body).get("Action") ?? `${method} ${path}`;
  return asked.slice(0, ASKED_CHARACTERS_MAX);
}

const ASKED_CHARACTERS_MAX = 200;

type Raw = { readonly kind: "read"; readonly value: unknown } | { readonly kind: "unreadable"; readonly why: string };

function parseJson(body: string): Raw {
  try {
    return { kind: "read", value: body === "" ? {} : JSON.parse(body) };
  } catch {
    return { kind: "unreadable", why: "the body is not JSON" };
  }
}

function parseQuery(parameters: URLSearchParams, shape: StructureShape, model: ServiceModel): Raw {
  try {
    return { kind: "read", value: readQuery(parameters, shape, model.protocol) };
  } catch (error) {
    return { kind: "unreadable", why: error instanceof Error ? error.message : "the parameters cannot be read" };
  }
}

/** The codes are AWS's own for each service; which one a given slip gets there is inferred, the text is ours. */
function inputError(model: ServiceModel, problem: ShapeProblem): WireError {
  const message = describeProblem(problem);
  if (problem.kind === "wrongType" || problem.kind === "unknownMember") {
    return {
      code: model.protocol === "ec2Query" ? "UnknownParameter" : "SerializationException",
      message,
      status: 400,
    };
  }
  return { code: INVALID_INPUT[model.service], message, status: 400 };
}

const INVALID_INPUT: Readonly<Record<Call["service"], string>> = {
  ecs: "InvalidParameterException",
  kms: "ValidationException",
  sts: "ValidationError",
  ec2: "InvalidParameterValue",
  logs: "InvalidParameterException",
  ecr: "InvalidParameterException",
  secretsmanager: "InvalidParameterException",
  ssm: "ValidationException",
  cloudwatch: "InvalidParameterValue",
  "application-autoscaling": "ValidationException",
  servicequotas: "IllegalArgumentException",
  cloudtrail: "InvalidParameterException",
};
