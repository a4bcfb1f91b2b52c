// An error as each protocol writes it: JSON names it in `__type`, Query and EC2 Query in their own XML envelopes.
// Source: https://smithy.io/2.0/aws/protocols/ (documented), and what the SDK clients parse.

import type { Protocol, ServiceModel } from "./service-model";
import type { WireResponse } from "./wire-message";
import { element, escapeXml } from "./write-xml";

export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

export interface ErrorContext {
  /** Null when the request named no service that is known here. */
  readonly model: ServiceModel | null;
  readonly requestId: string;
}

export function encodeError(error: WireError, { model, requestId }: ErrorContext): WireResponse {
  const protocol = model?.protocol ?? "json";
  const headers = {
    "content-type": protocol === "json" ? "application/x-amz-json-1.1" : "text/xml",
    "x-amzn-requestid": requestId,
    ...(protocol === "json" ? { "x-amzn-errortype": error.code } : {}),
  };
  return { status: error.status, headers, body: bodyOf(protocol, error, { model, requestId }) };
}

function bodyOf(protocol: Protocol, error: WireError, { model, requestId }: ErrorContext): string {
  const detail = element("Code", escapeXml(error.code)) + element("Message", escapeXml(error.message));
  switch (protocol) {
    case "json":
      return JSON.stringify({ __type: error.code, message: error.message });
    case "query": {
      const type = element("Type", error.status < 500 ? "Sender" : "Receiver");
      const content = element("Error", type + detail) + element("RequestId", requestId);
      return element("ErrorResponse", content, model?.xmlNamespace);
    }
    case "ec2Query":
      return element("Response", element("Errors", element("Error", detail)) + element("RequestID", requestId));
  }
}
