// Every operation that is modelled, by service and name.
// Invariant: what is not here answers UnknownOperationException with a 4xx status, never an empty success.

import { AwsError } from "../world/aws-error";
import type { AwsServiceName } from "../world/call";
import { ec2Operations } from "./ec2/operations";
import { ecsOperations } from "./ecs/operations";
import { kmsOperations } from "./kms/operations";
import { logsOperations } from "./logs/operations";
import type { Operation } from "./operation";
import { stsOperations } from "./sts/operations";

export const operations: Readonly<Record<AwsServiceName, Readonly<Record<string, Operation>>>> = {
  ecs: ecsOperations,
  kms: kmsOperations,
  sts: stsOperations,
  ec2: ec2Operations,
  logs: logsOperations,
};

export function operationNamed(service: AwsServiceName, name: string): Operation {
  const found = Object.hasOwn(operations[service], name) ? operations[service][name] : undefined;
  if (found !== undefined) return found;
  throw new AwsError("UnknownOperationException", `The simulator does not model the operation ${service}:${name}.`);
}
