// The language that a client reads errors in, told from its request: also for services that are not here, because an error
// that a client cannot read hides what it says.
// Source: https://smithy.io/2.0/aws/protocols/ (documented).

import type { Credential } from "./credential";
import type { Protocol } from "./service-model";
import type { WireRequest } from "./wire-message";

/** A known service's model is one. */
export interface Dialect {
  readonly protocol: Protocol | "restXml" | "cbor";
  readonly xmlNamespace?: string;
  readonly queryCompatible?: boolean;
  readonly jsonVersion?: "1.0";
}

/** For a request that nothing is known of. */
export const NO_DIALECT: Dialect = { protocol: "json" };

/** The content type of AWS JSON. */
export function jsonContentType({ jsonVersion = "1.1" }: { readonly jsonVersion?: string }): string {
  return `application/x-amz-json-${jsonVersion}`;
}

export function dialectOf({ headers }: WireRequest, credential: Credential | null): Dialect {
  if (headers["smithy-protocol"] === "rpc-v2-cbor") return { protocol: "cbor" };
  if (headers["x-amz-target"] !== undefined) return NO_DIALECT;
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return { protocol: "query" };
  // REST JSON names the error in a header and in the body as JSON RPC does.
  return REST_XML.includes(credential?.signingName ?? "") ? { protocol: "restXml" } : NO_DIALECT;
}

/** The signing names of the services that speak REST XML. */
const REST_XML: readonly string[] = ["s3", "s3express", "s3-outposts", "cloudfront", "route53"];
