// A simulated AWS: call it, let time pass, make things happen to it, look at it.
//
// Invariants
//   deterministic: the same seed and the same calls at the same instants give the same bytes
//   no I/O, no clock, no chance outside the seed; the state is owned here and mutated in place, for speed
//   time never goes back: an earlier instant than the last one counts as the last one
//   an AWS error is a reply; anything else that is thrown is a fault of the simulator and is thrown on

import { viewOf } from "../aws/ecs/views";
import { operationNamed } from "../aws/operations";
import { AwsError } from "./aws-error";
import type { Call, Reply } from "./call";
import { copyOf } from "./copy";
import { advanceTo } from "./happen";
import { injectFault } from "./inject-fault";
import { recordCall } from "./trail-of-calls";
import { viewOfWorld } from "./view-of-world";
import type { WorldFault } from "./world-fault";
import { createWorldState, laneOf, type WorldState, type WorldStateOptions } from "./world-state";
import type { WorldView } from "./world-view";

/** `startAtMs` is milliseconds since 1970; `readLagMaxMs` (default 0) bounds how late reads may be. */
export type WorldOptions = WorldStateOptions;

/** Since when things that a world starts with have looked as they do: before any lagging read. */
const LONG_AGO_MS = 0;

export class World {
  readonly #state: WorldState;

  private constructor(state: WorldState) {
    this.#state = state;
  }

  /** An empty world, or one that `fill` puts things into before its time starts. */
  static create(options: WorldOptions, fill: (state: WorldState) => void = () => {}): World {
    const world = new World(createWorldState(options));
    fill(world.#state);
    world.#recordChanges(LONG_AGO_MS);
    return world;
  }

  /** Advances to `nowMs`, then performs the call. Errors of AWS are replies; a wrong use of the simulator throws. */
  apply(call: Call, nowMs: number): Reply {
    this.advance(nowMs);
    const reply = this.#perform(call);
    recordCall(this.#state, call, reply);
    return reply;
  }

  #perform(call: Call): Reply {
    try {
      const lane = laneOf(this.#state, call.caller.account, call.caller.region);
      const perform = operationNamed(call.service, call.operation);
      const output = perform({ world: this.#state, lane, caller: call.caller }, copyOf(call.input));
      // What was sent is stored, and what is stored is shown: copies keep the caller out of the state.
      return { kind: "ok", output: copyOf(output) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { kind: "error", code: error.code, message: error.message, httpStatus: error.httpStatus };
    } finally {
      this.#recordChanges();
    }
  }

  /** The next instant at which something happens by itself; null when nothing will. */
  due(): number | null {
    return this.#state.queue.firstAtMs();
  }

  /** Lets everything happen that is due at `nowMs` or before. */
  advance(nowMs: number): void {
    advanceTo(this.#state, nowMs, () => this.#recordChanges());
  }

  /** Makes something happen to the account from outside. Throws when it names what does not exist. */
  inject(fault: WorldFault, nowMs: number): void {
    this.advance(nowMs);
    injectFault(this.#state, fault);
    this.#recordChanges();
  }

  /** The truth of now as plain JSON. */
  state(): WorldView {
    return viewOfWorld(this.#state);
  }

  #recordChanges(atMs = this.#state.nowMs): void {
    const { touched, readLagMaxMs } = this.#state;
    if (touched.size === 0) return;
    for (const thing of touched) thing.past.record(atMs, viewOf(this.#state, thing), readLagMaxMs);
    touched.clear();
  }
}
