// A successful reply as its protocol writes it.
// Invariant: a reply that does not fit its own shape is never sent: the problem is handed back, to be told as our own error.

import { jsonContentType } from "./dialect";
import { writeJsonLeaves } from "./json-leaves";
import type { ServiceModel } from "./service-model";
import type { OperationShape } from "./shape";
import type { ShapeProblem } from "./shape-problem";
import { walkStructure } from "./shape-walk";
import type { WireResponse } from "./wire-message";
import { element, writeXmlMembers, xmlLeaves } from "./write-xml";

export interface OutputToEncode {
  readonly model: ServiceModel;
  readonly operation: OperationShape;
  readonly output: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

export type EncodedOutput =
  | { readonly kind: "response"; readonly response: WireResponse }
  | { readonly kind: "misfit"; readonly problem: ShapeProblem };

export function encodeOutput(reply: OutputToEncode): EncodedOutput {
  const { model, operation, output, requestId } = reply;
  const isJson = model.protocol === "json";
  const shape = operation.output ?? { kind: "structure", name: "nothing", union: false, members: new Map() };
  const { value, problems } = walkStructure(model.service, shape, output, isJson ? writeJsonLeaves : xmlLeaves);
  const [problem] = problems;
  if (problem !== undefined) return { kind: "misfit", problem };
  const headers = {
    "content-type": isJson ? jsonContentType(model) : "text/xml",
    "x-amzn-requestid": requestId,
  };
  const body = isJson ? jsonBody(operation, value) : xmlBody(reply, writeXmlMembers(shape, value));
  return { kind: "response", response: { status: 200, headers, body } };
}

function jsonBody(operation: OperationShape, value: Readonly<Record<string, unknown>>): string {
  return operation.output === null ? "" : JSON.stringify(value);
}

function xmlBody({ model, operation, requestId }: OutputToEncode, members: string): string {
  if (model.protocol === "ec2Query") {
    return element(`${operation.name}Response`, element("requestId", requestId) + members, model.xmlNamespace);
  }
  const metadata = element("ResponseMetadata", element("RequestId", requestId));
  return element(
    `${operation.name}Response`,
    element(`${operation.name}Result`, members) + metadata,
    model.xmlNamespace,
  );
}
