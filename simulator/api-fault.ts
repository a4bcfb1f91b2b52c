// Faults of the API itself, as a client sees them: they strike calls, whereas world faults change the account behind them.
// Invariant: every fault ends, by its count or by its window; one with neither strikes once.

import type { AwsServiceName, Call } from "./world/call";

/** Which calls a fault strikes; what is left out does not matter. */
export interface FaultScope {
  readonly service?: AwsServiceName;
  /** The API's name, e.g. `UpdateService`. */
  readonly operation?: string;
  readonly account?: string;
  /** An ECS cluster's name. */
  readonly cluster?: string;
  /** An ECS service's name. */
  readonly ecsService?: string;
}

/** What befalls a call that a fault strikes. */
export type ApiFaultEffect =
  | { readonly kind: "throttle" }
  | { readonly kind: "slow"; readonly delayMs: number }
  /** The connection breaks before AWS acts. */
  | { readonly kind: "reset" }
  /** AWS acts, and its answer never arrives. */
  | { readonly kind: "timeout-after-act" }
  | { readonly kind: "server-error" }
  | { readonly kind: "expired-credentials" }
  | { readonly kind: "access-denied" }
  /** The token of a next page is refused; only calls that carry one are struck. */
  | { readonly kind: "pagination-token-expires" }
  /** AWS finds the caller's clock off: ten minutes behind, unless said otherwise. */
  | { readonly kind: "clock-skew"; readonly behindSeconds?: number; readonly aheadSeconds?: number };

export interface FaultSpan {
  /** How many calls it strikes. */
  readonly count?: number;
  /** The window in simulated time: from (inclusive) and until (exclusive), milliseconds since the epoch. */
  readonly fromMs?: number;
  readonly untilMs?: number;
}

/** A fault that strikes calls. */
export type StrikingFault = ApiFaultEffect & FaultScope & FaultSpan;

/**
 * Somebody else in the account uses up a share (0 to 1) of what refills token buckets: of one bucket, by its id or by an operation
 * that draws from it, of all buckets of a service, or of all there are. It strikes no call, and has an end instead of a count.
 */
export interface NeighbourTakesTokens extends Pick<FaultScope, "service" | "operation" | "account"> {
  readonly kind: "neighbour-takes-tokens";
  /** As domain/api-quotas.ts has it, e.g. `ecs/service-modify`. */
  readonly bucket?: string;
  readonly share: number;
  readonly fromMs?: number;
  readonly untilMs?: number;
}

export type ApiFault = StrikingFault | NeighbourTakesTokens;

export const API_FAULT_KINDS: readonly ApiFault["kind"][] = [
  "throttle",
  "slow",
  "reset",
  "timeout-after-act",
  "server-error",
  "expired-credentials",
  "access-denied",
  "pagination-token-expires",
  "clock-skew",
  "neighbour-takes-tokens",
];

const PAGE_MEMBERS = ["nextToken", "NextToken", "Marker"];

/** Whether a fault takes in a call: by its scope, and by what it needs of a call. */
export function strikes(scope: StrikingFault, { service, operation, input, caller }: Call): boolean {
  return (
    (scope.kind !== "pagination-token-expires" || PAGE_MEMBERS.some((member) => input[member] !== undefined)) &&
    (scope.service === undefined || scope.service === service) &&
    (scope.operation === undefined || scope.operation === operation) &&
    (scope.account === undefined || scope.account === caller.account) &&
    (scope.cluster === undefined || names(input, CLUSTER_MEMBERS, scope.cluster)) &&
    (scope.ecsService === undefined || names(input, SERVICE_MEMBERS, scope.ecsService))
  );
}

const CLUSTER_MEMBERS = ["cluster", "clusters", "clusterName"];
const SERVICE_MEMBERS = ["service", "services", "serviceName"];

/** Whether one of the members names it: plainly, or as the last part of an ARN. */
function names(input: Readonly<Record<string, unknown>>, members: readonly string[], name: string): boolean {
  const values = members.flatMap((member) => input[member] ?? []);
  return values.some((value) => typeof value === "string" && (value === name || value.endsWith(`/${name}`)));
}
