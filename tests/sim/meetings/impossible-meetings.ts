// Which faults can never meet which states, and why.
// Invariant: a reason speaks of what fault and state are, never of how often they happened to meet.

import { API_FAULT_KINDS } from "../../../simulator/api-fault";

export function whyImpossible(fault: string, state: string): string | null {
  if (state === "away" && isCallFault(fault)) return "no process lives, so no call is made that could be struck";
  if (state === "away" && OF_PROCESSES.includes(fault)) return "no process lives that could suffer it";
  return REASONS.find(({ faults, states }) => faults.includes(fault) && states.includes(state))?.why ?? null;
}

/** A neighbour takes tokens whether anybody calls or not. */
function isCallFault(fault: string): boolean {
  return fault !== "neighbour-takes-tokens" && API_FAULT_KINDS.some((kind) => kind === fault);
}

const OF_PROCESSES: readonly string[] = [
  "dies-before-line",
  "dies-after-line",
  "stands-still",
  "disk-full",
  "interrupted",
];

interface Reason {
  readonly faults: readonly string[];
  readonly states: readonly string[];
  readonly why: string;
}

const REASONS: readonly Reason[] = [
  {
    faults: ["pagination-token-expires"],
    states: ["in doubt"],
    why: "a doubt is looked at with DescribeServices, which has no pages, and ListServiceDeployments, of which no service has two",
  },
  {
    faults: ["pagination-token-expires"],
    states: ["waiting for a second try"],
    why: "what waits for its key is looked at by its cluster and its key, with calls that have no pages",
  },
];
