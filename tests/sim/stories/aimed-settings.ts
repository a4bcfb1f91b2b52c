// For each state of a service or a run, a small account and a story in which a run comes into it by itself and stays a while.
// Invariant: nothing in a setting depends on the fault that is then let into it.

import type { Fleet } from "../../../domain/fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { RUN_STATES, type RunStateName, SERVICE_STATES, type ServiceState } from "../meetings/meeting-states";
import type { Cue } from "./cues";
import type { Rival } from "./rivals";
import type { Story } from "./story";

export type MetState = ServiceState | RunStateName;

export interface Setting {
  readonly fleet: Fleet;
  /** What of the story brings the run into the state. */
  readonly story: Partial<Story>;
  /** ARN of the service that is in it, or that is on its way meanwhile. */
  readonly target: string;
  /** When the state is there. */
  readonly cue: Cue;
}

const MINUTE = 60_000;
export const CLUSTER = "pay";
/** Of a key of its own, with nothing in it. */
export const EMPTY_CLUSTER = "idle";

export interface AccountOptions {
  /** Tasks of the target; more than a page of ListTasks has where pages matter. */
  readonly tasks: number;
  /** Whether tasks leave slowly, as behind a load balancer. */
  readonly drains: boolean;
}

export function settingOf(state: MetState, { tasks, drains }: AccountOptions): Setting {
  const name = TARGETS[state] ?? "s1";
  const fleet = account({ tasks, drains, target: name, failing: state === "halted" ? "s2" : null });
  const target = fleet.services.find((service) => service.name === name)?.arn ?? "";
  const isOfService = SERVICE_STATES.some((one) => one === state);
  const cue: Cue = { kind: "state", state: state === "running" ? "deploying" : state, delayMs: 0 };
  return {
    fleet,
    target,
    cue: isOfService || state !== "away" ? cue : { ...cue, delayMs: MINUTE },
    story: storyTo(state, target, tasks > FEW),
  };
}

export function isMetState(state: string): state is MetState {
  return [...SERVICE_STATES, ...RUN_STATES].some((one) => one === state);
}

/** The canary, which is alone in the first wave, where what follows that wave matters. */
const TARGETS: Partial<Readonly<Record<MetState, string>>> = {
  verified: "s0",
  overdue: "s0",
  soaking: "s0",
  "waiting for a yes": "s0",
};

interface Account extends AccountOptions {
  readonly target: string;
  readonly failing: string | null;
}

/** Every service has what faults fall on: alarms, a hook, a secret, a parameter, a log group. */
function account({ tasks, drains, target, failing }: Account): Fleet {
  const start = aFleet()
    .key("a-key", { clusters: [CLUSTER, EMPTY_CLUSTER], metadata: { origin: "EXTERNAL" } })
    .key("spare", { clusters: [CLUSTER] })
    .cluster(EMPTY_CLUSTER, { key: "a-key" })
    .cluster(CLUSTER, { key: "a-key" });
  return NAMES.reduce<FleetBuilder>((fleet, name) => {
    const desired = name === target ? tasks : tasksBeside(tasks, target, name);
    const service = fleet
      .service(name, { desired })
      .scaling(1, 200)
      .secret(`${name}-db`)
      .parameter(`/${name}/flags`)
      .alarms(`${name}-errors`)
      .bake(1)
      .hooks({ kind: "lambda", stage: "POST_SCALE_UP" });
    const placed = drains ? service.behindLoadBalancer() : service;
    return name === failing ? placed.failing("exits") : placed;
  }, start).build();
}

const NAMES = ["s0", "s1", "s2", "s3"] as const;
const FEW = 2;

/** Beside a canary with many tasks the others have too few to be one. */
function tasksBeside(tasks: number, target: string, name: string): number {
  return tasks > FEW && target === "s0" && name !== target ? 1 : FEW;
}

function storyTo(state: MetState, target: string, hasPages: boolean): Partial<Story> {
  const at = (state: MetState, delayMs: number): Cue => ({ kind: "state", state, delayMs });
  const update: Cue = { kind: "update" };
  const name = target.slice(target.lastIndexOf("/") + 1);
  const rival = (cue: Cue, ...acts: Rival["acts"]): Partial<Story> => ({ rivals: [{ cue, service: target, acts }] });
  const place = { cluster: CLUSTER, service: name };
  const late = rival(update, { afterMs: 0, fault: { kind: "task-protected", ...place, minutes: 240 } });
  const alarms = { alarms: [`${name}-errors`], approval: false };
  switch (state) {
    case "queued":
    case "deploying":
    case "draining":
    case "verified":
    case "running":
    case "final sweep":
      return {};
    case "in doubt":
      return {
        faults: [{ kind: "timeout-after-act", operation: "UpdateService", cue: update, about: target, fromMs: 0 }],
      };
    case "superseded":
      return rival(at("deploying", 5_000), { afterMs: 0, fault: { kind: "somebody-deploys", ...place } });
    case "overdue":
      return { ...late, options: { soakMs: 60 * MINUTE } };
    case "soaking":
      return { ...late, options: { soakMs: 30 * MINUTE, gate: alarms } };
    case "waiting for a yes":
      return { ...late, options: { soakMs: 0, gate: { ...alarms, approval: true } }, approvesAfterMs: 40 * MINUTE };
    case "paused":
      return {
        controls: [
          { cue: at("deploying", 10_000), about: target, request: "pause" },
          { cue: at("paused", 20 * MINUTE), request: "resume" },
        ],
      };
    case "halted":
      return { options: { failuresMax: 0 }, resumesMax: 1 };
    case "aborting":
      return { controls: [{ cue: at("deploying", 10_000), about: target, request: "abort" }] };
    case "held for a key":
      // Tasks are listed at the end of a drain, and one must be under way while the key is looked at for who comes next.
      return hasPages
        ? { ...brokenKey(target, at("draining", 0)), options: { inFlightMax: 1 } }
        : brokenKey(target, update);
    case "waiting for a second try":
      return brokenKey(target, update);
    case "away":
      return { deaths: [{ line: 12, when: "after", awayMs: 30 * MINUTE }] };
  }
}

/** For a while. */
function brokenKey(target: string, cue: Cue): Partial<Story> {
  const { clusters } = account({ tasks: FEW, drains: false, target: "s1", failing: null });
  const known = clusters.flatMap(({ configuration }) => (configuration.kind === "known" ? [configuration.value] : []));
  const key = known[0]?.fargateEphemeralStorageKmsKeyArn ?? "";
  const acts = [
    { afterMs: 0, fault: { kind: "key-disabled", key } },
    { afterMs: 20 * MINUTE, fault: { kind: "key-enabled", key } },
  ] as const;
  return { rivals: [{ cue, service: target, acts }] };
}
