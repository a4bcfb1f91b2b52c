// Launches one task of our own under each key of a plan, looks how far it gets, and takes it away again.
//
// Invariants
//   what was registered is deregistered and what was launched is stopped, whatever happens in between
//   a task is launched once: an answer that is lost makes the verdict unknown and names what may be left
//   a probe that AWS denies is unknown with the permission, never a pass

import { judgeProbe, type ProbeOutcome } from "../core/probe/judge-probe";
import { type NoLaunch, PROBE_FAMILY, type ProbeLaunch } from "../core/probe/probe-launches";
import { AwsFailure } from "../ports/aws-failure";
import type { Clock } from "../ports/clock";
import type { EcsPort } from "../ports/ecs-port";
import type { ProbePort } from "../ports/probe-port";
import { inParallel } from "./in-parallel";

export interface ProbeOptions {
  readonly launches: readonly (ProbeLaunch | NoLaunch)[];
  readonly probe: ProbePort;
  readonly ecs: EcsPort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onLaunched: (launch: ProbeLaunch) => void;
  /** Something of ours could not be taken away: an ARN, and why. */
  readonly onLeft: (arn: string, why: string) => void;
}

const PERMISSIONS = "fargate-cmk permissions preflight --probe";
const AT_ONCE = 4;
const LOOK_EVERY_MS = 5_000;
/** Provisioning and pulling take a minute or two; ten say that something else is wrong. */
const LOOKS_MAX = 120;

/** One outcome a launch, in their order. */
export function probeKeys(options: ProbeOptions): Promise<readonly ProbeOutcome[]> {
  return inParallel({ items: options.launches, atOnce: AT_ONCE, work: (launch) => outcomeOf(options, launch) });
}

async function outcomeOf(options: ProbeOptions, launch: ProbeLaunch | NoLaunch): Promise<ProbeOutcome> {
  if (options.signal.aborted) return undecided(launch, "it was interrupted", "ask again with --probe");
  if ("why" in launch) return undecided(launch, launch.why, "give an image with --probe-image, or leave --probe away");
  try {
    return await withDefinition(options, launch);
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    const doubt = error.mayHaveActed ? `; a task of family ${PROBE_FAMILY} may be there, and ends by itself` : "";
    return undecided(launch, `${error.message}${doubt}`, remedyFor(error));
  }
}

async function withDefinition(options: ProbeOptions, launch: ProbeLaunch): Promise<ProbeOutcome> {
  const { image, executionRoleArn, cpuArchitecture } = launch;
  const definition = { family: PROBE_FAMILY, image, executionRoleArn, cpuArchitecture };
  const taskDefinitionArn = await options.probe.registerTaskDefinition(definition);
  try {
    return await withTask(options, launch, taskDefinitionArn);
  } finally {
    await takeAway(options, taskDefinitionArn, () => options.probe.deregisterTaskDefinition(taskDefinitionArn));
  }
}

async function withTask(options: ProbeOptions, launch: ProbeLaunch, taskDefinitionArn: string): Promise<ProbeOutcome> {
  const { clusterArn, subnets, securityGroups, assignsPublicIp } = launch;
  const network = { subnets, securityGroups, assignsPublicIp };
  const started = await options.probe.runTask({ clusterArn, taskDefinitionArn, ...network, startedBy: PROBE_FAMILY });
  if (started.kind === "refused") {
    const reason = `its task was not launched: ${started.reason}`;
    return { ...placeOf(launch), verdict: "fail", reason, remedy: "make room for one more task, then ask again" };
  }
  options.onLaunched(launch);
  try {
    return await watched(options, launch, started.taskArn);
  } finally {
    const stop = { clusterArn, taskArn: started.taskArn, reason: "the probe has seen enough" };
    await takeAway(options, started.taskArn, () => options.probe.stopTask(stop));
  }
}

async function watched(options: ProbeOptions, launch: ProbeLaunch, taskArn: string): Promise<ProbeOutcome> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    await options.clock.sleep(LOOK_EVERY_MS, options.signal);
    if (options.signal.aborted) return undecided(launch, "it was interrupted", "ask again with --probe");
    const { found } = await options.ecs.describeTasks({ clusterArn: launch.clusterArn, tasks: [taskArn] });
    const outcome = judgeProbe(launch, found[0] ?? null);
    if (outcome !== null) return outcome;
  }
  const minutes = (LOOK_EVERY_MS * LOOKS_MAX) / 60_000;
  return undecided(launch, `its task has not started within ${minutes} minutes`, "look at it in the console");
}

/** What cannot be taken away is told, and does not hide what the probe found. */
async function takeAway({ onLeft }: ProbeOptions, arn: string, take: () => Promise<void>): Promise<void> {
  try {
    await take();
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    onLeft(arn, error.message);
  }
}

function undecided(launch: ProbeLaunch | NoLaunch, why: string, remedy: string): ProbeOutcome {
  return { ...placeOf(launch), verdict: "unknown", reason: why, remedy };
}

function placeOf({ clusterName, keyArn }: ProbeLaunch | NoLaunch) {
  return { clusterName, keyArn };
}

function remedyFor({ kind, operation }: AwsFailure): string {
  if (kind === "denied")
    return `allow ${operation} to who asks, then ask again with --probe; all that it needs: ${PERMISSIONS}`;
  return "ask again with --probe";
}
