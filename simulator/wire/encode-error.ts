// An error as each protocol writes it: JSON and CBOR name it in `__type`, the XML protocols in envelopes of their own.
// Source: https://smithy.io/2.0/aws/protocols/ (documented), and what the SDK clients parse.

import { type Dialect, jsonContentType } from "./dialect";
import type { WireResponse } from "./wire-message";
import { writeCborTexts } from "./write-cbor";
import { element, escapeXml } from "./write-xml";

export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

export interface ErrorContext {
  readonly dialect: Dialect;
  readonly requestId: string;
}

export function encodeError(error: WireError, context: ErrorContext): WireResponse {
  const { status, code, message } = error;
  const requestId = { "x-amzn-requestid": context.requestId };
  switch (context.dialect.protocol) {
    case "json": {
      const headers = { "content-type": jsonContentType(context.dialect), ...requestId, "x-amzn-errortype": code };
      return {
        status,
        headers: { ...headers, ...queryCode(error, context) },
        body: JSON.stringify({ __type: code, message }),
      };
    }
    case "cbor": {
      const headers = { "content-type": "application/cbor", ...requestId, "smithy-protocol": "rpc-v2-cbor" };
      return { status, headers, body: "", bytes: writeCborTexts({ __type: code, message }) };
    }
    case "query":
      return { status, headers: { ...XML, ...requestId }, body: queryError(error, context) };
    case "ec2Query":
      return { status, headers: { ...XML, ...requestId }, body: ec2Error(error, context) };
    case "restXml":
      return { status, headers: { ...XML, ...requestId }, body: element("Error", detailOf(error)) };
  }
}

/** As awsQueryCompatible of Smithy has it (documented). */
function queryCode({ status, code }: WireError, { dialect }: ErrorContext): Readonly<Record<string, string>> {
  if (dialect.queryCompatible !== true) return {};
  return { "x-amzn-query-error": `${code};${status < 500 ? "Sender" : "Receiver"}` };
}

const XML = { "content-type": "text/xml" };

function queryError(error: WireError, { dialect, requestId }: ErrorContext): string {
  const type = element("Type", error.status < 500 ? "Sender" : "Receiver");
  const content = element("Error", type + detailOf(error)) + element("RequestId", requestId);
  return element("ErrorResponse", content, dialect.xmlNamespace);
}

function ec2Error(error: WireError, { requestId }: ErrorContext): string {
  return element("Response", element("Errors", element("Error", detailOf(error))) + element("RequestID", requestId));
}

function detailOf({ code, message }: WireError): string {
  return element("Code", escapeXml(code)) + element("Message", escapeXml(message));
}
