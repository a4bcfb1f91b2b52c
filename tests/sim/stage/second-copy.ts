// A second copy of the program on the same plan, with a run directory of its own: to the first it is one more rival, and the other
// way round. It comes through a door of its own, so that each copy's calls and deployments are told apart.
//
// Invariants
//   both doors lead to one simulated AWS: its buckets and faults make no difference between the two
//   a deployment is `us` in the life of the copy that asked for it, and `others` in that of the other

import { type Outcome, Simulation } from "../../../simulator/simulation";
import type { Call } from "../../../simulator/world/call";
import type { Witness } from "./witnessed-simulation";
import type { DeploymentLife, WorldHistory } from "./world-history";

/** One witness for two doors: who is there is told before each call, which is over within an instant. */
export class SharedWitness implements Witness {
  #current: Witness;

  constructor(first: Witness) {
    this.#current = first;
  }

  get calls(): Witness["calls"] {
    return this.#current.calls;
  }

  get lastLine(): number {
    return this.#current.lastLine;
  }

  beforeCall(call: Call): void {
    this.#current.beforeCall(call);
  }

  instead<T>(witness: Witness, what: () => T): T {
    const usual = this.#current;
    this.#current = witness;
    try {
      return what();
    } finally {
      this.#current = usual;
    }
  }
}

export interface SecondDoorWay {
  readonly simulation: Simulation;
  readonly history: WorldHistory;
  readonly shared: SharedWitness;
}

export class SecondDoor extends Simulation {
  readonly witness: Witness = { calls: [], lastLine: 0, beforeCall: () => {} };
  /** Ids of the deployments that came through this door. */
  readonly #made = new Set<string>();
  readonly #way: SecondDoorWay;

  constructor(way: SecondDoorWay) {
    super({ world: way.history, clock: way.simulation.clock, throttling: false });
    this.#way = way;
  }

  override call(call: Call): Outcome {
    const { simulation, history, shared } = this.#way;
    const before = new Set(history.deployments.keys());
    const outcome = shared.instead(this.witness, () => simulation.call(call));
    for (const [id, life] of history.deployments) if (!before.has(id) && life.by === "us") this.#claim(id, life);
    return outcome;
  }

  /** The history as the second copy's: what came through this door is its own. */
  ownHistory(): WorldHistory {
    const told = [...this.#way.history.deployments].map(([id, life]): [string, DeploymentLife] => [
      id,
      { ...life, by: this.#made.has(id) ? "us" : "others" },
    ]);
    return Object.create(this.#way.history, { deployments: { value: new Map(told) } }) as WorldHistory;
  }

  #claim(id: string, life: DeploymentLife): void {
    this.#made.add(id);
    (life as { by: DeploymentLife["by"] }).by = "others";
  }
}
