// Faults as they come over the wire (POST /_simulator/fault): JSON from anybody becomes a fault of the API or of the world.
// Invariants
//   an unknown kind, a missing or a misspelt member is refused with its name; nothing is guessed
//   `forSeconds`, counted from now in simulated time, may stand for `untilMs`

import { API_FAULT_KINDS, type ApiFault } from "./api-fault";
import type { WorldFault } from "./world/world-fault";

export type ParsedFault =
  | { readonly kind: "api"; readonly fault: ApiFault }
  | { readonly kind: "world"; readonly fault: WorldFault };

export class FaultError extends Error {
  override readonly name = "FaultError";
}

/** The fault in a JSON value. Throws FaultError, whose message names the member and what would fit. */
export function parseFault(value: unknown, nowMs: number): ParsedFault {
  if (!isRecord(value)) throw new FaultError('a fault is an object, e.g. {"kind": "throttle", "count": 3}');
  const kind = String(value.kind);
  if (API_FAULT_KINDS.some((known) => known === kind)) {
    const members = kind === "neighbour-takes-tokens" ? NEIGHBOUR : { ...API_MEMBERS, ...API_MEMBERS_OF[kind] };
    return { kind: "api", fault: checked(value, members, nowMs) as unknown as ApiFault };
  }
  if (!Object.hasOwn(WORLD_MEMBERS, kind)) {
    throw new FaultError(`kind "${kind}" is no fault; the kinds are ${faultKinds().join(", ")}`);
  }
  const members = { ...PLACE, ...WORLD_MEMBERS[kind as WorldFault["kind"]] };
  return { kind: "world", fault: checked(value, members, nowMs) as unknown as WorldFault };
}

/** The kinds that parseFault knows, in the order in which they are told to people. */
export function faultKinds(): readonly string[] {
  return [...API_FAULT_KINDS, ...Object.keys(WORLD_MEMBERS)];
}

/** A type of member; a question mark says that it may be left out. */
type MemberType = "text" | "text?" | "count" | "count?" | "textOrNull" | "share";
type Members = Readonly<Record<string, MemberType>>;

const API_MEMBERS: Members = {
  service: "text?",
  operation: "text?",
  account: "text?",
  cluster: "text?",
  ecsService: "text?",
  count: "count?",
  fromMs: "count?",
  untilMs: "count?",
};

const API_MEMBERS_OF: Readonly<Record<string, Members>> = {
  slow: { delayMs: "count" },
  "clock-skew": { behindSeconds: "count?", aheadSeconds: "count?" },
};

/** It strikes no call: it has no count, and names no resource. */
const NEIGHBOUR: Members = {
  service: "text?",
  operation: "text?",
  bucket: "text?",
  account: "text?",
  share: "share",
  fromMs: "count?",
  untilMs: "count",
};

const PLACE: Members = { account: "text?", region: "text?" };
const SERVICE: Members = { cluster: "text", service: "text" };

const WORLD_MEMBERS: Readonly<Record<WorldFault["kind"], Members>> = {
  "key-disabled": { key: "text" },
  "key-enabled": { key: "text" },
  "key-policy-replaced": { key: "text", policy: "text" },
  "key-deletion-scheduled": { key: "text", windowDays: "count?" },
  "key-material-expires": { key: "text" },
  "organisation-denies-key": { key: "text?", policy: "text?", text: "text?" },
  "organisation-allows-key": { key: "text?" },
  "image-missing": { taskDefinition: "text", untilMs: "count?" },
  "image-moved": { image: "text", digest: "text?" },
  "secret-deleted": { secret: "text" },
  "secret-scheduled-for-deletion": { secret: "text", windowDays: "count?" },
  "parameter-deleted": { parameter: "text" },
  "log-group-deleted": { logGroup: "text" },
  "task-protected": { ...SERVICE, minutes: "count?" },
  "task-definition-inactive": { taskDefinition: "text" },
  "new-tasks-fail": { ...SERVICE, how: "text", untilMs: "count?" },
  "new-tasks-recover": SERVICE,
  "capacity-short": { refusals: "count", untilMs: "count" },
  "subnet-full": { subnet: "text", untilMs: "count?" },
  "alarm-fires": { alarm: "text", untilMs: "count?" },
  "alarm-clears": { alarm: "text" },
  "vcpu-quota": { capacity: "text", vcpu: "count" },
  "neighbour-takes-vcpu": { capacity: "text", vcpu: "count", untilMs: "count?" },
  "trail-drops-kms": { trail: "text" },
  "somebody-deploys": { ...SERVICE, taskDefinition: "text?" },
  "somebody-scales": { ...SERVICE, desiredCount: "count", by: "text?" },
  "service-deleted": SERVICE,
  "cluster-key-changed": { cluster: "text", key: "textOrNull" },
  "hook-fails": SERVICE,
  "zones-rebalanced": SERVICE,
  "task-retired": { ...SERVICE, count: "count?" },
  "task-dies": { ...SERVICE, count: "count?" },
  "spot-interruption": { ...SERVICE, count: "count?" },
};

const WORDS: Readonly<Record<string, readonly string[]>> = {
  capacity: ["onDemand", "spot"],
  how: ["exits", "image-missing", "unhealthy"],
  by: ["autoscaling", "person"],
};

function checked(value: Readonly<Record<string, unknown>>, members: Members, nowMs: number): Record<string, unknown> {
  const { forSeconds, ...given } = value;
  const fault = forSeconds === undefined ? given : { ...given, untilMs: untilMsOf(forSeconds, nowMs) };
  for (const name of Object.keys(fault)) {
    if (name !== "kind" && !Object.hasOwn(members, name)) {
      const known = Object.keys(members).join(", ");
      throw new FaultError(`"${name}" is no member of a ${String(value.kind)} fault; they are ${known}, forSeconds`);
    }
  }
  for (const [name, type] of Object.entries(members)) checkMember(name, type, fault[name]);
  return fault;
}

function untilMsOf(forSeconds: unknown, nowMs: number): number {
  if (typeof forSeconds === "number" && forSeconds > 0) return nowMs + forSeconds * 1000;
  throw new FaultError(`forSeconds must be a number above 0, found ${JSON.stringify(forSeconds)}`);
}

function checkMember(name: string, type: MemberType, value: unknown): void {
  if (!fits(type, value)) throw new FaultError(`${name} must be ${DESCRIPTION[type]}, found ${JSON.stringify(value)}`);
  const words = WORDS[name];
  if (words !== undefined && value !== undefined && !words.includes(String(value))) {
    throw new FaultError(`${name} must be one of ${words.join(", ")}, found ${JSON.stringify(value)}`);
  }
}

function fits(type: MemberType, value: unknown): boolean {
  if (type.endsWith("?") && value === undefined) return true;
  if (type === "textOrNull") return value === null || typeof value === "string";
  if (type.startsWith("text")) return typeof value === "string" && value !== "";
  const isAmount = typeof value === "number" && Number.isFinite(value) && value >= 0;
  return isAmount && (type !== "share" || value <= 1);
}

const DESCRIPTION: Readonly<Record<MemberType, string>> = {
  text: "a text",
  "text?": "a text or left out",
  textOrNull: "a text or null",
  count: "a number of at least 0",
  "count?": "a number of at least 0, or left out",
  share: "a number from 0 to 1",
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
