// The calls of people, roles and pipelines that the event history keeps here: what they do to keys, and to clusters that use them.
// Source: "Logging AWS KMS API calls with AWS CloudTrail", KMS developer guide, and "Logging Amazon ECS API calls", ECS developer
// guide (documented: every call is recorded). Others than these are not kept, so that a long simulation stays small.
// Invariant: what is kept of a call is what its text needs: the request, and the error when there was one.

import type { Call, Caller, Reply } from "./call";
import type { Lane } from "./lane";
import { laneOf, type WorldState } from "./world-state";

const KEPT = {
  ecs: ["UpdateCluster"],
  kms: ["CancelKeyDeletion", "DisableKey", "EnableKey", "PutKeyPolicy", "ScheduleKeyDeletion"],
} as const;

type KeptCall = Call & { readonly service: keyof typeof KEPT };

export function recordCall(world: WorldState, call: Call, reply: Reply): void {
  if (!isKept(call)) return;
  const { service, operation, input, caller } = call;
  const error = reply.kind === "error" ? { code: reply.code, message: reply.message } : null;
  const event = { service, operation, input: keptOf(input), caller, error, atMs: world.nowMs };
  const lane = laneOf(world, caller.account, caller.region);
  lane.trailLog.add({ kind: "call", ...event, nonce: world.trailChance.uint32() });
}

/** Somebody else in the account: what faults do to it, as CloudTrail would name them. */
export function rivalIn({ partition, account, region }: Lane): Caller {
  return { account, region, principalArn: `arn:${partition}:iam::${account}:user/somebody-else` };
}

function isKept(call: Call): call is KeptCall {
  const { service, operation } = call;
  return (service === "ecs" || service === "kms") && (KEPT[service] as readonly string[]).includes(operation);
}

const MEMBERS: readonly string[] = [
  "KeyId",
  "PolicyName",
  "Policy",
  "BypassPolicyLockoutSafetyCheck",
  "PendingWindowInDays",
  "cluster",
  "configuration",
  "settings",
];

function keptOf(input: Call["input"]): Call["input"] {
  return structuredClone(Object.fromEntries(MEMBERS.flatMap((name) => (name in input ? [[name, input[name]]] : []))));
}
