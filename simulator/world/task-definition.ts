// A task definition revision: what was registered, plus the few facts that tasks need of it.

import type { TaskDefinition as SdkTaskDefinition } from "@aws-sdk/client-ecs";

export interface TaskDefinition {
  readonly sequence: number;
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  status: "ACTIVE" | "INACTIVE";
  readonly registeredAtMs: number;
  deregisteredAtMs: number | null;
  /** As registered; without status and times, which are above. */
  readonly definition: SdkTaskDefinition;
  readonly imageDigests: Readonly<Record<string, string>>;
  tags: Record<string, string>;
}

/** 30 s unless a container asks for longer; Fargate allows 120 s at most (RegisterTaskDefinition, documented). */
const STOP_TIMEOUT_DEFAULT_S = 30;
const STOP_TIMEOUT_MAX_S = 120;

export function stopTimeoutMs(definition: TaskDefinition | undefined): number {
  const asked = (definition?.definition.containerDefinitions ?? []).map((container) => container.stopTimeout);
  const seconds = Math.max(0, ...asked.map((value) => value ?? STOP_TIMEOUT_DEFAULT_S));
  return Math.min(seconds === 0 ? STOP_TIMEOUT_DEFAULT_S : seconds, STOP_TIMEOUT_MAX_S) * 1000;
}

export function isWindows(definition: TaskDefinition | undefined): boolean {
  return (definition?.definition.runtimePlatform?.operatingSystemFamily ?? "LINUX").startsWith("WINDOWS");
}

export function hasContainerHealthCheck(definition: TaskDefinition | undefined): boolean {
  return (definition?.definition.containerDefinitions ?? []).some((container) => container.healthCheck !== undefined);
}
