// What a fleet may say to the simulator alone, under `extra.simulator`: services that fail, how deployments are made where a
// scan does not tell, and other medians of durations.
// Invariant: a misspelt mode or a duration that is no positive number is refused with its name.

import type { DeploymentConfiguration } from "@aws-sdk/client-ecs";
import { DEFAULT_MEDIANS, type DurationMedians } from "../durations";
import type { FailureMode } from "../world-fault";

export interface FailingService {
  readonly cluster: string;
  readonly service: string;
  readonly how: FailureMode;
}

/** Members of DeploymentConfiguration that a fleet has no place for. */
export interface UntoldDeployment {
  readonly cluster: string;
  readonly service: string;
  readonly configuration: Pick<
    DeploymentConfiguration,
    "lifecycleHooks" | "linearConfiguration" | "canaryConfiguration" | "earlySuccessCriteria"
  >;
}

export interface SimulatorExtra {
  readonly failingServices: readonly FailingService[];
  readonly deployments: readonly UntoldDeployment[];
  readonly durations: Partial<DurationMedians>;
}

const MODES: readonly string[] = ["exits", "image-missing", "unhealthy"] satisfies readonly FailureMode[];

export function readSimulatorExtra(extra: Readonly<Record<string, unknown>>): SimulatorExtra {
  const said = recordOf(extra.simulator);
  const failing = Array.isArray(said.failingServices) ? said.failingServices : [];
  const deployments = Array.isArray(said.deployments) ? said.deployments : [];
  return {
    failingServices: failing.map((entry) => failingService(recordOf(entry))),
    deployments: deployments.map((entry) => untoldDeployment(recordOf(entry))),
    durations: durationsOf(said),
  };
}

function failingService(entry: Readonly<Record<string, unknown>>): FailingService {
  const how = String(entry.how);
  if (!MODES.includes(how)) {
    throw new RangeError(`extra.simulator.failingServices: how is "${how}"; it must be one of ${MODES.join(", ")}`);
  }
  return { cluster: String(entry.cluster), service: String(entry.service), how: how as FailureMode };
}

const UNTOLD: readonly string[] = [
  "lifecycleHooks",
  "linearConfiguration",
  "canaryConfiguration",
  "earlySuccessCriteria",
] satisfies readonly (keyof UntoldDeployment["configuration"])[];

function untoldDeployment({ cluster, service, ...configuration }: Readonly<Record<string, unknown>>): UntoldDeployment {
  const stray = Object.keys(configuration).find((name) => !UNTOLD.includes(name));
  if (stray !== undefined) {
    throw new RangeError(`extra.simulator.deployments: "${stray}" is no member; they are ${UNTOLD.join(", ")}`);
  }
  return { cluster: String(cluster), service: String(service), configuration };
}

function durationsOf(said: Readonly<Record<string, unknown>>): Partial<DurationMedians> {
  const given = Object.entries(recordOf(said.durations));
  for (const [name, value] of given) {
    if (!(name in DEFAULT_MEDIANS) || typeof value !== "number" || !(value > 0)) {
      const known = Object.keys(DEFAULT_MEDIANS).join(", ");
      throw new RangeError(
        `extra.simulator.durations.${name} is ${String(value)}; give milliseconds > 0 for one of ${known}`,
      );
    }
  }
  return Object.fromEntries(given);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
