// Fargate as one who asks for a key: the words for the changes that would let its calls through.
// Invariant: a change leads to the documented Fargate statements and never past them.

import type { KeyAsker } from "./explain-key-access";
import { FARGATE_SERVICE_PRINCIPAL } from "./fargate-key-policy";
import type { FargateCall, FargatePlace } from "./fargate-kms-request";

export function fargateAsker({ operation }: FargateCall, place: FargatePlace): KeyAsker {
  const action = `kms:${operation}`;
  return {
    name: FARGATE_SERVICE_PRINCIPAL,
    kind: "service",
    action,
    addition: `add the documented Fargate statement for ${action} and cluster ${place.clusterName}`,
    documented: "the documented Fargate statement",
    proof: "prove it with a probe",
    changeOf: (key, label) => changeOf(key, label, place),
  };
}

/** For condition keys that the documented statements use, or that KMS advises: which value is lacking. */
function changeOf(key: string, label: string, { account, clusterName }: FargatePlace): string | null {
  switch (key.toLowerCase()) {
    case "kms:encryptioncontext:aws:ecs:clustername":
      return `add ${clusterName} to the cluster names of ${label}`;
    case "kms:encryptioncontext:aws:ecs:clusteraccount":
      return `add ${account} to the cluster accounts of ${label}`;
    case "kms:encryptioncontextkeys":
      return `add aws:ebs:id to kms:EncryptionContextKeys of ${label}, or drop that condition`;
    case "kms:grantoperations":
      return `let ${label} allow the grant operation Decrypt`;
    default:
      return null;
  }
}
