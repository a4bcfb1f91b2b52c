// What a task definition must say when it asks for Fargate.
// Source: cpu, memory and networkMode of RegisterTaskDefinition, ECS API reference (documented); the texts are reported.

import type { RegisterTaskDefinitionRequest } from "@aws-sdk/client-ecs";
import { AwsError } from "../../world/aws-error";

export function requireFargateMembers(input: RegisterTaskDefinitionRequest): void {
  if (input.requiresCompatibilities?.includes("FARGATE") !== true) return;
  if (!input.cpu) throw refused("Fargate requires that 'cpu' be defined at the task level.");
  if (!input.memory) throw refused("Fargate requires that 'memory' be defined at the task level.");
  if (input.networkMode !== "awsvpc") throw refused("Fargate only supports network mode 'awsvpc'.");
}

function refused(message: string): AwsError {
  return new AwsError("ClientException", message);
}
