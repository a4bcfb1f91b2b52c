// SurroundingsPort on the AWS SDK: one file a service, each loaded with its client when it is first asked.
// Invariant: who never asks a service never pays for loading its client: commands that look at ECS alone start as quickly as before.

import type { Clock } from "../../../ports/clock";
import type { SurroundingsPort } from "../../../ports/surroundings-port";
import type { ClientOf } from "../aws-clients";
import type { SendRequest } from "../send-request";

/** What every file of this folder takes. */
export interface SurroundingsOptions {
  readonly clientOf: ClientOf;
  readonly send: SendRequest;
  readonly clock: Clock;
}

export function createSurroundingsAdapter(options: SurroundingsOptions): SurroundingsPort {
  return {
    images: async (question) => (await import("./ecr-images.js")).images(options, question),
    secretState: async (secret) => (await import("./secret-state.js")).secretState(options, secret),
    presentParameters: async (names) => (await import("./present-parameters.js")).presentParameters(options, names),
    presentLogGroups: async (names) => (await import("./present-log-groups.js")).presentLogGroups(options, names),
    alarmStates: async (names) => (await import("./alarm-states.js")).alarmStates(options, names),
    scalableTargets: async () => (await import("./scalable-targets.js")).scalableTargets(options),
    vcpuQuota: async (kind) => (await import("./vcpu-quota.js")).vcpuQuota(options, kind),
    vcpuInUse: async () => (await import("./vcpu-in-use.js")).vcpuInUse(options),
    trails: async () => (await import("./trails.js")).trails(options),
    trailEvents: async (trailArn) => (await import("./trails.js")).trailEvents(options, trailArn),
  };
}
