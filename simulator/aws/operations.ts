// Every operation that is modelled, by service and name.
// Invariant: what is not here answers UnknownOperationException with a 4xx status, never an empty success.

import { AwsError } from "../world/aws-error";
import type { AwsServiceName } from "../world/call";
import { applicationAutoScalingOperations } from "./application-autoscaling/operations";
import { cloudtrailOperations } from "./cloudtrail/operations";
import { cloudwatchOperations } from "./cloudwatch/operations";
import { ec2Operations } from "./ec2/operations";
import { ecrOperations } from "./ecr/operations";
import { ecsOperations } from "./ecs/operations";
import { kmsOperations } from "./kms/operations";
import { logsOperations } from "./logs/operations";
import type { Operation } from "./operation";
import { secretsManagerOperations } from "./secretsmanager/operations";
import { serviceQuotasOperations } from "./servicequotas/operations";
import { ssmOperations } from "./ssm/operations";
import { stsOperations } from "./sts/operations";

export const operations: Readonly<Record<AwsServiceName, Readonly<Record<string, Operation>>>> = {
  ecs: ecsOperations,
  kms: kmsOperations,
  sts: stsOperations,
  ec2: ec2Operations,
  logs: logsOperations,
  ecr: ecrOperations,
  secretsmanager: secretsManagerOperations,
  ssm: ssmOperations,
  cloudwatch: cloudwatchOperations,
  "application-autoscaling": applicationAutoScalingOperations,
  servicequotas: serviceQuotasOperations,
  cloudtrail: cloudtrailOperations,
};

export function operationNamed(service: AwsServiceName, name: string): Operation {
  const found = Object.hasOwn(operations[service], name) ? operations[service][name] : undefined;
  if (found !== undefined) return found;
  throw new AwsError("UnknownOperationException", `The simulator does not model the operation ${service}:${name}.`);
}
