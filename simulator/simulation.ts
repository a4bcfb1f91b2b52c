// One simulated AWS: a world, its clock, the rate limits and the faults of its APIs, and a count of the calls.
// Both fronts (HTTP and in process) and whoever calls it directly come through `call`.
//
// Invariants
//   synchronous: a call happens at one instant; waiting for its answer is the front's affair
//   the world is advanced to the clock before it is asked anything, so it needs no timer of its own
//   a call that is refused, denied or reset never reaches the world

import { accessDenied, clockSkewed, expiredCredentials, expiredPageToken, serverError, throttled } from "./api-error";
import type { ApiFault } from "./api-fault";
import { ApiThrottle } from "./api-throttle";
import { type CallCounts, CallLog } from "./call-log";
import type { SimulationClock } from "./clock/simulation-clock";
import { FaultSchedule } from "./fault-schedule";
import type { Call, Reply } from "./world/call";
import type { World } from "./world/world";
import type { WorldFault } from "./world/world-fault";

/** What a simulation asks of a world; `World` is the real one. */
export type SimulatedWorld = Pick<World, "apply" | "due" | "advance" | "inject" | "state">;

export interface SimulationOptions {
  readonly world: SimulatedWorld;
  readonly clock: SimulationClock;
  /** Whether the APIs' token buckets limit the calls; true unless said otherwise. */
  readonly throttling?: boolean;
}

export type Outcome =
  /** The answer, which arrives after simulated milliseconds (0 for at once). */
  | { readonly kind: "answered"; readonly reply: Reply; readonly afterMs: number }
  /** The connection broke before AWS acted. */
  | { readonly kind: "reset" }
  /** AWS acted, and its answer will never arrive. */
  | { readonly kind: "lost" };

export class Simulation {
  readonly clock: SimulationClock;
  readonly #throttle: ApiThrottle | null;
  readonly #faults = new FaultSchedule();
  readonly #log = new CallLog();
  #world: SimulatedWorld;

  constructor({ world, clock, throttling = true }: SimulationOptions) {
    this.#world = world;
    this.clock = clock;
    this.#throttle = throttling ? new ApiThrottle() : null;
  }

  call(call: Call): Outcome {
    const nowMs = this.#settle();
    const outcome = this.#outcomeOf(call, nowMs);
    this.#log.add(call, endOf(outcome));
    return outcome;
  }

  /** Schedules a fault of the API, from now or from its own start. Throws RangeError when it can strike nothing, or for ever. */
  scheduleFault(fault: ApiFault): void {
    if (fault.kind !== "neighbour-takes-tokens") this.#faults.add(fault);
    else this.#throttle?.addNeighbour(fault, this.clock.nowMs());
  }

  /** Makes something happen to the account, now. Throws what the world throws when it names nothing there. */
  inject(fault: WorldFault): void {
    this.#world.inject(fault, this.#settle());
  }

  /** What the world holds, as a plain value. */
  state(): ReturnType<SimulatedWorld["state"]> {
    this.#settle();
    return this.#world.state();
  }

  /** When the world will next change by itself (milliseconds since the epoch), or null. */
  due(): number | null {
    this.#settle();
    return this.#world.due();
  }

  calls(): CallCounts {
    return this.#log.counts();
  }

  /** Another world from now on; the clock, the buckets and the faults stay. */
  replaceWorld(world: SimulatedWorld): void {
    this.#world = world;
  }

  #settle(): number {
    const nowMs = this.clock.nowMs();
    this.#world.advance(nowMs);
    return nowMs;
  }

  #outcomeOf(call: Call, nowMs: number): Outcome {
    const fault = this.#faults.strike(call, nowMs);
    switch (fault?.kind) {
      case "throttle":
        return answered(throttled(call));
      case "server-error":
        return answered(serverError(call));
      case "expired-credentials":
        return answered(expiredCredentials(call));
      case "access-denied":
        return answered(accessDenied(call));
      case "pagination-token-expires":
        return answered(expiredPageToken(call));
      case "clock-skew":
        return answered(clockSkewed(call, fault, nowMs));
      case "reset":
        return { kind: "reset" };
      case "slow":
        return { ...this.#admitted(call, nowMs), afterMs: fault.delayMs };
      case "timeout-after-act":
        this.#admitted(call, nowMs);
        return { kind: "lost" };
      case undefined:
        return this.#admitted(call, nowMs);
    }
  }

  #admitted(call: Call, nowMs: number): Extract<Outcome, { kind: "answered" }> {
    const admitted = this.#throttle === null || this.#throttle.admit(call, nowMs);
    return answered(admitted ? this.#world.apply(call, nowMs) : throttled(call));
  }
}

function answered(reply: Reply): Extract<Outcome, { kind: "answered" }> {
  return { kind: "answered", reply, afterMs: 0 };
}

const THROTTLE_CODES: readonly string[] = ["ThrottlingException", "Throttling", "RequestLimitExceeded"];

function endOf(outcome: Outcome): "ok" | "throttled" | "failed" {
  if (outcome.kind !== "answered") return "failed";
  if (outcome.reply.kind === "ok") return "ok";
  return THROTTLE_CODES.includes(outcome.reply.code) ? "throttled" : "failed";
}
