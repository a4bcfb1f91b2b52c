// Whether a task may start under a key, at the moment when its volume is made.
// Sources: "Managing AWS KMS keys for Fargate ephemeral storage", ECS developer guide (documented: the key must be enabled
// and let fargate.amazonaws.com make data keys and grants, as a dry run and then for real); the texts are inferred, AWS shows
// none, so whether they name KMS is a switch.
// Invariants: null means the task may start; a key whose policy nobody could read is taken for a good one, which the
// organisation may still deny.

import { FARGATE_CALLS, type FargateCall, fargateKmsRequest } from "../../domain/fargate-kms-request";
import { authorize } from "../../domain/policy/authorize";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { isProblem } from "../../domain/problem";
import { arnOrNull } from "./arns";
import type { FargateRefusal, Key } from "./key";
import { policyInForce } from "./key-policy-in-force";
import type { Lane } from "./lane";
import type { Task } from "./task";
import type { WorldState } from "./world-state";

export interface KeyRefusal {
  /** The task's stopped reason. */
  readonly reason: string;
  /** What KMS answered, and to which call. */
  readonly code: string;
  readonly message: string;
  readonly call: FargateCall;
}

export function keyOfArn(world: WorldState, arn: string): Key | null {
  return laneOfKey(world, arn)?.keys.get(keyIdOf(arn)) ?? null;
}

/** Why KMS keeps this task from starting; null when it does not. */
export function keyRefusal(world: WorldState, task: Task): KeyRefusal | null {
  if (task.kmsKeyArn === null) return null;
  const key = keyOfArn(world, task.kmsKeyArn);
  if (key === null) return refused(world, "NotFoundException", `Key '${task.kmsKeyArn}' does not exist`);
  if (key.state === "Disabled") return refused(world, "DisabledException", `${key.arn} is disabled.`);
  if (key.state !== "Enabled") return refused(world, "KMSInvalidStateException", `${key.arn} is ${stateText(key)}.`);
  const refusal = refusalOf(world, key, task);
  return refusal === null ? null : denied(world, { key, task, refusal });
}

/** In the order in which they are made: both dry runs come first. */
export const CALLS_OF_LAUNCH: readonly FargateCall[] = [
  ...FARGATE_CALLS.filter(({ mode }) => mode === "dryRun"),
  ...FARGATE_CALLS.filter(({ mode }) => mode === "real"),
];
const [FIRST_CALL] = CALLS_OF_LAUNCH as [FargateCall, ...FargateCall[]];

/** What a policy that nobody could read is taken for. */
const OPEN_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
});

function refusalOf(world: WorldState, key: Key, task: Task): FargateRefusal | null {
  const { account, region } = task.cluster.lane;
  // Looked at first: a policy that has come into force empties the cache.
  const policy = policyInForce(world, key);
  const cacheKey = `${account}/${region}/${task.cluster.name}`;
  const known = key.accessCache.get(cacheKey);
  if (known !== undefined) return known;
  const refusal = judged(world, { key, task, policy: policy ?? OPEN_POLICY });
  key.accessCache.set(cacheKey, refusal);
  return refusal;
}

interface Question {
  readonly key: Key;
  readonly task: Task;
  readonly policy: string;
}

function judged(world: WorldState, { key, task, policy }: Question): FargateRefusal | null {
  const undecided = world.switches.undecidedKeyPolicy;
  const parsed = parsePolicy(policy);
  if (isProblem(parsed)) return undecided === "allow" ? null : { call: FIRST_CALL, by: "key-policy" };
  const { account, region } = task.cluster.lane;
  const place = { account, region, clusterName: task.cluster.name, keyArn: key.arn, keyAccount: key.account };
  const rcpLevels = laneOfKey(world, key.arn)?.organisation.levelsFor(key.arn) ?? [];
  for (const call of CALLS_OF_LAUNCH) {
    const { decision, stoppedBy } = authorize({
      request: fargateKmsRequest(call, place),
      resourceAccount: key.account,
      resourcePolicy: { kind: "key", policy: parsed },
      rcpLevels,
    });
    const passes = decision === "unknown" ? undecided === "allow" : decision === "allow";
    if (!passes) return { call, by: stoppedBy === "rcp" ? "organisation" : "key-policy" };
  }
  return null;
}

interface Denied {
  readonly key: Key;
  readonly task: Task;
  readonly refusal: FargateRefusal;
}

function denied(world: WorldState, { key, task, refusal }: Denied): KeyRefusal {
  const { call, by } = refusal;
  const message =
    `fargate.amazonaws.com is not authorized to perform kms:${call.operation} on resource ${key.arn} ` +
    `for cluster ${task.cluster.name}${by === "organisation" ? " with an explicit deny in a resource control policy" : ""}`;
  const answer = refused(world, "AccessDeniedException", message, call);
  const text = by === "organisation" ? (laneOfKey(world, key.arn)?.organisation.textFor(key.arn) ?? null) : null;
  return text === null ? answer : { ...answer, reason: text };
}

function refused({ switches }: WorldState, code: string, message: string, call = FIRST_CALL): KeyRefusal {
  const named = `failed to create the encrypted ephemeral storage with the AWS KMS key: ${code}: ${message}`;
  const text = switches.keyFailureText === "unnamed" ? "failed to initialize the ephemeral storage of the task" : named;
  return { reason: `ResourceInitializationError: ${text}`, code, message, call };
}

export function laneOfKey(world: WorldState, arn: string): Lane | undefined {
  const parsed = arnOrNull(arn);
  return parsed === null ? undefined : world.lanes.get(`${parsed.account}/${parsed.region}`);
}

function keyIdOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(":key/") + ":key/".length);
}

function stateText(key: Key): string {
  return key.state === "PendingDeletion" ? "pending deletion" : key.state;
}
