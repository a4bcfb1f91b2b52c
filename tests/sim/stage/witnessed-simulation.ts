// The simulated AWS with a witness at its door: every call, when it came, what became of it, and which journal line stood last.
// Invariant: the witness sees what was sent, not what the program says that it sent.

import { type Outcome, Simulation, type SimulationOptions } from "../../../simulator/simulation";
import type { Call } from "../../../simulator/world/call";

export interface WitnessedCall {
  readonly atMs: number;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** How it looks to who sent it: the error's code, or `ok`, `reset`, `lost`. */
  readonly answer: string;
  /** What a good answer holds, also when it was lost; null otherwise. */
  readonly output: Readonly<Record<string, unknown>> | null;
  readonly delayedMs: number;
  /** The sequence number of the last journal line when it came. */
  readonly afterLine: number;
}

export interface Witness {
  readonly calls: WitnessedCall[];
  lastLine: number;
  /** Called before a call is let in: a rival's chance. */
  beforeCall: (call: Call) => void;
}

export class WitnessedSimulation extends Simulation {
  constructor(
    options: SimulationOptions,
    private readonly witness: Witness,
  ) {
    super(options);
  }

  override call(call: Call): Outcome {
    this.witness.beforeCall(call);
    const outcome = super.call(call);
    this.witness.calls.push({
      atMs: this.clock.nowMs(),
      operation: call.operation,
      input: call.input,
      answer: answerOf(outcome),
      output: outcome.kind === "answered" && outcome.reply.kind === "ok" ? outcome.reply.output : null,
      delayedMs: outcome.kind === "answered" ? outcome.afterMs : 0,
      afterLine: this.witness.lastLine,
    });
    return outcome;
  }
}

function answerOf(outcome: Outcome): string {
  if (outcome.kind !== "answered") return outcome.kind;
  return outcome.reply.kind === "ok" ? "ok" : outcome.reply.code;
}
