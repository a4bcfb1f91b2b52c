// Compliant properties of the resource types that the rules in rules/network/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";
import { NATIVE_VPC_ENDPOINT, VPC_ENDPOINT, VPC_ENDPOINT_POLICY } from "../../../policypack/rules/resource-types";

const OWN_ACCOUNT = { StringEquals: { "aws:PrincipalAccount": "111122223333" } };

/** An endpoint policy of one statement; `broken` replaces its elements. */
export function endpointDocument(broken: Properties = {}): Properties {
  const statement = { Effect: "Allow", Principal: "*", Action: "ecr:*", Resource: "*", Condition: OWN_ACCOUNT };
  return { Version: "2012-10-17", Statement: [{ ...statement, ...broken }] };
}

export const ENDPOINT_ID = "vpce-0123456789abcdef0";
const ENDPOINT = { id: ENDPOINT_ID, serviceName: "com.amazonaws.eu-central-1.ecr.api" };

export const NETWORK_PROPERTIES: Readonly<Record<string, Properties>> = {
  [VPC_ENDPOINT]: { ...ENDPOINT, policy: JSON.stringify(endpointDocument()) },
  [NATIVE_VPC_ENDPOINT]: { ...ENDPOINT, policyDocument: endpointDocument() },
  [VPC_ENDPOINT_POLICY]: { vpcEndpointId: ENDPOINT_ID, policy: JSON.stringify(endpointDocument()) },
};

/** What the program's SDK registers of an endpoint with literal values: an entry for each property that is given. */
export const GIVEN: Readonly<Record<string, readonly string[]>> = { serviceName: [], policy: [], policyDocument: [] };

/** What makes tasks start in a private network: on Fargate, without a public address. `broken` replaces the address. */
export function launching(broken: Properties = {}): Properties {
  return { launchType: "FARGATE", networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: false, ...broken } };
}

/** As CloudFormation's types hold it, below the name that the type gives the block. */
export function launchingNatively(block: string, broken: Properties = {}): Properties {
  const address = { subnets: ["subnet-1"], assignPublicIp: "DISABLED", ...broken };
  return { launchType: "FARGATE", networkConfiguration: { [block]: address } };
}
