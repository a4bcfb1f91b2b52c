// Errors on their way to the engine, worded as the Terraform bridge words them, with the details of a partial failure packed
// the way the engine unpacks them.

import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { PartialFailure } from "./partial-failure";
import { encodeProperties } from "./property-values";

export interface ErrorDetails {
  /** The top-level properties that are secret. */
  readonly secrets?: ReadonlySet<string>;
  /** What the bridge says before the error, e.g. `invoking aws:kms/getKey:getKey`. */
  readonly doing?: string;
}

export function engineError(error: unknown, { secrets = new Set(), doing }: ErrorDetails = {}): Partial<ServiceError> {
  const said = `1 error occurred:\n\t* ${error instanceof Error ? error.message : String(error)}\n\n`;
  const message = doing === undefined ? said : `${doing}: ${said}`;
  if (!(error instanceof PartialFailure)) return { code: status.UNKNOWN, details: message, message };
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(detailsOf(error, message, secrets).serializeBinary()));
  return { code: status.UNKNOWN, details: message, message, metadata };
}

function detailsOf(failure: PartialFailure, message: string, secrets: ReadonlySet<string>): Status {
  const init = new ErrorResourceInitFailed();
  init.setId(failure.id);
  init.setProperties(encodeProperties(failure.state, secrets));
  init.setReasonsList([failure.reason]);
  const packed = new Any();
  packed.pack(init.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const details = new Status();
  details.setCode(status.UNKNOWN);
  details.setMessage(message);
  details.addDetails(packed);
  return details;
}
