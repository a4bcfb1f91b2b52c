// Stacks that endpoint-policy judges: a policy at the endpoint, one beside it, and none.

import { NATIVE_VPC_ENDPOINT, VPC_ENDPOINT, VPC_ENDPOINT_POLICY } from "../../../policypack/rules/resource-types";
import { ENDPOINT_ID, endpointDocument, GIVEN } from "../compliant/network";
import { subject } from "../subjects";
import type { Scene } from "./scene";

const OPEN = endpointDocument({ Condition: undefined, Action: "*" });
const ENDPOINT = subject(VPC_ENDPOINT, { policy: JSON.stringify(OPEN) }, { name: "ecr", madeFrom: GIVEN });

function beside(policy: unknown) {
  return subject(
    VPC_ENDPOINT_POLICY,
    { policy: JSON.stringify(policy) },
    { name: "beside", madeFrom: { ...GIVEN, vpcEndpointId: [ENDPOINT.urn] } },
  );
}

export const SCENES: readonly Scene[] = [
  {
    rule: "endpoint-policy",
    compliant: [subject(VPC_ENDPOINT, {}, { name: "ecr", madeFrom: GIVEN })],
    violating: [subject(VPC_ENDPOINT, { policy: undefined }, { name: "ecr", madeFrom: { serviceName: [] } })],
    on: "ecr",
  },
  {
    rule: "endpoint-policy",
    compliant: [subject(NATIVE_VPC_ENDPOINT, {}, { name: "ecr", madeFrom: GIVEN })],
    violating: [subject(NATIVE_VPC_ENDPOINT, { policyDocument: OPEN }, { name: "ecr", madeFrom: GIVEN })],
    on: "ecr",
  },
  {
    rule: "endpoint-policy",
    compliant: [ENDPOINT, beside(endpointDocument())],
    violating: [ENDPOINT, beside(OPEN)],
    on: "beside",
  },
  {
    rule: "endpoint-policy",
    compliant: [
      subject(VPC_ENDPOINT, { policy: undefined }, { name: "ecr" }),
      subject(VPC_ENDPOINT_POLICY, { vpcEndpointId: ENDPOINT_ID }),
    ],
    violating: [
      subject(VPC_ENDPOINT, { policy: undefined }, { name: "ecr" }),
      subject(VPC_ENDPOINT_POLICY, { vpcEndpointId: "vpce-1" }),
    ],
    on: "ecr",
  },
];
