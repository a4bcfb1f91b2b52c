// PutParameter, DescribeParameters, DeleteParameter.
// Source: Systems Manager API reference (documented: the rules for names, Overwrite, 50 parameters a page, filters of up to 50
// values); the texts are reported. Only the filter that names parameters is modelled.
// Invariant: a value that is sent is forgotten at once: nothing here can answer it.

import type {
  DeleteParameterRequest,
  DescribeParametersRequest,
  ParameterMetadata,
  ParameterStringFilter,
  PutParameterRequest,
} from "@aws-sdk/client-ssm";
import { arnIn } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import type { Parameter } from "../../world/parameter";
import { nextSequence } from "../../world/world-state";
import { instant } from "../instant";
import { type Context, withoutUndefined } from "../operation";
import { pageOf } from "../pagination";

const NAME = /^\/?[\w.-]+(?:\/[\w.-]+)*$/;
const NAME_LENGTH_MAX = 1_011;
const PAGE_MAX = 50;
const FILTER_VALUES_MAX = 50;
const TYPES: readonly string[] = ["String", "StringList", "SecureString"];

export function putParameter({ world, lane }: Context, input: PutParameterRequest) {
  const name = requireName(input.Name ?? "");
  const old = lane.parameters.get(name);
  if (old !== undefined && input.Overwrite !== true) {
    throw new AwsError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  const type = input.Type ?? old?.type;
  if (type === undefined || !TYPES.includes(type)) {
    throw new AwsError("ValidationException", "A parameter type is required when you create a parameter.");
  }
  const parameter: Parameter = {
    sequence: old?.sequence ?? nextSequence(world),
    name,
    arn: arnIn(lane, "ssm", `parameter/${name.replace(/^\//, "")}`),
    type: type as Parameter["type"],
    description: input.Description ?? old?.description ?? null,
    version: (old?.version ?? 0) + 1,
    modifiedAtMs: world.nowMs,
  };
  lane.parameters.set(name, parameter);
  return { Version: parameter.version, Tier: "Standard" };
}

export function describeParameters({ lane }: Context, input: DescribeParametersRequest) {
  if ((input.Filters ?? []).length > 0) {
    throw new AwsError("ValidationException", "The simulator models ParameterFilters, not Filters.");
  }
  const limit = input.MaxResults ?? PAGE_MAX;
  if (limit < 1 || limit > PAGE_MAX) {
    throw new AwsError("ValidationException", `MaxResults must be between 1 and ${PAGE_MAX}, not ${limit}.`);
  }
  const names = namesAsked(input.ParameterFilters ?? []);
  const question = `parameters ${JSON.stringify(names === null ? null : [...names].toSorted())}`;
  const page = pageOf(
    lane.parameters.values(),
    { question, token: input.NextToken, limit },
    ({ name }) => names === null || names.has(name),
  );
  return { Parameters: page.items.map(metadataView), NextToken: page.nextToken };
}

export function deleteParameter({ lane }: Context, input: DeleteParameterRequest) {
  if (lane.parameters.delete(input.Name ?? "")) return {};
  throw new AwsError("ParameterNotFound", `Parameter ${input.Name} not found.`);
}

/** Null when all are asked for. */
function namesAsked(filters: readonly ParameterStringFilter[]): ReadonlySet<string> | null {
  const [filter, ...others] = filters;
  if (filter === undefined) return null;
  const { Key, Option = "Equals", Values = [] } = filter;
  if (others.length > 0 || Key !== "Name" || Option !== "Equals") {
    throw new AwsError(
      "ValidationException",
      `The simulator models one ParameterFilter, {Key: "Name", Option: "Equals"}, not ${JSON.stringify(filters)}.`,
    );
  }
  if (Values.length < 1 || Values.length > FILTER_VALUES_MAX) {
    throw new AwsError("InvalidFilterValue", `A filter has 1 to ${FILTER_VALUES_MAX} values, not ${Values.length}.`);
  }
  return new Set(Values);
}

function metadataView(parameter: Parameter): ParameterMetadata {
  return withoutUndefined({
    Name: parameter.name,
    ARN: parameter.arn,
    Type: parameter.type,
    Description: parameter.description ?? undefined,
    LastModifiedDate: instant(parameter.modifiedAtMs),
    Version: parameter.version,
    Tier: "Standard" as const,
    DataType: "text",
  });
}

function requireName(name: string): string {
  if (NAME.test(name) && name.length <= NAME_LENGTH_MAX && !/^\/?(?:aws|ssm)/i.test(name)) return name;
  throw new AwsError(
    "ValidationException",
    `Parameter name ${JSON.stringify(name)} is not valid: letters, digits and _ . - between single slashes, not beginning with aws or ssm.`,
  );
}
